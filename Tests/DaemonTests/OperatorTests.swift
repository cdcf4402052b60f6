import Foundation
import Glibc
import TestKit
import Testing

/// Goal: an operator can look after a hall with one tool. Method: the built tool, on a running daemon and beside it.
@Suite("operator's tool", .serialized, .timeLimit(.minutes(10)))
struct OperatorTests {
  let folder: Folder

  init() throws { folder = try Folder() }

  func ctl(_ arguments: String...) throws -> (status: Int32, output: String, errors: String) {
    try Program("yichuangctl", arguments + ["--state", folder.file("state")]).end()
  }

  func demo() throws -> Program {
    let daemon = try Program(
      "yichuangd", ["--demo", "--state", folder.file("state"), "--kiosk-port", "0", "--hall-port", "0"])
    _ = try #require(daemon.lines(until: "ready"))
    return daemon
  }

  @Test("day, status, test slip, verify and backup on a running daemon")
  func running() async throws {
    let daemon = try demo()
    #expect(try ctl("day", "open").status == 1)
    #expect(try ctl("day", "close").status == 0)
    #expect(try ctl("day", "close").status == 1)
    #expect(try ctl("day", "open", "--confirm").status == 0)
    let status = try ctl("status", "--json")
    #expect(status.status == 0)
    let fields = try #require(
      JSONSerialization.jsonObject(with: Data(status.output.utf8)) as? [String: Any])
    #expect(fields["hall"] as? String == "安居镇便民服务中心")
    #expect(fields["sequence"] as? Int ?? 0 >= 4)
    #expect(fields["journal"] as? String == "ok")
    let slip = try ctl("printer", "test", "--kiosk", "kiosk-2")
    #expect(slip.status == 0)
    #expect(slip.output.contains("E3"))
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.file("state/slips/kiosk-2")).count == 2)
    // The first kiosk with a slip printer printed the closing slip of the day that was closed.
    try await eventually("the closing slip is printed") {
      (try? FileManager.default.contentsOfDirectory(atPath: folder.file("state/slips/kiosk-1")).count) == 2
    }
    #expect(try ctl("printer", "test", "--kiosk", "kiosk-9").status == 64)
    let records = try #require(Int(try ctl("verify").output.prefix { $0.isNumber }))
    #expect(records > 4)
    #expect(try ctl("accept-journal").status == 0)
    let head = try ctl("head").output.trimmingCharacters(in: .whitespacesAndNewlines)
    #expect(Int(head.prefix { $0.isNumber }) ?? 0 >= records, "\(head)")
    #expect(try ctl("verify", "--head", head).output.contains("the head is found"))
    // As it is printed and read out, in groups with spaces.
    let typed = head.lowercased().replacing("-", with: " ")
    #expect(try ctl("verify", "--head", typed).output.contains("the head is found"))
    #expect(try ctl("verify", "--head", String(head.dropLast())).status == 64)
    #expect(try ctl("backup", folder.file("copy")).status == 0)
    #expect(try ctl("verify", folder.file("copy"), "--head", head).output.contains("the head is found"))
    #expect(try ctl("day", "close").output.contains("head, to be kept elsewhere: "))
    let later = try ctl("head").output.trimmingCharacters(in: .whitespacesAndNewlines)
    #expect(try ctl("verify", folder.file("copy"), "--head", later).status == 65)
    #expect(try ctl("backup", folder.file("copy")).status != 0)
    #expect(try ctl("restore", folder.file("copy")).status == 75)
    daemon.send(SIGTERM)
    #expect(daemon.end().status == 0)
  }

  @Test("consoles are told of an update while its notice is there, and of none that was left behind")
  func update() async throws {
    let daemon = try demo()
    let notice = folder.file("state/update-running")
    func isTold() throws -> Bool { try ctl("status").output.contains("update_running") }
    #expect(try !isTold())
    #expect(FileManager.default.createFile(atPath: notice, contents: nil))
    try await eventually("the update is told") { try isTold() }
    try FileManager.default.setAttributes([.modificationDate: Date(timeIntervalSinceNow: -3600)], ofItemAtPath: notice)
    try await eventually("an hour later nobody believes it") { try !isTold() }
    try FileManager.default.setAttributes([.modificationDate: Date()], ofItemAtPath: notice)
    try await eventually("the next update is told") { try isTold() }
    try FileManager.default.removeItem(atPath: notice)
    try await eventually("it has ended") { try !isTold() }
    daemon.send(SIGTERM)
    #expect(daemon.end().status == 0)
  }

  @Test("a restored journal issues nothing until it is accepted, and then numbers go on above those that were out")
  func restore() throws {
    var daemon = try demo()
    #expect(try ctl("backup", folder.file("copy")).status == 0)
    #expect(try ctl("day", "close").status == 0)
    #expect(try ctl("day", "open").status == 0)
    daemon.send(SIGTERM)
    #expect(daemon.end().status == 0)
    #expect(try ctl("status").status == 69)
    #expect(try ctl("restore", folder.file("copy")).status == 73)
    #expect(try ctl("restore", "--force", folder.file("copy")).status == 0)
    #expect(try ctl("verify").status == 65)
    daemon = try demo()
    #expect(try ctl("status").output.contains("awaiting_staff"))
    #expect(try ctl("day", "close").status == 1)
    #expect(try ctl("accept-journal").status == 0)
    #expect(try ctl("status").output.contains("journal ok"))
    #expect(try ctl("day", "close").status == 0)
    #expect(try ctl("verify").status == 0)
    daemon.send(SIGTERM)
    #expect(daemon.end().status == 0)
  }

  @Test("a hall whose journal and checkpoint are gone asks staff, and then numbers begin above those that may be out")
  func vanished() throws {
    var daemon = try demo()
    daemon.send(SIGTERM)
    #expect(daemon.end().status == 0)
    for name in ["journal.sqlite", "journal.sqlite-wal", "journal.sqlite-shm", "checkpoint"] {
      try? FileManager.default.removeItem(atPath: folder.file("state/" + name))
    }
    for _ in 1...2 {
      daemon = try demo()
      let status = try ctl("status").output
      #expect(status.contains("awaiting_staff") && status.contains("in use before (catalogues, "), "\(status)")
      #expect(try ctl("day", "open", "--confirm").status == 1)
      daemon.send(SIGTERM)
      #expect(daemon.end().errors.contains("its journal is gone"))
    }
    daemon = try demo()
    #expect(try ctl("accept-journal").status == 0)
    #expect(try ctl("day", "open", "--confirm").status == 0)
    #expect(try ctl("status").output.contains("journal ok"))
    daemon.send(SIGTERM)
    #expect(daemon.end().status == 0)
    #expect(try ctl("verify").status == 0)
  }

  @Test("a deadline as JSON, settled and provisional")
  func due() throws {
    func due(_ from: String, _ limit: String, _ unit: String) throws -> [String: Any] {
      let result = try Program.run("yichuangctl", "due", "--from", from, "--limit", limit, "--unit", unit, "--json")
      #expect(result.status == 0)
      return try #require(JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any])
    }
    let settled = try due("2026-09-29", "5", "working_day")
    #expect(settled["due"] as? String == "2026-10-12")
    #expect(settled["provisional"] as? Bool == false)
    let resting = try due("2026-09-20", "15", "natural_day")
    #expect(resting["due"] as? String == "2026-09-30")
    #expect(resting["printed"] as? String == "2026-10-05")
    #expect(resting["collect_from"] as? String == "2026-10-08")
    // In the text the later day never appears without the earlier ones.
    let words = try Program.run(
      "yichuangctl", "due", "--from", "2026-09-20", "--limit", "15", "--unit", "natural_day"
    ).output
    #expect(words.hasPrefix("2026-09-30\n"))
    #expect(words.contains("（2026-10-05 当日休息，2026-10-08 起可领取）"))
    #expect(try due("2026-12-28", "3", "working_day")["provisional"] as? Bool == true)
    #expect(try due("2026-12-28", "4", "working_day")["due"] as? String == "2027-01-04")
    let open = try due("2026-12-25", "10", "working_day")
    #expect(open["provisional"] as? Bool == true)
    #expect(open["missing_years"] as? [Int] == [2027])
  }

  @Test("a catalogue is checked, and every fault has its line")
  func catalogue() throws {
    let good = Program.repository.path + "/packaging/reference/catalogue.yaml"
    #expect(try Program.run("yichuangctl", "catalogue", "check", good).status == 0)
    let text = try String(contentsOfFile: good, encoding: .utf8)
    let bad = try folder.write("bad.yaml", text.replacing("kind: original\n", with: "kind: clay tablet\n"))
    let result = try Program.run("yichuangctl", "catalogue", "check", bad, "--json")
    #expect(result.status == 78)
    #expect(result.output.contains("clay tablet"))
    #expect(result.output.contains("bad.yaml:"))
  }

  @Test("a secret's hash is one that the configuration takes")
  func secret() throws {
    // No input at all is a usage error, not a hang.
    #expect(try Program.run("yichuangctl", "hash-secret").status == 64)
  }
}
