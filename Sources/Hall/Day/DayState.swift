package import Groundwork

/// The business days (营业日).
package struct DayState: Sendable, Equatable {
  /// nil while no day is open.
  package var open: BusinessDay?
  /// The business day opened last, with which a clock's date is compared. It may be earlier than its predecessor if
  /// staff confirmed that.
  package var last: CivilDate?
  /// When that day was first opened.
  package var lastOpenedAt: Timestamp?
  /// The day that was closed because the clock was corrected; dropped when another one is closed.
  package var overtaken: OvertakenDay?
  /// The day that was closed last, until another one is; nil before the first.
  package var closed: ClosedDay?
  /// The days that left the journal last; nil before the first.
  package var left: RecordsLeft?
  /// The order of calls on the business day that was opened last.
  package var order = OrderRule.byArrival
  /// The newest format of records that may be written where several machines share the journal; see `RecordFormats`.
  package var format = 1

  package init() {}
}

/// A business day (营业日): it keeps the date at which it was opened, whatever the clock says later.
package struct BusinessDay: Hashable, Sendable {
  package let date: CivilDate
  package let openedAt: Timestamp
  package let catalogueVersion: String
  /// The sequence of its opening, from which totals count; a reopened day has new totals.
  package let openedSequence: Int64
  package var totals = DayTotals()

  package init(
    date: CivilDate, openedAt: Timestamp, catalogueVersion: String, openedSequence: Int64,
    totals: DayTotals = DayTotals()
  ) {
    self.date = date
    self.openedAt = openedAt
    self.catalogueVersion = catalogueVersion
    self.openedSequence = openedSequence
    self.totals = totals
  }
}

/// A past day that was left open, and when the corrected clock showed that.
package struct OvertakenDay: Hashable, Sendable {
  package let event: DayOvertaken
  package let at: Timestamp

  package init(event: DayOvertaken, at: Timestamp) {
    self.event = event
    self.at = at
  }
}
