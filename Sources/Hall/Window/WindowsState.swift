package import Groundwork

/// The windows of the hall and their calls.
package struct WindowsState: Sendable, Equatable {
  /// By number; a window that was never opened has no entry.
  package var states: [Int: WindowState] = [:]
  /// The latest calls, newest last, for boards.
  package var recentCalls: [RecentCall] = []

  package init() {}

  package subscript(number: Int) -> WindowState? { states[number] }

  mutating func remember(_ call: RecentCall) {
    recentCalls.removeAll { $0.number == call.number }
    recentCalls.append(call)
    if recentCalls.count > RecentCall.kept { recentCalls.removeFirst() }
  }

  /// Frees a window and stores the step for undo.
  mutating func leave(_ number: Int, _ ticket: Ticket, to after: TicketState, _ at: Timestamp) {
    states[number, default: WindowState()].ticket = nil
    states[number]?.lastStep = WindowState.Step(code: ticket.code, before: ticket.state, after: after, at: at)
  }

  /// Puts a ticket at a window; its last step can no longer be undone.
  mutating func hold(_ number: Int, _ code: PublicCode) {
    states[number, default: WindowState()].ticket = code
    states[number]?.lastStep = nil
  }
}

/// A call as kept for boards.
package struct RecentCall: Hashable, Sendable {
  package let code: PublicCode
  package let number: TicketNumber
  package let window: Int
  package internal(set) var at: Timestamp

  package init(code: PublicCode, number: TicketNumber, window: Int, at: Timestamp) {
    self.code = code
    self.number = number
    self.window = window
    self.at = at
  }

  /// More than a board lists, because it leaves out calls that were undone.
  package static let kept = 24
}
