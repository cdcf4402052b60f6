import Groundwork

extension HallState {
  mutating func evolveDayOpened(_ e: DayOpened, _ at: Timestamp) {
    if e.day != lastDay {
      if let lastOpenedAt { forget(endedBefore: lastOpenedAt) }
      lastOpenedAt = at
      recentCalls = []
      answers.turnDay()
    }
    day = BusinessDay(date: e.day, openedAt: at, catalogueVersion: e.catalogueVersion, openedSequence: sequence + 1)
    lastDay = e.day
    for start in e.starts {
      let last = ordinals[e.day]?[start.lane] ?? 0
      ordinals[e.day, default: [:]][start.lane] = max(last, start.first - 1)
    }
  }

  /// Drops what no page and no repeated answer can ask for any more: what was over before `moment`, when the day before was
  /// opened. Answers are forgotten by the same measure, so that an answer given again still finds what it is about.
  private mutating func forget(endedBefore moment: Timestamp) {
    tickets = tickets.filter { !$0.value.state.hasEnded || $0.value.endedAt ?? $0.value.issuedAt >= moment }
    putAwayNotices(issuedBefore: moment)
    slips = slips.filter { slip in
      switch slip.value.subject {
      case .ticket(let code): tickets[code] != nil
      case .notice(let code): notices[code] != nil
      }
    }
    if let oldest = noticeOrdinals.keys.sorted().dropLast(2).last {
      noticeOrdinals = noticeOrdinals.filter { $0.key > oldest }
    }
  }

  mutating func evolveDayClosed(_ e: DayClosed, _ at: Timestamp) {
    if overtaken?.event.day != e.day { overtaken = nil }
    for code in e.closed {
      if let window = tickets[code]?.window, windows[window]?.ticket == code { windows[window]?.ticket = nil }
      tickets[code]?.state = .closed
      tickets[code]?.endedAt = at
    }
    for lane in waiting.keys { waiting[lane] = [] }
    missed = []
    suspended = []
    holders = [:]
    agents = [:]
    for number in windows.keys { windows[number]?.lastStep = nil }
    day = nil
  }

  mutating func evolveJournalAccepted(_ e: JournalAccepted) {
    epoch = e.epoch
    isAccepted = true
    guard let day = e.day else { return }
    for floor in e.floors {
      let last = ordinals[day]?[floor.lane] ?? 0
      ordinals[day, default: [:]][floor.lane] = max(last, floor.first)
    }
    lastDay = max(lastDay ?? day, day)
  }
}
