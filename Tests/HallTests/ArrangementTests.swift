import Groundwork
import Testing

@testable import Hall

/// Goal: what a coordinator arranges by day holds for residents at once, is theirs alone to make, and ends as it should.
@Suite("What is arranged by day")
struct ArrangementTests {
  private static func session(_ from: String, _ to: String) -> OpeningHours.Session {
    guard let from = CivilTime(from), let to = CivilTime(to) else { preconditionFailure("\(from) is a time") }
    return OpeningHours.Session(from: from, to: to)
  }

  private static let hours = OpeningHours(
    sessions: Dictionary(uniqueKeysWithValues: Weekday.allCases.map { ($0, [session("09:00", "17:30")]) }),
    cutOffMinutes: 30)

  private func arrange(_ bench: inout Bench, _ command: ArrangementCommand) throws {
    try bench.ask(.arrangement(command), by: .coordinator)
  }

  private func refusal(_ bench: Bench, _ command: ArrangementCommand, by actor: Principal = .coordinator) -> Refusal? {
    bench.refusal(.arrangement(command), by: actor)
  }

  private var take: Command { .queue(.takeTicket(TakeTicket(items: []))) }

  @Test("a paused lane gives no number at a kiosk; staff still give one, and who waits is called")
  func paused() throws {
    var bench = try Bench.open()
    let lane = try letter("A")
    try bench.take()
    try arrange(&bench, .pauseLane(lane, reason: "系统检修"))
    #expect(bench.refusal(take, by: .kiosk("kiosk-1")) == .arrangement(.lanePaused(lane, reason: "系统检修")))
    #expect(bench.refusal(take, by: .clerk(1)) == nil)
    try bench.at(1, .call(nil))
    #expect(try bench.atWindow(1) == "A001")
    let paused = try #require(bench.state.arrangements.paused[lane])
    #expect(paused.by == .coordinator && paused.at == bench.now)
    // Said twice it is so already.
    let events = bench.events.count
    try arrange(&bench, .pauseLane(lane, reason: "系统检修"))
    #expect(bench.events.count == events)
    try arrange(&bench, .resumeLane(lane))
    #expect(bench.refusal(take, by: .kiosk("kiosk-1")) == nil)
  }

  @Test("a pause ends with its day, and not when the same day is opened again")
  func ends() throws {
    var bench = try Bench.open()
    try arrange(&bench, .pauseLane(try letter("A"), reason: "停电"))
    try bench.closeDay()
    bench.wait(seconds: 60)
    try bench.openDay()
    #expect(bench.state.arrangements.paused.count == 1)
    try bench.closeDay()
    bench.wait(seconds: 86_400)
    try bench.openDay()
    #expect(bench.state.arrangements.paused.isEmpty)
  }

  @Test("an extra session gives numbers after the usual hours of its date, with the cut-off before its own end")
  func session() throws {
    var bench = try Bench.open(.bench(hours: Self.hours))
    bench.now = moment("2026-11-23 17:40")
    guard case .queue(.hallClosed) = bench.refusal(take, by: .kiosk("kiosk-1")) else {
      Issue.record("the hall gives numbers after hours")
      return
    }
    try arrange(&bench, .addSession(nil, Self.session("17:30", "19:00")))
    #expect(bench.refusal(take, by: .kiosk("kiosk-1")) == nil)
    bench.now = moment("2026-11-23 18:40")
    guard case .queue(.pastCutOff) = bench.refusal(take, by: .kiosk("kiosk-1")) else {
      Issue.record("an extra session has no cut-off")
      return
    }
    let hours = bench.state.hours(bench.rules)
    let date = try #require(CivilDate("2026-11-23"))
    #expect(hours.sessions(on: date, bench.rules.calendar).map(\.to.description) == ["17:30", "19:00"])
    #expect(hours.sessions(on: date.adding(days: 1), bench.rules.calendar).count == 1)
    try arrange(&bench, .cancelSession(nil))
    #expect(bench.state.hours(bench.rules) == bench.rules.hours)
  }

  @Test(
    "hall time and the cut-off go by the extra session from the moment it is added, and as before once it is taken back"
  )
  func sessionTerms() throws {
    var bench = try Bench.open(.bench(hours: Self.hours))
    let closing = try #require(bench.state.waits.terms?.closing)
    #expect(closing == moment("2026-11-23 17:30"))
    let evening = (from: moment("2026-11-23 17:20"), to: moment("2026-11-23 18:40"))
    #expect(bench.state.waits.hallTime(from: evening.from, to: evening.to) == 10 * 60_000)
    try arrange(&bench, .addSession(nil, Self.session("18:00", "19:00")))
    #expect(bench.state.waits.terms?.closing == moment("2026-11-23 19:00"))
    #expect(bench.state.waits.hallTime(from: evening.from, to: evening.to) == 50 * 60_000)
    #expect(bench.state.waits.terms?.cutOff == CutOffRule())
    // A coming day changes nothing today.
    try arrange(&bench, .addSession(date("2026-11-24"), Self.session("18:00", "20:00")))
    #expect(bench.state.waits.terms?.closing == moment("2026-11-23 19:00"))
    try arrange(&bench, .cancelSession(nil))
    #expect(bench.state.waits.terms?.closing == closing)
    #expect(bench.state.arrangements.sessions.keys.sorted() == [date("2026-11-24")])
  }

