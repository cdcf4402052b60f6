import Groundwork
import Hall

/// Rules that pages need and must not decide themselves: a ticket's list, a window's verbs, the state of a slip.
extension HallViews {
  /// Milliseconds after a call in which finishing its ticket is not offered. Nobody reaches the window that fast, so the
  /// press would be a mistake.
  private static let finishRest: Int64 = 3_000

  func identity(_ ticket: Ticket, into json: inout JSONText) {
    json.field("is", "ticket")
    json.field("id", ticket.code.description)
    json.field("number", ticket.number.description)
    json.field("lane", ticket.lane.description)
  }

  /// The list of a console in which a ticket is, null for none, and the number before it in that list, null at the head.
  ///
  /// - Parameter place: nil unless it waits.
  func list(_ ticket: Ticket, _ place: WaitingPlace?, into json: inout JSONText) {
    var before: PublicCode?
    let word: String?
    switch ticket.state {
    case .called, .serving: word = "window"
    case .waiting:
      word = ticket.pool == nil ? "waiting" : "own"
      before = place?.behind
    case .suspended:
      word = "suspended"
      before = Self.predecessor(of: ticket.code, in: state.queue.suspended)
    case .missed:
      word = "missed"
      before = Self.predecessor(of: ticket.code, in: state.queue.missed)
    case .finished, .abandoned, .closed: word = nil
    }
    json.field("list", word)
    json.field("behind", before.flatMap { state.tickets[$0]?.number.description })
  }

  private static func predecessor(of code: PublicCode, in list: [PublicCode]) -> PublicCode? {
    guard let index = list.firstIndex(of: code), index > 0 else { return nil }
    return list[index - 1]
  }

  /// The state of a slip as people need it, and the time from which a console marks it as not printed (未出票).
  func paper(_ slip: SlipInHand, into json: inout JSONText) {
    let word: String
    var missing: Timestamp?
    switch slip.state {
    case .queued, .printing: word = "coming"
    case .printed: word = "out"
    case .unknown:
      word = "asked"
      missing = slip.askedUntil ?? slip.requestedAt
    case .notSent, .expired:
      word = "failed"
      missing = slip.endedAt ?? slip.requestedAt
    }
    json.field("paper", word)
    json.field("missing_from", slip.acknowledged ? nil : time(missing))
  }

  /// The verbs that the window's state allows its clerk. 叫号 also needs somebody who waits, which the lanes tell.
  func verbs(_ window: WindowState, into json: inout JSONText) {
    let ticket = window.ticket.flatMap { state.tickets[$0] }
    var verbs: [String]
    switch windowWord(window) {
    case "closed": verbs = ["open"]
    case "paused": verbs = ["open", "close"]
    case "called": verbs = ["recall", "serve", "finish", "finish-and-call", "miss", "abandon", "transfer", "items"]
    case "serving" where window.unnumberedSince != nil: verbs = ["finish-unnumbered"]
    case "serving": verbs = ["finish", "finish-and-call", "suspend", "abandon", "transfer", "items"]
    default: verbs = ["calls", "resume", "pause", "close"] + (state.day == nil ? [] : ["serve-unnumbered"])
    }
    if undoUntil(window) != nil { verbs.append("undo") }
    json.strings("verbs", verbs)
    let called = ticket?.state == .called ? ticket?.calledAt : nil
    json.field("finish_from", time(called.map { Timestamp(milliseconds: $0.milliseconds + Self.finishRest) }))
  }

  /// Choices that the hall makes for pages: the lane of a number without an item, the item of questions, and how many rows
  /// of a list are drawn.
  func choices(into json: inout JSONText) {
    let general = rules.mode == .undifferentiated ? rules.lanes.first(where: \.comprehensive) : nil
    json.field("overtaking", state.orderRule.inARow > 0 && state.orderRule.overtakings > 0)
    json.field("general_lane", general?.letter.description)
    json.field("consult_item", rules.catalogue.item(Self.consultItem)?.code)
    json.field("reservations", rules.reservations != nil && rules.hasQueue)
    json.object("shown") { json in
      json.field("list_rows", 30)
      json.field("search_hits", 40)
      json.field("suggestions", 6)
    }
  }

  /// 政策咨询与办不成事反映: under it a hall counts questions and grievances.
  private static let consultItem = "HALL-002"
}
