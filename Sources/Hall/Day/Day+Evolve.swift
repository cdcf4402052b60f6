import Groundwork

extension HallState {
  mutating func evolveDayOpened(_ e: DayOpened, _ at: Timestamp) {
    let kept = lastDay
    day = BusinessDay(date: e.day, openedAt: at, catalogueVersion: e.catalogueVersion)
    lastDay = max(lastDay ?? e.day, e.day)
    for start in e.starts {
      let last = ordinals[e.day]?[start.lane] ?? 0
      ordinals[e.day, default: [:]][start.lane] = max(last, start.first - 1)
    }
    forget(keeping: [kept, e.day])
    answers.turnDay()
  }

  /// Drops what no page and no repeated answer can ask for any more: the day before is the last that is kept.
  private mutating func forget(keeping days: [CivilDate?]) {
    tickets = tickets.filter { days.contains($0.value.day) || !$0.value.state.hasEnded }
    let keptNotices = Set(days.compactMap { $0 }.map { compactDate($0) })
    notices = notices.filter { notice in keptNotices.contains { notice.value.number.contains("-\($0)-") } }
    slips = slips.filter { slip in
      switch slip.value.subject {
      case .ticket(let code): tickets[code] != nil
      case .notice(let code): notices[code] != nil
      }
    }
    if let oldest = noticeOrdinals.keys.sorted().dropLast(2).last {
      noticeOrdinals = noticeOrdinals.filter { $0.key > oldest }
    }
    recentCalls = []
  }

  private func compactDate(_ date: CivilDate) -> String {
    let (year, month, day) = date.parts
    return padded(year, 4) + padded(month, 2) + padded(day, 2)
  }

  mutating func evolveDayClosed(_ e: DayClosed, _ at: Timestamp) {
    for code in e.closed {
      if let window = tickets[code]?.window, windows[window]?.ticket == code { windows[window]?.ticket = nil }
      tickets[code]?.state = .closed
      tickets[code]?.endedAt = at
    }
    for lane in waiting.keys { waiting[lane] = [] }
    missed = []
    suspended = []
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
