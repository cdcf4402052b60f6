import ArgumentParser
import Control
import Groundwork
import Hall
import Ports
import Seal
import Slips

struct OrderCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "order",
    abstract:
      "Judges every call of the journal by the order in force on its day, and tells who was called before a number.",
    discussion: "Ends with 1 when a call contradicts the order of its day. The journal may be in use; it is only read.")
  @Argument(help: "A number, such as A020: who was called before it although they stood behind it.")
  var number: String?
  @Option(help: "The business day of the number (default: the last day that has it), such as 2026-11-30.")
  var day: String?
  @Option(help: "A backup instead of the hall's journal.")
  var file: String?
  @OptionGroup var state: StateOptions
  @OptionGroup var answer: AnswerOptions

  func run() throws {
    let asked = number.map { TicketNumber($0.uppercased()) }
    if case .some(.none) = asked {
      return try answer.give(
        ControlReply(.usage, "this is no number: it looks like A020", zh: "这不是号码：应当像 A020"))
    }
    let date = day.map { CivilDate($0) }
    if case .some(.none) = date {
      return try answer.give(
        ControlReply(.usage, "this is no date: it looks like 2026-11-30", zh: "这不是日期：应当像 2026-11-30"))
    }
    let check: OrderCheck
    do throws(StateFault) {
      let path = file.map(absolutePath) ?? state.folder + "/journal.sqlite"
      let seal = try ClosedHall.hallSeal(state.folder, nil, isNeeded: false) ?? .withoutKey
      check = try Journals.storage.checkOrder(of: path, sealing: seal, asked: asked ?? nil, on: date ?? nil)
    } catch {
      return try answer.give(ControlReply(error))
    }
    try give(check, asked ?? nil)
  }

  private func give(_ check: OrderCheck, _ asked: TicketNumber?) throws {
    let told = check.before.map { OrderSentence($0.reason, $0.first, before: $0.other) }
    let details: [String: ControlValue] = [
      "judged": .number(Int64(check.judged)), "unjudged": .number(Int64(check.unjudged)),
      "by_name": .number(Int64(check.byName)), "contradictions": .number(Int64(check.contradicted)),
      "business_day": check.askedDay.map { .text($0.description) } ?? .null,
      "before": .list(told.map { .text($0.english()) }),
      "found": .list(check.contradictions.map { .text(Self.sentence($0)) }),
    ]
    var lines: [(String, String)] = []
    if let asked {
      guard let day = check.askedDay else {
        return try answer.give(
          ControlReply(.refused, "no day of this journal has the number \(asked)", zh: "账本里没有 \(asked) 这个号", details))
      }
      lines.append(
        told.isEmpty
          ? ("\(day): nobody behind \(asked) in its lane was called before it", "\(day)：本队没有排在 \(asked) 后面而先叫的号")
          : ("\(day): called before \(asked):", "\(day)：先于 \(asked) 叫的号："))
      lines += told.map { ($0.english(), $0.chinese()) }
    }
    lines += check.contradictions.map { (Self.sentence($0), Self.chinese($0)) }
    let left = check.contradicted - check.contradictions.count
    if left > 0 { lines.append(("… and \(left) more", "……另有 \(left) 次")) }
    lines.append(Self.summary(check))
    try answer.give(
      ControlReply(
        check.contradicted == 0 ? .done : .refused, lines.map(\.0).joined(separator: "\n"),
        zh: lines.map(\.1).joined(separator: "\n"), details))
  }

  private static func summary(_ check: OrderCheck) -> (String, String) {
    let older = check.unjudged
    let english =
      "\(check.judged) calls judged, \(check.byName) of them by name; \(check.contradicted) contradict the order of their day"
      + (older == 0 ? "" : "; \(older) calls are of days that do not say their order")
    let chinese =
      "核对了 \(check.judged) 次叫号，其中点名 \(check.byName) 次；与当天规则不符 \(check.contradicted) 次"
      + (older == 0 ? "" : "；另有 \(older) 次在没有记下规则的日子，不作判断")
    return (english, chinese)
  }

  private static func sentence(_ found: OrderCheck.Contradiction) -> String {
    "record \(found.sequence), \(found.day), window \(found.window): called \(found.called)"
      + (found.next.map { ", but \($0) was next" } ?? " by name over others, without a reason")
  }

  private static func chinese(_ found: OrderCheck.Contradiction) -> String {
    "第 \(found.sequence) 条记录，\(found.day)，\(found.window) 号窗口：叫了 \(found.called)"
      + (found.next.map { "，按规则应叫 \($0)" } ?? "，点名越过别人却没有写原因")
  }
}
