package import Groundwork

/// Tickets and the lists in which they stand.
package struct QueueState: Sendable, Equatable {
  package var tickets: [PublicCode: Ticket] = [:]
  /// Waiting tickets of each lane in the order in which they will be called.
  package var waiting: [LaneLetter: LaneOrder] = [:]
  /// Missed tickets of the day, the oldest first.
  package var missed: [PublicCode] = []
  package var suspended: [PublicCode] = []
  /// The last ordinal given in each lane on each business day, so that no day's numbers are ever given again.
  package var ordinals: [CivilDate: [LaneLetter: Int]] = [:]
  /// The tickets of the day of each person who has shown a card, the oldest first; forgotten when the day is closed.
  package var holders: [HolderPseudonym: [PublicCode]] = [:]
  /// The tickets of the day that each agent took for others, by badge, the oldest first; forgotten likewise.
  package var agents: [String: [PublicCode]] = [:]
  /// How long the last services of each lane took, over the days.
  package var paces: [LaneLetter: ServicePace] = [:]

  /// The number of waiting tickets of a lane.
  package func waitingCount(_ lane: LaneLetter) -> Int { waiting[lane]?.count ?? 0 }

  /// The last ordinal that a lane has given on a day; 0 before the first.
  package func lastOrdinal(_ lane: LaneLetter, on day: CivilDate) -> Int { ordinals[day]?[lane] ?? 0 }

  /// Numbers of the lane go on above this one.
  mutating func raise(_ lane: LaneLetter, on day: CivilDate, to ordinal: Int) {
    ordinals[day, default: [:]][lane] = max(lastOrdinal(lane, on: day), ordinal)
  }

  /// Takes a ticket out of whatever list its present state keeps it in.
  mutating func leaveLists(_ ticket: Ticket) {
    switch ticket.state {
    case .waiting: waiting[ticket.lane]?.remove(ticket.code)
    case .missed: missed.removeAll { $0 == ticket.code }
    case .suspended: suspended.removeAll { $0 == ticket.code }
    case .called, .serving, .finished, .abandoned, .closed: break
    }
  }

  /// The lists are those of one business day.
  mutating func closeDay() {
    for lane in waiting.keys { waiting[lane] = LaneOrder() }
    missed = []
    suspended = []
    holders = [:]
    agents = [:]
  }

  /// Drops the tickets that were over before `moment`: no page and no repeated answer can ask for them any more.
  mutating func forget(endedBefore moment: Timestamp) {
    tickets = tickets.filter { !$0.value.state.hasEnded || $0.value.endedAt ?? $0.value.issuedAt >= moment }
  }
}
