import Groundwork

extension HallState {
  func decide(_ command: DayCommand, _ rules: HallRules, _ envelope: Envelope) throws(Refusal) -> Decision {
    switch command {
    case .openDay(let open): try decideOpenDay(open, rules, envelope)
    case .closeDay(let close): try decideCloseDay(close, envelope)
    case .acceptJournal(let accept): try decideAcceptJournal(accept, envelope)
    case .noteDeparture(let left): try decideNoteDeparture(left, envelope)
    case .noteHead(let note): try decideNoteHead(note, rules, envelope)
    case .raiseFormat(let format): try decideRaiseFormat(format, envelope)
    }
  }

  /// Opens a business day. The clock may be wrong, so a date that goes back or jumps far needs confirmation by staff.
  private func decideOpenDay(_ open: OpenDay, _ rules: HallRules, _ envelope: Envelope) throws(Refusal) -> Decision {
    let clock = clockConfirmed(open, rules, envelope)
    if let day {
      let isPossible = day.date == open.date ? !clock.isEmpty : open.confirmed && open.closesOther
      guard isPossible else { throw .day(.dayAlreadyOpen(day.date)) }
    }
    switch envelope.actor {
    case .system: guard !open.confirmed else { throw .request(.coordinatorOnly) }
    case .operator, .staff(_, .coordinator): break
    case .staff, .kiosk: throw .request(.coordinatorOnly)
    }
    if !open.confirmed {
      if let last = days.last, open.date < last { throw .day(.dateBehindJournal(given: open.date, last: last)) }
      if let last = days.last, !open.clockIsSynchronised, !rules.isPlausible(open.date, after: last) {
        throw .day(.dateImplausible(given: open.date, last: last))
      }
      if open.date < rules.limits.earliestDate {
        throw .day(.dateImplausible(given: open.date, last: days.last))
      }
    }
    if day?.date == open.date { return Decision(clock, .day) }
    let starts = rules.lanes.map { LaneStart(lane: $0.letter, first: $0.start) }
    let opened = DayOpened(
      day: open.date, mode: rules.mode, catalogueVersion: rules.catalogue.version, starts: starts,
      confirmed: open.confirmed, terms: DayTerms(open.date, rules, arranged: hours(rules)),
      // A day that is opened again keeps its order, whatever the configuration says by now.
      order: open.date == days.last ? days.order : rules.limits.order,
      casesKept: rules.cases.keptDays == CasesState.daysKept ? nil : rules.cases.keptDays)
    // What ran out while the hall was shut or without power is settled before the day begins.
    let desk = CaseDesk(state: self, rules: rules, envelope: envelope)
    let settled =
      desk.clock(on: open.date) + AgencyDesk(state: self, rules: rules, envelope: envelope).clock(on: open.date)
    let past = day == nil ? [] : try decideCloseDay(CloseDay(force: true), envelope).events
    return Decision(clock + past + settled + [.day(.dayOpened(opened))] + desk.deemedSlips(settled), .day)
  }

  /// Where staff confirm a clock that is behind the newest event, the time goes back to it.
  private func clockConfirmed(_ open: OpenDay, _ rules: HallRules, _ envelope: Envelope) -> [Event] {
    guard open.confirmsClock(envelope.clock, in: rules.zone), envelope.clock < lastAt else { return [] }
    return [.day(.clockConfirmed(ClockConfirmed(after: lastAt)))]
  }

  private func decideCloseDay(_ close: CloseDay, _ envelope: Envelope) throws(Refusal) -> Decision {
    guard let day else { throw .day(.dayNotOpen) }
    guard envelope.actor == .system || envelope.actor.isCoordinator else { throw .request(.coordinatorOnly) }
    if let date = close.overtakenBy {
      guard envelope.actor == .system else { throw .request(.coordinatorOnly) }
      guard date > day.date else { throw .day(.dateBehindJournal(given: date, last: day.date)) }
    }
    let atWindows = windows.states.values.compactMap { $0.ticket.flatMap { queue.tickets[$0]?.number } }.sorted()
    if !close.force, !atWindows.isEmpty { throw .day(.ticketsInService(atWindows)) }
    let ending = queue.tickets.values
      .filter { !$0.state.hasEnded && $0.state != .serving && $0.day == day.date }
      .sorted { $0.number < $1.number }
    var totals = day.totals
    totals.closed += ending.count
    let closed = Event.day(.dayClosed(DayClosed(day: day.date, closed: ending.map(\.code), totals: totals)))
    let broken = promisesBrokenAtClose(day, envelope.at)
    let left = staff.present.map {
      Event.staff(.staffSignedOut(StaffSignedOut(badge: $0.badge, workplace: $0.workplace, how: .dayClose)))
    }
    guard let date = close.overtakenBy else { return Decision(broken + left + [closed], .day) }
    let waiting = ending.count { $0.state == .waiting }
    let overtaken = Event.day(.dayOvertaken(DayOvertaken(day: day.date, date: date, waiting: waiting)))
    return Decision([overtaken] + broken + left + [closed], .day)
  }

  private func decideAcceptJournal(_ accept: AcceptJournal, _ envelope: Envelope) throws(Refusal) -> Decision {
    guard envelope.actor.isCoordinator else { throw .request(.coordinatorOnly) }
    let floors = accept.floors.sorted { $0.key < $1.key }.map { LaneStart(lane: $0.key, first: $0.value) }
    let accepted = JournalAccepted(epoch: max(accept.epoch, epoch + 1), floors: floors, day: accept.day)
    return Decision([.day(.journalAccepted(accepted))], .done)
  }

  /// Without an effect when the day has its head already, or another one was closed meanwhile.
  private func decideNoteHead(_ note: NoteHead, _ rules: HallRules, _ envelope: Envelope) throws(Refusal) -> Decision {
    guard envelope.actor == .system else { throw .request(.coordinatorOnly) }
    guard let closed = days.closed, closed.closedSequence == note.closedSequence, closed.kept == nil else {
      return Decision([], .done)
    }
    let code = freshCode(envelope.entropy)
    let noted = Event.day(.headNoted(HeadNoted(day: closed.date, code: code, head: note.head)))
    let slip = firstSlip(.closing(code), at: rules.closingPrinter, envelope.entropy, largeType: false)
    return Decision([noted] + (slip.map { [.print(.slipRequested($0))] } ?? []), .done)
  }
}
