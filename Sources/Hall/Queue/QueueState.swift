package import Groundwork

/// Tickets and the lists that contain them.
package struct QueueState: Sendable, Equatable {
  package var tickets: [PublicCode: Ticket] = [:]
  /// The waiting tickets of each lane.
  package var waiting: [LaneLetter: LaneQueue] = [:]
  /// Missed tickets of the day, oldest first.
  package var missed: [PublicCode] = []
  package var suspended: [PublicCode] = []
  /// The last ordinal issued in each lane on each business day, so that no day's numbers are issued again.
  package var ordinals: [CivilDate: [LaneLetter: Int]] = [:]
  /// The day's tickets of each pseudonym, oldest first; dropped when the day is closed.
  package var holders: [HolderPseudonym: [PublicCode]] = [:]
  /// The day's tickets that each agent took for others, by badge, oldest first; dropped when the day is closed.
  package var agents: [String: [PublicCode]] = [:]
  /// The duration of each lane's latest services, over several days.
  package var paces: [LaneLetter: ServicePace] = [:]

  /// The tickets that wait for one window, by its number.
  package var pools: [Int: LaneOrder] = [:]
  /// Tickets whose transfer is open, oldest first.
  package var openTransfers: [PublicCode] = []
  /// What the holders of tickets brought, as long as the tickets are known.
  package var links: [PublicCode: TicketLink] = [:]

  package init() {}

  /// The number of waiting tickets of a lane.
  package func waitingCount(_ lane: LaneLetter) -> Int { waiting[lane]?.count ?? 0 }

  /// The last ordinal issued in a lane on a day; 0 before the first.
  package func lastOrdinal(_ lane: LaneLetter, on day: CivilDate) -> Int { ordinals[day]?[lane] ?? 0 }

  /// Numbers of the lane continue above this one.
  mutating func raise(_ lane: LaneLetter, on day: CivilDate, to ordinal: Int) {
    ordinals[day, default: [:]][lane] = max(lastOrdinal(lane, on: day), ordinal)
  }

  /// Puts a ticket that waits into its lane, or before its window, where its rank says.
  mutating func join(_ ticket: Ticket) {
    if let window = ticket.pool {
      pools[window, default: LaneOrder()].insert(
        LaneOrder.Entry(code: ticket.code, rank: ticket.rank, overtaken: ticket.overtaken))
      return
    }
    waiting[ticket.lane, default: LaneQueue()].insert(
      LaneOrder.Entry(code: ticket.code, rank: ticket.rank, overtaken: ticket.overtaken), withPriority: ticket.goesFirst
    )
  }

  /// Removes a ticket from the list of its present state.
  mutating func leaveLists(_ ticket: Ticket) {
    switch ticket.state {
    case .waiting:
      if let window = ticket.pool {
        pools[window]?.remove(ticket.code)
        if pools[window]?.isEmpty == true { pools[window] = nil }
        tickets[ticket.code]?.pool = nil
      } else {
        tickets[ticket.code]?.overtaken = waiting[ticket.lane]?.remove(ticket.code)?.overtaken ?? 0
      }
    case .missed: missed.removeAll { $0 == ticket.code }
    case .suspended: suspended.removeAll { $0 == ticket.code }
    case .called, .serving, .finished, .abandoned, .closed: break
    }
  }

  /// A ticket has left the window that it kept since its call.
  mutating func noteService(of ticket: Ticket, until moment: Timestamp) {
    guard let since = ticket.atWindowSince else { return }
    paces[ticket.lane, default: ServicePace()].note(ticket.code, took: moment.since(since))
  }

  /// The lists belong to one business day.
  mutating func closeDay() {
    for lane in waiting.keys { waiting[lane] = LaneQueue() }
    missed = []
    suspended = []
    holders = [:]
    agents = [:]
    pools = [:]
    for code in openTransfers { tickets[code]?.transfer = nil }
    openTransfers = []
  }

  /// Drops the tickets that ended before `moment`: no page and no repeated answer can need them.
  mutating func forget(endedBefore moment: Timestamp) {
    tickets = tickets.filter { !$0.value.state.hasEnded || $0.value.endedAt ?? $0.value.issuedAt >= moment }
    links = links.filter { tickets[$0.key] != nil }
  }
}
