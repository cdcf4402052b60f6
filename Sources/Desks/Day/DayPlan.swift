import Groundwork
import Hall

/// What the clock makes of the business day (营业日): a pure reading of hours, calendar and state.
///
/// A day is opened some time before its first session and closed after midnight, so a hall that works late closes late.
/// A day that staff closed by hand is not opened again by the clock.
struct DayPlan: Sendable {
  enum Step: Hashable, Sendable {
    case open(CivilDate)
    /// - force: also when somebody stands at a window.
    case close(force: Bool)
    case nothing
  }

  /// Minutes before the first session at which the day is opened.
  static let openBeforeMinutes = 30
  /// The hour from which a hall that never closes ends a day although a ticket was left at a window.
  static let forceAt = CivilTime(minuteOfDay: 4 * 60)

  let day: CivilDate?
  let lastDay: CivilDate?
  let zone: ZoneOffset
  let hours: OpeningHours
  let calendar: WorkCalendar

  init(_ state: HallState, _ rules: HallRules) {
    day = state.day?.date
    lastDay = state.lastDay
    zone = rules.zone
    hours = rules.hours
    calendar = rules.calendar
  }

  /// What to do at `now`.
  func step(at now: Timestamp) -> Step {
    let (date, time) = zone.civil(now)
    if let day {
      // A day opened with a confirmed date may lie ahead of the clock: that is the staff's to end.
      guard day < date else { return .nothing }
      return .close(force: hours.alwaysOpen ? time >= Self.forceAt : isTimeToOpen(date, time))
    }
    guard lastDay != date, isTimeToOpen(date, time) else { return .nothing }
    return .open(date)
  }

  /// True when the open day is the civil date at `now`.
  func isToday(_ now: Timestamp) -> Bool { day == zone.civil(now).date }

  private func isTimeToOpen(_ date: CivilDate, _ time: CivilTime) -> Bool {
    if hours.alwaysOpen { return true }
    let sessions = hours.sessions(on: date, calendar)
    guard let first = sessions.first, let last = sessions.last else { return false }
    return time.minuteOfDay >= first.from.minuteOfDay - Self.openBeforeMinutes && time < last.to
  }
}
