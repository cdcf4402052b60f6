import Foundation
import Glibc
import Testing

/// Goal: whoever starts the daemon gets one clear sentence and the right exit status. Method: the built programs, started
/// as an operator or systemd starts them, on folders and ports of the test's.
@Suite("lifecycle", .serialized, .timeLimit(.minutes(10)))
struct LifecycleTests {
  let folder: Folder

  init() throws { folder = try Folder() }

  func demo(_ state: String = "state", environment: [String: String] = [:]) throws -> Program {
    try Program(
      "yichuangd", ["--demo", "--state", folder.file(state), "--kiosk-port", "0", "--hall-port", "0"],
      environment: environment)
  }

  /// The value after a word in the demo's output lines.
  func value(_ word: String, _ lines: [String]) throws -> String {
    let line = try #require(lines.first { $0.hasPrefix(word + " ") })
    return line.dropFirst(word.count).trimmingCharacters(in: .whitespaces)
  }

  @Test("the demo says where it is, then that it is ready; systemd hears it, is fed, and hears the end")
  func ready() throws {
    let socket = try NotifySocket(path: folder.file("notify"))
    let daemon = try demo(environment: ["NOTIFY_SOCKET": socket.path, "WATCHDOG_USEC": "600000"])
    let lines = try #require(daemon.lines(until: "ready"))
    #expect(
      lines.map { $0.split(separator: " ").first } == ["kiosk", "kiosk", "window", "board", "dock", "state", "ready"])
    #expect(socket.hears("READY=1"))
    #expect(socket.hears("WATCHDOG=1"))
    #expect(socket.hears("WATCHDOG=1"))
    daemon.send(SIGTERM)
    #expect(socket.hears("STOPPING=1"))
    #expect(daemon.end().status == 0)
  }

  @Test("SIGTERM ends it within ten seconds although feeds are open, and the journal is whole")
  func ends() throws {
    let daemon = try demo()
    let lines = try #require(daemon.lines(until: "ready"))
    let url = try value("kiosk", lines).replacing("/touch/?", with: "/v1/feed/kiosk?")
    let cookies = folder.file("cookies")
    let page = Process()
    page.executableURL = URL(fileURLWithPath: "/usr/bin/curl")
    let base = try #require(url.split(separator: "/v1/").first.map(String.init))
    page.arguments = [
      "-s", "-c", cookies, "-H", "Content-Type: application/json", "-d", "{}", base + "/v1/kiosks/kiosk-1/page",
    ]
    page.standardOutput = Pipe()
    try page.run()
    page.waitUntilExit()
    let feed = Process()
    feed.executableURL = URL(fileURLWithPath: "/usr/bin/curl")
    feed.arguments = ["-sN", "-b", cookies, url]
    let heard = Pipe()
    feed.standardOutput = heard
    try feed.run()
    #expect(try heard.fileHandleForReading.read(upToCount: 1)?.isEmpty == false)
    daemon.send(SIGTERM)
    // The feed ends with the daemon, not because the test closes it.
    _ = heard.fileHandleForReading.readDataToEndOfFile()
    feed.waitUntilExit()
    #expect(daemon.end().status == 0)
    let verified = try Program.run("yichuangctl", "verify", "--state", folder.file("state"), "--json")
    #expect(verified.status == 0)
    #expect(verified.output.contains(#""sound":true"#))
  }

  @Test("a second daemon on the same state is turned away with 75, and the first goes on")
  func second() throws {
    let first = try demo()
    let lines = try #require(first.lines(until: "ready"))
    let second = try demo().end()
    #expect(second.status == 75)
    #expect(second.errors.contains("another process"))
    #expect(second.errors.split(separator: "\n").count == 1)
    let url = try value("kiosk", lines)
    let port = try #require(URL(string: url)?.port)
    let third = try Program.run(
      "yichuangd", "--demo", "--state", folder.file("other"), "--kiosk-port", "\(port)", "--hall-port", "0")
    #expect(third.status == 75)
    #expect(third.errors.contains("port \(port)"))
    first.send(SIGTERM)
    #expect(first.end().status == 0)
  }

  @Test("a state folder that cannot be is refused with 73")
  func badFolder() throws {
    let file = try folder.write("file", "")
    let result = try demo("file").end()
    #expect(result.status == 73)
    #expect(result.errors.contains(file))
    let missing = try Program.run(
      "yichuangd", "--config", Program.repository.path + "/packaging/reference/demo.yaml",
      environment: ["YICHUANG_STATE": folder.file("a/b/c")])
    #expect(missing.status == 73 || missing.status == 75)
  }

  @Test("a journal that somebody edited is refused with 65 and the record is named")
  func edited() throws {
    let daemon = try demo()
    _ = try #require(daemon.lines(until: "ready"))
    daemon.send(SIGTERM)
    #expect(daemon.end().status == 0)
    let journal = folder.file("state/journal.sqlite")
    var bytes = try Data(contentsOf: URL(fileURLWithPath: journal))
    let offset = try #require(bytes.range(of: Data("dayOpened".utf8))?.lowerBound)
    bytes[offset] = UInt8(ascii: "X")
    try bytes.write(to: URL(fileURLWithPath: journal))
    let again = try demo().end()
    #expect(again.status == 65)
    // The first tells which catalogue was published.
    #expect(again.errors.contains("record 2"))
    let verified = try Program.run("yichuangctl", "verify", "--state", folder.file("state"))
    #expect(verified.status == 65)
    #expect(verified.errors.contains("record 2"))
  }

  @Test("wrong files are refused with 78 and every fault is named with its line, also by --check")
  func badConfiguration() throws {
    let reference = Program.repository.path + "/packaging/reference"
    let good = try String(contentsOfFile: reference + "/demo.yaml", encoding: .utf8)
    let bad = good.replacing("level: town", with: "level: castle")
      .replacing("letter: H", with: "letter: I").replacing("'127.0.0.1:7311'", with: "'0.0.0.0:7311'")
      .replacing("files:\n", with: "nonsense: 1\nfiles:\n")
      .replacing("catalogue: catalogue.yaml", with: "catalogue: \(reference)/catalogue.yaml")
      .replacing("holidays: holidays.yaml", with: "holidays: \(reference)/holidays.yaml")
      .replacing("divisions: divisions.csv", with: "divisions: \(reference)/divisions.csv")
      .replacing("pinyin: pinyin.tsv", with: "pinyin: \(reference)/pinyin.tsv")
    let file = try folder.write("yichuang.yaml", bad)
    for arguments in [["--check", "--config", file], ["--config", file]] {
      let result = try Program("yichuangd", arguments, environment: ["YICHUANG_STATE": folder.file("s")]).end()
      #expect(result.status == 78)
      for word in ["castle", "0.0.0.0:7311", "nonsense"] { #expect(result.errors.contains(word), "\(word)") }
      let lines = result.errors.split(separator: "\n").filter { $0.hasPrefix(file + ":") }
      #expect(lines.count >= 4, "\(result.errors)")
    }
    #expect(!FileManager.default.fileExists(atPath: folder.file("s")))
    let fine = try Program.run("yichuangd", "--check", "--config", reference + "/demo.yaml")
    #expect(fine.status == 0)
    let none = try Program.run("yichuangd", "--check", "--config", folder.file("none.yaml"))
    #expect(none.status == 78)
  }

  @Test("the demo's options belong to the demo, and nonsense is a usage fault")
  func usage() throws {
    #expect(try Program.run("yichuangd", "--state", folder.path).status == 64)
    #expect(try Program.run("yichuangd", "--demo", "--kiosk-port", "70000").status == 64)
    #expect(
      try Program.run("yichuangctl", "due", "--from", "2026-02-30", "--limit", "1", "--unit", "month").status == 64)
  }

  @Test("SIGHUP with a wrong file keeps the old rules and says why; a good one is put in force")
  func hangup() throws {
    let share = try Folder()
    let reference = Program.repository.path + "/packaging/reference"
    let files = FileManager.default
    try files.createDirectory(atPath: share.file("packaging/reference"), withIntermediateDirectories: true)
    for linked in ["Kiosk", "Devices"] {
      try files.createSymbolicLink(
        atPath: share.file(linked), withDestinationPath: Program.repository.path + "/" + linked)
    }
    for name in try files.contentsOfDirectory(atPath: reference) {
      try files.copyItem(atPath: reference + "/" + name, toPath: share.file("packaging/reference/" + name))
    }
    let good = try String(contentsOfFile: reference + "/demo.yaml", encoding: .utf8)
    let socket = try NotifySocket(path: folder.file("notify"))
    let daemon = try demo(environment: ["YICHUANG_SHARE": share.path, "NOTIFY_SOCKET": socket.path])
    _ = try #require(daemon.lines(until: "ready"))
    func reload() throws -> (status: Int32, output: String, errors: String) {
      try Program.run("yichuangctl", "reload", "--state", folder.file("state"))
    }
    try share.write("packaging/reference/demo.yaml", good.replacing("level: town", with: "level: castle"))
    let refused = try reload()
    #expect(refused.status == 78)
    #expect(refused.errors.contains("castle"))
    try share.write("packaging/reference/demo.yaml", good.replacing("id: kiosk-2", with: "id: kiosk-3"))
    #expect(try reload().status == 78)
    try share.write("packaging/reference/demo.yaml", good.replacing("全天开放", with: "每天开放"))
    #expect(try reload().status == 0)
    // The tool's three reloads have been reported already.
    while socket.hasMore { _ = socket.next() }
    daemon.send(SIGHUP)
    #expect(socket.hears("RELOADING=1"))
    #expect(socket.hears("READY=1"))
    daemon.send(SIGTERM)
    #expect(daemon.end().status == 0)
  }
}
