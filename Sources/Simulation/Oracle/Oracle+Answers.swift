import Groundwork
import Hall

extension Oracle {
  /// A refusal, by the code that the API gives it.
  struct No: Error {
    let code: String
    init(_ code: String) { self.code = code }
  }

  /// Predicts the hall's answer, and updates the oracle's state.
  ///
  /// - Parameter slips: the ticket of each slip's id, as the hall answered.
  mutating func ask(
    _ envelope: Envelope, at: Timestamp, slips: [SlipID: PublicCode] = [:]
  ) -> (prediction: Prediction, acted: Bool) {
    if let key = envelope.key, let stored = outcomes.answer(key, among: answerCount), stored.day + 1 >= mornings.count {
      return (stored.digest == envelope.bodyDigest ? .accepted(stored.outcome) : .keyReused, false)
    }
    let before = (early, line)
    beginSlots(at)
    eventsLast = 1
    do {
      let (outcome, acted) = try act(envelope, at, slips)
      if !acted { (early, line) = before }
      if acted {
        lastAt = at
        sequence += Int64(eventsLast)
        if let key = envelope.key {
          outcomes.put(key, digest: envelope.bodyDigest, outcome: outcome, day: mornings.count, behind: answerCount)
          answerCount += 1
        }
      }
      return (.accepted(outcome), acted)
    } catch let no as No {
      (early, line) = before
      return (.refused(no.code), false)
    } catch {
      return (.refused("an oracle throws nothing else"), false)
    }
  }

  private mutating func act(
    _ envelope: Envelope, _ at: Timestamp, _ slips: [SlipID: PublicCode]
  ) throws -> (Outcome, Bool) {
    switch envelope.command {
    case .day(.openDay(let open)):
      let answer = try openDay(open, envelope.actor, at)
      if open.confirmed, ZoneOffset.beijing.civil(envelope.clock).date == open.date, envelope.clock < lastAt {
        setBack(to: at)
      }
      return answer
    case .day(.closeDay(let close)): return try closeDay(close, envelope.actor, at)
    case .queue(.takeTicket(let take)): return try answerTake(take, envelope, at)
    case .queue(.checkIn(let code)): return try checkIn(code, at)
    case .queue(.weighLanes): return try weigh(envelope.actor, at)
    case .queue(.changePriority(let change)): return try changePriority(change, envelope.actor)
    case .queue(.abandonTicket(let code)): return try abandon(code, at)
    case .queue(.lapseTransfers(let window)): return try lapse(window, envelope.actor, at)
    case .window(let window, let verb): return try press(verb, window, envelope.actor, at)
    case .notice(.issueNotice(let issue)): return try notice(issue, envelope.entropy, at)
    case .help(.askForHelp(let kiosk)): return try ring(kiosk, envelope.entropy)
    case .help(.hearHelp(let id)):
      guard case .staff = envelope.actor else { throw No("staff_only") }
      return (.help(id), try mark(\.isHeard, of: id))
    case .help(.escalateHelp(let id)):
      guard case .system = envelope.actor else { throw No("staff_only") }
      return (.help(id), try mark(\.isEscalated, of: id))
    case .help(.answerHelp(let id)):
      guard case .staff = envelope.actor else { throw No("staff_only") }
      guard rings.contains(where: { $0.id == id }) else { throw No("unknown_help") }
      rings.removeAll { $0.id == id }
      return (.help(id), true)
    case .print(.reprint(let code, let kiosk)): return try reprint(code, kiosk)
    case .print(.acknowledge(let code)): return try acknowledge(code)
    case .print(.changeRoll(let kiosk)): return try changeRoll(kiosk, envelope.actor)
    case .print(let print): return try paper(print, slips)
    case .reservation(let command): return try reservation(command, envelope, at)
    case .awareness(.answerAwareness(let answer)):
      guard answer.question == SyntheticHall.awareness.id, touched.indices.contains(answer.answer) else {
        throw No("unknown_question")
      }
      touched[answer.answer] += 1
      return (.done, true)
    case .catalogue(.publishCatalogue(let publish)):
      if case .kiosk = envelope.actor { throw No("coordinator_only") }
      if case .staff(_, let role) = envelope.actor, role != .coordinator { throw No("coordinator_only") }
      if let last = published.last, last == (publish.version, publish.content) { return (.done, false) }
      published.append((publish.version, publish.content))
      return (.done, true)
    case .arrangement(.pauseLane(let lane, _)):
      guard isCoordinator(envelope.actor) else { throw No("coordinator_only") }
      guard today != nil else { throw No("day_not_open") }
      return (.done, paused.insert(lane.ascii).inserted)
    case .arrangement(.resumeLane(let lane)):
      guard isCoordinator(envelope.actor) else { throw No("coordinator_only") }
      return (.done, paused.remove(lane.ascii) != nil)
    case .arrangement: throw No("not simulated here")
    case .day(.acceptJournal(let accept)):
      guard envelope.actor == .operator || isCoordinator(envelope.actor) else { throw No("coordinator_only") }
      for (lane, floor) in accept.floors { floors[lane.ascii] = max(floors[lane.ascii] ?? 0, floor) }
      return (.done, true)
    case .day(.noteHead), .day(.noteDeparture), .day(.raiseFormat), .staff, .emergency, .cases, .consult, .agency,
      .lease, .queue(.link):
      throw No("not simulated here")
    }
  }

