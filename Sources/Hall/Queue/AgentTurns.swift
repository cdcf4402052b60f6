import Groundwork

/// A newcomer stands before the third number that an agent (代办员) holds in a row. Follows its `ticketIssued`.
package struct TicketPlaced: Hashable, Sendable {
  package let code: PublicCode
  /// Tickets of the lane that stand in front.
  package let place: Int

  package init(code: PublicCode, place: Int) {
    self.code = code
    self.place = place
  }
}

/// Keeps an agent who takes numbers for a whole village from holding up the others.
///
/// No more than `agentTurns` numbers of one agent are called in a row while somebody else waits. A newcomer gets a rank
/// between them, one after every two. All other rules go by rank. Only the agent's own numbers move back.
extension HallState {
  /// Numbers of one agent that may stand in a row before somebody else.
  package static let agentTurns = 2

  /// The place of somebody without priority who joins a lane now; nil: at the end, the usual case.
  func placeAmongAgents(_ lane: LaneLetter, _ take: TakeTicket) -> Int? {
    guard !take.priority, !queue.agents.isEmpty, let waiting = queue.waiting[lane] else { return nil }
    let here = waiting.ordinary.reversed().drop { $0.rank.isToCome }
    guard let last = here.first, let badge = agent(of: last.code) else { return nil }
    if case .agent(badge) = take.card { return nil }
    let carried = Set(queue.agents[badge] ?? [])
    let run = here.prefix { carried.contains($0.code) }
    guard run.count > Self.agentTurns else { return nil }
    let behind = run.dropLast(Self.agentTurns - 1).last
    return behind.map { waiting.count(before: $0.rank) + 1 }
  }

  private func agent(of code: PublicCode) -> String? { queue.agents.first { $0.value.contains(code) }?.key }

  mutating func evolvePlaced(_ e: TicketPlaced) {
    guard let ticket = queue.tickets[e.code] else { return }
    queue.leaveLists(ticket)
    queue.tickets[e.code]?.rank = queue.waiting[ticket.lane, default: LaneQueue()]
      .rank(at: e.place, of: ticket.issuedSequence, joining: sequence + 1)
    if let placed = queue.tickets[e.code] { queue.join(placed) }
  }
}

extension Ticket {
  /// Whether it was put between an agent's numbers; whoever came back, or reserved, stands by another rule.
  var isAmongAgents: Bool { reCheckIns == 0 && reservation == nil && rank.key % Rank.step != 0 }
}
