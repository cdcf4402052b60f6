import Groundwork

extension HallState {
  /// Staff confirmed the clock at `moment`. What a clock that was ahead had dated later counts as of this moment, so that
  /// waits, the time for undo and questions about slips go on from here.
  ///
  /// Issued notices keep their time, because it is printed on them; the journal keeps every time as it was recorded.
  mutating func bringBack(to moment: Timestamp) {
    days.lastOpenedAt = days.lastOpenedAt.map { min($0, moment) }
    days.overtaken = days.overtaken.map { OvertakenDay(event: $0.event, at: min($0.at, moment)) }
    for (code, ticket) in queue.tickets where ticket.newest > moment {
      queue.tickets[code]?.bringBack(to: moment)
    }
    for (id, slip) in print.slips where max(slip.requestedAt, slip.endedAt ?? slip.requestedAt) > moment {
      print.change(id) { slip in
        slip.requestedAt = min(slip.requestedAt, moment)
        slip.endedAt = slip.endedAt.map { min($0, moment) }
      }
    }
    for (kiosk, roll) in print.rolls { print.rolls[kiosk]?.changedAt = roll.changedAt.map { min($0, moment) } }
    cutOff.bringBack(to: moment)
    arrangements.bringBack(to: moment)
    for index in help.rings.indices { help.rings[index].askedAt = min(help.rings[index].askedAt, moment) }
    for index in emergencies.open.indices {
      emergencies.open[index].raised.at = min(emergencies.open[index].raised.at, moment)
    }
    for index in staff.present.indices { staff.present[index].since = min(staff.present[index].since, moment) }
    for index in windows.recentCalls.indices {
      windows.recentCalls[index].at = min(windows.recentCalls[index].at, moment)
    }
    for (number, window) in windows.states {
      windows.states[number]?.unnumberedSince = window.unnumberedSince.map { min($0, moment) }
      guard let step = window.lastStep else { continue }
      windows.states[number]?.lastStep?.at = min(step.at, moment)
      windows.states[number]?.lastStep?.moved = step.moved?.broughtBack(to: moment)
    }
  }
}

extension Ticket {
  fileprivate var newest: Timestamp {
    [firstCalledAt, calledAt, servingAt, atWindowSince, endedAt, call?.at, transfer?.at].compactMap { $0 }.reduce(
      max(issuedAt, since), max)
  }

  fileprivate mutating func bringBack(to moment: Timestamp) {
    issuedAt = min(issuedAt, moment)
    // A reserved slot that has not begun keeps its time.
    if !rank.isToCome { since = min(since, moment) }
    if let note = call { call?.at = min(note.at, moment) }
    if let note = firstCall { firstCall?.at = min(note.at, moment) }
    if let note = transfer { transfer?.at = min(note.at, moment) }
    firstCalledAt = firstCalledAt.map { min($0, moment) }
    calledAt = calledAt.map { min($0, moment) }
    servingAt = servingAt.map { min($0, moment) }
    atWindowSince = atWindowSince.map { min($0, moment) }
    endedAt = endedAt.map { min($0, moment) }
  }
}

extension BeforeMove {
  fileprivate func broughtBack(to moment: Timestamp) -> BeforeMove {
    var note = transfer
    note?.at = min(transfer?.at ?? moment, moment)
    return BeforeMove(
      lane: lane, items: items, stops: stops, calls: calls, servingAt: servingAt.map { min($0, moment) },
      joinedSequence: joinedSequence, transfers: transfers, transfer: note, served: served)
  }
}
