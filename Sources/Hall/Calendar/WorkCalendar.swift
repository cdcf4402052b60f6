package import Groundwork

/// Which days the State works: Monday to Friday but for the yearly notice's holidays and make-up days.
///
/// 全国年节及纪念日放假办法 gives the holidays, the State Council's notice of each year the exchanges. A year without a
/// notice is unknown, which is not the same as ordinary.
package struct WorkCalendar: Sendable, Hashable {
  /// Days off that the notices name, weekends inside a holiday included.
  package let off: [CivilDate: String]
  /// Weekend days worked in exchange (调休).
  package let worked: Set<CivilDate>
  /// Years whose notice is known.
  package let years: Set<Int>

  package init(off: [CivilDate: String], worked: Set<CivilDate>, years: Set<Int>) {
    self.off = off
    self.worked = worked
    self.years = years
  }

  package func isWorkingDay(_ date: CivilDate) -> Bool {
    if off[date] != nil { return false }
    if worked.contains(date) { return true }
    return !date.weekday.isWeekend
  }

  /// True when the notice for the date's year is known.
  package func isCertain(_ date: CivilDate) -> Bool { years.contains(date.parts.year) }

  /// The name of the holiday on this date, if it is one.
  package func holiday(_ date: CivilDate) -> String? { off[date] }
}

/// When the hall is open: sessions by weekday, on working days of the calendar.
package struct OpeningHours: Sendable, Hashable {
  /// From a time to a time on the same day.
  package struct Session: Sendable, Hashable, Codable {
    package let from: CivilTime
    package let to: CivilTime

    package init(from: CivilTime, to: CivilTime) {
      self.from = from
      self.to = to
    }
  }

  /// Sessions in order, not overlapping; a weekday that is missing is closed.
  package let sessions: [Weekday: [Session]]
  /// The weekday whose sessions a make-up Saturday or Sunday follows.
  package let makeUpDay: Weekday
  /// Minutes before the end of a day's last session from which no number is issued any more; 0 means none.
  package let cutOffMinutes: Int
  /// The demo hall and halls with 24-hour service: open on every date at every time.
  package let alwaysOpen: Bool

  package init(
    sessions: [Weekday: [Session]], makeUpDay: Weekday = .monday, cutOffMinutes: Int = 0, alwaysOpen: Bool = false
  ) {
    self.sessions = sessions
    self.makeUpDay = makeUpDay
    self.cutOffMinutes = cutOffMinutes
    self.alwaysOpen = alwaysOpen
  }

  package static let always = OpeningHours(sessions: [:], alwaysOpen: true)

  /// The sessions on a date, empty when the hall is closed on it.
  package func sessions(on date: CivilDate, _ calendar: WorkCalendar) -> [Session] {
    if alwaysOpen { return [Session(from: CivilTime(minuteOfDay: 0), to: CivilTime(minuteOfDay: 1440))] }
    guard calendar.isWorkingDay(date) else { return [] }
    let day = date.weekday.isWeekend && calendar.worked.contains(date) ? makeUpDay : date.weekday
    return sessions[day] ?? []
  }

  /// What a clock time means for somebody who wants a number.
  package enum Phase: Equatable, Sendable {
    /// Before the first session of a day that has one.
    case beforeOpening
    /// Within a session, or between two of them: numbers are issued.
    case open
    /// The day's last session goes on but no more numbers are issued.
    case cutOff
    /// After the last session, or a day without one.
    case closed
  }

  package func phase(on date: CivilDate, at time: CivilTime, _ calendar: WorkCalendar) -> Phase {
    if alwaysOpen { return .open }
    guard let first = sessions(on: date, calendar).first, let last = sessions(on: date, calendar).last else {
      return .closed
    }
    if time < first.from { return .beforeOpening }
    if time >= last.to { return .closed }
    return time.minuteOfDay >= last.to.minuteOfDay - cutOffMinutes ? .cutOff : .open
  }

  /// The next opening at or after a date and time, looking at most 60 days ahead.
  package func nextOpening(after date: CivilDate, _ time: CivilTime, _ calendar: WorkCalendar)
    -> (date: CivilDate, time: CivilTime)?
  {
    for ahead in 0...60 {
      let day = date.adding(days: ahead)
      for session in sessions(on: day, calendar) where ahead > 0 || session.from > time {
        return (day, session.from)
      }
    }
    return nil
  }
}
