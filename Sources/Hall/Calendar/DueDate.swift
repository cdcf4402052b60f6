package import Groundwork

/// The last day on which something may be done, counted from the day it was accepted (到期日).
package struct DueDate: Hashable, Sendable {
  package let date: CivilDate
  /// True when the yearly notice of a year that the answer rests on is not known yet: the date may still move.
  package let provisional: Bool
  /// The years whose notice is missing, in order; empty for a settled date.
  package let missingYears: [Int]
  /// The day on which the period ends before holidays move it; equal to `date` where nothing moved.
  package let unmoved: CivilDate

  /// Longest period the engine counts, in units of the limit: an item with more is a mistake in a file.
  package static let longestLimit = 3_660

  /// Why there is no due date.
  package enum Fault: Error, Hashable, Sendable {
    /// Fewer than 1 or more than `longestLimit` units; 即时办结 has no due date.
    case limitOutOfRange(Int)
    /// The period ends beyond the year 9999.
    case beyondCalendar
  }

  /// Counts a limit.
  ///
  /// The day of acceptance is not counted (民法典 第二百零一条). A month ends on the day of the same number, or on the
  /// last day of a shorter month (民法典 第二百零二条). Working days leave out statutory holidays and count worked
  /// weekends (行政许可法 第八十二条). A period of natural days or months that ends on a day of rest ends on the next
  /// working day (民法典 第二百零三条). A date past the last notice of holidays is provisional.
  ///
  /// - Throws: `Fault`.
  package static func counting(
    _ limit: Int, _ unit: Unit, from accepted: CivilDate, by calendar: WorkCalendar
  ) throws(Fault) -> DueDate {
    guard (1...longestLimit).contains(limit) else { throw .limitOutOfRange(limit) }
    switch unit {
    case .workingDay: return try workingDays(limit, from: accepted, calendar)
    case .naturalDay: return try moved(accepted.adding(days: limit), since: accepted, calendar)
    case .month: return try moved(monthsAfter(accepted, limit), since: accepted, calendar)
    }
  }

  /// How a limit is counted.
  package enum Unit: String, Hashable, Sendable, CaseIterable {
    case workingDay = "working_day"
    case naturalDay = "natural_day"
    case month
  }

  private static func workingDays(
    _ limit: Int, from accepted: CivilDate, _ calendar: WorkCalendar
  ) throws(Fault) -> DueDate {
    var date = accepted
    var left = limit
    var missing: Set<Int> = []
    while left > 0 {
      date = date.adding(days: 1)
      if !calendar.isCertain(date) { missing.insert(date.parts.year) }
      if calendar.isWorkingDay(date) { left -= 1 }
    }
    return try DueDate(date: date, unmoved: date, missing: missing)
  }

  /// Only the days from the end of the period on are asked for: what lies between does not matter to natural days.
  private static func moved(
    _ end: CivilDate, since accepted: CivilDate, _ calendar: WorkCalendar
  ) throws(Fault) -> DueDate {
    var date = end
    var missing: Set<Int> = []
    while true {
      if !calendar.isCertain(date) { missing.insert(date.parts.year) }
      if calendar.isWorkingDay(date) { break }
      date = date.adding(days: 1)
    }
    return try DueDate(date: date, unmoved: end, missing: missing)
  }

  private static func monthsAfter(_ date: CivilDate, _ months: Int) throws(Fault) -> CivilDate {
    let (year, month, day) = date.parts
    let total = year * 12 + month - 1 + months
    let (endYear, endMonth) = (total / 12, total % 12 + 1)
    let length = CivilDate.length(ofMonth: endMonth, year: endYear)
    guard let end = CivilDate(year: endYear, month: endMonth, day: min(day, length)) else { throw .beyondCalendar }
    return end
  }

  private init(date: CivilDate, unmoved: CivilDate, missing: Set<Int>) throws(Fault) {
    guard date.parts.year <= 9999 else { throw .beyondCalendar }
    self.date = date
    self.unmoved = unmoved
    missingYears = missing.sorted()
    provisional = !missing.isEmpty
  }
}
