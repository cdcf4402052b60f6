import Groundwork

extension HallState {
  mutating func evolve(_ event: DayEvent, _ at: Timestamp) {
    switch event {
    case .dayOpened(let e): evolveDayOpened(e, at)
    case .dayOvertaken(let e): days.overtaken = OvertakenDay(event: e, at: at)
    case .dayClosed(let e): evolveDayClosed(e, at)
    case .journalAccepted(let e): evolveJournalAccepted(e)
    case .recordsLeft(let e): days.left = e
    case .formatRaised(let e): days.format = max(days.format, e.format)
    case .headNoted(let e): days.closed?.kept = ClosingHead(code: e.code, text: e.head)
    case .clockConfirmed: bringBack(to: at)
    }
  }

  private mutating func evolveDayOpened(_ e: DayOpened, _ at: Timestamp) {
    arrangements.begin(e.day, after: days.last)
    waits.openDay(e.terms, isAnother: e.day != days.last)
    reservations.openDay(e.day, isAnother: e.day != days.last)
    cases.openDay(e.day, keeping: e.casesKept)
    agency.openDay(e.day, keeping: e.casesKept)
    if e.day != days.last {
      if let lastOpenedAt = days.lastOpenedAt { forget(endedBefore: lastOpenedAt) }
      days.lastOpenedAt = at
      windows.recentCalls = []
      answers.turnDay()
      leases.openDay(queue.tickets)
      staff.begin(e.day)
    }
    days.open = BusinessDay(
      date: e.day, openedAt: at, catalogueVersion: e.catalogueVersion, openedSequence: sequence + 1)
    days.last = e.day
    days.order = e.order ?? .byArrival
    for start in e.starts { queue.raise(start.lane, on: e.day, to: start.first - 1) }
  }

  /// Drops what no page and no repeated answer can need: what ended before `moment`, when the day before was opened.
  /// Answers are dropped by the same rule, so that a repeated answer still finds its subject. What outlives the day has
  /// a rule of its own in its slice.
  private mutating func forget(endedBefore moment: Timestamp) {
    queue.forget(endedBefore: moment)
    notices.forget(issuedBefore: moment)
    let (tickets, notices, closing) = (queue.tickets, notices.recent, days.closed?.kept?.code)
    let reservations = reservations.known
    let (cases, lists) = (cases.known, cases.lists)
    let agency = agency
    print.forget { subject in
      switch subject {
      case .ticket(let code): tickets[code] == nil
      case .notice(let code): notices[code] == nil
      case .closing(let code): code != closing
      case .reservation(let code): reservations[code] == nil
      case .receipt(let code), .correction(let code), .casePaper(let code, _): cases[code] == nil
      case .agency(let code), .agencyEnd(let code), .agencyRenewal(let code): agency[code] == nil
      case .agencyBatch(let code): agency.batches[code] == nil
      case .handoverList(let code): lists[code] == nil
      }
    }
  }

  private mutating func evolveDayClosed(_ e: DayClosed, _ at: Timestamp) {
    if days.overtaken?.event.day != e.day { days.overtaken = nil }
    days.closed = days.open.map { figures(closing: $0, at: at) }
    for code in e.closed {
      if let window = queue.tickets[code]?.window, windows[window]?.ticket == code {
        windows.states[window]?.ticket = nil
      }
      queue.tickets[code]?.state = .closed
      queue.tickets[code]?.endedAt = at
    }
    queue.closeDay()
    waits.closeDay()
    cutOff = CutOffState()
    reservations.closeDay(e.day)
    for number in windows.states.keys { windows.states[number]?.lastStep = nil }
    days.open = nil
  }

  private mutating func evolveJournalAccepted(_ e: JournalAccepted) {
    epoch = e.epoch
    isAccepted = true
    guard let day = e.day else { return }
    for floor in e.floors { queue.raise(floor.lane, on: day, to: floor.first) }
    leases.passOver(on: day)
    days.last = max(days.last ?? day, day)
  }
}
