package import Groundwork

/// The windows of the hall and what was called to them.
package struct WindowsState: Sendable, Equatable {
  /// By number; a window that was never opened has no entry.
  package var states: [Int: WindowState] = [:]
  /// The last calls, the newest last: what a board shows.
  package var recentCalls: [RecentCall] = []

  package subscript(number: Int) -> WindowState? { states[number] }

  mutating func remember(_ call: RecentCall) {
    recentCalls.removeAll { $0.number == call.number }
    recentCalls.append(call)
    if recentCalls.count > RecentCall.kept { recentCalls.removeFirst() }
  }

  /// Frees a window, remembering the step so that it can be taken back.
  mutating func leave(_ number: Int, _ ticket: Ticket, to after: TicketState, _ at: Timestamp) {
    states[number, default: WindowState()].ticket = nil
    states[number]?.lastStep = WindowState.Step(code: ticket.code, before: ticket.state, after: after, at: at)
  }

  /// Puts a ticket at a window; nothing can be taken back there any more.
  mutating func hold(_ number: Int, _ code: PublicCode) {
    states[number, default: WindowState()].ticket = code
    states[number]?.lastStep = nil
  }
}

/// A call as a board remembers it.
package struct RecentCall: Hashable, Sendable {
  package let code: PublicCode
  package let number: TicketNumber
  package let window: Int
  package let at: Timestamp

  /// More than a board lists: it leaves out calls that concern nobody any more.
  package static let kept = 24
}
