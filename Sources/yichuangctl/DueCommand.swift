import ArgumentParser
import Control
import Groundwork
import Hall
import Settings
import YAMLDocuments

struct DueCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "due", abstract: "Answers until when something has to be done.",
    discussion: """
      The day of acceptance is not counted (民法典 201). Working days leave out holidays and count worked weekends. A limit of \
      an authority in natural days or months that ends on a day of rest is not longer for it: it has to be done by the last \
      working day before, and 民法典 203 moves only a resident's period. A date past the last known notice of holidays is \
      provisional, and so is one that rests on 29 to 31 December before it.
      """)
  @Option(help: "The day of acceptance, as 2026-09-29.")
  var from: CivilDate
  @Option(help: "How many.")
  var limit: Int
  @Option(help: "working_day, natural_day or month.")
  var unit: LimitUnit
  @Option(
    help: "Days that are not counted, as 2026-04-20..2026-05-11, or 2026-04-20.. while they last; may be repeated.")
  var pause: [PauseOption] = []
  @Option(help: "The promise, counted from the same day: the earlier of both is printed.")
  var promised: Int?
  @Option(help: "The promise's unit (default: that of --unit).")
  var promisedUnit: LimitUnit?
  @Option(help: "The file of holidays (default: the installed one).")
  var holidays: String?
  @OptionGroup var answer: AnswerOptions

  func run() throws {
    let path = try holidays ?? Reference.file("holidays.yaml")
    let loaded = HolidayFile.load(path)
    guard let calendar = loaded.value else { return try answer.give(Reference.faults(loaded.faults, path)) }
    try answer.give(reply(calendar))
  }

  private func reply(_ calendar: WorkCalendar) -> ControlReply {
    let stage = "pause"
    let limits = CaseLimits(
      legal: TimeLimit(count: limit, unit: unit, excludes: [stage]),
      promised: promised.map { TimeLimit(count: $0, unit: promisedUnit ?? unit, excludes: [stage]) })
    do throws(DueDate.Fault) {
      return ControlReply(
        try limits.due(
          from: from, pause.map { ClockPause(stage: stage, from: $0.from, to: $0.to) }, by: calendar), self)
    } catch {
      switch error {
      case .limitOutOfRange:
        return ControlReply(
          .usage, "--limit and --promised are 1 to \(DueDate.longestLimit)",
          zh: "--limit 和 --promised 写 1 到 \(DueDate.longestLimit)")
      case .notCounted:
        let units = LimitUnit.counted.map(\.rawValue)
        return ControlReply(
          .usage, "--unit is one of \(units.joined(separator: ", "))", zh: "--unit 写 \(units.joined(separator: "、")) 之一"
        )
      case .beyondCalendar:
        return ControlReply(.usage, "the period ends after the year 9999", zh: "期限到了 9999 年以后：核对 --from 和 --limit")
      }
    }
  }
}

extension ControlReply {
  fileprivate init(_ due: CaseDue, _ question: DueCommand) {
    switch due {
    case .dated(let date, let byLaw): self.init(date, question, byLaw: byLaw)
    case .paused(let left, let unit):
      self.init(
        "paused（暂停中）: \(left) \(unit.rawValue)s are left once it runs again",
        zh: "暂停中，恢复后还剩 \(left)\(unit.words)",
        Self.asked(question, ["due": .null, "left": .number(Int64(left)), "left_unit": .text(unit.rawValue)]))
    case .atOnce, .unlimited: self.init("no date", zh: "没有期限", Self.asked(question, ["due": .null]))
    }
  }

  private init(_ due: DueDate, _ question: DueCommand, byLaw: Bool) {
    var binding: [String: ControlValue] = [:]
    if question.promised != nil { binding["binding"] = .text(byLaw ? "legal" : "promised") }
    self.init(
      Self.words(due), zh: Self.chinese(due),
      Self.asked(
        question,
        [
          "due": .text(due.target.description), "raw": .text(due.raw.description),
          "printed": .text(due.raw.description), "collect_from": .text(due.collectFrom.description),
          "provisional": .flag(due.provisional),
          "missing_years": .list(due.missingYears.map { .number(Int64($0)) }),
        ].merging(binding) { first, _ in first }))
  }

  /// The question's parameters, which every answer repeats.
  private static func asked(
    _ question: DueCommand, _ answer: [String: ControlValue]
  ) -> [String: ControlValue] {
    let asked: [String: ControlValue] = [
      "from": .text(question.from.description), "limit": .number(Int64(question.limit)),
      "unit": .text(question.unit.rawValue),
    ]
    return answer.merging(asked) { answer, _ in answer }
  }

  /// The words for staff: the day to which they work comes first, and the later one is never shown alone.
  private static func words(_ due: DueDate) -> String {
    var words = due.target.description
    if due.provisional {
      let years = due.missingYears.map(String.init).joined(separator: ", ")
      words += " provisional（暂定）: the notice of holidays for \(years) is not known"
    }
    if due.collectFrom != due.raw {
      words += "\nthe period ends on \(due.raw), a day of rest; what is done can be collected from \(due.collectFrom)"
      words += "\n（\(due.raw) 当日休息，\(due.collectFrom) 起可领取）"
    }
    return words
  }

  /// The same in Chinese.
  private static func chinese(_ due: DueDate) -> String {
    var words = due.target.description
    if due.provisional {
      words += "（暂定：\(due.missingYears.map(String.init).joined(separator: "、")) 年放假安排还没有录入）"
    }
    if due.collectFrom != due.raw { words += "\n期限到 \(due.raw)，当日休息，\(due.collectFrom) 起可领取" }
    return words
  }
}

extension CivilDate: ExpressibleByArgument {
  package init?(argument: String) { self.init(argument) }
}

/// Only units that are counted have a due date.
extension LimitUnit: ExpressibleByArgument {
  package init?(argument: String) {
    guard let unit = Self.counted.first(where: { $0.rawValue == argument }) else { return nil }
    self = unit
  }

  package static var allValueStrings: [String] { counted.map(\.rawValue) }
}

/// Days from the one after `from` up to and including `to`.
struct PauseOption: ExpressibleByArgument {
  let from: CivilDate
  /// Nil while it lasts.
  let to: CivilDate?

  init?(argument: String) {
    guard let dots = argument.firstRange(of: ".."), let from = CivilDate(argument[..<dots.lowerBound]) else {
      return nil
    }
    let rest = argument[dots.upperBound...]
    let to = CivilDate(rest)
    guard rest.isEmpty || to != nil, to.map({ $0 >= from }) ?? true else { return nil }
    self.from = from
    self.to = to
  }
}
