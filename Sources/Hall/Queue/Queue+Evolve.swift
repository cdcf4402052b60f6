import Groundwork

extension HallState {
  mutating func evolve(_ event: QueueEvent, _ at: Timestamp, _ actor: Principal) {
    switch event {
    case .ticketIssued(let e): evolveIssued(e, at, actor)
    case .holderNoted(let e):
      if let pseudonym = e.pseudonym { queue.holders[pseudonym, default: []].append(e.code) }
      if let badge = e.agent { queue.agents[badge, default: []].append(e.code) }
    case .ticketCheckedIn(let e): evolveCheckedIn(e, at)
    case .priorityChanged(let e): evolvePriority(e)
    case .priorityReasonNoted: break
    case .itineraryPlanned(let e): queue.tickets[e.code]?.stops = e.stops
    case .transferLapsed(let e): evolveLapsed(e)
    case .ticketPlaced(let e): evolvePlaced(e)
    case .ticketLinked(let e): queue.links[e.code] = (queue.links[e.code] ?? TicketLink()).joined(by: e.link)
    case .ticketAbandoned(let e): evolveAbandoned(e, at)
    case .promiseBroken(let e):
      switch e.kind {
      case .wait: waits.broken += 1
      case .reservation: reservations.broken += 1
      }
    case .laneStopped(let e): cutOff.stopped[e.lane] = at
    case .laneWentOn(let e): cutOff.stopped[e.lane] = nil
    }
  }

  private mutating func evolveIssued(_ e: TicketIssued, _ at: Timestamp, _ actor: Principal) {
    let ticket = Ticket(
      code: e.code, number: e.number, day: e.day, items: e.items, priority: e.priority, kiosk: e.kiosk,
      catalogueVersion: e.catalogueVersion, issuedAt: at, issuedBy: actor, aheadAtIssue: e.ahead,
      waitAtIssue: e.wait, issuedSequence: sequence + 1)
    waits.forecasts[e.code] = e.forecast
    queue.tickets[e.code] = ticket
    queue.join(ticket)
    queue.raise(e.number.lane, on: e.day, to: e.number.ordinal)
    days.open?.totals.issued += 1
  }

  private mutating func evolveCheckedIn(_ e: TicketCheckedIn, _ at: Timestamp) {
    guard var ticket = queue.tickets[e.code] else { return }
    ticket.state = .waiting
    ticket.reCheckIns += 1
    ticket.calls = 0
    ticket.since = at
    ticket.overtaken = 0
    ticket.joinedSequence = sequence + 1
    ticket.rank = queue.waiting[ticket.lane, default: LaneQueue()]
      .rank(at: e.place, of: ticket.issuedSequence, joining: sequence + 1)
    queue.missed.removeAll { $0 == e.code }
    queue.tickets[e.code] = ticket
    queue.join(ticket)
  }

  private mutating func evolvePriority(_ e: PriorityChanged) {
    guard var ticket = queue.tickets[e.code] else { return }
    ticket.priority = e.priority
    // A ticket with priority does not wait for its slot any more.
    if ticket.rank.isToCome { ticket.rank = Rank(joinedBy: ticket.issuedSequence) }
    queue.tickets[e.code] = ticket
    guard ticket.state == .waiting, ticket.pool == nil else { return }
    queue.waiting[ticket.lane]?.move(e.code, toPriority: ticket.goesFirst, rank: ticket.rank)
  }

  private mutating func evolveAbandoned(_ e: TicketAbandoned, _ at: Timestamp) {
    guard let ticket = queue.tickets[e.code] else { return }
    queue.leaveLists(ticket)
    waits.forecasts[e.code] = nil
    if let window = e.window {
      windows.leave(window, ticket, to: .abandoned, at)
      queue.noteService(of: ticket, until: at)
    }
    queue.arrived(e.code)
    queue.tickets[e.code]?.state = .abandoned
    queue.tickets[e.code]?.endedAt = at
    if day?.date == ticket.day { days.open?.totals.abandoned += 1 }
  }
}
