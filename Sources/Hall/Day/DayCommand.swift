package import Groundwork

/// What somebody asks of the business day and of the journal as a whole.
package enum DayCommand: Hashable, Sendable {
  case openDay(OpenDay)
  case closeDay(CloseDay)
  case acceptJournal(AcceptJournal)
}

/// Opens a business day (开班).
package struct OpenDay: Sendable, Hashable {
  /// The civil date that the clock shows, in the hall's zone.
  package let date: CivilDate
  /// Staff have looked at a calendar: the date is right although the clock or the journal makes it doubtful.
  package let confirmed: Bool
  /// Another day that is still open is closed first; only with `confirmed`.
  package let closesOther: Bool

  package init(date: CivilDate, confirmed: Bool = false, closesOther: Bool = false) {
    self.date = date
    self.confirmed = confirmed
    self.closesOther = closesOther
  }
}

/// Closes the business day (日终).
package struct CloseDay: Sendable, Hashable {
  /// Also when somebody stands at a window.
  package let force: Bool
  /// The date on which the clock was found to be, after it was put right, while this past day was still open; only the
  /// system says it. Nil when a day ends as usual.
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
  /// The last number that may have been given out, per lane, on `day`.
  package let floors: [LaneLetter: Int]
  package let day: CivilDate?

  package init(epoch: Int64, floors: [LaneLetter: Int], day: CivilDate?) {
    self.epoch = epoch
    self.floors = floors
    self.day = day
  }
}
