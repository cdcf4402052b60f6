import ArgumentParser
import Control
import Foundation

/// Checks everything on which a hall's machine depends, and says what to do.
struct DoctorCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "doctor",
    abstract: "Looks at hall and machine: clock, watchdog, AppArmor, firewall, USB, log; says what to do.",
    discussion: "As root. Ends with 1 when something needs somebody, 0 when nothing does.")
  @OptionGroup var state: StateOptions
  @OptionGroup var answer: AnswerOptions

  func run() async throws {
    let guards = MachineGuards()
    let findings = [
      hall(), await MachineClock(isSynchronised: Machine.clockIsSynchronised()).finding, await guards.watchdog(),
      await guards.appArmor(), await guards.firewall(), await guards.usb(), guards.log(),
    ]
    try answer.give(Self.reply(findings))
  }

  private func hall() -> Finding {
    let reply = state.demand(ControlRequest(.status))
    guard reply.status == 0 else {
      return Finding("hall", .fault, reply.sentence, zh: reply.chinese ?? reply.sentence)
    }
    var isWell = false
    if case .list(let faults)? = reply.details["faults"] { isWell = faults.isEmpty }
    return Finding("hall", isWell ? .well : .fault, reply.sentence, zh: reply.chinese ?? reply.sentence)
  }

  static func reply(_ findings: [Finding]) -> ControlReply {
    let needed = findings.count { $0.level == .fault }
    let last =
      needed == 0
      ? ("nothing has to be done", "没有要处理的") : ("\(needed) of these need somebody", "有 \(needed) 项要处理")
    return ControlReply(
      needed == 0 ? .done : .refused, (findings.map(\.line) + [last.0]).joined(separator: "\n"),
      zh: (findings.map(\.chineseLine) + [last.1]).joined(separator: "\n"),
      [
        "findings": .list(
          findings.map {
            .object([
              "id": .text($0.id), "level": .text($0.level.rawValue), "sentence": .text($0.english),
              "chinese": .text($0.chinese),
            ])
          })
      ])
  }
}

/// The finding of one check.
struct Finding {
  enum Level: String {
    case well
    /// Worth knowing; a hall can run without it.
    case note
    /// Somebody has to do something.
    case fault
  }

  let id: String
  let level: Level
  let english: String
  let chinese: String

  init(_ id: String, _ level: Level, _ english: String, zh chinese: String) {
    self.id = id
    self.level = level
    self.english = english
    self.chinese = chinese
  }

  private static let marks: [Level: (String, String)] = [
    .well: ("ok", "正常"), .note: ("note", "提示"), .fault: ("to do", "要处理"),
  ]
  var line: String { "[\(Self.marks[level]?.0 ?? "")] \(english)" }
  var chineseLine: String { "【\(Self.marks[level]?.1 ?? "")】\(chinese)" }
}