  func kioskIndex(_ id: String) throws -> Int {
    guard let index = SyntheticHall.kiosks.firstIndex(where: { $0.id == id }) else { throw No("unknown_kiosk") }
    return index
  }

  /// The coordinator confirmed a clock that shows an earlier time than the hall went by.
  private mutating func setBack(to at: Timestamp) {
    eventsLast = 2
    for index in visitors.indices {
      visitors[index].issuedAt = min(visitors[index].issuedAt, at)
      visitors[index].keeps = visitors[index].keeps.map { min($0, at) }
    }
  }

  // MARK: The day

  /// Days between two dates on which the hall would have been open; its calendar has no holidays.
  private func shutDays(from last: CivilDate, to date: CivilDate) -> Int {
    guard date.daysSinceEpoch > last.daysSinceEpoch + 1 else { return 0 }
    return (last.daysSinceEpoch + 1..<date.daysSinceEpoch).count { day in
      !officeHours || !CivilDate(daysSinceEpoch: day).weekday.isWeekend
    }
  }

  private mutating func openDay(_ open: OpenDay, _ actor: Principal, _ at: Timestamp) throws -> (Outcome, Bool) {
    if today != nil { throw No("day_already_open") }
    if actor != .system, !isCoordinator(actor) { throw No("coordinator_only") }
    if actor == .system, open.confirmed { throw No("coordinator_only") }
    if !open.confirmed {
      if let last = lastDay {
        if open.date < last { throw No("date_behind_journal") }
        if shutDays(from: last, to: open.date) > limits.plausibleShutDays { throw No("date_implausible") }
      }
      if open.date < limits.earliestDate { throw No("date_implausible") }
    }
    if open.date != lastDay {
      paused = []
      if let yesterday = mornings.last {
        for index in visitors.indices {
          if let ended = visitors[index].ended, ended < yesterday { visitors[index].isForgotten = true }
        }
        for index in sheets.indices where sheets[index].at < yesterday { sheets[index].isForgotten = true }
      }
      mornings.append(at)
      for window in desks.indices { desks[window].pausedAt = nil }
    }
    ends = officeHours ? closingTime(of: open.date) : nil
    for window in desks.indices { desks[window].pausedAt = desks[window].pausedAt.map { min($0, at) } }
    reservationsOpen(open.date)
    today = open.date
    lastDay = open.date
    return (.day, true)
  }

  private mutating func closeDay(_ close: CloseDay, _ actor: Principal, _ at: Timestamp) throws -> (Outcome, Bool) {
    guard let day = today else { throw No("day_not_open") }
    if actor != .system, !isCoordinator(actor) { throw No("coordinator_only") }
    if !close.force, (1...4).contains(where: { self.at($0) != nil }) { throw No("tickets_in_service") }
    for index in visitors.indices where visitors[index].day == day {
      switch visitors[index].stand {
      case .waiting, .called, .missed, .suspended:
        visitors[index].stand = .closed
        visitors[index].ended = at
        visitors[index].isOnItsWay = false
      case .serving, .finished, .abandoned, .closed: break
      }
    }
    line = []
    for index in visitors.indices { visitors[index].agent = nil }
    sent = []
    reservationsClose(day)
    inARow = [:]
    for window in desks.indices { desks[window].step = nil }
    stopped = [:]
    today = nil
    return (.day, true)
  }

  func isCoordinator(_ actor: Principal) -> Bool {
    switch actor {
    case .operator: true
    case .staff(_, let role): role == .coordinator
    case .kiosk, .system: false
    }
  }

