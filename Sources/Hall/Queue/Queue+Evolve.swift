import Groundwork

extension HallState {
  mutating func evolve(_ event: QueueEvent, _ at: Timestamp, _ actor: Principal) {
    switch event {
    case .ticketIssued(let e): evolveIssued(e, at, actor)
    case .holderNoted(let e):
      if let mark = e.mark { queue.holders[mark, default: []].append(e.code) }
      if let badge = e.agent { queue.agents[badge, default: []].append(e.code) }
    case .ticketCheckedIn(let e): evolveCheckedIn(e)
    case .ticketAbandoned(let e): evolveAbandoned(e, at)
    case .promiseBroken: waits.broken += 1
    }
  }

  private mutating func evolveIssued(_ e: TicketIssued, _ at: Timestamp, _ actor: Principal) {
    queue.tickets[e.code] = Ticket(
      code: e.code, number: e.number, day: e.day, items: e.items, priority: e.priority, kiosk: e.kiosk,
      catalogueVersion: e.catalogueVersion, issuedAt: at, issuedBy: actor, aheadAtIssue: e.ahead,
      waitAtIssue: e.wait, issuedSequence: sequence + 1)
    waits.forecasts[e.code] = e.forecast
    queue.waiting[e.number.lane, default: []].append(e.code)
    queue.raise(e.number.lane, on: e.day, to: e.number.ordinal)
    days.open?.totals.issued += 1
  }

  private mutating func evolveCheckedIn(_ e: TicketCheckedIn) {
    guard let lane = queue.tickets[e.code]?.lane else { return }
    queue.tickets[e.code]?.state = .waiting
    queue.tickets[e.code]?.reCheckIns += 1
    queue.tickets[e.code]?.calls = 0
    queue.missed.removeAll { $0 == e.code }
    queue.waiting[lane, default: []].insert(e.code, at: e.place)
  }

  private mutating func evolveAbandoned(_ e: TicketAbandoned, _ at: Timestamp) {
    guard let ticket = queue.tickets[e.code] else { return }
    queue.leaveLists(ticket)
    waits.forecasts[e.code] = nil
    if let window = e.window {
      windows.leave(window, ticket, to: .abandoned, at)
      queue.noteService(of: ticket, until: at)
    }
    queue.tickets[e.code]?.state = .abandoned
    queue.tickets[e.code]?.endedAt = at
    if day?.date == ticket.day { days.open?.totals.abandoned += 1 }
  }
}
