import Groundwork

extension HallState {
  func decide(_ command: LeaseCommand, _ rules: HallRules, _ envelope: Envelope) throws(Refusal) -> Decision {
    guard rules.leasesNumbers else { throw .lease(.noLeases) }
    switch command {
    case .leaseNumbers(let lease): return try decideLease(lease, rules, envelope)
    case .adoptTicket(let ticket):
      guard envelope.actor == .system else { throw .request(.coordinatorOnly) }
      return try decideAdopt(ticket, envelope)
    case .enterSlip(let slip): return try decideEnter(slip, rules, envelope)
    case .recordByHand(let record): return try decideByHand(record, envelope)
    }
  }

  private func decideLease(
    _ lease: LeaseNumbers, _ rules: HallRules, _ envelope: Envelope
  ) throws(Refusal) -> Decision {
    guard envelope.actor == .system || lease.kiosk == nil && envelope.actor.isCoordinator else {
      throw .request(.coordinatorOnly)
    }
    guard let day else { throw .day(.dayNotOpen) }
    if let kiosk = lease.kiosk, rules.kiosk(kiosk) == nil { throw .request(.unknownKiosk(kiosk)) }
    guard rules.lane(lease.lane) != nil else { throw .queue(.unknownLane(lease.lane)) }
    guard let numbers = leases.next(lease.lane, on: day.date) else { throw .lease(.leasesExhausted(lease.lane)) }
    let leased = NumbersLeased(
      kiosk: lease.kiosk, machine: lease.machine, holder: lease.holder, lane: lease.lane, day: day.date,
      from: numbers.lowerBound, through: numbers.upperBound)
    return Decision([.lease(.numbersLeased(leased))], .done)
  }

  /// The number on the resident's paper is the one that counts, whatever became of a doubtful request of theirs.
  private func decideAdopt(_ ticket: LeasedTicket, _ envelope: Envelope) throws(Refusal) -> Decision {
    let outcome = Outcome.ticket(ticket.code)
    let isKnown = leases.adopted[ticket.code] != nil || leases.incidents.contains { $0.code == ticket.code }
    guard !isKnown else { return Decision([], outcome) }
    // A day that nobody has opened yet will be.
    guard let last = days.last, ticket.day <= last else { throw .day(.dayNotOpen) }
    if let reason = faultOf(ticket.number, at: ticket.kiosk, on: ticket.day, ticket.code) {
      let refused = AdoptionRefused(
        code: ticket.code, number: ticket.number, day: ticket.day, kiosk: ticket.kiosk, issuedAt: ticket.issuedAt,
        reason: reason)
      return Decision([.lease(.adoptionRefused(refused))], .done)
    }
    let issuedAt = min(ticket.issuedAt, envelope.at)
    let (before, place, ended, other) = placeInQueue(ticket, issuedAt)
    let adopted = TicketAdopted(
      code: ticket.code, number: ticket.number, day: ticket.day, kiosk: ticket.kiosk, items: ticket.items,
      stops: ticket.stops, priority: ticket.priority, catalogueVersion: ticket.catalogueVersion, issuedAt: issuedAt,
      ahead: ticket.ahead, slip: ticket.slip, place: place, ended: ended, insteadOf: other)
    var events = before + [.lease(.ticketAdopted(adopted))]
    if let holder = ticket.holder, ended == nil { events.append(.queue(.holderNoted(holder))) }
    let answer = IdempotencyRecord(key: ticket.key, bodyDigest: ticket.bodyDigest, outcome: outcome)
    return Decision(events, outcome, answer: answer)
  }

  private func faultOf(
    _ number: TicketNumber, at kiosk: String?, on day: CivilDate, _ code: PublicCode
  ) -> AdoptionRefused.Reason? {
    guard leases.lease(of: number, at: kiosk) != nil else { return .notLeased }
    let isGiven =
      !isFree(code) || queue.tickets.values.contains { $0.number == number && $0.day == day }
      || leases.incidents.contains { $0.number == number && $0.day == day }
    return isGiven ? .givenBefore : nil
  }

  private typealias Placed = (before: [Event], place: Int?, ended: AdoptedEnd?, other: TicketNumber?)

  /// Where an adopted ticket stands, and what happens to another ticket of the same request.
  private func placeInQueue(_ ticket: LeasedTicket, _ issuedAt: Timestamp) -> Placed {
    let other = sameRequest(as: ticket)
    let lane = ticket.number.lane
    guard day?.date == ticket.day else {
      let isTwice = other?.state == .finished || other?.state == .serving
      return ([], nil, isTwice ? .twice : .late, other?.number)
    }
    guard let other else { return ([], place(in: lane, by: issuedAt), nil, nil) }
    switch other.state {
    case .waiting:
      let isAtFirst = other.pool == nil && other.lane == lane && !other.rank.isToCome
      let kept = isAtFirst ? queue.waiting[lane]?.count(before: other.rank) : nil
      return (withdrawing(other), kept ?? place(in: lane, by: issuedAt), nil, other.number)
    // It was called, and nobody came, because nobody had its paper.
    case .called, .missed, .abandoned: return (withdrawing(other), 0, nil, other.number)
    case .serving, .suspended, .finished: return ([], nil, .twice, other.number)
    case .closed: return ([], nil, .late, other.number)
    }
  }

