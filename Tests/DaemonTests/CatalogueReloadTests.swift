import Foundation
import Glibc
import Testing

/// Goal: a catalogue with faults never reaches a resident. Method: the built daemon, its catalogue changed under it.
@Suite("reloading a catalogue", .serialized, .timeLimit(.minutes(3)))
struct CatalogueReloadTests {
  let folder: Folder
  let share: Folder
  static let reference = Program.repository.path + "/packaging/reference"

  init() throws {
    folder = try Folder()
    share = try Folder()
    let files = FileManager.default
    try files.createDirectory(atPath: share.file("packaging/reference"), withIntermediateDirectories: true)
    for name in ["Kiosk", "Devices"] {
      try files.createSymbolicLink(
        atPath: share.file(name), withDestinationPath: Program.repository.path + "/" + name)
    }
    for name in try files.contentsOfDirectory(atPath: Self.reference) {
      try files.copyItem(atPath: Self.reference + "/" + name, toPath: share.file("packaging/reference/" + name))
    }
  }

  private func fetched(_ url: String) throws -> [String: Any] {
    let curl = Process()
    curl.executableURL = URL(fileURLWithPath: "/usr/bin/curl")
    curl.arguments = ["-s", url]
    let pipe = Pipe()
    curl.standardOutput = pipe
    try curl.run()
    let data = pipe.fileHandleForReading.readDataToEndOfFile()
    curl.waitUntilExit()
    return try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
  }

  @Test("a faulty one is refused whole, every fault at its line; the hall goes on with the old until a good one comes")
  func reload() throws {
    let socket = try NotifySocket(path: folder.file("notify"))
    let daemon = try Program(
      "yichuangd", ["--demo", "--state", folder.file("state"), "--kiosk-port", "0", "--hall-port", "0"],
      environment: ["YICHUANG_SHARE": share.path, "NOTIFY_SOCKET": socket.path])
    let lines = try #require(daemon.lines(until: "ready"))
    let kiosk = try #require(lines.first { $0.hasPrefix("kiosk ") }).dropFirst(6).trimmingCharacters(in: .whitespaces)
    let base = try #require(kiosk.split(separator: "/touch/").first.map(String.init))
    func promise() throws -> String? { try fetched(base + "/v1/items/RS-006")["promise"] as? String }
    func version() throws -> String? { try fetched(base + "/v1/hall")["catalogue_version"] as? String }
    let old = try #require(try version())
    #expect(try promise() == "即时办结")

    let good = try String(contentsOfFile: Self.reference + "/catalogue.yaml", encoding: .utf8)
    // Three faults far from each other.
    let faulty = good.replacing("code: YB-002", with: "code: YB-001")
      .replacing("when: veteran", with: "when: soldier")
      .replacing("- {key: lost, label: 遗失补卡}", with: "- {key: damaged, label: 遗失补卡}")
    try share.write("packaging/reference/catalogue.yaml", faulty)
    let refused = try Program.run("yichuangctl", "reload", "--state", folder.file("state"))
    #expect(refused.status == 78)
    #expect(refused.errors.contains("old rules stay in force"))
    let at = faulty.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    for word in ["code: YB-001", "when: soldier"] {
      let line = try #require(at.lastIndex { $0.contains(word) }) + 1
      #expect(refused.errors.contains("catalogue.yaml:\(line):"), "\(word) at \(line): \(refused.errors)")
    }
    #expect(refused.errors.contains("the situation damaged stands here twice"))
    #expect(try version() == old && promise() == "即时办结")

    while socket.hasMore { _ = socket.next() }
    daemon.send(SIGHUP)
    #expect(socket.hears("RELOADING=1") && socket.hears("READY=1"))
    #expect(try version() == old, "the signal is refused as the tool is")

    try share.write(
      "packaging/reference/catalogue.yaml",
      good.replacing("name: 失业登记\n", with: "name: 失业登记办理\n"))
    daemon.send(SIGHUP)
    #expect(socket.hears("RELOADING=1") && socket.hears("READY=1"))
    #expect(try version() != old)
    #expect(try fetched(base + "/v1/items/RS-006")["name"] as? String == "失业登记办理")
    daemon.send(SIGTERM)
    #expect(daemon.end().status == 0)
  }
}
