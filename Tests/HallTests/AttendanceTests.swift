import Groundwork
import Hall
import Testing

/// Goal: attendance follows from the journal, the plan and the calendar, and from nothing else.
///
/// Method: records with their moments are gathered as a reader of the journal gathers them; the sheet is asked for later.
@Suite struct AttendanceTests {
  private static let monday = date("2026-11-23")

  private static func hours(calendar: WorkCalendar = .bench) -> HallRules {
    let sessions = [
      OpeningHours.Session(from: time("09:00"), to: time("12:00")),
      OpeningHours.Session(from: time("14:00"), to: time("17:30")),
    ]
    let week: [Weekday] = [.monday, .tuesday, .wednesday, .thursday, .friday]
    return .bench(
      calendar: calendar,
      hours: OpeningHours(sessions: Dictionary(uniqueKeysWithValues: week.map { ($0, sessions) })))
  }

  private struct Month {
    var log = AttendanceLog()
    var rules = AttendanceTests.hours()
    private var sequence: Int64 = 0

    mutating func put(_ at: String, _ event: Event) { put(moment(at), event) }

    mutating func put(_ at: Timestamp, _ event: Event) {
      sequence += 1
      log.take(RecordedEvent(sequence: sequence, at: at, actor: .system, event: event, answer: nil))
    }

    mutating func open(_ day: CivilDate = AttendanceTests.monday, sessions: [DayTerms.Stretch]? = nil) {
      let terms = sessions.map { DayTerms(sessions: $0, promisedMinutes: nil) } ?? DayTerms(day, rules)
      put(
        rules.zone.moment(day, time("08:30")),
        .day(
          .dayOpened(
            DayOpened(
              day: day, mode: .hybrid, catalogueVersion: "0", starts: [], confirmed: false, terms: terms))))
    }

    mutating func close(_ at: String) {
      put(at, .day(.dayClosed(DayClosed(day: AttendanceTests.monday, closed: [], totals: DayTotals()))))
    }

    mutating func enter(_ at: String, _ badge: String = "AJ001", _ workplace: Workplace = .window(1)) {
      put(at, .staff(.staffSignedIn(StaffSignedIn(badge: badge, role: .clerk, workplace: workplace, how: .typed))))
    }

    mutating func leave(_ at: String, _ badge: String = "AJ001", _ workplace: Workplace = .window(1)) {
      put(at, .staff(.staffSignedOut(StaffSignedOut(badge: badge, workplace: workplace, how: .own))))
    }

    func rows(
      _ badge: String = "AJ001", on day: CivilDate = AttendanceTests.monday, now: String = "2026-11-30 20:00"
    ) -> [Attendance] {
      Attendance.sheet(log, [badge], day...day, rules, now: moment(now))
    }
  }