  @Test("a Saturday morning that was added opens the hall, and its day knows its hours; the Saturday after is off")
  func saturday() throws {
    let weekdays: [Weekday] = [.monday, .tuesday, .wednesday, .thursday, .friday]
    let hours = OpeningHours(
      sessions: Dictionary(uniqueKeysWithValues: weekdays.map { ($0, [Self.session("09:00", "17:30")]) }))
    var bench = try Bench.open(.bench(hours: hours), at: "2026-11-27 09:00")
    let saturday = date("2026-11-28")
    #expect(
      refusal(bench, .addSession(date("2026-12-29"), Self.session("09:00", "12:00")))
        == .arrangement(.sessionTooFar(days: 31)))
    #expect(
      refusal(bench, .addSession(date("2026-11-26"), Self.session("09:00", "12:00"))) == .arrangement(.sessionPast))
    try arrange(&bench, .addSession(saturday, Self.session("09:00", "12:00")))
    #expect(bench.state.hoursText(bench.rules).hasSuffix("；11月28日加开 09:00-12:00"))
    try bench.closeDay()
    bench.now = moment("2026-11-28 09:30")
    try bench.openDay()
    #expect(bench.state.waits.terms?.sessions.map(\.to) == [moment("2026-11-28 12:00")])
    #expect(bench.refusal(take, by: .kiosk("kiosk-1")) == nil)
    try bench.closeDay()
    bench.now = moment("2026-11-30 09:30")
    try bench.openDay()
    #expect(bench.state.arrangements.sessions.isEmpty)
    #expect(bench.state.hours(bench.rules).sessions(on: saturday.adding(days: 7), bench.rules.calendar).isEmpty)
  }

  @Test("a stopped lane goes on at once where a session more makes the day longer")
  func stopped() throws {
    var limits = QueueLimits()
    limits.usualServiceMinutes = 10
    var bench = try Bench.open(.bench(hours: Self.hours, limits: limits))
    bench.now = moment("2026-11-23 16:40")
    for _ in 0..<6 { try bench.take() }
    try bench.ask(.queue(.weighLanes))
    #expect(bench.state.cutOff.stopped.count == 1)
    try arrange(&bench, .addSession(nil, Self.session("17:30", "20:00")))
    try bench.ask(.queue(.weighLanes))
    #expect(bench.state.cutOff.stopped.isEmpty)
  }

  @Test("a session is to come, and not one in which the hall is open anyway")
  func sessionRefused() throws {
    var bench = try Bench.open(.bench(hours: Self.hours))
    #expect(refusal(bench, .addSession(nil, Self.session("17:00", "18:00"))) == .arrangement(.sessionOverlaps))
    #expect(refusal(bench, .addSession(nil, Self.session("19:00", "18:00"))) == .arrangement(.sessionPast))
    bench.now = moment("2026-11-23 19:00")
    #expect(refusal(bench, .addSession(nil, Self.session("17:30", "19:00"))) == .arrangement(.sessionPast))
    #expect(
      refusal(try Bench.open(), .addSession(nil, Self.session("18:00", "19:00"))) == .arrangement(.sessionOverlaps))
  }

  @Test("frequent items are the catalogue's and few; none are the configuration's again")
  func frequent() throws {
    var bench = try Bench.open()
    try arrange(&bench, .chooseFrequent(["RS-004", "RS-004"]))
    #expect(bench.state.arrangements.frequent?.what.items == ["RS-004"])
    #expect(refusal(bench, .chooseFrequent(["XX-999"])) == .request(.unknownItem("XX-999")))
    let many = (0...HallState.frequentLimit).map { "X\($0)" }
    #expect(refusal(bench, .chooseFrequent(many)) == .arrangement(.tooManyFrequent(limit: HallState.frequentLimit)))
    try arrange(&bench, .chooseFrequent([]))
    #expect(bench.state.arrangements.frequent == nil)
  }

  @Test("a page of the idle screen has a title, and is bounded")
  func publicity() throws {
    var bench = try Bench.open()
    try arrange(&bench, .writePublicity(title: "医保缴费", lines: ["12月31日截止"]))
    #expect(bench.state.arrangements.publicity?.what.lines == ["12月31日截止"])
    let bad: [(String, [String])] = [
      ("", ["甲"]), (String(repeating: "长", count: 25), []), ("甲", Array(repeating: "乙", count: 7)),
      ("甲", [String(repeating: "长", count: 61)]), ("甲\n乙", []),
    ]
    for (title, lines) in bad {
      #expect(refusal(bench, .writePublicity(title: title, lines: lines)) == .arrangement(.badPublicity))
    }
    try arrange(&bench, .writePublicity(title: "", lines: []))
    #expect(bench.state.arrangements.publicity == nil)
    try arrange(&bench, .writePublicity(title: "医保缴费", lines: []))
    try arrange(&bench, .chooseFrequent(["RS-004"]))
    try bench.closeDay()
    #expect(refusal(bench, .chooseFrequent([])) == .day(.dayNotOpen))
    bench.wait(seconds: 86_400)
    try bench.openDay()
    #expect(bench.state.arrangements.publicity == nil && bench.state.arrangements.frequent == nil)
  }

  @Test("nobody but a coordinator arranges")
  func coordinators() throws {
    let bench = try Bench.open()
    for actor in [Principal.clerk(1), .kiosk("kiosk-1"), .system] {
      #expect(refusal(bench, .cancelSession(nil), by: actor) == .request(.coordinatorOnly))
      #expect(refusal(bench, .pauseLane(try letter("A"), reason: "甲"), by: actor) == .request(.coordinatorOnly))
    }
    #expect(refusal(bench, .pauseLane(try letter("Z"), reason: "甲")) == .queue(.unknownLane(try letter("Z"))))
    #expect(refusal(bench, .pauseLane(try letter("A"), reason: "")) == .request(.badReason))
    #expect(refusal(Bench(), .pauseLane(try letter("A"), reason: "甲")) == .day(.dayNotOpen))
  }
}