  /// Why a kiosk gives no number at this minute of the civil clock; nil when it does.
  private func closedWord(_ clock: Timestamp) -> String? {
    guard officeHours else { return nil }
    let local = clock.milliseconds + 8 * 3_600_000
    let days = local >= 0 ? local / 86_400_000 : (local - 86_399_999) / 86_400_000
    let minute = (local - days * 86_400_000) / 60_000
    // 1970-01-01 was a Thursday.
    let weekday = ((days + 3) % 7 + 7) % 7
    if weekday >= 5 || minute < 9 * 60 || minute >= 17 * 60 + 30 { return "hall_closed" }
    return minute >= 17 * 60 + 15 ? "past_cut_off" : nil
  }

  // MARK: Tickets

  private mutating func answerTake(_ take: TakeTicket, _ envelope: Envelope, _ at: Timestamp) throws -> (Outcome, Bool)
  {
    guard let day = today else { throw No("day_not_open") }
    if case .staff = envelope.actor {} else if let word = closedWord(envelope.clock) { throw No(word) }
    if Set(take.items).count > limits.itemsPerTicket { throw No("too_many_items") }
    let kiosk = try take.kiosk.map { try kioskIndex($0) } ?? -1
    var lanes: [String] = []
    for code in take.items {
      guard let item = SyntheticHall.items.first(where: { $0.code == code }) else { throw No("unknown_item") }
      if !lanes.contains(item.lane) { lanes.append(item.lane) }
    }
    if let asked = take.lane?.description {
      if !["A", "H", "E"].contains(asked) { throw No("unknown_lane") }
      if !lanes.isEmpty, !lanes.contains(asked) { throw No("lane_does_not_fit") }
      lanes = [asked] + lanes.filter { $0 != asked }
    }
    let lane = (lanes.first ?? "A").utf8.first ?? 0
    if case .staff = envelope.actor {
    } else if ([lane] + lanes.compactMap(\.utf8.first)).contains(where: { paused.contains($0) }) {
      throw No("lane_paused")
    } else if ([lane] + lanes.compactMap(\.utf8.first)).contains(where: { stopped[$0] != nil }) {
      throw No("lane_stopped")
    }
    var highest = floors[lane] ?? 0
    for visitor in visitors where visitor.day == day && visitor.letter == lane {
      highest = max(highest, visitor.ordinal)
    }
    if highest == 9999 { throw No("numbers_exhausted") }
    if case .staff = envelope.actor {
    } else if highest >= 9999 - limits.numbersKeptForStaff {
      throw No("numbers_kept_for_staff")
    }
    var agent: String?
    if case .agent(let badge) = take.card {
      if take.priority { throw No("priority_not_for_agents") }
      let open: Set<Stand> = [.waiting, .called, .serving, .suspended, .missed]
      let held = visitors.count { $0.agent == badge && $0.day == day && open.contains($0.stand) }
      if held >= limits.ticketsByAgent { throw No("agent_holds_enough") }
      agent = badge
    }
    let code = PublicCode(entropy: envelope.entropy)
    let index = visitors.count
    let front = take.priority ? nil : betweenAgents(lane, agent)
    let key = front.map { between($0, in: lane) } ?? Double(sequence + 1)
    var copy = self
    copy.visitors.append(
      Visitor(
        code: code, letter: lane, lane: lane, ordinal: 0, day: day, ahead: 0, isUrgent: take.priority,
        key: key, since: at, kiosk: kiosk))
    copy.stand(index)
    var visitor = Visitor(
      code: code, letter: lane, lane: lane, ordinal: highest + 1, day: day,
      ahead: front == nil ? copy.called(before: index) : copy.inLine(lane).prefix { $0 != index }.count,
      isUrgent: take.priority, key: key, since: at, kiosk: kiosk)
    for item in take.items where !visitor.items.contains(item) { visitor.items.append(item) }
    visitor.stops = lanes.dropFirst().compactMap(\.utf8.first)
    if kiosk >= 0, SyntheticHall.kiosks[kiosk].prints {
      visitor.paper = .queued
      visitor.attempt = 1
    }
    visitor.agent = agent
    eventsLast = 1 + [!visitor.stops.isEmpty, visitor.paper != nil, agent != nil, front != nil].count { $0 }
    (visitor.issuedAt, visitor.issue) = (at, sequence + 1)
    seats[code] = visitors.count
    visitors.append(visitor)
    stand(index)
    return (.ticket(code), true)
  }

