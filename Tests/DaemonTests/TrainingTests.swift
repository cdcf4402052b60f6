import Foundation
import Glibc
import Testing

/// Goal: a training stands beside the hall and never touches it. Method: both as programs on folders of the test's, and
/// the operator's tool on either.
@Suite("a training beside the hall", .serialized, .timeLimit(.minutes(10)))
struct TrainingDaemonTests {
  let folder: Folder

  init() throws { folder = try Folder() }

  private var state: String { folder.file("state") }
  private var practice: String { folder.file("state-training") }

  private func start(_ more: String..., language: String = "C.UTF-8") throws -> Program {
    try Program(
      "yichuangd", ["--demo", "--state", state, "--kiosk-port", "0", "--hall-port", "0"] + more,
      environment: ["LC_ALL": language])
  }

  @Test("it does not begin before the hall has a key, and says so in both languages")
  func needsTheHall() throws {
    let english = try start("--training").end()
    #expect(english.status == 73 && english.errors.contains("start the hall itself once first"), "\(english)")
    let chinese = try start("--training", language: "zh_CN.UTF-8").end()
    #expect(chinese.errors.contains("先让大厅启动一次"), "\(chinese)")
  }

  @Test("both run at once; the tools take neither for the other; it ends by a signal, and begins again with its report")
  func besideTheHall() throws {
    let hall = try start()
    _ = try #require(hall.lines(until: "ready"))
    let before = try Program.run("yichuangctl", "status", "--state", state, "--json")
    let training = try start("--training")
    let lines = try #require(training.lines(until: "ready"))
    #expect(lines.contains("state   \(practice)"))
    #expect(lines.contains { $0.hasPrefix("window  http://127.0.0.2:") })
    let status = try Program.run("yichuangctl", "status", "--state", practice)
    #expect(status.status == 0 && status.output.hasPrefix("training of "), "\(status)")
    for arguments in [["verify"], ["head"], ["order"], ["backup", folder.file("copy")]] {
      let reply = try Program("yichuangctl", arguments + ["--state", practice]).end()
      #expect([65, 73].contains(reply.status) && reply.errors.contains("of a training"), "\(arguments) \(reply)")
    }
    // A second training of the same hall meets the first.
    let second = try start("--training").end()
    #expect(second.status == 75, "\(second)")
    training.send(SIGINT)
    #expect(training.end().status == 0)

    for arguments in [
      ["verify"], ["verify", practice + "/journal.sqlite"], ["order", "--file", practice + "/journal.sqlite"],
    ] {
      let reply = try Program("yichuangctl", arguments + ["--state", arguments.count == 1 ? practice : state]).end()
      #expect([65, 73].contains(reply.status) && reply.errors.contains("of a training"), "\(arguments) \(reply)")
    }
    let after = try Program.run("yichuangctl", "status", "--state", state, "--json")
    #expect(before.output == after.output)
    hall.send(SIGTERM)
    #expect(hall.end().status == 0)
    #expect(try Program.run("yichuangctl", "verify", "--state", state).status == 0)
    // Neither opens the other's folder.
    let wrong = try Program("yichuangd", ["--demo", "--state", practice, "--kiosk-port", "0", "--hall-port", "0"]).end()
    #expect(wrong.status == 73 && wrong.errors.contains("of a training"), "\(wrong)")

    // On the same day again, with numbers that go on.
    let again = try start("--training")
    _ = try #require(again.lines(until: "ready"))
    let day = try Program.run("yichuangctl", "status", "--state", practice, "--json")
    #expect(day.output.contains("\"business_day\":\"20"), "\(day)")
    again.send(SIGTERM)
    #expect(again.end().status == 0)
  }

  @Test("it ends by itself when its time is over: its day is closed, its status is 0, and its report stays")
  func endsByItself() throws {
    let hall = try start()
    _ = try #require(hall.lines(until: "ready"))
    let training = try Program(
      "yichuangd", ["--demo", "--training", "--state", state, "--kiosk-port", "0", "--hall-port", "0"],
      environment: ["YICHUANG_TRAINING_SECONDS": "3", "YICHUANG_LOG": "notice"])
    let end = training.end()
    #expect(end.status == 0 && end.errors.contains("the training is over"), "\(end)")
    let report = try Program.run("yichuangctl", "training-report", "--state", state, "--json")
    #expect(report.status == 0 && report.output.contains("\"ended_at\":\"20"), "\(report)")
    // The hall has not heard of it.
    #expect(try Program.run("yichuangctl", "status", "--state", state).status == 0)
    hall.send(SIGTERM)
    #expect(hall.end().status == 0)
    let none = try Program.run("yichuangctl", "training-report", "--state", folder.file("elsewhere"))
    #expect(none.status == 1 && none.errors.contains("nobody has trained"), "\(none)")
    let wrong = try Program.run("yichuangctl", "training-report", "--folder", state)
    #expect(wrong.status == 73 && wrong.errors.contains("the hall's own"), "\(wrong)")
  }

  @Test("a journal of a training that was put into the hall's folder is refused at the start")
  func swapped() throws {
    let hall = try start()
    _ = try #require(hall.lines(until: "ready"))
    let training = try start("--training")
    _ = try #require(training.lines(until: "ready"))
    for daemon in [training, hall] {
      daemon.send(SIGTERM)
      #expect(daemon.end().status == 0)
    }
    for name in ["journal.sqlite", "journal.sqlite-wal", "checkpoint"] {
      try FileManager.default.removeItem(atPath: "\(state)/\(name)")
      try FileManager.default.copyItem(atPath: "\(practice)/\(name)", toPath: "\(state)/\(name)")
    }
    let end = try start().end()
    #expect(end.status == 73 && end.errors.contains("of a training"), "\(end)")
  }
}
