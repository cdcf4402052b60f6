import Groundwork

extension HallState {
  /// Opens a business day. The clock may be wrong, so a date that steps back or jumps far needs staff to confirm it.
  func decideOpenDay(_ open: OpenDay, _ rules: HallRules, _ envelope: Envelope) throws(Refusal) -> Decision {
    if let day {
      guard open.confirmed, open.closesOther, day.date != open.date else { throw .dayAlreadyOpen(day.date) }
    }
    switch envelope.actor {
    case .system: guard !open.confirmed else { throw .coordinatorOnly }
    case .operator, .staff(_, .coordinator): break
    case .staff, .kiosk: throw .coordinatorOnly
    }
    if !open.confirmed {
      if let lastDay, open.date < lastDay { throw .dateBehindJournal(given: open.date, last: lastDay) }
      if let lastDay, open.date.daysSinceEpoch - lastDay.daysSinceEpoch > rules.limits.plausibleGapDays {
        throw .dateImplausible(given: open.date, last: lastDay)
      }
      if lastDay == nil, open.date < Self.earliestPlausibleDate {
        throw .dateImplausible(given: open.date, last: nil)
      }
    }
    let starts = rules.lanes.map { LaneStart(lane: $0.letter, first: $0.start) }
    let opened = DayOpened(
      day: open.date, mode: rules.mode, catalogueVersion: rules.catalogue.version, starts: starts,
      confirmed: open.confirmed)
    let past = day == nil ? [] : try decideCloseDay(CloseDay(force: true), envelope).events
    return Decision(past + [.dayOpened(opened)], .day)
  }

  /// No hall ran this program before it: a clock that shows less has lost its time.
  static let earliestPlausibleDate = CivilDate(daysSinceEpoch: 20_454)  // 2026-01-01

  func decideCloseDay(_ close: CloseDay, _ envelope: Envelope) throws(Refusal) -> Decision {
    guard let day else { throw .dayNotOpen }
    guard envelope.actor == .system || envelope.actor.isCoordinator else { throw .coordinatorOnly }
    if let date = close.overtakenBy {
      guard envelope.actor == .system else { throw .coordinatorOnly }
      guard date > day.date else { throw .dateBehindJournal(given: date, last: day.date) }
    }
    let atWindows = windows.values.compactMap { $0.ticket.flatMap { tickets[$0]?.number } }.sorted()
    if !close.force, !atWindows.isEmpty { throw .ticketsInService(atWindows) }
    let ending = tickets.values
      .filter { !$0.state.hasEnded && $0.state != .serving && $0.day == day.date }
      .sorted { $0.number < $1.number }
    var totals = day.totals
    totals.closed += ending.count
    let closed = Event.dayClosed(DayClosed(day: day.date, closed: ending.map(\.code), totals: totals))
    guard let date = close.overtakenBy else { return Decision([closed], .day) }
    let waiting = ending.count { $0.state == .waiting }
    return Decision([.dayOvertaken(DayOvertaken(day: day.date, date: date, waiting: waiting)), closed], .day)
  }

  func decideAcceptJournal(_ accept: AcceptJournal, _ envelope: Envelope) throws(Refusal) -> Decision {
    guard envelope.actor.isCoordinator else { throw .coordinatorOnly }
    let floors = accept.floors.sorted { $0.key < $1.key }.map { LaneStart(lane: $0.key, first: $0.value) }
    let accepted = JournalAccepted(epoch: max(accept.epoch, epoch + 1), floors: floors, day: accept.day)
    return Decision([.journalAccepted(accepted)], .done)
  }
}
