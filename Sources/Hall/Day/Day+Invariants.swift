extension HallState {
  func violations(before event: DayEvent) -> [String] {
    switch event {
    case .dayOpened: day == nil ? [] : ["a day is opened while another is open"]
    case .dayOvertaken(let e):
      day?.date == e.day && e.date > e.day ? [] : ["a day is overtaken that is not the open one, or is not past"]
    case .dayClosed(let e): day?.date == e.day ? [] : ["a day is closed that is not the open one"]
    case .journalAccepted: []
    case .recordsLeft(let e):
      e.first <= e.last && e.last <= sequence ? [] : ["records leave that are not there"]
    case .formatRaised(let e): e.format > days.format ? [] : ["a format is raised that is raised already"]
    case .headNoted(let e):
      days.closed?.date == e.day && days.closed?.kept == nil ? [] : ["a head is noted of another day, or twice"]
    case .clockConfirmed(let e): e.after == lastAt ? [] : ["a clock is confirmed against another newest event"]
    }
  }

  /// issued = waiting + in service + suspended + missed + ended.
  func checkDay(_ found: inout [String]) {
    guard let day else { return }
    let today = queue.tickets.values.filter { $0.day == day.date }
    let issued = today.count { $0.issuedSequence > day.openedSequence }
    if issued != day.totals.issued {
      found.append("\(day.totals.issued) numbers were issued but \(issued) tickets are there")
    }
    let waitingCount =
      queue.waiting.values.reduce(0) { $0 + $1.count } + queue.pools.values.reduce(0) { $0 + $1.count }
    let ended = today.count { $0.state.hasEnded }
    let atWindows = today.count { $0.state.isAtWindow }
    if waitingCount + queue.missed.count + queue.suspended.count + ended + atWindows != today.count {
      found.append("the tickets of the day do not add up")
    }
  }
}