  @Test("who came in time and stayed is present, with no minutes")
  func present() {
    var month = Month()
    month.open()
    month.enter("2026-11-23 08:50")
    month.leave("2026-11-23 12:02")
    month.enter("2026-11-23 13:55")
    month.leave("2026-11-23 17:31")
    let rows = month.rows()
    #expect(rows.map(\.verdict) == [.present, .present])
    #expect(
      rows.map(\.lateMinutes) == [0, 0] && rows.map(\.earlyMinutes) == [0, 0] && rows.map(\.awayMinutes) == [0, 0])
    #expect(rows[0].arrivedAt == moment("2026-11-23 08:50") && rows[0].leftAt == moment("2026-11-23 12:02"))
  }

  @Test("minutes after the beginning are kept, and only beyond the grace somebody is late", arguments: [5, 6])
  func late(_ minutes: Int) {
    var month = Month()
    month.open()
    month.enter("2026-11-23 09:0\(minutes)")
    month.leave("2026-11-23 11:40")
    let row = month.rows()[0]
    #expect(row.lateMinutes == minutes && row.isLate == (minutes == 6) && row.earlyMinutes == 20)
    month.rules.staffing.graceMinutes = 10
    #expect(month.rows()[0].isLate == false && month.rows()[0].lateMinutes == minutes)
  }

  @Test("opening a window is coming too, and who stays over lunch has no second arrival")
  func windowAlone() {
    var month = Month()
    month.open()
    month.put("2026-11-23 09:20", .window(.windowOpened(WindowOpened(window: 1, badge: "AJ001"))))
    month.put("2026-11-23 17:30", .window(.windowClosed(WindowClosed(window: 1))))
    let rows = month.rows()
    #expect(rows[0].lateMinutes == 20 && rows[1].verdict == .present && rows[1].arrivedAt == nil)
    #expect(rows[1].lateMinutes == 0 && rows[0].leftAt == nil && rows[0].earlyMinutes == 0)
  }

  @Test("in a session that was added only those whom the plan names are expected; whoever came all the same is shown")
  func addedSession() {
    var month = Month()
    month.open()
    let evening = OpeningHours.Session(from: time("18:00"), to: time("20:00"))
    let terms = DayTerms(Self.monday, month.rules, arranged: month.rules.hours.with([Self.monday: evening]))
    let added = SessionAdded(date: Self.monday, session: evening, terms: terms)
    month.put("2026-11-23 10:00", .arrangement(.sessionAdded(added)))
    #expect(month.rows("AJ002").map(\.verdict) == [.absent, .absent])
    month.put(
      "2026-11-23 10:05",
      .staff(.dutyPlanned(DutyPlanned(date: Self.monday, badge: "AJ003", window: nil, sessions: [3]))))
    #expect(month.rows("AJ003").map(\.session) == [3] && month.rows("AJ003").map(\.verdict) == [.absent])
    month.enter("2026-11-23 18:01")
    month.leave("2026-11-23 20:00")
    #expect(month.rows().last?.session == 3 && month.rows().last?.verdict == .unplanned)
  }

  @Test("nobody came: absent once the session is over, and the day's close ends what nobody ended")
  func absent() {
    var month = Month()
    month.open()
    month.enter("2026-11-23 09:00")
    month.close("2026-11-23 12:30")
    #expect(month.rows(now: "2026-11-23 15:00").map(\.verdict) == [.present, .running])
    #expect(month.rows().map(\.verdict) == [.present, .absent])
    #expect(month.rows("AJ002").map(\.verdict) == [.absent, .absent])
  }

  @Test("a badge at two consoles is out when it has left both")
  func twoConsoles() {
    var month = Month()
    month.open()
    month.enter("2026-11-23 08:55")
    month.enter("2026-11-23 09:30", "AJ001", .backOffice)
    month.leave("2026-11-23 10:00")
    month.leave("2026-11-23 12:00", "AJ001", .backOffice)
    let row = month.rows()[0]
    #expect(row.earlyMinutes == 0 && row.awayMinutes == 0 && row.leftAt == moment("2026-11-23 12:00"))
  }

  @Test("only pauses for other reasons and absences over a quarter of an hour are away")
  func away() {
    var month = Month()
    month.open()
    func pause(_ from: String, _ to: String, _ code: PauseReason.Code) {
      month.put("2026-11-23 \(from)", .window(.windowPaused(WindowPaused(window: 1, reason: PauseReason(code, "x")))))
      month.put("2026-11-23 \(to)", .window(.windowWentOn(WindowWentOn(window: 1))))
    }
    month.enter("2026-11-23 08:50")
    month.put("2026-11-23 09:00", .window(.windowOpened(WindowOpened(window: 1, badge: "AJ001"))))
    pause("09:10", "09:25", .other)  // a quarter of an hour, not over
    pause("09:30", "09:46", .other)
    pause("09:50", "10:50", .papers)
    month.put("2026-11-23 11:00", .window(.windowClosed(WindowClosed(window: 1))))
    month.leave("2026-11-23 11:00")
    month.enter("2026-11-23 11:20")
    month.leave("2026-11-23 12:00")
    #expect(month.rows()[0].awayMinutes == 16 + 20)
  }

  @Test("a note stands beside the minutes and changes none; a substitute's says whom")
  func notes() {
    var month = Month()
    month.open()
    let leave = AttendanceNoted(badge: "AJ001", date: Self.monday, session: 2, kind: .leave, reason: "体检")
    month.put("2026-11-24 10:00", .staff(.attendanceNoted(leave)))
    month.put(
      "2026-11-24 10:00",
      .staff(
        .attendanceNoted(
          AttendanceNoted(badge: "AJ002", date: Self.monday, session: nil, kind: .substitute, substituted: "AJ001"))))
    #expect(month.rows().map(\.verdict) == [.absent, .absent] && month.rows().map(\.notes) == [[], [leave]])
    #expect(month.rows("AJ002").map { $0.notes.first?.substituted } == ["AJ001", "AJ001"])
  }

  @Test("a clock that was two hours ahead is marked and judges nobody")
  func clock() {
    var month = Month()
    month.open()
    month.enter("2026-11-23 11:05")  // by the wrong clock; it is nine
    month.put("2026-11-23 09:20", .day(.clockConfirmed(ClockConfirmed(after: moment("2026-11-23 11:20")))))
    month.leave("2026-11-23 12:00")
    let rows = month.rows()
    #expect(rows[0].verdict == .clockDoubtful && rows[0].lateMinutes == 0 && !rows[0].isLate)
    #expect(rows[1].verdict == .absent)
    var noted = Month()
    noted.open()
    noted.put(
      "2026-11-23 20:00",
      .staff(.attendanceNoted(AttendanceNoted(badge: "AJ001", date: Self.monday, session: 1, kind: .clock))))
    #expect(noted.rows().map(\.verdict) == [.clockDoubtful, .absent])
  }

  @Test("a make-up Saturday counts, a holiday and an ordinary Saturday do not")
  func makeUp() {
    let saturday = date("2026-11-28")
    var month = Month()
    #expect(month.rows(on: saturday) == [])
    month.rules = Self.hours(
      calendar: WorkCalendar(off: [Self.monday: "假"], worked: [saturday], years: [2026, 2027]))
    // Before the first day that the journal knows nobody is judged.
    #expect(month.rows(on: saturday) == [])
    month.open(date("2026-11-20"))
    month.close("2026-11-20 18:00")
    #expect(month.rows(on: saturday).map(\.verdict) == [.absent, .absent] && month.rows(on: Self.monday) == [])
    month.open(saturday)
    month.enter("2026-11-28 08:59")
    #expect(month.rows(on: saturday, now: "2026-11-28 11:00").map(\.verdict) == [.running])
  }

  @Test("a session over midnight belongs to the business day")
  func overMidnight() {
    var month = Month()
    let night = DayTerms.Stretch(from: moment("2026-11-23 21:00"), to: moment("2026-11-24 01:00"))
    month.open(sessions: [night])
    month.enter("2026-11-23 21:10")
    month.leave("2026-11-24 00:30")
    let rows = month.rows()
    #expect(rows.count == 1 && rows[0].date == Self.monday && rows[0].lateMinutes == 10 && rows[0].earlyMinutes == 30)
    // Nothing of it counts for the day after.
    #expect(month.rows(on: date("2026-11-24")).map(\.verdict) == [.absent, .absent])
  }

  @Test("part time, the first and the last day of work, and a plan say which sessions count")
  func plans() {
    var month = Month()
    month.open()
    month.rules.staffing.terms["AJ001"] = Staffing.Terms(sessions: [2])
    #expect(month.rows().map(\.session) == [2])
    month.rules.staffing.terms["AJ001"] = Staffing.Terms(from: date("2026-11-24"))
    #expect(month.rows() == [])
    month.rules.staffing.terms["AJ001"] = Staffing.Terms(until: date("2026-11-22"))
    #expect(month.rows() == [])
    month.put(
      "2026-11-20 10:00",
      .staff(.dutyPlanned(DutyPlanned(date: Self.monday, badge: "AJ001", window: 1, sessions: [1]))))
    #expect(month.rows().map(\.session) == [1])
    month.enter("2026-11-23 14:30")
    #expect(month.rows().map(\.verdict) == [.absent, .unplanned] && month.rows()[1].lateMinutes == 0)
    // Taken back, the member's own terms decide again: they had left.
    month.put("2026-11-23 15:00", .staff(.dutyPlanWithdrawn(DutyPlanWithdrawn(date: Self.monday, badge: "AJ001"))))
    #expect(month.rows().map(\.verdict) == [.unplanned])
  }

  @Test("the sums of a month are those of its sessions")
  func totals() {
    var month = Month()
    month.open()
    month.enter("2026-11-23 09:16")
    month.leave("2026-11-23 11:50")
    let totals = AttendanceTotals(month.rows())
    #expect(totals.planned == 2 && totals.present == 1 && totals.absent == 1 && totals.late == 1)
    #expect(totals.lateMinutes == 16 && totals.early == 1 && totals.earlyMinutes == 10)
  }
}
