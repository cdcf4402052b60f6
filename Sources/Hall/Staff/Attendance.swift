package import Groundwork

/// What the hall expects of its staff, from the configuration.
package struct Staffing: Hashable, Sendable {
  /// When somebody works in this hall at all.
  package struct Terms: Hashable, Sendable {
    /// The first and the last day; nil without one.
    package var from: CivilDate?
    package var until: CivilDate?
    /// The sessions of each day that somebody works, the first being 1; nil for all.
    package var sessions: Set<Int>?

    package init(from: CivilDate? = nil, until: CivilDate? = nil, sessions: Set<Int>? = nil) {
      self.from = from
      self.until = until
      self.sessions = sessions
    }
  }

  /// Minutes after the beginning of a session within which nobody is late: 0...60.
  package var graceMinutes = 5
  /// By badge; who has no entry works at all sessions.
  package var terms: [String: Terms] = [:]

  package init() {}

  package func isPlanned(_ badge: String, _ date: CivilDate, _ session: Int, _ plan: DutyPlanned?) -> Bool {
    if let plan { return plan.sessions.contains(session) }
    guard let terms = terms[badge] else { return true }
    if let from = terms.from, date < from { return false }
    if let until = terms.until, until < date { return false }
    return terms.sessions?.contains(session) ?? true
  }
}

/// Somebody's session of a day, derived from the journal and never edited.
///
/// A note stands beside the minutes and changes none.
package struct Attendance: Hashable, Sendable {
  package enum Verdict: String, Hashable, Sendable, CaseIterable {
    case present
    case absent
    /// The session is not over.
    case running
    /// 时钟存疑: nobody is judged by a clock that was wrong.
    case clockDoubtful = "clock_doubtful"
    /// There without being planned, or in a hall that is always open.
    case unplanned
  }

  package let badge: String
  package let date: CivilDate
  /// The day's sessions, the first being 1.
  package let session: Int
  package let span: DayTerms.Stretch
  package let verdict: Verdict
  /// The first sign-in or opening of a window from an hour before the session; nil where nobody came, and for who was
  /// there since an earlier session.
  package let arrivedAt: Timestamp?
  /// The end of the presence; nil for who stayed, and where nobody came.
  package let leftAt: Timestamp?
  /// Whole minutes, also of who is within the grace; 0 where the verdict judges nothing.
  package let lateMinutes: Int
  package let earlyMinutes: Int
  /// Minutes of pauses for other reasons and of absences that lasted over a quarter of an hour each.
  package let awayMinutes: Int
  package let isLate: Bool
  package let notes: [AttendanceNoted]
}

extension Attendance {
  /// How long before a session somebody may come.
  private static let earliest: Int64 = 3600
  /// Milliseconds of a pause or an absence from which on it counts as away.
  private static let away: Int64 = 15 * 60_000

  /// Everybody's sessions from one day to another, as far as they have begun; in the order of days, badges and sessions.
  ///
  /// - Parameters:
  ///   - dates: at most 62 days.
  ///   - now: the hall's present moment.
  package static func sheet(
    _ log: AttendanceLog, _ badges: [String], _ dates: ClosedRange<CivilDate>, _ rules: HallRules, now: Timestamp
  ) -> [Attendance] {
    var rows: [Attendance] = []
    var date = dates.lowerBound
    while date <= dates.upperBound {
      let (spans, isJudged) = sessions(of: date, log, rules, now)
      for badge in badges {
        for (index, span) in spans.enumerated() where span.from <= now {
          let plan = log.plans[badge]?[date]
          let isExpected = plan?.sessions.contains(index + 1) ?? !log.isAdded(span, on: date, rules.zone)
          let isPlanned = isJudged && isExpected && rules.staffing.isPlanned(badge, date, index + 1, plan)
          let row = row(log, badge, date, index + 1, span, isPlanned, rules.staffing.graceMinutes, now)
          if let row { rows.append(row) }
        }
      }
      date = date.adding(days: 1)
    }
    return rows
  }

  /// A day that was opened has the sessions of its opening, any other those of the calendar. Where all time counts
  /// there is one from the opening on, by which nobody is judged.
  private static func sessions(
    of date: CivilDate, _ log: AttendanceLog, _ rules: HallRules, _ now: Timestamp
  ) -> (spans: [DayTerms.Stretch], isJudged: Bool) {
    let day = log.days[date]
    if let sessions = day?.sessions, !sessions.isEmpty { return (sessions, true) }
    // Nobody is judged for days before the first that the journal knows.
    if !rules.hours.alwaysOpen, let first = log.days.keys.min(), date >= first {
      let hours = rules.hours.sessions(on: date, rules.calendar)
      let spans = hours.map {
        DayTerms.Stretch(from: rules.zone.moment(date, $0.from), to: rules.zone.moment(date, $0.to))
      }
      if !spans.isEmpty { return (spans, true) }
    }
    guard let day else { return ([], false) }
    let end = rules.zone.moment(date.adding(days: 1), CivilTime(minuteOfDay: 0))
    return ([DayTerms.Stretch(from: day.openedAt, to: max(end, day.openedAt))], false)
  }

