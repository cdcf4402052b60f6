import Groundwork

extension HallState {
  func decideTake(_ take: TakeTicket, _ rules: HallRules, _ envelope: Envelope) throws(Refusal) -> Decision {
    guard rules.hasQueue else { throw .noQueue }
    guard let day else { throw .dayNotOpen }
    if !envelope.actor.isStaff { try checkOpen(rules, envelope.clock) }
    let items = Self.withoutRepetition(take.items)
    guard items.count <= rules.limits.itemsPerTicket else {
      throw .tooManyItems(limit: rules.limits.itemsPerTicket)
    }
    if let kiosk = take.kiosk, rules.kiosk(kiosk) == nil { throw .unknownKiosk(kiosk) }
    // A clerk has told the resident in person.
    if !take.insist, !envelope.actor.isStaff { try tellBefore(items, take.lane, rules) }
    let lane = try laneToJoin(take, rules)
    guard !rules.windows(serving: lane).isEmpty else { throw .noWindowForLane(lane) }
    let start = rules.lane(lane)?.start ?? 1
    let ordinal = max(ordinals[day.date]?[lane] ?? 0, start - 1) + 1
    guard ordinal <= TicketNumber.highestOrdinal else { throw .numbersExhausted(lane) }
    let kept = min(rules.limits.numbersKeptForStaff, (TicketNumber.highestOrdinal - start) / 10)
    guard envelope.actor.isStaff || ordinal <= TicketNumber.highestOrdinal - kept else {
      throw .numbersKeptForStaff(lane)
    }

    let code = freshCode(envelope.entropy)
    let holder = try holderToNote(code, take, rules, envelope.actor)
    let ahead = waitingCount(lane)
    let issued = TicketIssued(
      code: code, number: TicketNumber(lane: lane, ordinal: ordinal), day: day.date, items: items,
      priority: take.priority, kiosk: take.kiosk, catalogueVersion: rules.catalogue.version,
      ahead: ahead, wait: waitMinutes(lane, ahead: ahead, rules))
    var events: [Event] = [.ticketIssued(issued)]
    if let holder { events.append(.holderNoted(holder)) }
    if let kiosk = take.kiosk, rules.kiosk(kiosk)?.printsTickets == true {
      events.append(
        .slipRequested(
          SlipRequested(
            slip: slipID(envelope.entropy), subject: .ticket(code), kiosk: kiosk, attempt: 1,
            largeType: take.largeType, language: take.language)))
    }
    return Decision(events, .ticket(code))
  }

  /// Refuses a number for somebody at a kiosk outside the hours in which numbers are issued.
  private func checkOpen(_ rules: HallRules, _ at: Timestamp) throws(Refusal) {
    let (date, time) = rules.zone.civil(at)
    let phase = rules.hours.phase(on: date, at: time, rules.calendar)
    guard phase != .open else { return }
    let next = rules.hours.nextOpening(after: date, time, rules.calendar)
      .map { rules.zone.moment($0.date, $0.time) }
    throw phase == .cutOff ? .pastCutOff(nextOpening: next) : .hallClosed(nextOpening: next)
  }

  /// Refuses a number for an item that is done elsewhere: nobody should find that out at the end of a queue.
  private func tellBefore(_ items: [String], _ lane: LaneLetter?, _ rules: HallRules) throws(Refusal) {
    for code in items {
      guard let item = rules.catalogue.item(code), let elsewhere = rules.elsewhere(for: item) else { continue }
      // Who names a lane knows where to wait.
      if elsewhere.kind == .noWindow, lane != nil { continue }
      throw .doneElsewhere(code, elsewhere)
    }
  }

  private func laneToJoin(_ take: TakeTicket, _ rules: HallRules) throws(Refusal) -> LaneLetter {
    var needed: [LaneLetter] = []
    for code in take.items {
      guard let item = rules.catalogue.item(code) else { throw .unknownItem(code) }
      guard let lane = rules.lane(for: item) ?? take.lane else { throw .laneNeeded }
      if !needed.contains(lane) { needed.append(lane) }
    }
    guard needed.count <= 1 else { throw .itemsNeedDifferentLanes(needed.sorted()) }
    if let asked = take.lane {
      guard rules.lane(asked) != nil else { throw .unknownLane(asked) }
      if let lane = needed.first, lane != asked { throw .laneDoesNotFit(asked, needed: lane) }
      return asked
    }
    if let lane = needed.first { return lane }
    guard rules.mode == .undifferentiated, let lane = rules.lanes.first(where: \.comprehensive) else {
      throw .laneNeeded
    }
    return lane.letter
  }

  /// The same texts in the same order, each once: an item touched twice is one item.
  static func withoutRepetition(_ texts: [String]) -> [String] {
    var seen: Set<String> = []
    return texts.filter { seen.insert($0).inserted }
  }

  /// A code that no ticket or notice has.
  func freshCode(_ entropy: UInt64) -> PublicCode {
    var bits = entropy
    while true {
      let code = PublicCode(entropy: bits)
      if tickets[code] == nil, notices[code] == nil { return code }
      bits &+= 1
    }
  }

  /// A slip's name: sixteen hexadecimal digits of other bits than the code's, so that one does not tell the other.
  func slipID(_ entropy: UInt64) -> SlipID {
    var mixer = SeededRandom(seed: entropy)
    var id = SlipID("")
    repeat {
      let digits = String(mixer.next(), radix: 16)
      id = SlipID(String(repeating: "0", count: 16 - digits.count) + digits)
    } while slips[id] != nil
    return id
  }

  /// 报到: a resident whose number was called in vain is back.
  func decideCheckIn(_ code: PublicCode, _ rules: HallRules) throws(Refusal) -> Decision {
    guard let ticket = tickets[code] else { throw .unknownTicket }
    guard ticket.state == .missed else { throw .ticketIs(ticket.state) }
    guard ticket.reCheckIns < rules.limits.reCheckIns else { throw .checkInLimitReached(rules.limits.reCheckIns) }
    let place = min(rules.limits.reCheckInPlaces, waitingCount(ticket.lane))
    return Decision([.ticketCheckedIn(TicketCheckedIn(code: code, place: place))], .ticket(code))
  }

  /// 弃号 by the resident or a clerk, of a ticket that is at no window.
  func decideAbandon(_ code: PublicCode) throws(Refusal) -> Decision {
    guard let ticket = tickets[code] else { throw .unknownTicket }
    guard ticket.state == .waiting || ticket.state == .missed else { throw .ticketIs(ticket.state) }
    return Decision([.ticketAbandoned(TicketAbandoned(code: code, window: nil))], .ticket(code))
  }
}
