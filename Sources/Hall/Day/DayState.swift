package import Groundwork

/// Business days (营业日) as the journal knows them.
package struct DayState: Sendable, Equatable {
  /// nil while no day is open.
  package var open: BusinessDay?
  /// The business day opened last: what a clock's date is held against. Earlier than one before it when staff confirmed so.
  package var last: CivilDate?
  /// When that day was opened first.
  package var lastOpenedAt: Timestamp?
  /// The day that was closed because the clock had been put right; forgotten when another one is closed.
  package var overtaken: OvertakenDay?
}

/// A business day (营业日): it has the date at which it was opened, whatever the clock says later.
package struct BusinessDay: Hashable, Sendable {
  package let date: CivilDate
  package let openedAt: Timestamp
  package let catalogueVersion: String
  /// The sequence of its opening; totals count from there, so a day opened again has an account for each opening.
  package let openedSequence: Int64
  package var totals = DayTotals()
}

/// A past day that a clock put right had left open, and when that was found.
package struct OvertakenDay: Hashable, Sendable {
  package let event: DayOvertaken
  package let at: Timestamp
}
