package import Groundwork

/// What happened. Past tense; the journal is made of these and nothing else.
///
/// The name of a case is the event's name in journal and feed. A shape that was released is never changed: a new shape
/// gets a new version in `Wire`.
package enum Event: Hashable, Sendable {
  case dayOpened(DayOpened)
  case dayOvertaken(DayOvertaken)
  case dayClosed(DayClosed)
  case ticketIssued(TicketIssued)
  case holderNoted(HolderNoted)
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
  case helpHeard(HelpHeard)
  case helpEscalated(HelpEscalated)
  case helpAnswered(HelpAnswered)
  case awarenessAnswered(AwarenessAnswered)
  case slipRequested(SlipRequested)
  case attemptStarted(AttemptStarted)
  case attemptPrepared(AttemptPrepared)
  case attemptEnded(AttemptEnded)
  case paperUsed(PaperUsed)
  case rollChanged(RollChanged)
  case slipExpired(SlipExpired)
  case slipAcknowledged(SlipAcknowledged)
  case journalAccepted(JournalAccepted)
  case cataloguePublished(CataloguePublished)
}

package struct DayOpened: Hashable, Sendable, Codable {
  package let day: CivilDate
  package let mode: WindowMode
  package let catalogueVersion: String
  /// First number of each lane on this day.
  package let starts: [LaneStart]
  /// Staff confirmed a doubtful date.
  package let confirmed: Bool

  package init(day: CivilDate, mode: WindowMode, catalogueVersion: String, starts: [LaneStart], confirmed: Bool) {
    self.day = day
    self.mode = mode
    self.catalogueVersion = catalogueVersion
    self.starts = starts
    self.confirmed = confirmed
  }
}

/// The clock was put right while a past day was still open, and nobody had been called since the daemon started: the day is
/// closed next.
package struct DayOvertaken: Hashable, Sendable, Codable {
  package let day: CivilDate
  /// What the clock shows since it was put right.
  package let date: CivilDate
  /// Numbers that were still waiting; who holds one and is in the hall needs another.
  package let waiting: Int

  package init(day: CivilDate, date: CivilDate, waiting: Int) {
    self.day = day
    self.date = date
    self.waiting = waiting
  }
}

package struct LaneStart: Hashable, Sendable, Codable {
  package let lane: LaneLetter
  package let first: Int

  package init(lane: LaneLetter, first: Int) {
    self.lane = lane
    self.first = first
  }
}

package struct DayClosed: Hashable, Sendable, Codable {
  package let day: CivilDate
  /// Tickets that end with the day (日终): waiting, called, missed or suspended.
  package let closed: [PublicCode]
  package let totals: DayTotals

  package init(day: CivilDate, closed: [PublicCode], totals: DayTotals) {
    self.day = day
    self.closed = closed
    self.totals = totals
  }
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
  /// Minutes of waiting, from the hopeful to the cautious end, as estimated then; nil when nothing honest could be said.
  package let wait: ClosedRange<Int>?

  package init(
    code: PublicCode, number: TicketNumber, day: CivilDate, items: [String], priority: Bool, kiosk: String?,
    catalogueVersion: String, ahead: Int, wait: ClosedRange<Int>? = nil
  ) {
    self.code = code
    self.number = number
    self.day = day
    self.items = items
    self.priority = priority
    self.kiosk = kiosk
    self.catalogueVersion = catalogueVersion
    self.ahead = ahead
    self.wait = wait
  }
}

package struct TicketCheckedIn: Hashable, Sendable, Codable {
  package let code: PublicCode
  /// Place in the lane, 0 is the head.
  package let place: Int

  package init(code: PublicCode, place: Int) {
    self.code = code
    self.place = place
  }
}

package struct TicketCalled: Hashable, Sendable, Codable {
  package let code: PublicCode
  package let window: Int

  package init(code: PublicCode, window: Int) {
    self.code = code
    self.window = window
  }
}

package struct TicketAtWindow: Hashable, Sendable, Codable {
  package let code: PublicCode
  package let window: Int

  package init(code: PublicCode, window: Int) {
    self.code = code
    self.window = window
  }
}

package struct TicketAbandoned: Hashable, Sendable, Codable {
  package let code: PublicCode
  /// The window at which it was, if it was at one.
  package let window: Int?

  package init(code: PublicCode, window: Int?) {
    self.code = code
    self.window = window
  }
}

