package import Groundwork

/// Why one ticket was called before another (为什么 B012 在 A020 前面), from what happened alone.
package enum OrderReason: Hashable, Sendable {
  /// 先来: it came earlier.
  case cameFirst
  /// 过号后报到: it came back and was put behind the first of its lane, before tickets that came later than that one.
  case cameBack
  /// 代办: the other one is one of several that an agent holds, and the first one was put behind two of them.
  case amongAgents
  /// 优先: it overtook, as the nth in a row; the other one was overtaken so often by now, of at most so many times.
  case priority(inARow: Int, overtaken: Int, most: Int)
  /// 预约: its slot had begun, and the other one came earlier. `isOwed`: the hall had cancelled the slot, so it stood at the front.
  case reservation(from: Timestamp, isOwed: Bool)
  /// 预约时间未到: the other one's slot had not begun.
  case slotToCome(from: Timestamp)
  /// 点名.
  case byName(badge: String?, reason: String?)
  /// The window calls the first one's lane before the other's.
  case laneFirst(window: Int, first: LaneLetter, then: LaneLetter)
  /// The window does not serve the other's lane.
  case laneNotServed(window: Int, LaneLetter)
  /// The window's other lane, because its first had waited for the patience of lanes: minutes waited.
  case waitedLonger(window: Int, minutes: Int)
  /// 先在别处等过: it was transferred, and has waited for longer than the other one.
  case waitedElsewhere(LaneLetter)
  /// The other one waits for another window alone.
  case waitsForWindow(Int)
  /// The other one did not wait yet, or was away after a missed call, when the first was called.
  case notThereYet
  case wasAway
  /// It stood behind, and nothing says why it was called: a call by name of an earlier release, or one against the rule.
  case outOfTurn

  /// The reason as a stable code of the API.
  package var word: String {
    switch self {
    case .cameFirst: "came_first"
    case .cameBack: "came_back"
    case .amongAgents: "among_agents"
    case .priority: "priority"
    case .reservation: "reservation"
    case .slotToCome: "slot_to_come"
    case .byName: "by_name"
    case .laneFirst: "lane_first"
    case .laneNotServed: "lane_not_served"
    case .waitedLonger: "waited_longer"
    case .waitedElsewhere: "waited_elsewhere"
    case .waitsForWindow: "waits_for_window"
    case .notThereYet: "not_there_yet"
    case .wasAway: "was_away"
    case .outOfTurn: "out_of_turn"
    }
  }
}

/// Why the question has no answer.
package enum OrderQuestion: Error, Hashable, Sendable {
  case unknown
  case same
  /// The ticket has not been called.
  case notCalled(TicketNumber)
  /// It was the other way round: `first` was called later than `then`.
  case calledLater(first: TicketNumber, then: TicketNumber)
  case differentDays
}

extension HallState {
  /// The newest ticket of a number among those that are known: of the open day, or of the day before.
  package func ticket(numbered number: TicketNumber) -> Ticket? {
    tickets.values.filter { $0.number == number }.max { $0.issuedSequence < $1.issuedSequence }
  }

  /// Why `first` was called before `other`.
  ///
  /// - Throws: `OrderQuestion` when it was not, or cannot be compared.
  package func whyBefore(_ first: Ticket, _ other: Ticket) throws(OrderQuestion) -> OrderReason {
    guard first.code != other.code else { throw .same }
    guard first.day == other.day else { throw .differentDays }
    let (first, other) = first.inTheSameWait(as: other)
    return try whyCalled(first, other)
  }

