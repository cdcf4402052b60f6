import Foundation
import Glibc
import Testing

/// Goal: a hall whose process dies while old days leave its journal has the old journal or the new one.
///
/// Method: a year of closed days by the product's own writer, and the built daemon, which kills itself at each step. The
/// journal is verified after it, and the next start brings the work to its end.
@Suite("killed while old days leave", .serialized, .timeLimit(.minutes(4)))
struct RetentionKillTests {
  let folder: Folder
  let share: Folder

  private var state: String { folder.file("state") }

  init() throws {
    folder = try Folder()
    share = try Folder()
    let reference = Program.repository.path + "/packaging/reference"
    let files = FileManager.default
    try files.createDirectory(atPath: share.file("packaging/reference"), withIntermediateDirectories: true)
    for name in ["Kiosk", "docs", "Devices"] {
      try files.createSymbolicLink(atPath: share.file(name), withDestinationPath: "\(Program.repository.path)/\(name)")
    }
    for name in try files.contentsOfDirectory(atPath: reference) {
      try files.copyItem(atPath: reference + "/" + name, toPath: share.file("packaging/reference/" + name))
    }
    let demo = try String(contentsOfFile: reference + "/demo.yaml", encoding: .utf8)
    try share.write("packaging/reference/demo.yaml", demo + "\njournal: {keep_days: 190}\n")
  }

  private func demo(_ failpoint: String?) throws -> Program {
    var environment = ["YICHUANG_SHARE": share.path]
    environment["YICHUANG_FAILPOINT"] = failpoint
    let daemon = try Program(
      "yichuangd", ["--demo", "--state", state, "--kiosk-port", "0", "--hall-port", "0"], environment: environment)
    _ = try #require(daemon.lines(until: "ready"))
    return daemon
  }

  /// The journal is sound; the records that have left.
  private func verify() throws -> Int {
    let answer = try Program.run("yichuangctl", "verify", "--state", state, "--json")
    #expect(answer.status == 0 && answer.output.contains(#""sound":true"#), "\(answer)")
    let removed = answer.output.firstMatch(of: /"removed":([0-9]+)/)
    return Int(try #require(removed).1) ?? -1
  }

  /// Records that have left and are still in the file.
  private func leftovers() throws -> Int {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/python3")
    process.arguments = [
      "-c",
      """
      import sqlite3, sys
      c = sqlite3.connect(f"file:{sys.argv[1]}?mode=ro", uri=True, timeout=30)
      has = c.execute("SELECT count(*) FROM sqlite_schema WHERE name = 'base'").fetchone()[0]
      print(-1 if not has else c.execute("SELECT count(*) FROM journal WHERE sequence <= (SELECT sequence FROM base)").fetchone()[0])
      """, state + "/journal.sqlite",
    ]
    let output = Pipe()
    process.standardOutput = output
    try process.run()
    let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    return Int(text.trimmingCharacters(in: .whitespacesAndNewlines)) ?? -1
  }

  private func exports() -> [String] {
    ((try? FileManager.default.contentsOfDirectory(atPath: state + "/exports")) ?? []).sorted()
  }

  @Test(
    "at any step", arguments: ["journal-before-base", "journal-after-base", "journal-between-removals"])
  func killed(_ failpoint: String) throws {
    let made = try Program.run("JournalYears", state, "250", "1")
    #expect(made.status == 0, "\(made)")
    #expect(try verify() == 0)

    let daemon = try demo(failpoint)
    #expect(daemon.end().status == -SIGKILL)
    #expect(!exports().isEmpty)
    let half = try verify()
    #expect((half > 0) == (failpoint != "journal-before-base"), "\(half) have left")

    let next = try demo(nil)
    var waits = 600
    while try leftovers() != 0, waits > 0 {
      waits -= 1
      usleep(100_000)
    }
    #expect(waits > 0)
    next.send(SIGTERM)
    #expect(next.end().status == 0)
    #expect(try verify() >= half)
    for name in [exports().first, exports().last].compactMap({ $0 }) {
      let export = try Program.run("yichuangctl", "verify", state + "/exports/" + name)
      #expect(export.status == 0, "\(name): \(export)")
    }
  }
}
