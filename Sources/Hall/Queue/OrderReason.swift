package import Groundwork

/// Why one ticket was called before another (为什么 B012 在 A020 前面), from what happened alone.
package enum OrderReason: Hashable, Sendable {
  /// 先来: it came earlier.
  case cameFirst
  /// 过号后报到: it came back and was put behind the first of its lane, before tickets that came later than that one.
  case cameBack
  /// 优先: it overtook, as the nth in a row; the other one was overtaken so often by now, of at most so many times.
  case priority(inARow: Int, overtaken: Int, most: Int)
  /// 预约: its slot had begun, and the other one came earlier. Of a slot that the hall had cancelled it stood at the front.
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
  /// The other one did not wait yet, or was away after a missed call, when the first was called.
  case notThereYet
  case wasAway
  /// It stood behind, and nothing says why it was called: a call by name of an earlier release, or one against the rule.
  case outOfTurn

  /// A word for programs.
  package var word: String {
    switch self {
    case .cameFirst: "came_first"
    case .cameBack: "came_back"
    case .priority: "priority"
    case .reservation: "reservation"
    case .slotToCome: "slot_to_come"
    case .byName: "by_name"
    case .laneFirst: "lane_first"
    case .laneNotServed: "lane_not_served"
    case .waitedLonger: "waited_longer"
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
  /// This one has not been called.
  case notCalled(TicketNumber)
  /// It was the other way round.
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
    guard let call = first.call else { throw .notCalled(first.number) }
    if let otherCall = other.call, otherCall.sequence < call.sequence {
      guard other.joinedSequence > otherCall.sequence else {
        throw .calledLater(first: first.number, then: other.number)
      }
      if other.joinedSequence > call.sequence { return .wasAway }
    }
    if other.joinedSequence > call.sequence { return other.reCheckIns > 0 ? .wasAway : .notThereYet }
    if first.lane != other.lane { return betweenLanes(first, other, call) }
    if let reason = byReservation(first, other, call) { return reason }
    switch call.basis {
    case .byName(let badge, let reason):
      return first.rank < other.rank ? .cameFirst : .byName(badge: badge, reason: reason)
    case .overtaking(let count) where other.rank < first.rank:
      return .priority(inARow: count, overtaken: overtaken(other), most: orderRule.overtakings)
    case .overtaking, .inTurn:
      // Somebody who came back stands by the rank of that moment.
      if first.issuedSequence < other.issuedSequence { return .cameFirst }
      return first.reCheckIns > 0 || first.rank < other.rank ? .cameBack : .outOfTurn
    }
  }

  private func byReservation(_ first: Ticket, _ other: Ticket, _ call: CallNote) -> OrderReason? {
    if case .byName = call.basis { return nil }
    if let slot = other.reservation, slot.timing == .early, call.at < slot.from, !other.priority {
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
    guard let place = call.lanes.firstIndex(of: first.lane), let otherPlace = call.lanes.firstIndex(of: other.lane)
    else { return .laneNotServed(window: call.window, other.lane) }
    if place < otherPlace { return .laneFirst(window: call.window, first: first.lane, then: other.lane) }
    return .waitedLonger(window: call.window, minutes: Int(call.at.since(first.since) / 60_000))
  }
}
