package import Groundwork

/// A window as it is now.
package struct WindowState: Hashable, Sendable {
  package enum Duty: Hashable, Sendable {
    case closed
    case open
    case paused(reason: String)
  }

  package var duty: Duty = .closed
  package var badge: String?
  /// The ticket that is called to it or served at it.
  package var ticket: PublicCode?
  /// The step that `undo` would take back.
  package var lastStep: Step?

  package init() {}

  /// A step that a clerk may take back within some seconds, because nobody heard it.
  package struct Step: Hashable, Sendable {
    package let code: PublicCode
    /// What the ticket was before.
    package let before: TicketState
    /// What the step made of it; when it is something else by now, somebody has gone on with it.
    package let after: TicketState
    package let at: Timestamp
  }
}
