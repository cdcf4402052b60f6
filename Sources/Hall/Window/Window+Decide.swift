import Groundwork

extension HallState {
  func decide(
    _ number: Int, _ verb: WindowCommand, _ rules: HallRules, _ envelope: Envelope
  ) throws(Refusal) -> Decision {
    guard let rule = rules.window(number) else { throw .window(.unknownWindow(number)) }
    // The clerk has left without closing the window. Only the system may close it, for somebody who wants to work there.
    // A service without a number may be ended with it, because no ticket is lost.
    if case .system = envelope.actor, verb == .close {
      guard windows[number]?.unnumberedSince != nil else { return try decideCloseWindow(number) }
      let finished = Event.window(.unnumberedServiceFinished(UnnumberedService(window: number)))
      return Decision([finished] + closing(number), .window(number))
    }
    guard case .staff(let badge, let role) = envelope.actor, role == .clerk || role == .coordinator else {
      throw .request(.staffOnly)
    }
    let window = windows[number] ?? WindowState()
    switch verb {
    case .open: break
    case .pause, .close, .call, .callPassingOver, .recall, .serve, .finish, .finishAndCall, .miss, .suspend, .resume,
      .abandon, .undo, .transfer, .noteItems, .serveUnnumbered, .finishUnnumbered:
      guard window.duty != .closed else { throw .window(.windowNotOpen(number)) }
      guard window.badge == badge || role == .coordinator else { throw .window(.notYourWindow(number)) }
    }
    switch verb {
    case .open: return try decideOpenWindow(number, window, badge)
    case .pause(let reason): return try decidePause(number, window, reason)
    case .close: return try decideCloseWindow(number)
    case .serveUnnumbered: return try decideUnnumbered(number, window, starts: true)
    case .finishUnnumbered: return try decideUnnumbered(number, window, starts: false)
    case .call(let code): return try decideCall(number, window, rule, code, nil, envelope.at)
    case .callPassingOver(let code, let reason):
      let reason = try Self.readableReason(reason)
      return try decideCall(number, window, rule, code, reason, envelope.at)
    case .recall: return try decideRecall(number, window, rules)
    case .undo: return try decideUndo(number, window, rules, envelope.at)
    case .resume(let code): return try decideResume(number, window, code)
    case .finishAndCall: return try decideFinishAndCall(number, window, rule, rules, envelope.at)
    case .transfer(let transfer): return try decideTransfer(transfer, number, rule, rules)
    case .noteItems(let items): return try decideItemsServed(items, number, rules)
    case .finish:
      guard let ticket = ticket(at: window) else { throw .window(.windowEmpty(number)) }
      return Decision([finishing(ticket, at: rule, rules)], .ticket(ticket.code))
    case .serve, .miss, .suspend, .abandon: return try decideStep(verb, number, window)
    }
  }

  private func ticket(at window: WindowState) -> Ticket? { window.ticket.flatMap { queue.tickets[$0] } }

  private func requireFree(_ number: Int, _ window: WindowState) throws(Refusal) {
    if let ticket = ticket(at: window) { throw .window(.windowBusy(ticket.number)) }
    if window.unnumberedSince != nil { throw .window(.servingUnnumbered(number)) }
  }

  /// 无号办理: somebody who needs only a short answer is served without a number, and is counted.
  private func decideUnnumbered(_ number: Int, _ window: WindowState, starts: Bool) throws(Refusal) -> Decision {
    let service = UnnumberedService(window: number)
    guard starts else {
      guard window.unnumberedSince != nil else { throw .window(.windowEmpty(number)) }
      return Decision([.window(.unnumberedServiceFinished(service))], .window(number))
    }
    guard window.duty == .open else { throw .window(.windowPaused(number)) }
    try requireFree(number, window)
    guard day != nil else { throw .day(.dayNotOpen) }
    return Decision([.window(.unnumberedServiceStarted(service))], .window(number))
  }

