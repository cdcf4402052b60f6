import Groundwork

extension HallState {
  func decide(_ command: QueueCommand, _ rules: HallRules, _ envelope: Envelope) throws(Refusal) -> Decision {
    switch command {
    case .takeTicket(let take): try decideTake(take, rules, envelope)
    case .checkIn(let code): try decideCheckIn(code, rules)
    case .abandonTicket(let code): try decideAbandon(code)
    case .changePriority(let change): try decideChangePriority(change, envelope)
    case .link(let code, let link): try decideLink(code, link, envelope)
    case .weighLanes: try decideWeighLanes(rules, envelope)
    case .lapseTransfers(let window): try decideLapse(window, rules, envelope)
    }
  }

  private func decideTake(_ take: TakeTicket, _ rules: HallRules, _ envelope: Envelope) throws(Refusal) -> Decision {
    guard rules.hasQueue else { throw .queue(.noQueue) }
    guard let day else { throw .day(.dayNotOpen) }
    if !envelope.actor.isStaff { try checkOpen(rules, envelope.clock) }
    let items = Self.withoutRepetition(take.items.isEmpty ? carriedItems(take, rules) : take.items)
    guard items.count <= rules.limits.itemsPerTicket else {
      throw .queue(.tooManyItems(limit: rules.limits.itemsPerTicket))
    }
    if let kiosk = take.kiosk, rules.kiosk(kiosk) == nil { throw .request(.unknownKiosk(kiosk)) }
    // Clerks have told the resident in person.
    if !take.insist, !envelope.actor.isStaff { try tellBefore(items, take.lane, rules) }
    let lanes = try lanesToVisit(items, take.lane, rules)
    let lane = lanes.first
    for lane in [lanes.first] + lanes.stops where rules.windows(serving: lane).isEmpty {
      throw .queue(.noWindowForLane(lane))
    }
    if !envelope.actor.isStaff {
      for lane in [lanes.first] + lanes.stops { try checkGiving(lane, rules, envelope.clock) }
    }
    let number = try nextNumber(lane, on: day.date, rules, forStaff: envelope.actor.isStaff)

    if take.priority, case .agent = take.card { throw .queue(.priorityNotForAgents) }
    try checkTrip(take, lane)

    let code = freshCode(envelope.entropy)
    let holder = try holderToNote(code, take, rules, envelope.actor)
    let place = placeAmongAgents(lane, take)
    let ahead = place ?? aheadOfNewcomer(code, lane, withPriority: take.priority)
    let outlook = waitOutlook(lane, ahead: ahead, rules)
    let issued = TicketIssued(
      code: code, number: number, day: day.date, items: items,
      priority: take.priority, kiosk: take.kiosk, catalogueVersion: rules.catalogue.version,
      ahead: ahead, wait: waitMinutes(outlook), forecast: outlook.forecast)
    var events: [Event] = [.queue(.ticketIssued(issued))]
    if !lanes.stops.isEmpty {
      events.append(.queue(.itineraryPlanned(ItineraryPlanned(code: code, stops: lanes.stops))))
    }
    if let place { events.append(.queue(.ticketPlaced(TicketPlaced(code: code, place: place)))) }
    if let holder { events.append(.queue(.holderNoted(holder))) }
    let link = known(take.link)
    if !link.isEmpty { events.append(.queue(.ticketLinked(TicketLinked(code: code, link: link)))) }
    if take.priority, let reason = take.priorityReason {
      events.append(.queue(.priorityReasonNoted(PriorityReasonNoted(code: code, mark: reason))))
    }
    let kiosk = take.kiosk.flatMap(rules.kiosk)
    if let slip = firstSlip(
      .ticket(code), at: kiosk, envelope.entropy, largeType: take.largeType, language: take.language)
    {
      events.append(.print(.slipRequested(slip)))
    }
    return Decision(events, .ticket(code))
  }

  /// The next number of a lane. Its last ones are kept for staff.
  func nextNumber(
    _ lane: LaneLetter, on day: CivilDate, _ rules: HallRules, forStaff: Bool
  ) throws(Refusal) -> TicketNumber {
    let start = rules.lane(lane)?.start ?? 1
    let highest = rules.leasesNumbers || leases.isUsed ? LeaseState.firstOrdinal - 1 : TicketNumber.highestOrdinal
    let ordinal = max(queue.lastOrdinal(lane, on: day), start - 1) + 1
    guard ordinal <= highest else { throw .queue(.numbersExhausted(lane)) }
    let kept = min(rules.limits.numbersKeptForStaff, (highest - start) / 10)
    guard forStaff || ordinal <= highest - kept else { throw .queue(.numbersKeptForStaff(lane)) }
    return TicketNumber(lane: lane, ordinal: ordinal)
  }

