extension HallState {
  func violations(before event: WindowEvent) -> [String] {
    switch event {
    case .ticketCalled(let e): return step(e.code, from: [.waiting, .missed]) + free(e.window) + contradictions(in: e)
    case .ticketRecalled(let e), .serviceStarted(let e), .ticketMissed(let e):
      return step(e.code, from: [.called]) + holds(e.window, e.code)
    case .ticketFinished(let e): return step(e.code, from: [.called, .serving]) + holds(e.window, e.code)
    case .ticketSuspended(let e): return step(e.code, from: [.serving]) + holds(e.window, e.code)
    case .ticketResumed(let e): return step(e.code, from: [.suspended]) + free(e.window)
    case .stepUndone(let e):
      let restores = e.restored.isAtWindow ? [] : ["an undo restores \(e.restored.rawValue)"]
      return step(e.code, from: [.finished, .missed, .abandoned, .waiting]) + free(e.window) + restores
        + violations(undoing: e)
    case .windowClosed(let e): return free(e.window)
    case .windowPaused(let e): return free(e.window)
    case .windowOpened: return []
    case .unnumberedServiceStarted(let e): return free(e.window)
    case .unnumberedServiceFinished(let e):
      return windows[e.window]?.unnumberedSince != nil ? [] : ["nobody without a number is at window \(e.window)"]
    case .windowWentOn(let e):
      if case .paused = windows[e.window]?.duty { return [] }
      return ["window \(e.window) goes on without a pause"]
    case .ticketTransferred(let e): return violations(before: e)
    case .ticketMovedOn(let e): return violations(before: e)
    case .itemsServed(let e): return step(e.code, from: [.called, .serving]) + holds(e.window, e.code)
    }
  }

  func check(_ event: WindowEvent, _ found: inout [String]) {
    switch event {
    case .ticketCalled(let e): check(e.code, e.window, &found)
    case .ticketRecalled(let e), .serviceStarted(let e), .ticketFinished(let e), .ticketMissed(let e),
      .ticketSuspended(let e), .ticketResumed(let e):
      check(e.code, e.window, &found)
    case .stepUndone(let e): check(e.code, e.window, &found)
    case .ticketTransferred(let e): check(e.code, e.from, &found)
    case .ticketMovedOn(let e): check(e.code, e.window, &found)
    case .itemsServed(let e): check(e.code, e.window, &found)
    case .windowOpened, .windowPaused, .windowClosed, .windowWentOn, .unnumberedServiceStarted,
      .unnumberedServiceFinished:
      break
    }
  }

  func checkWindows(_ found: inout [String]) {
    for number in windows.states.keys { checkWindow(number, &found) }
  }

  func holds(_ window: Int, _ code: PublicCode) -> [String] {
    windows[window]?.ticket == code ? [] : ["window \(window) takes a step with a ticket that is not at it"]
  }

  /// A call by the rule gives the ticket that the rule gives in that lane.
  private func contradictions(in e: TicketCalled) -> [String] {
    guard !e.isByName, let ticket = queue.tickets[e.code], ticket.state == .waiting else { return [] }
    if let pool = ticket.pool {
      return pool == e.window && queue.pools[pool]?.first?.code == e.code
        ? [] : ["\(ticket.number) is called out of turn"]
    }
    return queue.waiting[ticket.lane]?.next(orderRule)?.code == e.code ? [] : ["\(ticket.number) is called out of turn"]
  }

  private func free(_ window: Int) -> [String] {
    windows[window]?.isFree ?? true ? [] : ["window \(window) has somebody already"]
  }

  private func check(_ code: PublicCode, _ window: Int, _ found: inout [String]) {
    checkTicket(code, &found)
    checkWindow(window, &found)
  }

  /// At most one ticket at a window, and both refer to each other.
  private func checkWindow(_ number: Int, _ found: inout [String]) {
    guard let code = windows[number]?.ticket else { return }
    guard let ticket = queue.tickets[code], ticket.state.isAtWindow, ticket.window == number else {
      found.append("window \(number) holds a ticket that is not at it")
      return
    }
  }
}