  private func decideCloseWindow(_ number: Int) throws(Refusal) -> Decision {
    let window = windows[number] ?? WindowState()
    guard window.duty != .closed else { throw .window(.windowNotOpen(number)) }
    try requireFree(number, window)
    return Decision(closing(number), .window(number))
  }

  private func closing(_ number: Int) -> [Event] {
    lapses(number) + [.window(.windowClosed(WindowClosed(window: number)))]
  }

  private func decideOpenWindow(_ number: Int, _ window: WindowState, _ badge: String) throws(Refusal) -> Decision {
    if let held = window.badge, held != badge, window.duty != .closed { throw .window(.windowTaken(badge: held)) }
    if let other = windows.states.first(where: {
      $0.key != number && $0.value.badge == badge && $0.value.duty != .closed
    }) {
      throw .window(.badgeAtOtherWindow(other.key))
    }
    if window.badge == badge {
      switch window.duty {
      case .open: return Decision([], .window(number))
      case .paused: return Decision([.window(.windowWentOn(WindowWentOn(window: number)))], .window(number))
      case .closed: break
      }
    }
    return Decision([.window(.windowOpened(WindowOpened(window: number, badge: badge)))], .window(number))
  }

  /// A readable reason: 1 to 60 characters, no control characters.
  static func readableReason(_ text: String) throws(Refusal) -> String {
    guard isReadable(text, atMost: 60) else { throw .request(.badReason) }
    return text
  }

  static func isReadable(_ text: String, atMost longest: Int) -> Bool {
    (1...longest).contains(text.count) && !text.unicodeScalars.contains { $0.value < 32 }
  }

  private func decidePause(_ number: Int, _ window: WindowState, _ reason: PauseReason) throws(Refusal) -> Decision {
    try requireFree(number, window)
    // Only the code 其他 needs a text.
    if reason.text != nil || reason.code == .other { _ = try Self.readableReason(reason.text ?? "") }
    return Decision([.window(.windowPaused(WindowPaused(window: number, reason: reason)))], .window(number))
  }

  /// 叫号: the next ticket by the day's rule, or one given ticket (点名).
  private func decideCall(
    _ number: Int, _ window: WindowState, _ rule: WindowRule, _ named: PublicCode?, _ reason: String?, _ at: Timestamp
  ) throws(Refusal) -> Decision {
    guard window.duty == .open else { throw .window(.windowPaused(number)) }
    try requireFree(number, window)
    guard day != nil else { throw .day(.dayNotOpen) }
    let next = nextCall(rule.lanes, at: at, window: number)
    guard let named else {
      guard let next else { throw .window(.nobodyWaiting) }
      return Decision(calling(next, at: rule, at), .ticket(next))
    }
    guard let ticket = queue.tickets[named] else { throw .queue(.unknownTicket) }
    guard ticket.state == .waiting || ticket.state == .missed else { throw .queue(.ticketIs(ticket.state)) }
    guard ticket.state == .waiting && ticket.pool != nil ? ticket.pool == number : rule.lanes.contains(ticket.lane)
    else { throw .window(.laneNotServedHere(ticket.lane)) }
    // Picking the ticket that the rule gives is a call by the rule.
    if named == next { return Decision(calling(named, at: rule, at), .ticket(named)) }
    let passed = passedOver(ticket, rule.lanes)
    guard passed == 0 || reason != nil else {
      throw .window(.callNeedsReason(ticket.number, passed: passed))
    }
    let called = TicketCalled(
      code: named, window: number, lanes: lanes(toNote: rule), isByName: true, reason: passed > 0 ? reason : nil)
    return Decision(calling(called, at), .ticket(named))
  }

  private func calling(_ code: PublicCode, at rule: WindowRule, _ moment: Timestamp) -> [Event] {
    calling(TicketCalled(code: code, window: rule.number, lanes: lanes(toNote: rule)), moment)
  }