  /// Tickets that are called before one that joins now, if nobody else comes: all who wait, except for a priority ticket. Whoever
  /// came before a reserved slot is not called before others until it begins.
  private func aheadOfNewcomer(_ code: PublicCode, _ lane: LaneLetter, withPriority: Bool) -> Int {
    guard let waiting = queue.waiting[lane] else { return 0 }
    let entry = LaneOrder.Entry(code: code, rank: Rank(joinedBy: sequence + 1))
    guard withPriority else { return waiting.count(before: entry.rank) }
    return waiting.forecast(orderRule, with: entry).firstIndex(of: code) ?? waiting.count
  }

  /// Refuses a number at a kiosk outside the hours in which numbers are issued.
  func checkOpen(_ rules: HallRules, _ at: Timestamp) throws(Refusal) {
    let (date, time) = rules.zone.civil(at)
    let hours = hours(rules)
    let phase = hours.phase(on: date, at: time, rules.calendar)
    guard phase != .open else { return }
    let next = nextOpening(rules, date, time)
    throw phase == .cutOff ? .queue(.pastCutOff(nextOpening: next)) : .queue(.hallClosed(nextOpening: next))
  }

  /// Refuses a number for an item that is done elsewhere, so that nobody learns that only at the window.
  func tellBefore(_ items: [String], _ lane: LaneLetter?, _ rules: HallRules) throws(Refusal) {
    for code in items {
      guard let item = rules.catalogue.item(code), let elsewhere = rules.elsewhere(for: item) else { continue }
      // A request that names a lane says itself where to wait.
      if elsewhere.kind == .noWindow, lane != nil { continue }
      throw .queue(.doneElsewhere(code, elsewhere))
    }
  }

  /// The lane that the ticket joins, and those that it visits afterwards: one number for items of several lanes.
  func lanesToVisit(
    _ items: [String], _ asked: LaneLetter?, _ rules: HallRules
  ) throws(Refusal) -> (first: LaneLetter, stops: [LaneLetter]) {
    var needed: [LaneLetter] = []
    for code in items {
      guard let item = rules.catalogue.item(code) else { throw .request(.unknownItem(code)) }
      guard let lane = rules.lane(for: item) ?? asked else { throw .queue(.laneNeeded) }
      if !needed.contains(lane) { needed.append(lane) }
    }
    if let asked {
      guard rules.lane(asked) != nil else { throw .queue(.unknownLane(asked)) }
      if let lane = needed.first, !needed.contains(asked) { throw .queue(.laneDoesNotFit(asked, needed: lane)) }
      return (asked, needed.filter { $0 != asked })
    }
    if let lane = needed.first { return (lane, Array(needed.dropFirst())) }
    guard rules.mode == .undifferentiated, let lane = rules.lanes.first(where: \.comprehensive) else {
      throw .queue(.laneNeeded)
    }
    return (lane.letter, [])
  }

  /// The same texts in the same order without duplicates: an item touched twice is one item.
  static func withoutRepetition(_ texts: [String]) -> [String] {
    var seen: Set<String> = []
    return texts.filter { seen.insert($0).inserted }
  }

  /// A code that nothing else has.
  func freshCode(_ entropy: UInt64) -> PublicCode {
    var bits = entropy
    while true {
      let code = PublicCode(entropy: bits)
      if isFree(code) { return code }
      bits &+= 1
    }
  }

  func isFree(_ code: PublicCode) -> Bool {
    queue.tickets[code] == nil && notices[code] == nil && reservations[code] == nil && cases[code] == nil
      && agency[code] == nil && agency.batches[code] == nil && consults.tasks[code] == nil && cases.lists[code] == nil
  }

  /// 报到: a resident returns after a missed call.
  private func decideCheckIn(_ code: PublicCode, _ rules: HallRules) throws(Refusal) -> Decision {
    guard let ticket = queue.tickets[code] else { throw .queue(.unknownTicket) }
    guard ticket.state == .missed else { throw .queue(.ticketIs(ticket.state)) }
    guard ticket.reCheckIns < rules.limits.reCheckIns else {
      throw .queue(.checkInLimitReached(rules.limits.reCheckIns))
    }
    let place = min(rules.limits.reCheckInPlaces, queue.waitingCount(ticket.lane))
    return Decision([.queue(.ticketCheckedIn(TicketCheckedIn(code: code, place: place)))], .ticket(code))
  }

  /// 弃号 by the resident or a clerk, of a ticket that is not at a window.
  private func decideAbandon(_ code: PublicCode) throws(Refusal) -> Decision {
    guard let ticket = queue.tickets[code] else { throw .queue(.unknownTicket) }
    guard ticket.state == .waiting || ticket.state == .missed else { throw .queue(.ticketIs(ticket.state)) }
    return Decision([.queue(.ticketAbandoned(TicketAbandoned(code: code, window: nil)))], .ticket(code))
  }
}