  private func whyCalled(_ first: Ticket, _ other: Ticket) throws(OrderQuestion) -> OrderReason {
    guard let call = first.call else { throw .notCalled(first.number) }
    if let otherCall = other.call, otherCall.sequence < call.sequence {
      guard other.joinedSequence > otherCall.sequence else {
        throw .calledLater(first: first.number, then: other.number)
      }
      if other.joinedSequence > call.sequence { return .wasAway }
    }
    if other.joinedSequence > call.sequence { return other.reCheckIns > 0 ? .wasAway : .notThereYet }
    if let window = other.pool, other.state == .waiting, window != call.window { return .waitsForWindow(window) }
    if call.isFromPool, first.rank < other.rank { return .waitedElsewhere(first.number.lane) }
    let isOwn = other.pool != nil && other.state == .waiting
    if call.lane != other.lane, !isOwn { return betweenLanes(first, other, call) }
    if let reason = byReservation(first, other, call) { return reason }
    switch call.basis {
    case .byName(let badge, let reason):
      return first.rank < other.rank ? .cameFirst : .byName(badge: badge, reason: reason)
    case .overtaking(let count) where other.rank < first.rank:
      return .priority(inARow: count, overtaken: overtaken(other), most: orderRule.overtakings)
    case .overtaking, .inTurn:
      // Somebody who came back stands by the rank of that moment.
      if first.issuedSequence < other.issuedSequence {
        return call.lane == first.number.lane ? .cameFirst : .waitedElsewhere(first.number.lane)
      }
      if first.isAmongAgents, first.rank < other.rank { return .amongAgents }
      return first.reCheckIns > 0 || first.rank < other.rank ? .cameBack : .outOfTurn
    }
  }

  private func byReservation(_ first: Ticket, _ other: Ticket, _ call: CallNote) -> OrderReason? {
    if case .byName = call.basis { return nil }
    if let slot = other.reservation, slot.timing == .early, call.at < slot.from, !other.priority,
      other.joinedSequence == other.issuedSequence
    {
      return .slotToCome(from: slot.from)
    }
    guard let slot = first.reservation, slot.isHonoured, call.at >= slot.from || slot.timing == .owed,
      other.issuedSequence < first.issuedSequence || first.rank < other.rank
    else { return nil }
    return .reservation(from: slot.from, isOwed: slot.timing == .owed)
  }

  private func overtaken(_ ticket: Ticket) -> Int {
    queue.waiting[ticket.lane]?.entry(of: ticket.code)?.overtaken ?? ticket.overtaken
  }

  private func betweenLanes(_ first: Ticket, _ other: Ticket, _ call: CallNote) -> OrderReason {
    if case .byName(let badge, let reason) = call.basis { return .byName(badge: badge, reason: reason) }
    guard let index = call.lanes.firstIndex(of: call.lane), let otherIndex = call.lanes.firstIndex(of: other.lane)
    else { return .laneNotServed(window: call.window, other.lane) }
    if index < otherIndex { return .laneFirst(window: call.window, first: call.lane, then: other.lane) }
    return .waitedLonger(window: call.window, minutes: Int(call.at.since(first.since) / 60_000))
  }
}

extension Ticket {
  /// Whether both waited in one lane at some time of the day.
  func hasSharedLane(with other: Ticket) -> Bool {
    !Set([number.lane, lane]).isDisjoint(with: [other.number.lane, other.lane])
  }

  /// Both tickets as they were when either could have been called; a ticket that was sent on has waited twice.
  ///
  /// Two tickets of one lane are compared there, if the question is about that lane's call. Otherwise the other ticket's
  /// first wait counts, if it had not ended yet.
  fileprivate func inTheSameWait(as other: Ticket) -> (Ticket, Ticket) {
    guard hasMoved || other.hasMoved else { return (self, other) }
    if number.lane == other.number.lane, let mine = firstCall {
      guard let others = other.firstCall, others.sequence < mine.sequence else { return (firstWait, other.firstWait) }
    }
    if let call, let others = other.firstCall, others.sequence > call.sequence { return (self, other.firstWait) }
    return (self, other)
  }

  private var hasMoved: Bool { transfers > 0 || lane != number.lane }

  /// The ticket as it was until its first call.
  private var firstWait: Ticket {
    guard hasMoved else { return self }
    var ticket = self
    ticket.lane = number.lane
    ticket.pool = nil
    ticket.rank = Rank(joinedBy: issuedSequence)
    ticket.joinedSequence = issuedSequence
    ticket.call = firstCall
    ticket.reCheckIns = 0
    return ticket
  }
}