  private mutating func checkIn(_ code: PublicCode, _ at: Timestamp) throws -> (Outcome, Bool) {
    guard let who = visitor(code) else { throw No("unknown_ticket") }
    if visitors[who].stand != .missed { throw No("ticket_\(visitors[who].stand.rawValue)") }
    if visitors[who].returns == limits.reCheckIns { throw No("check_in_limit_reached") }
    visitors[who].stand = .waiting
    visitors[who].returns += 1
    visitors[who].calls = 0
    visitors[who].since = at
    visitors[who].passed = 0
    // One position behind the head of the lane, or at its end when the lane is shorter.
    visitors[who].key = Double(sequence + 1)
    let people = line.filter { visitors[$0].lane == visitors[who].lane && visitors[$0].pool == 0 }
    if people.count > limits.reCheckInPlaces {
      visitors[who].key = between(people[limits.reCheckInPlaces - 1], in: visitors[who].lane)
    }
    stand(who)
    return (.ticket(code), true)
  }

  /// Who stands right before a newcomer: the second of more than two numbers in a row, at the lane's end, that one other agent took.
  private func betweenAgents(_ lane: UInt8, _ agent: String?) -> Int? {
    let people = line.filter { visitors[$0].lane == lane && visitors[$0].pool == 0 && !goesFirst($0) }
    guard let last = people.last, let other = visitors[last].agent, other != agent else { return nil }
    let first = people.lastIndex { visitors[$0].agent != other }.map { $0 + 1 } ?? 0
    return people.count - first > 2 ? people[first + 1] : nil
  }

  /// A place right behind somebody, before everybody who stands behind them and before the next event.
  private func between(_ front: Int, in lane: UInt8) -> Double {
    let people = line.filter { visitors[$0].lane == lane && visitors[$0].pool == 0 }
    var before = visitors[front].key
    for other in people.drop(while: { $0 != front }).dropFirst() {
      let back = min(visitors[other].key, before.rounded(.down) + 1)
      if back - before >= Self.finest * 2 {
        return before + ((back - before) / Self.finest / 2).rounded(.down) * Self.finest
      }
      before = visitors[other].key
    }
    return Double(sequence + 1)
  }

  /// The smallest difference of two places between events.
  private static let finest = 1.0 / 16_777_216

  /// Puts somebody who waits where all who came earlier stand in front.
  mutating func stand(_ who: Int) {
    let behind = line.firstIndex { other in
      (visitors[who].key, who) < (visitors[other].key, other)
    }
    line.insert(who, at: behind ?? line.count)
  }

  private mutating func abandon(_ code: PublicCode, _ at: Timestamp) throws -> (Outcome, Bool) {
    guard let who = visitor(code) else { throw No("unknown_ticket") }
    if visitors[who].stand != .waiting, visitors[who].stand != .missed {
      throw No("ticket_\(visitors[who].stand.rawValue)")
    }
    line.removeAll { $0 == who }
    arrived(who)
    early.removeAll { $0 == who }
    visitors[who].stand = .abandoned
    visitors[who].ended = at
    return (.ticket(code), true)
  }

  // MARK: Notices and help

  private mutating func notice(_ issue: IssueNotice, _ entropy: UInt64, _ at: Timestamp) throws -> (Outcome, Bool) {
    guard SyntheticHall.items.contains(where: { $0.code == issue.item }) else { throw No("unknown_item") }
    if !issue.situations.isEmpty { throw No("unknown_situation") }
    if let ticket = issue.ticket, visitor(ticket) == nil { throw No("unknown_ticket") }
    let kiosk = try issue.kiosk.map { try kioskIndex($0) } ?? -1
    if kiosk >= 0, SyntheticHall.kiosks[kiosk].prints { eventsLast = 2 }
    let code = PublicCode(entropy: entropy)
    sheets.append(Sheet(code: code, date: ZoneOffset.beijing.civil(at).date, at: at))
    return (.notice(code), true)
  }

  private mutating func ring(_ kiosk: String, _ entropy: UInt64) throws -> (Outcome, Bool) {
    _ = try kioskIndex(kiosk)
    if let ring = rings.first(where: { $0.kiosk == kiosk }) { return (.help(ring.id), false) }
    if rings.count == limits.openHelpRings { throw No("help_busy") }
    let id = PublicCode(entropy: entropy).description
    rings.append(Ring(id: id, kiosk: kiosk))
    return (.help(id), true)
  }

  /// Sets a flag of a ring; true when it was not set before.
  private mutating func mark(_ mark: WritableKeyPath<Ring, Bool>, of id: String) throws -> Bool {
    guard let index = rings.firstIndex(where: { $0.id == id }) else { throw No("unknown_help") }
    defer { rings[index][keyPath: mark] = true }
    return !rings[index][keyPath: mark]
  }
}
