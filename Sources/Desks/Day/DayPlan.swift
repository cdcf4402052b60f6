import Ports
import Groundwork
import Hall

/// What the clock implies for the business day (营业日): a pure function of hours, calendar and state.
///
/// A day is opened some time before its first session and closed after midnight, so a hall that works late closes late.
/// A day that staff closed by hand is not opened again by the clock.
struct DayPlan: Sendable {
  enum Step: Hashable, Sendable {
    case open(CivilDate)
    /// - force: also while somebody is at a window.
    case close(force: Bool)
    case nothing
  }

  /// Minutes before the first session at which the day is opened.
  static let openBeforeMinutes = 30
  /// The hour from which a hall that is always open ends a day although a ticket was left at a window.
  static let forceAt = CivilTime(minuteOfDay: 4 * 60)

  let day: CivilDate?
  let lastDay: CivilDate?
  let lastOpenedAt: Timestamp?
  let zone: ZoneOffset
  let hours: OpeningHours
  let calendar: WorkCalendar
  /// Whether a clock that shows the first date may be right after the second; see `HallRules.isPlausible`.
  private let isPlausible: @Sendable (CivilDate, CivilDate) -> Bool
  let overtaken: OvertakenDay?
  /// When somebody was last called or served.
  let lastServedAt: Timestamp?
  let lastAt: Timestamp
  /// The start of the first reserved slot whose person has not come; nil for none.
  private let firstBooked: Timestamp?

  init(_ state: HallState, _ rules: HallRules) {
    day = state.day?.date
    lastDay = state.days.last
    lastOpenedAt = state.days.lastOpenedAt
    zone = rules.zone
    hours = state.hours(rules)
    calendar = rules.calendar
    isPlausible = { rules.isPlausible($0, after: $1) }
    overtaken = state.days.overtaken
    lastServedAt = (state.windows.recentCalls.map(\.at) + state.windows.states.values.compactMap { $0.lastStep?.at })
      .max()
    lastAt = state.lastAt
    firstBooked =
      rules.reservations == nil
      ? nil : state.reservations.known.values.lazy.filter { $0.state == .booked }.map(\.from).min()
  }

  /// What to do at `now`.
  func step(at now: Timestamp) -> Step {
    let (date, time) = zone.civil(now)
    if let day {
      // A day that staff opened with a confirmed date may be ahead of the clock. Then staff close it.
      guard day < date else { return .nothing }
      return .close(force: hours.alwaysOpen ? time >= Self.forceAt : isTimeToOpen(date, time))
    }
    guard lastDay != date, isTimeToOpen(date, time) else { return .nothing }
    return .open(date)
  }

  /// The date at `now` if the open day is an earlier one, the date is plausible or the clock synchronised, and nobody
  /// has been called or served since `start`; nil otherwise.
  func date(overtaking start: Timestamp, at now: Timestamp, isSynchronised: Bool) -> CivilDate? {
    let date = zone.civil(now).date
    guard let day, day < date, isSynchronised || isPlausible(date, day) else { return nil }
    if let lastServedAt, lastServedAt > start { return nil }
    return date
  }

  /// The fault for what the hall's calendar lacks at `now`; nil where it lacks nothing that matters.
  func calendarFault(at now: Timestamp) -> FaultCode? {
    guard !hours.alwaysOpen else { return nil }
    switch calendar.reach(on: zone.civil(now).date) {
    case .enough: return nil
    case .endsWith: return .calendarEnds
    case .ended: return .calendarEnded
    }
  }

  /// Whether somebody with a reservation of the open day has not come in time.
  func hasLapsing(_ now: Timestamp) -> Bool {
    guard let firstBooked, let day, zone.civil(firstBooked).date <= day else { return false }
    return now.since(firstBooked) >= ReservationRule.lapse
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
