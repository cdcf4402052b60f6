import Groundwork
import Hall
import Testing

/// Goal: the journal says who worked where and from when to when, and what others noted about it.
@Suite struct StaffTests {
  private static let coordinator = Principal.staff(badge: "AJ100", role: .coordinator)
  private static let here = StaffSignedIn(badge: "AJ001", role: .clerk, workplace: .window(1), how: .typed)

  private static func out(_ workplace: Workplace, _ how: StaffSignedOut.How = .own) -> StaffSignedOut {
    StaffSignedOut(badge: "AJ001", workplace: workplace, how: how)
  }

  @Test("a sign-in and a sign-out are events, and only the daemon may say so")
  func inAndOut() throws {
    var bench = Bench()
    try bench.ask(.staff(.signIn(Self.here)), by: .system)
    #expect(bench.state.staff.present.map(\.workplace) == [.window(1)])
    for actor in [Principal.kiosk("kiosk-1"), Self.coordinator, .operator] {
      #expect(bench.refusal(.staff(.signIn(Self.here)), by: actor) == .request(.staffOnly))
      #expect(bench.refusal(.staff(.signOut(Self.out(.window(1)))), by: actor) == .request(.staffOnly))
    }
    try bench.ask(.staff(.signOut(Self.out(.window(1)))), by: .system)
    let count = bench.events.count
    try bench.ask(.staff(.signOut(Self.out(.window(1)))), by: .system)
    #expect(bench.state.staff.present == [] && bench.events.count == count)
  }

  @Test("who is signed in at two places is out of both only after two sign-outs")
  func twoConsoles() throws {
    var bench = Bench()
    try bench.ask(.staff(.signIn(Self.here)), by: .system)
    try bench.ask(
      .staff(.signIn(StaffSignedIn(badge: "AJ001", role: .clerk, workplace: .backOffice, how: .badge))), by: .system)
    try bench.ask(.staff(.signOut(Self.out(.window(1)))), by: .system)
    #expect(bench.state.staff.present.map(\.workplace) == [.backOffice])
  }

  @Test("the day's close signs out whoever is left, before the day is closed")
  func dayClose() throws {
    var bench = try Bench.open()
    try bench.ask(.staff(.signIn(Self.here)), by: .system)
    try bench.ask(.day(.closeDay(CloseDay(force: false))), by: Self.coordinator)
    #expect(
      bench.events.suffix(2).map(\.event.name) == ["staffSignedOut", "dayClosed"] && bench.state.staff.present == [])
    guard case .staff(.staffSignedOut(let out)) = bench.events.suffix(2).first?.event else {
      Issue.record("no sign-out")
      return
    }
    #expect(out.how == .dayClose && out.workplace == .window(1))
  }

  @Test("notes and plans are the coordinator's, and fit together")
  func notes() throws {
    var bench = Bench()
    let day = date("2026-11-23")
    func note(_ kind: AttendanceNoted.Kind, _ whom: String? = nil, session: Int? = 1, on date: CivilDate = day)
      -> Command
    {
      .staff(
        .noteAttendance(AttendanceNoted(badge: "AJ001", date: date, session: session, kind: kind, substituted: whom)))
    }
    #expect(
      bench.refusal(note(.leave), by: .staff(badge: "AJ001", role: .clerk)) == .request(.coordinatorOnly))
    #expect(bench.refusal(note(.substitute), by: Self.coordinator) == .staff(.badNote))
    #expect(bench.refusal(note(.substitute, "AJ001"), by: Self.coordinator) == .staff(.badNote))
    #expect(bench.refusal(note(.leave, "AJ002"), by: Self.coordinator) == .staff(.badNote))
    #expect(bench.refusal(note(.leave, session: 9), by: Self.coordinator) == .staff(.badNote))
    #expect(bench.refusal(note(.leave, on: day.adding(days: 61)), by: Self.coordinator) == .staff(.dateTooFar))
    #expect(bench.refusal(note(.leave, on: day.adding(days: -401)), by: Self.coordinator) == .staff(.dateTooFar))
    try bench.ask(note(.leave, session: nil), by: Self.coordinator)
    try bench.ask(note(.substitute, "AJ002"), by: Self.coordinator)
    let plan = DutyPlanned(date: day, badge: "AJ001", window: 1, sessions: [1, 1])
    #expect(bench.refusal(.staff(.planDuty(plan)), by: Self.coordinator) == .staff(.badNote))
    try bench.ask(
      .staff(.planDuty(DutyPlanned(date: day, badge: "AJ001", window: nil, sessions: []))), by: Self.coordinator)
  }

  @Test("an inspection is noted by the coordinator or the district's supervisor, of somebody or of a window")
  func inspections() throws {
    var bench = Bench()
    let seen = InspectionNoted(badge: nil, window: 1, kind: .tidy, text: "台面杂物")
    try bench.ask(.staff(.noteInspection(seen)), by: .staff(badge: "DC001", role: .supervisor))
    try bench.ask(.staff(.noteInspection(seen)), by: Self.coordinator)
    #expect(
      bench.refusal(.staff(.noteInspection(seen)), by: .staff(badge: "AJ001", role: .clerk))
        == .request(.coordinatorOnly))
    let nobody = InspectionNoted(badge: nil, window: nil, kind: .phone, text: "x")
    #expect(bench.refusal(.staff(.noteInspection(nobody)), by: Self.coordinator) == .staff(.badNote))
    for text in ["", String(repeating: "长", count: 101), "a\nb"] {
      let note = InspectionNoted(badge: "AJ001", window: nil, kind: .other, text: text)
      #expect(bench.refusal(.staff(.noteInspection(note)), by: Self.coordinator) == .request(.badReason))
    }
  }

  @Test("a pause says a code, with a text only where the code says too little, and its end is an event of its own")
  func pauses() throws {
    var bench = try Bench.open()
    try bench.at(1, .pause(PauseReason(.meal)))
    #expect(bench.state.windows[1]?.duty == .paused(PauseReason(.meal)))
    try bench.at(1, .open)
    #expect(bench.events.last?.event == .window(.windowWentOn(WindowWentOn(window: 1))))
    #expect(bench.state.windows[1]?.duty == .open && bench.state.windows[1]?.badge == "AJ001")
    #expect(bench.refusal(at: 1, .pause(PauseReason(.other))) == .request(.badReason))
    #expect(bench.refusal(at: 1, .pause(PauseReason(.papers, ""))) == .request(.badReason))
    try bench.at(1, .pause(PauseReason(.papers, "送民政办")))
    let wentOn = Event.window(.windowWentOn(WindowWentOn(window: 1)))
    #expect(bench.state.violations(before: wentOn) == [])
    try bench.at(1, .open)
    #expect(bench.state.violations(before: wentOn) != [])
  }
}
