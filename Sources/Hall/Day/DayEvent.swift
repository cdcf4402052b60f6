package import Groundwork

/// Events of the business day and the journal as a whole.
package enum DayEvent: Hashable, Sendable {
  case dayOpened(DayOpened)
  case dayOvertaken(DayOvertaken)
  case dayClosed(DayClosed)
  case journalAccepted(JournalAccepted)
  case clockConfirmed(ClockConfirmed)
  case headNoted(HeadNoted)
  case recordsLeft(RecordsLeft)
  case formatRaised(FormatRaised)

  /// The event's name in journal and feed.
  var name: String {
    switch self {
    case .dayOpened: "dayOpened"
    case .dayOvertaken: "dayOvertaken"
    case .dayClosed: "dayClosed"
    case .journalAccepted: "journalAccepted"
    case .clockConfirmed: "clockConfirmed"
    case .headNoted: "headNoted"
    case .recordsLeft: "recordsLeft"
    case .formatRaised: "formatRaised"
    }
  }
}

package struct DayOpened: Hashable, Sendable {
  package let day: CivilDate
  package let mode: WindowMode
  package let catalogueVersion: String
  /// First number of each lane on this day.
  package let starts: [LaneStart]
  /// Staff confirmed a doubtful date.
  package let confirmed: Bool
  /// Nil where all time counts as waiting and nothing is promised, and in records of earlier programs.
  package let terms: DayTerms?
  /// The order of calls on this day; nil in records of earlier releases, which called by arrival.
  package let order: OrderRule?
  /// Days for which a case that ended stays in the state; nil: `CasesState.daysKept`.
  package let casesKept: Int?

  package init(
    day: CivilDate, mode: WindowMode, catalogueVersion: String, starts: [LaneStart], confirmed: Bool,
    terms: DayTerms? = nil, order: OrderRule? = nil, casesKept: Int? = nil
  ) {
    self.day = day
    self.mode = mode
    self.catalogueVersion = catalogueVersion
    self.starts = starts
    self.confirmed = confirmed
    self.terms = terms
    self.order = order
    self.casesKept = casesKept
  }
}

/// The clock was corrected while a past day was open, and nobody had been called since the daemon started: the day is
/// closed next.
package struct DayOvertaken: Hashable, Sendable {
  package let day: CivilDate
  /// The corrected clock's date.
  package let date: CivilDate
  /// Numbers that were still waiting; their holders in the hall need new ones.
  package let waiting: Int

  package init(day: CivilDate, date: CivilDate, waiting: Int) {
    self.day = day
    self.date = date
    self.waiting = waiting
  }
}

package struct LaneStart: Hashable, Sendable {
  package let lane: LaneLetter
  package let first: Int

  package init(lane: LaneLetter, first: Int) {
    self.lane = lane
    self.first = first
  }
}

package struct DayClosed: Hashable, Sendable {
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

/// The totals of a day.
package struct DayTotals: Hashable, Sendable {
  package var issued = 0
  package var finished = 0
  package var abandoned = 0
  /// Ended with the day.
  package var closed = 0
  package var notices = 0

  package init() {}
}

package struct JournalAccepted: Hashable, Sendable {
  package let epoch: Int64
  package let floors: [LaneStart]
  package let day: CivilDate?

  package init(epoch: Int64, floors: [LaneStart], day: CivilDate?) {
    self.epoch = epoch
    self.floors = floors
    self.day = day
  }
}

/// Staff confirmed the clock while the newest event had a later time: the clock had been ahead. The events that follow
/// continue from the clock's time.
package struct ClockConfirmed: Hashable, Sendable {
  /// The time of the newest event before.
  package let after: Timestamp

  package init(after: Timestamp) { self.after = after }
}

/// The journal's head was read after a day was closed, to be kept elsewhere.
package struct HeadNoted: Hashable, Sendable {
  package let day: CivilDate
  /// The code of the closing slip.
  package let code: PublicCode
  /// The head at a record between the closing of the day and this event.
  package let head: String

  package init(day: CivilDate, code: PublicCode, head: String) {
    self.day = day
    self.code = code
    self.head = head
  }
}

extension DayEvent {
  var subject: EventSubject {
    var subject = EventSubject()
    switch self {
    case .dayOpened:
      subject.isOfDay = true
      subject.publicWord = "day_opened"
    case .dayClosed, .journalAccepted:
      subject.isOfDay = true
      subject.publicWord = "day_closed"
    case .dayOvertaken(let e): subject.overtaken = e
    case .clockConfirmed:
      subject.isOfDay = true
      subject.publicWord = "clock_confirmed"
    case .headNoted: subject.isOfClosing = true
    case .recordsLeft, .formatRaised: break
    }
    return subject
  }
}
