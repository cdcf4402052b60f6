import Foundation
import Glibc
import Testing

/// Goal: a hall starts from the snapshot of its last day close, says what is wrong with older records, and never stays
/// closed because of either. Method: the built programs on one state folder, the journal edited between two starts.
@Suite("starts from a snapshot", .serialized, .timeLimit(.minutes(10)))
struct SnapshotStartTests {
  let folder: Folder

  init() throws { folder = try Folder() }

  private var state: String { folder.file("state") }

  private func demo(_ socket: NotifySocket? = nil) throws -> (Program, kiosk: String) {
    let daemon = try Program(
      "yichuangd", ["--demo", "--state", state, "--kiosk-port", "0", "--hall-port", "0"],
      environment: ["YICHUANG_LOG": "info"].merging(socket.map { ["NOTIFY_SOCKET": $0.path] } ?? [:]) { $1 })
    let lines = try #require(daemon.lines(until: "ready"))
    let dock = try #require(lines.first { $0.hasPrefix("dock ") })
    let url = dock.dropFirst(5).trimmingCharacters(in: .whitespaces)
    return (daemon, String(url[..<(try #require(url.range(of: "/dock/"))).lowerBound]))
  }

  private func end(_ daemon: Program) -> String {
    daemon.send(SIGTERM)
    let end = daemon.end()
    #expect(end.status == 0, "\(end)")
    return end.errors
  }

  /// Waits for something that comes without a message to the test.
  private func waits(for isThere: () throws -> Bool) rethrows -> Bool {
    for _ in 0..<600 {
      if try isThere() { return true }
      usleep(50_000)
    }
    return false
  }

  private func run(_ program: String, _ arguments: String...) throws -> String {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: program)
    process.arguments = arguments
    let output = Pipe()
    process.standardOutput = output
    try process.run()
    let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    return text
  }

  private func edit(_ sql: String) throws {
    _ = try run(
      "/usr/bin/python3", "-c",
      "import sqlite3,sys; c = sqlite3.connect(sys.argv[1]); c.execute(sys.argv[2]); c.commit()",
      state + "/journal.sqlite", sql)
  }

  /// A hall with a closed day and the snapshot of its close.
  private func closedDay() throws {
    let (daemon, _) = try demo()
    let closed = try Program.run("yichuangctl", "day", "close", "--state", state)
    #expect(closed.status == 0, "\(closed)")
    #expect(waits { FileManager.default.fileExists(atPath: state + "/snapshot") })
    _ = end(daemon)
  }

  @Test("the second start replays only what follows the day's close, and the rest is verified while it is open")
  func shortens() throws {
    try closedDay()
    let socket = try NotifySocket(path: folder.file("notify"))
    let (daemon, _) = try demo(socket)
    #expect(socket.hears { $0.hasPrefix("EXTEND_TIMEOUT_USEC=") }, "while the journal is opened")
    #expect(socket.hears("READY=1"))
    let log = end(daemon)
    #expect(!log.contains("a snapshot is not used") && !log.contains("snapshot: 0"), "\(log)")
    #expect(try Program.run("yichuangctl", "verify", "--state", state).status == 0)
  }

  @Test("a damaged snapshot is ignored with a line in the log")
  func damaged() throws {
    try closedDay()
    try Data("gone".utf8).write(to: URL(fileURLWithPath: state + "/snapshot"))
    let log = end(try demo().0)
    #expect(log.components(separatedBy: "a snapshot is not used").count == 2, "\(log)")
  }

  @Test("an edit of an earlier record is a fault on consoles and /readyz, a critical line, and verify names it")
  func tampered() throws {
    try closedDay()
    try edit("UPDATE journal SET body = CAST(replace(body, 'system', 'sysTem') AS BLOB) WHERE sequence = 1")
    let (daemon, kiosk) = try demo()
    let isSaid = try waits { try run("/usr/bin/curl", "-s", kiosk + "/readyz").contains(#""code":"journal_damaged""#) }
    #expect(isSaid)
    let ready = try run("/usr/bin/curl", "-s", kiosk + "/readyz")
    #expect(ready.contains(#""ready":true"#), "the hall goes on: \(ready)")
    let status = try Program(
      "yichuangctl", ["status", "--state", state], environment: ["LC_ALL": "zh_CN.UTF-8"]
    ).end()
    #expect(status.output.contains("账本校验没有通过"), "\(status)")
    let verified = try Program.run("yichuangctl", "verify", "--state", state)
    #expect(verified.status == 65 && verified.errors.contains("record 1 of the journal"), "\(verified)")
    let log = end(daemon)
    #expect(log.contains("do not pass verification") && log.contains("record 1 of the journal"), "\(log)")
    // Without its snapshots the same journal keeps the hall closed, as it always did.
    for name in ["snapshot", "snapshot.previous"] { unlink(state + "/" + name) }
    let refused = try Program.run("yichuangd", "--demo", "--state", state, "--kiosk-port", "0", "--hall-port", "0")
    #expect(refused.status == 65 && refused.errors.contains("record 1 of the journal"), "\(refused)")
  }
}
