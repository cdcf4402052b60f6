import Foundation
import Glibc
import Testing

/// Goal: no log line and no file name reveals what a resident came for, at the most verbose level too. Method: the
/// built daemon; a number and a notice for every item of the catalogue.
@Suite("a log that keeps silent", .timeLimit(.minutes(10)))
struct SilentLogTests {
  let folder: Folder

  init() throws { folder = try Folder() }

  private func curl(_ url: String, _ body: String? = nil) throws -> [String: Any] {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/curl")
    let post =
      body.map { ["-H", "Content-Type: application/json", "-H", "Idempotency-Key: \(UUID())", "-d", $0] } ?? []
    process.arguments =
      ["-s", "-b", folder.file("cookies"), "-c", folder.file("cookies"), "--max-time", "60"] + post + [url]
    let pipe = Pipe()
    process.standardOutput = pipe
    try process.run()
    let data = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
  }

  @Test("numbers and notices of every item leave no word of it in the log or among the files")
  func everyItem() throws {
    let state = folder.file("state")
    let daemon = try Program(
      "yichuangd", ["--demo", "--unlimited", "--state", state, "--kiosk-port", "0", "--hall-port", "0"],
      environment: ["YICHUANG_LOG": "trace"])
    let lines = try #require(daemon.lines(until: "ready"))
    let kiosk = try #require(lines.first { $0.hasPrefix("kiosk ") }).dropFirst(6).trimmingCharacters(in: .whitespaces)
    let base = try #require(kiosk.split(separator: "/touch/").first.map(String.init))
    let items = try #require(try curl(base + "/v1/items")["items"] as? [[String: Any]])
    #expect(items.count > 20)
    #expect(try curl(base + "/v1/kiosks/kiosk-1/page", "{}")["kiosk"] as? String == "kiosk-1")
    var secrets: Set<String> = []
    for item in items {
      let code = try #require(item["code"] as? String)
      secrets.formUnion([code, item["name"] as? String].compactMap(\.self))
      #expect(try curl(base + "/v1/items/\(code)")["materials"] != nil)
      #expect(try curl(base + "/v1/tickets", #"{"items":["\#(code)"],"priority":true,"insist":true}"#)["number"] != nil)
      #expect(try curl(base + "/v1/notices", #"{"item":"\#(code)"}"#)["number"] != nil)
    }
    daemon.send(SIGTERM)
    let end = daemon.end()
    #expect(end.status == 0 && !end.errors.isEmpty, "the log was heard")
    for secret in secrets { #expect(!end.errors.contains(secret), "the log says \(secret)") }
    let files = try #require(FileManager.default.enumerator(atPath: state)).compactMap { $0 as? String }
    #expect(files.contains { $0.hasPrefix("slips/") } && files.contains { $0.hasPrefix("catalogues/") })
    for file in files {
      for secret in secrets { #expect(!file.contains(secret), "a file is called \(file)") }
    }
  }
}