  private static func row(
    _ log: AttendanceLog, _ badge: String, _ date: CivilDate, _ session: Int, _ span: DayTerms.Stretch,
    _ isPlanned: Bool,
    _ grace: Int, _ now: Timestamp
  ) -> Attendance? {
    let notes = (log.notes[badge]?[date] ?? []).filter { $0.session.map { $0 == session } ?? true }
    let there = (log.presences[badge] ?? []).filter {
      $0.from < span.to && ($0.to ?? max(now, $0.from.adding(seconds: 1))) > span.from
    }
    guard isPlanned || !there.isEmpty || !notes.isEmpty else { return nil }
    let isOver = span.to <= now
    // Somebody who signed in before the session and was out again when it began counts as having come.
    let opening = span.from.adding(seconds: -earliest)
    let arrivals = (log.presences[badge] ?? []).filter { $0.from >= opening && $0.from < span.to }
    let wasThere = there.first.map { $0.from < opening } ?? false
    let arrivedAt = there.isEmpty || wasThere ? nil : arrivals.map(\.from).min()
    let last = there.max { ($0.to ?? .distant) < ($1.to ?? .distant) }
    let leftAt = last?.to.flatMap { $0 <= span.to.adding(seconds: earliest) ? $0 : nil }
    let isDoubtful =
      log.doubtfulDays.contains(date) || notes.contains { $0.kind == .clock }
      || log.doubts.contains { $0.from < span.to && span.from < $0.to }
    let verdict: Verdict =
      isDoubtful
      ? .clockDoubtful
      : !isPlanned ? .unplanned : there.isEmpty ? (isOver ? .absent : .running) : isOver ? .present : .running
    let isJudged = verdict == .present || (verdict == .running && !there.isEmpty)
    let late = isJudged ? arrivedAt.map { max(0, Int($0.since(span.from) / 60_000)) } ?? 0 : 0
    let early = isJudged && isOver ? leftAt.map { max(0, Int(span.to.since($0) / 60_000)) } ?? 0 : 0
    return Attendance(
      badge: badge, date: date, session: session, span: span, verdict: verdict, arrivedAt: arrivedAt, leftAt: leftAt,
      lateMinutes: late, earlyMinutes: early,
      awayMinutes: isJudged ? awayMinutes(log, badge, span, there, now) : 0, isLate: late > grace, notes: notes)
  }

  private static func awayMinutes(
    _ log: AttendanceLog, _ badge: String, _ span: DayTerms.Stretch, _ there: [AttendanceLog.Presence], _ now: Timestamp
  ) -> Int {
    func within(_ from: Timestamp, _ to: Timestamp) -> Int64 {
      let length = min(to, span.to, now).since(max(from, span.from))
      return length > away ? length : 0
    }
    var total: Int64 = 0
    for pause in log.pauses[badge] ?? [] where pause.code == .other {
      total += within(pause.from, pause.to ?? now)
    }
    for (before, next) in zip(there, there.dropFirst()) { total += within(before.to ?? next.from, next.from) }
    return Int(total / 60_000)
  }
}

extension Timestamp {
  fileprivate static let distant = Timestamp(milliseconds: .max)
}

/// A month of one person.
package struct AttendanceTotals: Hashable, Sendable {
  package var planned = 0
  package var present = 0
  package var absent = 0
  package var late = 0
  package var lateMinutes = 0
  package var early = 0
  package var earlyMinutes = 0
  package var awayMinutes = 0
  package var doubtful = 0
  package var unplanned = 0
  /// Sessions with a note.
  package var noted = 0

  package init(_ rows: some Sequence<Attendance>) {
    for row in rows {
      switch row.verdict {
      case .present: present += 1
      case .absent: absent += 1
      case .clockDoubtful: doubtful += 1
      case .unplanned: unplanned += 1
      case .running: break
      }
      if row.verdict != .unplanned { planned += 1 }
      if row.isLate { late += 1 }
      lateMinutes += row.lateMinutes
      if row.earlyMinutes > 0 { early += 1 }
      earlyMinutes += row.earlyMinutes
      awayMinutes += row.awayMinutes
      if !row.notes.isEmpty { noted += 1 }
    }
  }
}