  /// Another ticket of the same request, as far as it is known.
  private func sameRequest(as ticket: LeasedTicket) -> Ticket? {
    guard case .ticket(let code) = answers.answer(for: ticket.key)?.outcome, code != ticket.code else { return nil }
    return queue.tickets[code]
  }

  /// Behind everybody who came earlier. Whoever came back, or has a slot, stands by another rule.
  private func place(in lane: LaneLetter, by issuedAt: Timestamp) -> Int {
    let entries = queue.waiting[lane]?.byRank ?? []
    let last = entries.lastIndex { entry in
      guard let ticket = queue.tickets[entry.code], ticket.reCheckIns == 0, ticket.reservation == nil else {
        return false
      }
      return ticket.issuedAt <= issuedAt
    }
    return last.map { $0 + 1 } ?? 0
  }

  private func withdrawing(_ other: Ticket) -> [Event] {
    let window = other.window.flatMap { windows[$0]?.ticket == other.code ? $0 : nil }
    let withdrawn = Event.lease(
      .ticketWithdrawn(
        TicketWithdrawn(code: other.code, number: other.number, issuedAt: other.issuedAt, window: window)))
    guard let slip = other.slip.flatMap({ print.slips[$0] }), slip.state == .queued || slip.isNotSent else {
      return [withdrawn]
    }
    return [.print(.slipExpired(SlipExpired(slip: slip.id))), withdrawn]
  }

  /// 补录: a slip that was given by hand.
  private func decideEnter(_ slip: EnterSlip, _ rules: HallRules, _ envelope: Envelope) throws(Refusal) -> Decision {
    guard envelope.actor.isCoordinator else { throw .request(.coordinatorOnly) }
    guard let day else { throw .day(.dayNotOpen) }
    guard slip.items.count <= rules.limits.itemsPerTicket else {
      throw .queue(.tooManyItems(limit: rules.limits.itemsPerTicket))
    }
    for item in slip.items where rules.catalogue.item(item) == nil { throw .request(.unknownItem(item)) }
    let code = freshCode(envelope.entropy)
    switch faultOf(slip.number, at: nil, on: day.date, code) {
    case .notLeased: throw .lease(.notLeased(slip.number))
    case .givenBefore: throw .lease(.givenBefore(slip.number))
    case nil: break
    }
    let issuedAt = min(slip.issuedAt, envelope.at)
    let adopted = TicketAdopted(
      code: code, number: slip.number, day: day.date, kiosk: nil, items: Self.withoutRepetition(slip.items),
      priority: slip.priority, catalogueVersion: rules.catalogue.version, issuedAt: issuedAt,
      place: place(in: slip.number.lane, by: issuedAt))
    let after = slip.what.map { [Event.lease(.recordedByHand(RecordedByHand(code: code, what: $0)))] } ?? []
    return Decision([.lease(.ticketAdopted(adopted))] + after, .ticket(code))
  }

  /// Refused for a ticket that went on meanwhile: what the journal says then is newer than the list on paper.
  private func decideByHand(_ record: RecordByHand, _ envelope: Envelope) throws(Refusal) -> Decision {
    guard envelope.actor.isCoordinator else { throw .request(.coordinatorOnly) }
    guard let day else { throw .day(.dayNotOpen) }
    guard let ticket = queue.tickets.values.first(where: { $0.number == record.number && $0.day == day.date }) else {
      throw .queue(.unknownTicket)
    }
    guard ticket.state == .waiting else { throw .queue(.ticketIs(ticket.state)) }
    let recorded = RecordedByHand(code: ticket.code, what: record.what)
    return Decision([.lease(.recordedByHand(recorded))], .ticket(ticket.code))
  }

  /// The lanes of a number that is given while the machine is cut off, by the rules for any other.
  ///
  /// No day needs to be open: a kiosk may be cut off overnight.
  func lanesWhileCutOff(
    _ take: TakeTicket, _ rules: HallRules, _ envelope: Envelope
  ) throws(Refusal) -> (first: LaneLetter, stops: [LaneLetter]) {
    guard rules.hasQueue else { throw .queue(.noQueue) }
    try checkOpen(rules, envelope.clock)
    let items = Self.withoutRepetition(take.items)
    guard items.count <= rules.limits.itemsPerTicket else {
      throw .queue(.tooManyItems(limit: rules.limits.itemsPerTicket))
    }
    if let kiosk = take.kiosk, rules.kiosk(kiosk) == nil { throw .request(.unknownKiosk(kiosk)) }
    if !take.insist { try tellBefore(items, take.lane, rules) }
    let lanes = try lanesToVisit(items, take.lane, rules)
    for lane in [lanes.first] + lanes.stops where rules.windows(serving: lane).isEmpty {
      throw .queue(.noWindowForLane(lane))
    }
    // A pause or a stop of another day does not hold for this one.
    if day?.date == rules.zone.civil(envelope.clock).date {
      for lane in [lanes.first] + lanes.stops { try checkGiving(lane, rules, envelope.clock) }
    }
    if take.priority, case .agent = take.card { throw .queue(.priorityNotForAgents) }
    return lanes
  }
}
