package import Groundwork

/// The State's working days: Monday to Friday, except the yearly notice's holidays and make-up days.
///
/// 全国年节及纪念日放假办法 defines the holidays, the State Council's notice of each year the exchanges. A year without a notice
/// counts as unknown, not as a year without exchanges.
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
    if off[date] != nil || Self.fixedHoliday(date) != nil { return false }
    if worked.contains(date) { return true }
    return !date.weekday.isWeekend
  }

  /// Working days after `first` up to and with `last`; 0 where that is no later.
  package func workingDays(after first: CivilDate, through last: CivilDate) -> Int {
    guard last > first else { return 0 }
    return (first.daysSinceEpoch + 1...last.daysSinceEpoch).count { isWorkingDay(CivilDate(daysSinceEpoch: $0)) }
  }

  /// True when no future notice can change whether this date is worked.
  package func isCertain(_ date: CivilDate) -> Bool { missingYear(date) == nil }

  /// The year whose notice decides whether this date is worked; nil when that is settled.
  ///
  /// The last days of December depend on the next year's notice too, which may move work to or from them: it did in
  /// four of the 22 years from 2005 to 2026. A holiday that the law fixes by date is settled in every year.
  package func missingYear(_ date: CivilDate) -> Int? {
    let (year, month, day) = date.parts
    if Self.fixedHoliday(date) != nil { return nil }
    if !years.contains(year) { return year }
    return month == 12 && day >= 29 && !years.contains(year + 1) ? year + 1 : nil
  }

  /// The name of the holiday on this date, if it is one.
  package func holiday(_ date: CivilDate) -> String? { off[date] ?? Self.fixedHoliday(date) }

  /// The holidays on fixed solar dates: days off in every year, with or without a notice.
  ///
  /// Source: 全国年节及纪念日放假办法 (国务院令第795号, 2024-11-10) 第二条: 元旦 1 day, 劳动节 2 days, 国庆节 3 days.
  package static func fixedHoliday(_ date: CivilDate) -> String? {
    let (_, month, day) = date.parts
    switch (month, day) {
    case (1, 1): return "元旦"
    case (5, 1), (5, 2): return "劳动节"
    case (10, 1), (10, 2), (10, 3): return "国庆节"
    default: return nil
    }
  }

  /// How far the calendar reaches, seen from a given day.
  package enum Reach: Hashable, Sendable {
    case enough
    /// The next year's notice is missing although it should be out; it is usually published in November.
    case endsWith(year: Int)
    /// The notice of this day's year is missing: working days follow from weekdays only.
    case ended(year: Int)

    /// What the administrator has to do; nil when nothing.
    package var words: String? {
      switch self {
      case .enough: nil
      case .endsWith(let year):
        """
        the calendar ends with \(year): add the notice of holidays for \(year + 1) when it comes out; 29 to 31 December are \
        provisional until then
        """
      case .ended(let year):
        "the notice of holidays for \(year) is not known: the hall opens as weekdays say, provisionally"
      }
    }

    /// The same in Chinese.
    package var chinese: String? {
      switch self {
      case .enough: nil
      case .endsWith(let year):
        "\(year + 1) 年放假安排还没有录入，\(year) 年 12 月 29 日至 31 日为暂定：国务院办公厅通知公布后，更新放假安排文件"
      case .ended(let year): "\(year) 年放假安排没有录入，开门和时限只按星期推算，为暂定：更新放假安排文件"
      }
    }
  }

  package func reach(on date: CivilDate) -> Reach {
    let (year, month, _) = date.parts
    if !years.contains(year) { return .ended(year: year) }
    return month >= 11 && !years.contains(year + 1) ? .endsWith(year: year) : .enough
  }
}

/// When the hall is open: sessions by weekday, on working days of the calendar.
package struct OpeningHours: Sendable, Hashable {
  /// From one time to another on the same day.
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
  /// The demo hall and halls with 24-hour service: always open.
  package let alwaysOpen: Bool
  /// A session more on a date, working day or not (延时服务).
  private var extra: [CivilDate: Session] = [:]

  package init(
    sessions: [Weekday: [Session]], makeUpDay: Weekday = .monday, cutOffMinutes: Int = 0, alwaysOpen: Bool = false
  ) {
    self.sessions = sessions
    self.makeUpDay = makeUpDay
    self.cutOffMinutes = cutOffMinutes
    self.alwaysOpen = alwaysOpen
  }

  package static let always = OpeningHours(sessions: [:], alwaysOpen: true)

  /// These hours with one session more on each of these dates.
  package func with(_ sessions: [CivilDate: Session]) -> OpeningHours {
    var hours = self
    hours.extra = sessions
    return hours
  }

  /// The sessions on a date, empty when the hall is closed on it.
  package func sessions(on date: CivilDate, _ calendar: WorkCalendar) -> [Session] {
    let usual = usualSessions(on: date, calendar)
    guard let more = extra[date], !alwaysOpen else { return usual }
    return (usual + [more]).sorted { $0.from < $1.from }
  }

  private func usualSessions(on date: CivilDate, _ calendar: WorkCalendar) -> [Session] {
    if alwaysOpen { return [Session(from: CivilTime(minuteOfDay: 0), to: CivilTime(minuteOfDay: 1440))] }
    guard calendar.isWorkingDay(date) else { return [] }
    let day = date.weekday.isWeekend && calendar.worked.contains(date) ? makeUpDay : date.weekday
    return sessions[day] ?? []
  }

  /// What a clock time means for issuing numbers.
  package enum Phase: Equatable, Sendable {
    /// Before the first session of a day that has one.
    case beforeOpening
    /// Within a session, or between two of them: numbers are issued.
    case open
    /// The day's last session is on, but no more numbers are issued.
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