  /// A window that has a pool may call a ticket of another lane, so its own ones are noted.
  private func lanes(toNote rule: WindowRule) -> [LaneLetter] {
    rule.lanes.count > 1 || queue.pools[rule.number] != nil ? rule.lanes : []
  }

  private func decideRecall(_ number: Int, _ window: WindowState, _ rules: HallRules) throws(Refusal) -> Decision {
    guard let ticket = ticket(at: window) else { throw .window(.windowEmpty(number)) }
    guard ticket.state == .called else { throw .queue(.ticketIs(ticket.state)) }
    guard ticket.calls < rules.limits.calls else { throw .window(.callLimitReached(rules.limits.calls)) }
    let step = TicketAtWindow(code: ticket.code, window: number)
    return Decision([.window(.ticketRecalled(step))], .ticket(ticket.code))
  }

  private func decideStep(_ verb: WindowCommand, _ number: Int, _ window: WindowState) throws(Refusal) -> Decision {
    guard let ticket = ticket(at: window) else { throw .window(.windowEmpty(number)) }
    let step = TicketAtWindow(code: ticket.code, window: number)
    let event: Event
    switch verb {
    case .serve:
      guard ticket.state == .called else { throw .queue(.ticketIs(ticket.state)) }
      event = .window(.serviceStarted(step))
    case .miss:
      guard ticket.state == .called else { throw .queue(.ticketIs(ticket.state)) }
      event = .window(.ticketMissed(step))
    case .suspend:
      guard ticket.state == .serving else { throw .queue(.ticketIs(ticket.state)) }
      // Whoever is still served after the day's close is served to the end: there is no open day to return to.
      guard day?.date == ticket.day else { throw .day(.dayNotOpen) }
      event = .window(.ticketSuspended(step))
    case .abandon:
      event = .queue(.ticketAbandoned(TicketAbandoned(code: ticket.code, window: number)))
    default:
      throw .window(.windowEmpty(number))
    }
    return Decision([event], .ticket(ticket.code))
  }

  /// 完成并叫下一位: one press. If nobody waits the present ticket is finished anyway.
  private func decideFinishAndCall(
    _ number: Int, _ window: WindowState, _ rule: WindowRule, _ rules: HallRules, _ at: Timestamp
  ) throws(Refusal) -> Decision {
    guard let ticket = ticket(at: window) else { throw .window(.windowEmpty(number)) }
    guard window.duty == .open else { throw .window(.windowPaused(number)) }
    var events = [finishing(ticket, at: rule, rules)]
    let next = day == nil ? nil : nextCall(rule.lanes, at: at, window: number)
    if let next { events += calling(next, at: rule, at) }
    return Decision(events, .finishedAndCalled(finished: ticket.code, called: next))
  }

  /// 回呼: continues a suspended ticket, at any window that serves nobody.
  private func decideResume(_ number: Int, _ window: WindowState, _ code: PublicCode) throws(Refusal) -> Decision {
    guard window.duty == .open else { throw .window(.windowPaused(number)) }
    try requireFree(number, window)
    guard let ticket = queue.tickets[code] else { throw .queue(.unknownTicket) }
    guard ticket.state == .suspended else { throw .queue(.ticketIs(ticket.state)) }
    return Decision([.window(.ticketResumed(TicketAtWindow(code: code, window: number)))], .ticket(code))
  }

  /// Undoes a finish, a miss, an abandon or a transfer within some seconds. A call is never undone, because
  /// it was shown and spoken.
  private func decideUndo(
    _ number: Int, _ window: WindowState, _ rules: HallRules, _ at: Timestamp
  ) throws(Refusal) -> Decision {
    guard window.isFree, let step = window.lastStep, let ticket = queue.tickets[step.code],
      at.since(step.at) <= rules.limits.undoMilliseconds,
      ticket.state == step.after, ticket.window == number, day?.date == ticket.day
    else { throw .window(.nothingToUndo) }
    let undone = StepUndone(code: step.code, window: number, restored: step.before)
    return Decision([.window(.stepUndone(undone))], .ticket(step.code))
  }
}
