package import Groundwork

/// What the journal says of who was there and when, gathered record by record (考勤).
///
/// It holds facts only: `Attendance` makes minutes of them, by the rules in force when somebody asks.
package struct AttendanceLog: Sendable, Equatable {
  /// From a moment to another one; nil while it lasts.
  package struct Presence: Hashable, Sendable {
    package let from: Timestamp
    package var to: Timestamp?
  }

  /// A pause of the window at which somebody sat.
  package struct Pause: Hashable, Sendable {
    package let from: Timestamp
    package var to: Timestamp?
    package let code: PauseReason.Code
  }

  /// A business day as it was opened.
  package struct Day: Hashable, Sendable {
    package let openedAt: Timestamp
    /// The sessions in force, with those that were added on the day; nil where all time counted.
    package var sessions: [DayTerms.Stretch]?
  }

  /// The newest record; 0 before the first.
  package private(set) var sequence: Int64 = 0
  package private(set) var days: [CivilDate: Day] = [:]
  /// 延时服务: the session that a coordinator added to a date. Only those whom the duty plan names are expected in it.
  package private(set) var added: [CivilDate: OpeningHours.Session] = [:]
  package private(set) var presences: [String: [Presence]] = [:]
  package private(set) var pauses: [String: [Pause]] = [:]
  package private(set) var notes: [String: [CivilDate: [AttendanceNoted]]] = [:]
  package private(set) var plans: [String: [CivilDate: DutyPlanned]] = [:]
  package private(set) var inspections: [(at: Timestamp, by: String?, noted: InspectionNoted)] = []
  /// Where the clock was wrong, by its own time.
  package private(set) var doubts: [DayTerms.Stretch] = []
  /// Days that a wrong clock opened or kept open.
  package private(set) var doubtfulDays: Set<CivilDate> = []

  /// What keeps somebody present: a session at a workplace, or an open window.
  private enum Hold: Hashable {
    case session(Workplace)
    case window(Int)
  }

  private var holds: [String: Set<Hold>] = [:]
  private var windows: [Int: String] = [:]

  package init() {}

  package static func == (a: AttendanceLog, b: AttendanceLog) -> Bool {
    a.sequence == b.sequence && a.presences == b.presences && a.pauses == b.pauses && a.days == b.days
  }

  /// Whether a session of a date is the one that was added to it.
  func isAdded(_ span: DayTerms.Stretch, on date: CivilDate, _ zone: ZoneOffset) -> Bool {
    added[date].map { zone.moment(date, $0.from) == span.from && zone.moment(date, $0.to) == span.to } ?? false
  }

  package mutating func take(_ recorded: RecordedEvent) {
    sequence = recorded.sequence
    let at = recorded.at
    switch recorded.event {
    case .staff(let event): take(event, at, recorded.actor)
    case .window(let event): take(event, at)
    case .day(let event): take(event, at)
    case .arrangement(let event): take(event)
    case .queue, .notice, .help, .print, .catalogue, .awareness, .emergency, .reservation, .cases, .consult, .agency,
      .lease:
      break
    }
  }

  private mutating func take(_ event: ArrangementEvent) {
    switch event {
    case .sessionAdded(let e):
      added[e.date] = e.session
      if let terms = e.terms { days[e.date]?.sessions = terms.sessions }
    case .sessionCancelled(let e):
      added[e.date] = nil
      if let terms = e.terms { days[e.date]?.sessions = terms.sessions }
    case .lanePaused, .laneResumed, .frequentChosen, .publicityWritten: break
    }
  }

  private mutating func take(_ event: StaffEvent, _ at: Timestamp, _ actor: Principal) {
    switch event {
    case .staffSignedIn(let e): begin(e.badge, .session(e.workplace), at)
    case .staffSignedOut(let e): end(e.badge, .session(e.workplace), at)
    case .dutyPlanned(let e): plans[e.badge, default: [:]][e.date] = e
    case .dutyPlanWithdrawn(let e): plans[e.badge]?[e.date] = nil
    case .attendanceNoted(let e): notes[e.badge, default: [:]][e.date, default: []].append(e)
    case .inspectionNoted(let e): inspections.append((at, actor.badge, e))
    }
  }

  private mutating func take(_ event: WindowEvent, _ at: Timestamp) {
    switch event {
    case .windowOpened(let e):
      goOn(e.window, at)
      windows[e.window] = e.badge
      begin(e.badge, .window(e.window), at)
    case .windowWentOn(let e):
      goOn(e.window, at)
      // Open since a day before.
      if let badge = windows[e.window] { begin(badge, .window(e.window), at) }
    case .windowPaused(let e):
      goOn(e.window, at)
      guard let badge = windows[e.window] else { return }
      pauses[badge, default: []].append(Pause(from: at, to: nil, code: e.reason.code))
    case .windowClosed(let e):
      goOn(e.window, at)
      guard let badge = windows.removeValue(forKey: e.window) else { return }
      end(badge, .window(e.window), at)
    case .ticketCalled, .ticketRecalled, .serviceStarted, .ticketFinished, .ticketMissed, .ticketSuspended,
      .ticketResumed, .stepUndone, .ticketTransferred, .ticketMovedOn, .itemsServed, .unnumberedServiceStarted,
      .unnumberedServiceFinished:
      break
    }
  }

  private mutating func take(_ event: DayEvent, _ at: Timestamp) {
    switch event {
    case .dayOpened(let e): days[e.day] = days[e.day] ?? Day(openedAt: at, sessions: e.terms?.sessions)
    case .dayClosed:
      for (badge, holds) in holds {
        for hold in holds { end(badge, hold, at) }
      }
      for window in windows.keys { goOn(window, at) }
    case .dayOvertaken(let e): doubtfulDays.insert(e.day)
    case .clockConfirmed(let e): doubts.append(DayTerms.Stretch(from: at, to: max(at, e.after)))
    case .journalAccepted, .headNoted, .recordsLeft, .formatRaised: break
    }
  }

  private mutating func begin(_ badge: String, _ hold: Hold, _ at: Timestamp) {
    if holds[badge, default: []].isEmpty { presences[badge, default: []].append(Presence(from: at, to: nil)) }
    holds[badge, default: []].insert(hold)
  }

  private mutating func end(_ badge: String, _ hold: Hold, _ at: Timestamp) {
    guard holds[badge]?.remove(hold) != nil, holds[badge]?.isEmpty == true, let last = presences[badge]?.popLast()
    else { return }
    presences[badge]?.append(Presence(from: last.from, to: max(at, last.from)))
  }

  /// Whatever happens to a window ends its pause.
  private mutating func goOn(_ window: Int, _ at: Timestamp) {
    guard let badge = windows[window], let last = pauses[badge]?.last, last.to == nil else { return }
    pauses[badge]?.removeLast()
    pauses[badge]?.append(Pause(from: last.from, to: max(at, last.from), code: last.code))
  }
}
