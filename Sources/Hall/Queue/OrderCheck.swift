package import Groundwork

/// Judges every call of a journal by the order that was in force on its day, and tells why numbers were called before one.
///
/// Give it the state with which the journal begins, then every record in order.
package struct OrderCheck: Sendable {
  /// A call that the day's order did not give.
  package struct Contradiction: Hashable, Sendable {
    package let sequence: Int64
    package let day: CivilDate
    package let window: Int
    package let called: TicketNumber
    /// The ticket that was next; nil where the fault is a call by name without a reason.
    package let next: TicketNumber?
  }

  /// Why one number was called before the asked one.
  package struct Before: Hashable, Sendable {
    package let first: TicketNumber
    package let other: TicketNumber
    package let reason: OrderReason
  }

  /// Contradictions that are kept; the rest is counted.
  package static let kept = 100

  package private(set) var state: HallState
  package private(set) var contradictions: [Contradiction] = []
  package private(set) var contradicted = 0
  /// Calls on days that say their order.
  package private(set) var judged = 0
  package private(set) var byName = 0
  /// Calls on days of earlier releases, which do not say how numbers were called.
  package private(set) var unjudged = 0
  /// The day on which the asked number was found last, and who was called before it although they stood behind.
  package private(set) var askedDay: CivilDate?
  package private(set) var before: [Before] = []
  private let asked: TicketNumber?
  private let askedOn: CivilDate?
  private var isJudged = false

  /// - Parameters:
  ///   - asked: a number; nil only judges.
  ///   - day: its business day; nil for the last one that has it.
  package init(from state: HallState, asked: TicketNumber? = nil, on day: CivilDate? = nil) {
    self.state = state
    self.asked = asked
    askedOn = day
  }

  package mutating func take(_ recorded: RecordedEvent) {
    switch recorded.event {
    case .day(.dayOpened(let e)): isJudged = e.order != nil
    case .day(.dayClosed): look()
    case .window(.ticketCalled(let e)): judge(e, recorded)
    default: break
    }
    state.evolve(recorded)
  }

  /// Called after the last record: looks at the open day too.
  package mutating func finish() { if state.day != nil { look() } }

  private mutating func judge(_ e: TicketCalled, _ recorded: RecordedEvent) {
    guard isJudged else {
      unjudged += 1
      return
    }
    judged += 1
    let state = state.withSlotsBegun(at: recorded.at)
    guard let ticket = state.tickets[e.code] else { return }
    if e.isByName {
      byName += 1
      let passed = state.passedOver(ticket, e.lanes.isEmpty ? [ticket.lane] : e.lanes)
      if passed > 0, e.reason == nil { contradict(e, ticket, nil, recorded.sequence) }
      return
    }
    let next = state.nextCall(e.lanes.isEmpty ? [ticket.lane] : e.lanes, at: recorded.at, window: e.window)
    if next != e.code { contradict(e, ticket, next, recorded.sequence) }
  }

  private mutating func contradict(_ e: TicketCalled, _ ticket: Ticket, _ next: PublicCode?, _ sequence: Int64) {
    contradicted += 1
    guard contradictions.count < Self.kept else { return }
    contradictions.append(
      Contradiction(
        sequence: sequence, day: ticket.day, window: e.window, called: ticket.number,
        next: next.flatMap { state.tickets[$0]?.number }))
  }

  /// Looks for the asked number among the day's tickets.
  private mutating func look() {
    guard let asked, let day = state.day?.date, askedOn == nil || askedOn == day else { return }
    guard let other = state.ticket(numbered: asked), other.day == day else { return }
    askedDay = day
    before = state.tickets.values.filter { $0.day == day && $0.hasSharedLane(with: other) && other.rank < $0.rank }
      .sorted { $0.call?.sequence ?? 0 < $1.call?.sequence ?? 0 }
      .compactMap { first in
        guard let reason = try? state.whyBefore(first, other) else { return nil }
        return Before(first: first.number, other: other.number, reason: reason)
      }
  }
}
