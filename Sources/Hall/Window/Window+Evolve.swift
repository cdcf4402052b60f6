import Groundwork

extension Ticket {
  mutating func startService(_ at: Timestamp) {
    state = .serving
    servingAt = servingAt ?? at
  }
}

extension HallState {
  mutating func evolveWindowOpened(_ e: WindowOpened) {
    windows[e.window, default: WindowState()].duty = .open
    windows[e.window]?.badge = e.badge
  }

  mutating func evolveCalled(_ e: TicketCalled, _ at: Timestamp, _ actor: Principal) {
    guard let ticket = tickets[e.code] else { return }
    leaveLists(ticket)
    tickets[e.code]?.state = .called
    tickets[e.code]?.window = e.window
    tickets[e.code]?.calls += 1
    tickets[e.code]?.calledAt = at
    tickets[e.code]?.atWindowSince = at
    if ticket.firstCalledAt == nil { tickets[e.code]?.firstCalledAt = at }
    if ticket.firstAsked == nil { tickets[e.code]?.firstAsked = actor.badge }
    windows[e.window, default: WindowState()].ticket = e.code
    windows[e.window]?.lastStep = nil
    remember(RecentCall(code: e.code, number: ticket.number, window: e.window, at: at))
  }

  mutating func evolveRecalled(_ e: TicketAtWindow, _ at: Timestamp) {
    guard let ticket = tickets[e.code] else { return }
    tickets[e.code]?.calls += 1
    tickets[e.code]?.calledAt = at
    remember(RecentCall(code: e.code, number: ticket.number, window: e.window, at: at))
  }

  private mutating func remember(_ call: RecentCall) {
    recentCalls.removeAll { $0.number == call.number }
    recentCalls.append(call)
    if recentCalls.count > RecentCall.kept { recentCalls.removeFirst() }
  }

  mutating func evolveFinished(_ e: TicketAtWindow, _ at: Timestamp) {
    guard let ticket = tickets[e.code] else { return }
    leaveWindow(e.window, ticket, to: .finished, at)
    tickets[e.code]?.state = .finished
    tickets[e.code]?.endedAt = at
    if let since = ticket.atWindowSince {
      paces[ticket.lane, default: ServicePace()].note(e.code, took: at.since(since))
    }
    if day?.date == ticket.day { day?.totals.finished += 1 }
  }

  mutating func evolveMissed(_ e: TicketAtWindow, _ at: Timestamp) {
    guard let ticket = tickets[e.code] else { return }
    leaveWindow(e.window, ticket, to: .missed, at)
    tickets[e.code]?.state = .missed
    missed.append(e.code)
  }

  mutating func evolveSuspended(_ e: TicketAtWindow) {
    tickets[e.code]?.state = .suspended
    tickets[e.code]?.atWindowSince = nil
    suspended.append(e.code)
    windows[e.window]?.ticket = nil
    windows[e.window]?.lastStep = nil
  }

  mutating func evolveResumed(_ e: TicketAtWindow) {
    suspended.removeAll { $0 == e.code }
    tickets[e.code]?.state = .serving
    tickets[e.code]?.window = e.window
    windows[e.window, default: WindowState()].ticket = e.code
    windows[e.window]?.lastStep = nil
  }

  mutating func evolveUndone(_ e: StepUndone) {
    guard let ticket = tickets[e.code] else { return }
    switch ticket.state {
    case .finished:
      day?.totals.finished -= 1
      paces[ticket.lane]?.forget(e.code)
    case .abandoned: day?.totals.abandoned -= 1
    default: break
    }
    leaveLists(ticket)
    tickets[e.code]?.state = e.restored
    tickets[e.code]?.window = e.window
    tickets[e.code]?.endedAt = nil
    windows[e.window, default: WindowState()].ticket = e.code
    windows[e.window]?.lastStep = nil
  }
}
