/// Events of windows and of the tickets at them.
package enum WindowEvent: Hashable, Sendable {
  case ticketCalled(TicketCalled)
  case ticketRecalled(TicketAtWindow)
  /// The resident has come to the window (到达).
  case serviceStarted(TicketAtWindow)
  case ticketFinished(TicketAtWindow)
  case ticketMissed(TicketAtWindow)
  case ticketSuspended(TicketAtWindow)
  case ticketResumed(TicketAtWindow)
  case stepUndone(StepUndone)
  case windowOpened(WindowOpened)
  case windowPaused(WindowPaused)
  case windowClosed(WindowClosed)
  /// 恢复: the pause of an open window ended.
  case windowWentOn(WindowWentOn)
  case ticketTransferred(TicketTransferred)
  case ticketMovedOn(TicketMovedOn)
  case itemsServed(ItemsServed)
  /// 无号办理: somebody without a number is served.
  case unnumberedServiceStarted(UnnumberedService)
  case unnumberedServiceFinished(UnnumberedService)

  /// The event's name in journal and feed.
  var name: String {
    switch self {
    case .ticketCalled: "ticketCalled"
    case .ticketRecalled: "ticketRecalled"
    case .serviceStarted: "serviceStarted"
    case .ticketFinished: "ticketFinished"
    case .ticketMissed: "ticketMissed"
    case .ticketSuspended: "ticketSuspended"
    case .ticketResumed: "ticketResumed"
    case .stepUndone: "stepUndone"
    case .windowOpened: "windowOpened"
    case .windowPaused: "windowPaused"
    case .windowClosed: "windowClosed"
    case .windowWentOn: "windowWentOn"
    case .ticketTransferred: "ticketTransferred"
    case .ticketMovedOn: "ticketMovedOn"
    case .itemsServed: "itemsServed"
    case .unnumberedServiceStarted: "unnumberedServiceStarted"
    case .unnumberedServiceFinished: "unnumberedServiceFinished"
    }
  }
}

package struct TicketCalled: Hashable, Sendable {
  package let code: PublicCode
  package let window: Int
  /// The window's lanes in the order of its preference; empty where it serves one.
  package let lanes: [LaneLetter]
  /// 点名: picked by the clerk, outside the rule.
  package let isByName: Bool
  /// The clerk's reason; nil when it passed over nobody.
  package let reason: String?

  package init(
    code: PublicCode, window: Int, lanes: [LaneLetter] = [], isByName: Bool = false, reason: String? = nil
  ) {
    self.code = code
    self.window = window
    self.lanes = lanes
    self.isByName = isByName
    self.reason = reason
  }
}

package struct TicketAtWindow: Hashable, Sendable {
  package let code: PublicCode
  package let window: Int

  package init(code: PublicCode, window: Int) {
    self.code = code
    self.window = window
  }
}

package struct StepUndone: Hashable, Sendable {
  package let code: PublicCode
  package let window: Int
  /// The restored state: called or serving.
  package let restored: TicketState

  package init(code: PublicCode, window: Int, restored: TicketState) {
    self.code = code
    self.window = window
    self.restored = restored
  }
}

package struct WindowOpened: Hashable, Sendable {
  package let window: Int
  package let badge: String

  package init(window: Int, badge: String) {
    self.window = window
    self.badge = badge
  }
}

package struct WindowPaused: Hashable, Sendable {
  package let window: Int
  package let reason: PauseReason

  package init(window: Int, reason: PauseReason) {
    self.window = window
    self.reason = reason
  }
}

package struct WindowWentOn: Hashable, Sendable {
  package let window: Int

  package init(window: Int) {
    self.window = window
  }
}

package struct UnnumberedService: Hashable, Sendable {
  package let window: Int

  package init(window: Int) {
    self.window = window
  }
}

package struct WindowClosed: Hashable, Sendable {
  package let window: Int

  package init(window: Int) {
    self.window = window
  }
}

extension WindowEvent {
  func subject(_ state: HallState) -> EventSubject {
    switch self {
    case .ticketCalled(let e): EventSubject(ticket: e.code, state, "called", at: e.window)
    case .ticketRecalled(let e): EventSubject(ticket: e.code, state, "recalled", at: e.window)
    case .serviceStarted(let e): EventSubject(ticket: e.code, state, "serving", at: e.window)
    case .ticketFinished(let e): EventSubject(ticket: e.code, state, "finished", at: e.window)
    case .ticketMissed(let e): EventSubject(ticket: e.code, state, "missed", at: e.window)
    case .ticketSuspended(let e): EventSubject(ticket: e.code, state, "suspended", at: e.window)
    case .ticketResumed(let e): EventSubject(ticket: e.code, state, "serving", at: e.window)
    case .stepUndone(let e): EventSubject(moved: e.code, state, e.restored.rawValue, at: e.window)
    case .windowOpened(let e): Self.subject(ofWindow: e.window, "opened")
    case .windowPaused(let e): Self.subject(ofWindow: e.window, "paused")
    case .windowClosed(let e): Self.subject(ofWindow: e.window, "closed")
    case .windowWentOn(let e): Self.subject(ofWindow: e.window, "opened")
    case .ticketTransferred(let e): EventSubject(moved: e.code, state, "transferred", at: e.from)
    case .ticketMovedOn(let e): EventSubject(moved: e.code, state, "moved_on", at: e.window)
    case .itemsServed(let e): EventSubject(staffTicket: e.code)
    case .unnumberedServiceStarted(let e): Self.subject(ofWindow: e.window, "serving")
    case .unnumberedServiceFinished(let e): Self.subject(ofWindow: e.window, "opened")
    }
  }

  private static func subject(ofWindow number: Int, _ word: String) -> EventSubject {
    var subject = EventSubject()
    subject.window = number
    subject.publicWord = word
    return subject
  }
}
