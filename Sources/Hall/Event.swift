package import Groundwork

/// What happened. Past tense; the journal is made of these and nothing else.
///
/// The name of a case is the event's name in journal and feed. A shape that was released is never changed: a new shape
/// gets a new version in `Wire`.
package enum Event: Hashable, Sendable {
  case dayOpened(DayOpened)
  case dayClosed(DayClosed)
  case ticketIssued(TicketIssued)
  case ticketCheckedIn(TicketCheckedIn)
  case ticketCalled(TicketCalled)
  case ticketRecalled(TicketAtWindow)
  /// The resident has come to the window (到达).
  case serviceStarted(TicketAtWindow)
  case ticketFinished(TicketAtWindow)
  case ticketMissed(TicketAtWindow)
  case ticketSuspended(TicketAtWindow)
  case ticketResumed(TicketAtWindow)
  case ticketAbandoned(TicketAbandoned)
  case stepUndone(StepUndone)
  case windowOpened(WindowOpened)
  case windowPaused(WindowPaused)
  case windowClosed(WindowClosed)
  case noticeIssued(Notice)
  case helpRequested(HelpRequested)
  case helpAnswered(HelpAnswered)
  case slipRequested(SlipRequested)
  case attemptStarted(AttemptStarted)
  case attemptPrepared(AttemptPrepared)
  case attemptEnded(AttemptEnded)
  case slipExpired(SlipExpired)
  case slipAcknowledged(SlipAcknowledged)
  case journalAccepted(JournalAccepted)
}

package struct DayOpened: Hashable, Sendable, Codable {
  package let day: CivilDate
  package let mode: WindowMode
  package let catalogueVersion: String
  /// First number of each lane on this day.
  package let starts: [LaneStart]
  /// Staff confirmed a doubtful date.
  package let confirmed: Bool
}

package struct LaneStart: Hashable, Sendable, Codable {
  package let lane: LaneLetter
  package let first: Int
}

package struct DayClosed: Hashable, Sendable, Codable {
  package let day: CivilDate
  /// Tickets that end with the day (日终): waiting, called, missed or suspended.
  package let closed: [PublicCode]
  package let totals: DayTotals
}

/// What a day came to.
package struct DayTotals: Hashable, Sendable, Codable {
  package var issued = 0
  package var finished = 0
  package var abandoned = 0
  /// Ended with the day.
  package var closed = 0
  package var notices = 0

  package init() {}
}

package struct TicketIssued: Hashable, Sendable, Codable {
  package let code: PublicCode
  package let number: TicketNumber
  package let day: CivilDate
  package let items: [String]
  package let priority: Bool
  package let kiosk: String?
  package let catalogueVersion: String
  /// Tickets that would be called before this one at the moment of issue; a count, not minutes.
  package let ahead: Int
}

package struct TicketCheckedIn: Hashable, Sendable, Codable {
  package let code: PublicCode
  /// Place in the lane, 0 is the head.
  package let place: Int
}

package struct TicketCalled: Hashable, Sendable, Codable {
  package let code: PublicCode
  package let window: Int
}

package struct TicketAtWindow: Hashable, Sendable, Codable {
  package let code: PublicCode
  package let window: Int
}

package struct TicketAbandoned: Hashable, Sendable, Codable {
  package let code: PublicCode
  /// The window at which it was, if it was at one.
  package let window: Int?
}

package struct StepUndone: Hashable, Sendable, Codable {
  package let code: PublicCode
  package let window: Int
  /// What the ticket is again: called or serving.
  package let restored: TicketState
}

package struct WindowOpened: Hashable, Sendable, Codable {
  package let window: Int
  package let badge: String
}

package struct WindowPaused: Hashable, Sendable, Codable {
  package let window: Int
  package let reason: String
}

package struct WindowClosed: Hashable, Sendable, Codable {
  package let window: Int
}

package struct HelpRequested: Hashable, Sendable, Codable {
  package let id: String
  package let kiosk: String
}

package struct HelpAnswered: Hashable, Sendable, Codable {
  package let id: String
  package let badge: String
}

/// What a slip is about.
package enum SlipSubject: Hashable, Sendable, Codable {
  case ticket(PublicCode)
  case notice(PublicCode)
}

package struct SlipRequested: Hashable, Sendable, Codable {
  package let slip: SlipID
  package let subject: SlipSubject
  package let kiosk: String
  /// The attempt that this request leads to: 1 at first, one more for each 补打.
  package let attempt: Int
}

package struct AttemptStarted: Hashable, Sendable, Codable {
  package let slip: SlipID
  package let attempt: Int
}

package struct AttemptPrepared: Hashable, Sendable, Codable {
  package let slip: SlipID
  package let attempt: Int
  package let jobUUID: String
}

package struct AttemptEnded: Hashable, Sendable, Codable {
  package let slip: SlipID
  package let attempt: Int
  package let outcome: AttemptOutcome
}

package struct SlipExpired: Hashable, Sendable, Codable {
  package let slip: SlipID
}

package struct SlipAcknowledged: Hashable, Sendable, Codable {
  package let slip: SlipID
}

package struct JournalAccepted: Hashable, Sendable, Codable {
  package let epoch: Int64
  package let floors: [LaneStart]
  package let day: CivilDate?
}
