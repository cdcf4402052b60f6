extension HallState {
  /// One person, one waiting ticket. Somebody who takes numbers for others may hold a few, an agent more.
  ///
  /// - Returns: the note beside the ticket; nil when no card was shown and no reason was given.
  func holderToNote(
    _ code: PublicCode, _ take: TakeTicket, _ rules: HallRules, _ actor: Principal
  ) throws(Refusal) -> HolderNoted? {
    let reason = try take.reason.map { text throws(Refusal) in
      guard actor.isStaff else { throw .request(.staffOnly) }
      return try Self.readableReason(text)
    }
    switch take.card {
    case nil: return reason.map { HolderNoted(code: code, pseudonym: nil, reason: $0) }
    case .forgotten: throw .queue(.cardForgotten)
    case .agent(let badge):
      let limit = rules.limits.ticketsByAgent
      guard ticketsCarried(by: badge).count < limit else { throw .queue(.agentHoldsEnough(limit: limit)) }
      return HolderNoted(code: code, pseudonym: nil, byProxy: true, agent: badge, reason: reason)
    case .pseudonym(let pseudonym, let byProxy):
      let held = ticketsHeld(by: pseudonym)
      let limit = byProxy ? rules.limits.ticketsByProxy : rules.limits.ticketsPerPerson
      if reason == nil, held.count >= limit, let ticket = held.last {
        throw .queue(.holderHasTicket(ticket.code, ticket.number))
      }
      return HolderNoted(code: code, pseudonym: pseudonym, byProxy: byProxy, reason: reason)
    }
  }

  /// The open tickets of one person, oldest first.
  package func ticketsHeld(by pseudonym: HolderPseudonym) -> [Ticket] { notOver(queue.holders[pseudonym]) }

  /// The open tickets that an agent took for others, oldest first.
  package func ticketsCarried(by badge: String) -> [Ticket] { notOver(queue.agents[badge]) }

  private func notOver(_ codes: [PublicCode]?) -> [Ticket] {
    (codes ?? []).compactMap { queue.tickets[$0] }.filter { !$0.state.hasEnded }
  }
}
