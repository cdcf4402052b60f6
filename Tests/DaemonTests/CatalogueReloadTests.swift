import Foundation
import Glibc
import Testing

/// Goal: a catalogue with faults never reaches a resident. Method: the built daemon, whose catalogue file is changed
/// while it runs.
@Suite("reloading a catalogue", .serialized, .timeLimit(.minutes(10)))
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

  private func output(_ program: String, _ arguments: [String]) throws -> Data {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/\(program)")
    process.arguments = arguments
    let pipe = Pipe()
    process.standardOutput = pipe
    try process.run()
    let data = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    #expect(process.terminationStatus == 0, "\(program) \(arguments)")
    return data
  }

  /// Curl's cookie jar, which holds the touch page's secret.
  private var cookies: String { folder.file("cookies") }

  private func fetched(_ url: String, posting body: String? = nil) throws -> [String: Any] {
    let post =
      body.map { ["-H", "Content-Type: application/json", "-H", "Idempotency-Key: \(UUID())", "-d", $0] } ?? []
    let data = try output("curl", ["-s", "-b", cookies, "-c", cookies] + post + [url])
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

  /// The daemon on the test's share, and the address of its kiosk listener.
  private func open() throws -> (daemon: Program, base: String) {
    let daemon = try Program(
      "yichuangd", ["--demo", "--state", folder.file("state"), "--kiosk-port", "0", "--hall-port", "0"],
      environment: ["YICHUANG_SHARE": share.path])
    let lines = try #require(daemon.lines(until: "ready"))
    let kiosk = try #require(lines.first { $0.hasPrefix("kiosk ") }).dropFirst(6).trimmingCharacters(in: .whitespaces)
    let base = try #require(kiosk.split(separator: "/touch/").first.map(String.init))
    _ = try fetched(base + "/v1/kiosks/kiosk-1/page", posting: "{}")
    return (daemon, base)
  }

  @Test("the code of an old slip opens its own version and says what changed since, also after a restart")
  func oldSlip() throws {
    var (daemon, base) = try open()
    let issued = try fetched(base + "/v1/notices", posting: #"{"item":"RS-006","situations":[]}"#)
    let id = try #require(issued["id"] as? String)
    let version = try #require(issued["catalogue_version"] as? String)
    func notice() throws -> [String: Any] { try fetched("\(base)/v1/notices/\(id)") }
    let fresh = try notice()
    #expect(fresh["in_force"] as? Bool == true && (fresh["changes"] as? [String])?.isEmpty == true)
    let check = try #require(fresh["check_code"] as? String)
    #expect(check.utf8.count == 8)

    let good = try String(contentsOfFile: Self.reference + "/catalogue.yaml", encoding: .utf8)
    try share.write(
      "packaging/reference/catalogue.yaml",
      good.replacing("name: 失业登记\n", with: "name: 失业登记办理\n"))
    let reload = try Program.run("yichuangctl", "reload", "--state", folder.file("state"))
    #expect(reload.status == 0, "\(reload)")
    for run in 1...2 {
      let old = try notice()
      #expect(old["catalogue_version"] as? String == version && old["item_name"] as? String == "失业登记")
      #expect(old["in_force"] as? Bool == false && old["check_code"] as? String == check, "run \(run)")
      #expect((old["changes"] as? [String])?.contains("名称：由“失业登记”改为“失业登记办理”") == true, "\(old)")
      let sheet = folder.file("notice-\(run).pdf")
      _ = try output("curl", ["-s", "-b", cookies, "-o", sheet, "\(base)/v1/notices/\(id).pdf"])
      let text = String(decoding: try output("pdftotext", ["-layout", sheet, "-"]), as: UTF8.self)
      #expect(text.contains("失业登记") && !text.contains("失业登记办理") && text.contains(version), "\(text)")
      #expect(text.contains("\(check.prefix(4))-\(check.suffix(4))"))
      guard run == 1 else { break }
      daemon.send(SIGTERM)
      #expect(daemon.end().status == 0)
      #expect(try Program.run("yichuangctl", "verify", "--state", folder.file("state")).status == 0)
      (daemon, base) = try open()
    }
    // Somebody edits the stored list: it is not shown as the published one.
    daemon.send(SIGTERM)
    #expect(daemon.end().status == 0)
    let kept = folder.file("state/catalogues/\(version).json")
    let text = try String(contentsOfFile: kept, encoding: .utf8)
    try text.replacing("失业登记", with: "就业登记").write(toFile: kept, atomically: true, encoding: .utf8)
    let verified = try Program.run("yichuangctl", "verify", "--state", folder.file("state"))
    #expect(verified.status == 65 && verified.errors.contains(version), "\(verified)")
    (daemon, base) = try open()
    let lost = try notice()
    #expect(lost["number"] as? String == issued["number"] as? String && lost["changes"] == nil)
    daemon.send(SIGTERM)
    #expect(daemon.end().status == 0)
  }
}
