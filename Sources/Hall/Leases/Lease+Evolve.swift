import Groundwork

extension HallState {
  mutating func evolve(_ event: LeaseEvent, _ at: Timestamp, _ actor: Principal) {
    switch event {
    case .numbersLeased(let e): leases.lease(e)
    case .ticketWithdrawn(let e): evolveWithdrawn(e)
    case .ticketAdopted(let e): evolveAdopted(e, at, actor)
    case .adoptionRefused(let e): leases.incidents.append(e)
    case .recordedByHand(let e): evolveByHand(e, at, actor)
    }
  }

  private mutating func evolveWithdrawn(_ e: TicketWithdrawn) {
    guard let ticket = queue.tickets[e.code] else { return }
    queue.leaveLists(ticket)
    if let window = e.window, windows[window]?.ticket == e.code { windows.states[window]?.ticket = nil }
    for (number, window) in windows.states where window.lastStep?.code == e.code {
      windows.states[number]?.lastStep = nil
    }
    windows.recentCalls.removeAll { $0.code == e.code }
    waits.forecasts[e.code] = nil
    queue.arrived(e.code)
    queue.links[e.code] = nil
    for (pseudonym, codes) in queue.holders { queue.holders[pseudonym] = codes.filter { $0 != e.code }.nilIfEmpty }
    for (badge, codes) in queue.agents { queue.agents[badge] = codes.filter { $0 != e.code }.nilIfEmpty }
    if let day, day.date == ticket.day, ticket.issuedSequence > day.openedSequence {
      days.open?.totals.issued -= 1
      if ticket.state == .abandoned { days.open?.totals.abandoned -= 1 }
    }
    queue.tickets[e.code] = nil
  }

  private mutating func evolveAdopted(_ e: TicketAdopted, _ at: Timestamp, _ actor: Principal) {
    var ticket = Ticket(
      code: e.code, number: e.number, day: e.day, items: e.items, priority: e.priority, kiosk: e.kiosk,
      catalogueVersion: e.catalogueVersion, issuedAt: e.issuedAt, issuedBy: e.kiosk.map { .kiosk($0) } ?? actor,
      aheadAtIssue: e.ahead, waitAtIssue: nil, issuedSequence: sequence + 1)
    ticket.stops = e.stops
    if let place = e.place {
      ticket.rank = queue.waiting[ticket.lane, default: LaneQueue()]
        .rank(at: place, of: sequence + 1, joining: sequence + 1)
    } else {
      ticket.state = .closed
      ticket.endedAt = at
    }
    queue.tickets[e.code] = ticket
    if ticket.state == .waiting { queue.join(ticket) }
    if day?.date == e.day { days.open?.totals.issued += 1 }
    leases.adopted[e.code] = LeaseState.Adopted(ended: e.ended, insteadOf: e.insteadOf)
  }

  private mutating func evolveByHand(_ e: RecordedByHand, _ at: Timestamp, _ actor: Principal) {
    guard let ticket = queue.tickets[e.code] else { return }
    queue.leaveLists(ticket)
    waits.forecasts[e.code] = nil
    switch e.what {
    case .missing:
      queue.tickets[e.code]?.state = .missed
      queue.missed.append(e.code)
    case .served:
      queue.arrived(e.code)
      queue.tickets[e.code]?.meet(actor)
      queue.tickets[e.code]?.state = .finished
      queue.tickets[e.code]?.endedAt = at
      if day?.date == ticket.day { days.open?.totals.finished += 1 }
    }
  }

  /// As this machine shows a ticket that it gave while it was cut off: at the end of its lane.
  mutating func show(_ ticket: LeasedTicket) {
    guard queue.tickets[ticket.code] == nil else { return }
    let adopted = TicketAdopted(
      code: ticket.code, number: ticket.number, day: ticket.day, kiosk: ticket.kiosk, items: ticket.items,
      stops: ticket.stops, priority: ticket.priority, catalogueVersion: ticket.catalogueVersion,
      issuedAt: ticket.issuedAt, ahead: ticket.ahead, slip: ticket.slip,
      place: queue.waitingCount(ticket.number.lane))
    evolve(
      RecordedEvent(
        sequence: sequence + 1, at: ticket.issuedAt, actor: .system, event: .lease(.ticketAdopted(adopted)), answer: nil
      ))
    if let holder = ticket.holder {
      evolve(
        RecordedEvent(
          sequence: sequence + 1, at: ticket.issuedAt, actor: .system, event: .queue(.holderNoted(holder)), answer: nil)
      )
    }
  }
}

extension Array {
  fileprivate var nilIfEmpty: Self? { isEmpty ? nil : self }
}

extension LeaseState {
  /// A business day is opened that is not the one before.
  mutating func openDay(_ tickets: [PublicCode: Ticket]) {
    adopted = adopted.filter { tickets[$0.key] != nil }
    incidents = []
  }
}
