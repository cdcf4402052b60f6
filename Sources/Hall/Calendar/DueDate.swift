package import Groundwork

/// Until when an authority has to do something (到期日), counted from the day of acceptance.
///
/// 民法典 第二百零三条 moves the end of a resident's period from a day of rest to the next working day. Periods of authorities,
/// in natural days or months, are not extended like that. Staff work to the last working day before; the resident is
/// told the day on which the period ends, and from when the result can be collected.
package struct DueDate: Hashable, Sendable {
  /// The day on which the period ends, as the law counts it; what the resident is told.
  package let raw: CivilDate
  /// The date for lists, alarms and the back office: the last working day not after `raw`. A period without any working
  /// day has the first one after it.
  package let target: CivilDate
  /// The first working day from `raw` on; later than `raw` only where that is a day of rest. Never shown without `raw`.
  package let collectFrom: CivilDate
  /// True when the holiday notice of a year that matters is not configured: the date may still move.
  package let provisional: Bool
  /// The years whose notice is missing, in order; empty for a settled date.
  package let missingYears: [Int]

  /// The longest period that is counted, in units of the limit; a longer one in a file is a mistake.
  package static let longestLimit = 3_660

  /// Why there is no due date.
  package enum Fault: Error, Hashable, Sendable {
    /// Fewer than 1 or more than `longestLimit` units.
    case limitOutOfRange(Int)
    /// 即时办结 and 法律未规定期限 have no due date.
    case notCounted
    /// The period ends beyond the year 9999.
    case beyondCalendar
  }

  /// Counts a limit.
  ///
  /// The day of acceptance is not counted (民法典 第二百零一条). A month ends on the day of the same number, or on the last day
  /// of a shorter month (民法典 第二百零二条). Working days leave out statutory holidays and count worked weekends (行政许可法
  /// 第八十二条). A date that a future notice can move is provisional.
  ///
  /// - Parameter pauses: stages for which the limit does not run, all of them over. Those that last are left out.
  /// - Throws: `Fault`.
  package static func counting(
    _ limit: Int, _ unit: LimitUnit, from accepted: CivilDate, leavingOut pauses: [ClockPause] = [],
    by calendar: WorkCalendar
  ) throws(Fault) -> DueDate {
    guard (1...longestLimit).contains(limit) else { throw .limitOutOfRange(limit) }
    let pauses = pauses.filter { $0.to != nil }
    switch unit {
    case .immediate, .notSet: throw .notCounted
    case .workingDay: return try workingDays(limit, from: accepted, pauses, calendar)
    case .naturalDay:
      return try resting(naturalDays(limit, from: accepted, pauses), since: accepted, calendar)
    case .month:
      return try resting(
        lengthened(try monthsAfter(accepted, limit), since: accepted, pauses), since: accepted, calendar)
    }
  }

  /// How much of a limit is left at the end of a day: units, or natural days for a limit in months; 0 when it has ended.
  ///
  /// - Throws: `Fault`.
  package static func left(
    of limit: Int, _ unit: LimitUnit, from accepted: CivilDate, on day: CivilDate,
    leavingOut pauses: [ClockPause] = [], by calendar: WorkCalendar
  ) throws(Fault) -> Int {
    let end = try counting(limit, unit, from: accepted, leavingOut: pauses, by: calendar).raw
    guard end > day else { return 0 }
    let pauses = pauses.filter { $0.to != nil }
    return (max(day, accepted).daysSinceEpoch + 1...end.daysSinceEpoch).count { number in
      let date = CivilDate(daysSinceEpoch: number)
      return !pauses.leaveOut(date) && (unit != .workingDay || calendar.isWorkingDay(date))
    }
  }

  /// 9999-12-31.
  private static let lastDay = 2_932_896

  private static func workingDays(
    _ limit: Int, from accepted: CivilDate, _ pauses: [ClockPause], _ calendar: WorkCalendar
  ) throws(Fault) -> DueDate {
    var date = accepted
    var left = limit
    var missing: Set<Int> = []
    while left > 0 {
      date = date.adding(days: 1)
      guard date.daysSinceEpoch <= lastDay else { throw .beyondCalendar }
      if pauses.leaveOut(date) { continue }
      if let year = calendar.missingYear(date) { missing.insert(year) }
      if calendar.isWorkingDay(date) { left -= 1 }
    }
    return try DueDate(raw: date, target: date, collectFrom: date, missing: missing)
  }

  private static func naturalDays(
    _ limit: Int, from accepted: CivilDate, _ pauses: [ClockPause]
  ) throws(Fault) -> CivilDate {
    try lengthened(accepted.adding(days: limit), since: accepted, pauses)
  }

  /// The end with a day more for each day that was left out before it.
  private static func lengthened(
    _ end: CivilDate, since accepted: CivilDate, _ pauses: [ClockPause]
  ) throws(Fault) -> CivilDate {
    guard !pauses.isEmpty else { return end }
    var last = end
    while true {
      guard last.daysSinceEpoch <= lastDay else { throw .beyondCalendar }
      let out = (accepted.daysSinceEpoch + 1...max(last.daysSinceEpoch, accepted.daysSinceEpoch + 1)).count {
        pauses.leaveOut(CivilDate(daysSinceEpoch: $0))
      }
      if end.adding(days: out) == last { return last }
      last = end.adding(days: out)
    }
  }

  /// Only the days around the end of the period matter for natural days.
  private static func resting(
    _ end: CivilDate, since accepted: CivilDate, _ calendar: WorkCalendar
  ) throws(Fault) -> DueDate {
    var missing: Set<Int> = []
    func workingDay(from start: CivilDate, by step: Int) -> CivilDate {
      var date = start
      while true {
        if let year = calendar.missingYear(date) { missing.insert(year) }
        if calendar.isWorkingDay(date) { return date }
        date = date.adding(days: step)
      }
    }
    let next = workingDay(from: end, by: 1)
    let last = workingDay(from: end, by: -1)
    return try DueDate(raw: end, target: last < accepted ? next : last, collectFrom: next, missing: missing)
  }

  private static func monthsAfter(_ date: CivilDate, _ months: Int) throws(Fault) -> CivilDate {
    let (year, month, day) = date.parts
    let total = year * 12 + month - 1 + months
    let (endYear, endMonth) = (total / 12, total % 12 + 1)
    let length = CivilDate.length(ofMonth: endMonth, year: endYear)
    guard let end = CivilDate(year: endYear, month: endMonth, day: min(day, length)) else { throw .beyondCalendar }
    return end
  }

  /// A date that was counted before, such as one from the journal.
  package init(raw: CivilDate, target: CivilDate, collectFrom: CivilDate, missingYears: [Int]) {
    self.raw = raw
    self.target = target
    self.collectFrom = collectFrom
    self.missingYears = missingYears
    provisional = !missingYears.isEmpty
  }

  private init(raw: CivilDate, target: CivilDate, collectFrom: CivilDate, missing: Set<Int>) throws(Fault) {
    guard collectFrom.parts.year <= 9999 else { throw .beyondCalendar }
    self.raw = raw
    self.target = target
    self.collectFrom = collectFrom
    missingYears = missing.sorted()
    provisional = !missing.isEmpty
  }
}