package struct StepUndone: Hashable, Sendable, Codable {
  package let code: PublicCode
  package let window: Int
  /// What the ticket is again: called or serving.
  package let restored: TicketState

  package init(code: PublicCode, window: Int, restored: TicketState) {
    self.code = code
    self.window = window
    self.restored = restored
  }
}

package struct WindowOpened: Hashable, Sendable, Codable {
  package let window: Int
  package let badge: String

  package init(window: Int, badge: String) {
    self.window = window
    self.badge = badge
  }
}

package struct WindowPaused: Hashable, Sendable, Codable {
  package let window: Int
  package let reason: String

  package init(window: Int, reason: String) {
    self.window = window
    self.reason = reason
  }
}

package struct WindowClosed: Hashable, Sendable, Codable {
  package let window: Int

  package init(window: Int) {
    self.window = window
  }
}

package struct HelpRequested: Hashable, Sendable, Codable {
  package let id: String
  package let kiosk: String

  package init(id: String, kiosk: String) {
    self.id = id
    self.kiosk = kiosk
  }
}

/// A console shows the ring to somebody who is signed in there: from here on the kiosk may say that staff know.
package struct HelpHeard: Hashable, Sendable, Codable {
  package let id: String
  /// Who was signed in at the console that heard it first.
  package let badge: String

  package init(id: String, badge: String) {
    self.id = id
    self.badge = badge
  }
}

/// Nobody came for too long, or no console heard the ring: consoles and boards ask more urgently, and the kiosk says so.
package struct HelpEscalated: Hashable, Sendable, Codable {
  package let id: String

  package init(id: String) {
    self.id = id
  }
}

package struct HelpAnswered: Hashable, Sendable, Codable {
  package let id: String
  package let badge: String

  package init(id: String, badge: String) {
    self.id = id
    self.badge = badge
  }
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
  /// 大字.
  package let largeType: Bool
  package let language: SlipLanguage

  package init(
    slip: SlipID, subject: SlipSubject, kiosk: String, attempt: Int, largeType: Bool = false,
    language: SlipLanguage = .chinese
  ) {
    self.slip = slip
    self.subject = subject
    self.kiosk = kiosk
    self.attempt = attempt
    self.largeType = largeType
    self.language = language
  }
}

package struct AttemptStarted: Hashable, Sendable, Codable {
  package let slip: SlipID
  package let attempt: Int

  package init(slip: SlipID, attempt: Int) {
    self.slip = slip
    self.attempt = attempt
  }
}

package struct AttemptPrepared: Hashable, Sendable, Codable {
  package let slip: SlipID
  package let attempt: Int
  package let jobUUID: String

  package init(slip: SlipID, attempt: Int, jobUUID: String) {
    self.slip = slip
    self.attempt = attempt
    self.jobUUID = jobUUID
  }
}

package struct AttemptEnded: Hashable, Sendable, Codable {
  package let slip: SlipID
  package let attempt: Int
  package let outcome: AttemptOutcome

  package init(slip: SlipID, attempt: Int, outcome: AttemptOutcome) {
    self.slip = slip
    self.attempt = attempt
    self.outcome = outcome
  }
}

/// A slip used up paper, or may have: it stands beside the outcome of an attempt of which bytes were sent.
package struct PaperUsed: Hashable, Sendable, Codable {
  package let kiosk: String
  /// Of one slip, the feed before the cut included; above 0.
  package let millimetres: Int

  package init(kiosk: String, millimetres: Int) {
    self.kiosk = kiosk
    self.millimetres = millimetres
  }
}

/// A new roll of paper is in (换纸).
package struct RollChanged: Hashable, Sendable, Codable {
  package let kiosk: String

  package init(kiosk: String) {
    self.kiosk = kiosk
  }
}

package struct SlipExpired: Hashable, Sendable, Codable {
  package let slip: SlipID

  package init(slip: SlipID) {
    self.slip = slip
  }
}

package struct SlipAcknowledged: Hashable, Sendable, Codable {
  package let slip: SlipID

  package init(slip: SlipID) {
    self.slip = slip
  }
}

package struct JournalAccepted: Hashable, Sendable, Codable {
  package let epoch: Int64
  package let floors: [LaneStart]
  package let day: CivilDate?

  package init(epoch: Int64, floors: [LaneStart], day: CivilDate?) {
    self.epoch = epoch
    self.floors = floors
    self.day = day
  }
}
