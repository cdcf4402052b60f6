package import Groundwork

/// The present state of a window.
package struct WindowState: Hashable, Sendable {
  package enum Duty: Hashable, Sendable {
    case closed
    case open
    case paused(PauseReason)
  }

  package var duty: Duty = .closed
  package var badge: String?
  /// The ticket that is called to it or served at it.
  package var ticket: PublicCode?
  /// The step that `undo` would revert.
  package var lastStep: Step?

  /// Since when somebody without a number is served here (无号办理).
  package var unnumberedSince: Timestamp?

  package init() {}

  /// Whether nobody is at it.
  package var isFree: Bool { ticket == nil && unnumberedSince == nil }

  /// A step that can be undone within some seconds, because it was not announced.
  package struct Step: Hashable, Sendable {
    package let code: PublicCode
    /// The ticket's state before.
    package let before: TicketState
    /// The ticket's state after the step; another present state means that somebody has continued with it.
    package let after: TicketState
    package internal(set) var at: Timestamp
    /// What the ticket was, where the step sent it to another lane or window.
    package internal(set) var moved: BeforeMove?

    package init(
      code: PublicCode, before: TicketState, after: TicketState, at: Timestamp, moved: BeforeMove? = nil
    ) {
      self.code = code
      self.before = before
      self.after = after
      self.at = at
      self.moved = moved
    }
  }
}
