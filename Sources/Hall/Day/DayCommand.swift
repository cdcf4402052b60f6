package import Groundwork

/// Commands about the business day and the journal as a whole.
package enum DayCommand: Hashable, Sendable {
  case openDay(OpenDay)
  case closeDay(CloseDay)
  case acceptJournal(AcceptJournal)
  case noteHead(NoteHead)
  /// Sent by the system only.
  case noteDeparture(RecordsLeft)
  /// Every machine of the hall reads this format; sent by the system only.
  case raiseFormat(Int)
}

/// Opens a business day (开班).
package struct OpenDay: Sendable, Hashable {
  /// The civil date of the clock, in the hall's zone.
  package let date: CivilDate
  /// Staff have checked the date: it is right although clock or journal make it doubtful.
  package let confirmed: Bool
  /// Closes another open day first; only with `confirmed`.
  package let closesOther: Bool
  /// The clock is kept by the network: its date is plausible however long the hall was shut.
  package let clockIsSynchronised: Bool

  package init(
    date: CivilDate, confirmed: Bool = false, closesOther: Bool = false, clockIsSynchronised: Bool = false
  ) {
    self.date = date
    self.confirmed = confirmed
    self.closesOther = closesOther
    self.clockIsSynchronised = clockIsSynchronised
  }

  /// Whether staff say that the clock is right: they confirm the date that it shows.
  package func confirmsClock(_ clock: Timestamp, in zone: ZoneOffset) -> Bool {
    confirmed && zone.civil(clock).date == date
  }
}

/// Closes the business day (日终).
package struct CloseDay: Sendable, Hashable {
  /// Closes also while somebody is at a window.
  package let force: Bool
  /// The date of the corrected clock that closes this past day; sent by the system only. Nil for an ordinary close.
  package let overtakenBy: CivilDate?

  package init(force: Bool = false, overtakenBy: CivilDate? = nil) {
    self.force = force
    self.overtakenBy = overtakenBy
  }
}

/// Staff accept a journal that is shorter than it was: restored, truncated or edited.
package struct AcceptJournal: Sendable, Hashable {
  /// Higher than every epoch before.
  package let epoch: Int64
  /// The last number that may have been issued, per lane, on `day`.
  package let floors: [LaneLetter: Int]
  package let day: CivilDate?

  package init(epoch: Int64, floors: [LaneLetter: Int], day: CivilDate?) {
    self.epoch = epoch
    self.floors = floors
    self.day = day
  }
}

/// The journal's head after a day was closed, for its closing slip; sent by the system only.
package struct NoteHead: Sendable, Hashable {
  /// `ClosedDay.closedSequence` of the day that it was read for.
  package let closedSequence: Int64
  package let head: String

  package init(closedSequence: Int64, head: String) {
    self.closedSequence = closedSequence
    self.head = head
  }
}
