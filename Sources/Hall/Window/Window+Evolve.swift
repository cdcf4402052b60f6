import Groundwork

extension HallState {
  mutating func evolve(_ event: WindowEvent, _ at: Timestamp, _ actor: Principal) {
    switch event {
    case .ticketCalled(let e): evolveCalled(e, at, actor)
    case .ticketRecalled(let e): evolveRecalled(e, at)
    case .serviceStarted(let e):
      queue.tickets[e.code]?.startService(at)
      queue.tickets[e.code]?.meet(actor)
      queue.arrived(e.code)
    case .ticketFinished(let e):
      queue.tickets[e.code]?.meet(actor)
      evolveFinished(e, at)
    case .ticketMissed(let e): evolveMissed(e, at)
    case .ticketSuspended(let e): evolveSuspended(e, at)
    case .ticketResumed(let e): evolveResumed(e)
    case .stepUndone(let e): evolveUndone(e)
    case .windowOpened(let e):
      windows.states[e.window, default: WindowState()].duty = .open
      windows.states[e.window]?.badge = e.badge
    case .windowPaused(let e): windows.states[e.window, default: WindowState()].duty = .paused(e.reason)
    case .windowWentOn(let e): windows.states[e.window]?.duty = .open
    case .unnumberedServiceStarted(let e):
      windows.states[e.window]?.unnumberedSince = at
      windows.states[e.window]?.lastStep = nil
    case .unnumberedServiceFinished(let e): windows.states[e.window]?.unnumberedSince = nil
    case .windowClosed(let e): windows.states[e.window] = WindowState()
    case .ticketTransferred(let e): evolveTransferred(e, at, actor)
    case .ticketMovedOn(let e):
      queue.tickets[e.code]?.meet(actor)
      evolveMovedOn(e, at)
    case .itemsServed(let e):
      let isAsAsked = e.items == queue.tickets[e.code]?.items
      queue.tickets[e.code]?.served = isAsAsked ? nil : e.items
    }
  }

  private mutating func evolveCalled(_ e: TicketCalled, _ at: Timestamp, _ actor: Principal) {
    guard let ticket = queue.tickets[e.code] else { return }
    if ticket.firstCalledAt == nil { waits.called(ticket, at: at) }
    let basis = queue.leave(ticket, calledBy: e, actor)
    queue.tickets[e.code]?.call(at: e.window, at)
    let note = CallNote(
      sequence: sequence + 1, at: at, window: e.window, lanes: e.lanes, basis: basis, lane: ticket.lane,
      isFromPool: ticket.state == .waiting && ticket.pool != nil)
    queue.tickets[e.code]?.call = note
    queue.tickets[e.code]?.firstCall = ticket.firstCall ?? note
    windows.hold(e.window, e.code)
    windows.remember(RecentCall(code: e.code, number: ticket.number, window: e.window, at: at))
  }

  private mutating func evolveRecalled(_ e: TicketAtWindow, _ at: Timestamp) {
    guard let ticket = queue.tickets[e.code] else { return }
    queue.tickets[e.code]?.calls += 1
    queue.tickets[e.code]?.calledAt = at
    windows.remember(RecentCall(code: e.code, number: ticket.number, window: e.window, at: at))
  }

  private mutating func evolveFinished(_ e: TicketAtWindow, _ at: Timestamp) {
    guard let ticket = queue.tickets[e.code] else { return }
    windows.leave(e.window, ticket, to: .finished, at)
    queue.arrived(e.code)
    noteVisit(ticket)
    queue.tickets[e.code]?.state = .finished
    queue.tickets[e.code]?.endedAt = at
    queue.noteService(of: ticket, until: at)
    if day?.date == ticket.day { days.open?.totals.finished += 1 }
  }

  private mutating func evolveMissed(_ e: TicketAtWindow, _ at: Timestamp) {
    guard let ticket = queue.tickets[e.code] else { return }
    windows.leave(e.window, ticket, to: .missed, at)
    queue.noteService(of: ticket, until: at)
    queue.tickets[e.code]?.state = .missed
    queue.missed.append(e.code)
  }

  private mutating func evolveSuspended(_ e: TicketAtWindow, _ at: Timestamp) {
    if let ticket = queue.tickets[e.code] { queue.noteService(of: ticket, until: at) }
    queue.tickets[e.code]?.state = .suspended
    queue.tickets[e.code]?.atWindowSince = nil
    queue.suspended.append(e.code)
    windows.states[e.window]?.ticket = nil
    windows.states[e.window]?.lastStep = nil
  }

  private mutating func evolveResumed(_ e: TicketAtWindow) {
    queue.suspended.removeAll { $0 == e.code }
    queue.tickets[e.code]?.state = .serving
    queue.tickets[e.code]?.window = e.window
    windows.hold(e.window, e.code)
  }

  private mutating func evolveUndone(_ e: StepUndone) {
    guard let ticket = queue.tickets[e.code] else { return }
    let moved = windows[e.window]?.lastStep?.moved
    switch ticket.state {
    case .finished: days.open?.totals.finished -= 1
    case .abandoned: days.open?.totals.abandoned -= 1
    default: break
    }
    if ticket.atWindowSince != nil { queue.paces[moved?.lane ?? ticket.lane]?.forget(e.code) }
    queue.leaveLists(ticket)
    if let moved { restore(e.code, moved) }
    queue.tickets[e.code]?.state = e.restored
    queue.tickets[e.code]?.window = e.window
    queue.tickets[e.code]?.endedAt = nil
    windows.hold(e.window, e.code)
  }
}

extension QueueState {
  /// A called ticket leaves its list.
  ///
  /// The counters of its lane follow from who was called, not from any rule, so that replay needs no rules.
  fileprivate mutating func leave(_ ticket: Ticket, calledBy e: TicketCalled, _ actor: Principal) -> CallNote.Basis {
    guard ticket.state == .waiting, !e.isByName else {
      leaveLists(ticket)
      if ticket.state == .waiting {
        for lane in ticket.pool == nil ? [ticket.lane] : e.lanes { waiting[lane]?.passOver(before: ticket.rank) }
      }
      return .byName(badge: actor.badge, reason: e.reason)
    }
    guard ticket.pool == nil else {
      leaveLists(ticket)
      return .inTurn
    }
    guard let called = waiting[ticket.lane]?.call(ticket.code) else { return .inTurn }
    tickets[ticket.code]?.overtaken = called.entry.overtaken
    return called.overtaking > 0 ? .overtaking(called.overtaking) : .inTurn
  }
}

extension Ticket {
  fileprivate mutating func startService(_ at: Timestamp) {
    state = .serving
    servingAt = servingAt ?? at
  }

  /// 首问: the first badge that has the resident at its window. A call alone does not count, because the resident may not come.
  mutating func meet(_ actor: Principal) { firstAsked = firstAsked ?? actor.badge }

  fileprivate mutating func call(at number: Int, _ at: Timestamp) {
    state = .called
    window = number
    calls += 1
    calledAt = at
    atWindowSince = at
    firstCalledAt = firstCalledAt ?? at
  }
}
