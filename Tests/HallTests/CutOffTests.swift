import Groundwork
import Hall
import Testing

/// Goal: kiosks stop a lane when its windows cannot serve more people until closing time, and not before, and do not say one
/// thing and another in turn.
///
/// Method: one lane with services of ten minutes, so that capacities can be counted by hand; the daemon's look is one command.
@Suite("The cut-off by remaining capacity")
struct CutOffTests {
  private static let hours: OpeningHours = {
    let day = [
      OpeningHours.Session(from: time("09:00"), to: time("12:00")),
      OpeningHours.Session(from: time("14:00"), to: time("17:30")),
    ]
    return OpeningHours(
      sessions: Dictionary(uniqueKeysWithValues: [.monday, .tuesday, .wednesday].map { ($0, day) }), cutOffMinutes: 15)
  }()

  private static func rules(_ rule: CutOffRule? = CutOffRule(), usual: Int? = 10) -> HallRules {
    var limits = QueueLimits()
    limits.usualServiceMinutes = usual
    limits.cutOff = rule
    return .bench(hours: hours, limits: limits)
  }

  private let lane = LaneLetter("A")

  /// A bench at this time of the day with so many who wait, none of them just now.
  private func bench(
    _ clock: String, waiting: Int, windows: Int = 1, _ rules: HallRules = CutOffTests.rules()
  ) throws -> Bench {
    var bench = try Bench.open(rules, windows: windows)
    bench.now = moment("2026-11-23 \(clock)").adding(seconds: -60)
    for _ in 0..<waiting { try bench.take() }
    bench.now = moment("2026-11-23 \(clock)")
    return bench
  }

  private func load(_ bench: Bench) throws -> LaneLoad? {
    bench.state.load(of: try #require(lane), bench.rules, at: bench.now)
  }

  private func weigh(_ bench: inout Bench) throws -> Bool {
    try bench.ask(.queue(.weighLanes))
    return bench.state.cutOff.stopped[try #require(lane)] != nil
  }

  private let take = Command.queue(.takeTicket(TakeTicket(kiosk: "kiosk-1")))

  @Test("a window's capacity is the time that is left, less the rest of the service at it, over the usual service")
  func capacity() throws {
    var bench = try bench("16:30", waiting: 3)
    #expect(try load(bench) == LaneLoad(need: 4, capacity: 6_000))
    try bench.at(1, .call(nil))
    #expect(try load(bench) == LaneLoad(need: 3, capacity: 5_000))
    bench.wait(seconds: 300)
    // Called at 16:30, expected to leave at 16:40, although it is 16:35.
    #expect(try load(bench) == LaneLoad(need: 3, capacity: 5_000))
    bench.wait(seconds: 900)
    #expect(try load(bench) == LaneLoad(need: 3, capacity: 4_000))
    try bench.at(1, .serve)
    try bench.at(1, .suspend)
    // Whoever comes back with a paper still needs a window.
    #expect(try load(bench) == LaneLoad(need: 4, capacity: 4_000))
  }

  @Test("a window that serves somebody without a number is expected to be free after one usual service")
  func unnumbered() throws {
    var bench = try bench("16:30", waiting: 3)
    try bench.at(1, .serveUnnumbered)
    bench.wait(seconds: 300)
    #expect(try load(bench) == LaneLoad(need: 4, capacity: 5_000))
    try bench.at(1, .finishUnnumbered)
    #expect(try load(bench) == LaneLoad(need: 4, capacity: 5_500))
  }

  @Test("overtime counts as capacity, a lunch break does not")
  func overtime() throws {
    let rule = CutOffRule(load: 850, earliestMinutes: 480, overtimeMinutes: 30)
    let long = try bench("17:00", waiting: 0, Self.rules(rule))
    #expect(try load(long) == LaneLoad(need: 1, capacity: 6_000))
    let morning = try bench(
      "11:30", waiting: 0, Self.rules(CutOffRule(load: 850, earliestMinutes: 480, overtimeMinutes: 0)))
    #expect(try load(morning) == LaneLoad(need: 1, capacity: 24_000))
  }

  @Test("a window with two lanes is shared only while somebody waits in the other one")
  func shares() throws {
    var limits = QueueLimits()
    limits.usualServiceMinutes = 10
    var bench = try Bench.open(.bench(mode: .departmental, hours: Self.hours, limits: limits))
    bench.now = moment("2026-11-23 16:30")
    let letter = try letter("B")
    #expect(bench.state.load(of: letter, bench.rules, at: bench.now)?.capacity == 6_000)
    try bench.take(lane: "C")
    #expect(bench.state.load(of: letter, bench.rules, at: bench.now)?.capacity == 3_000)
  }

  @Test("a lane stops as soon as the need is more than 0.85 of the capacity, and kiosks say when to come again")
  func stops() throws {
    // Capacity 6 at 16:30, so five may be promised: 5 ≤ 5.1 < 6.
    var few = try bench("16:30", waiting: 4)
    #expect(try !weigh(&few))
    var many = try bench("16:30", waiting: 5)
    #expect(try weigh(&many))
    #expect(
      many.refusal(take, by: .kiosk("kiosk-1"))
        == .queue(.laneStopped(try letter("A"), nextOpening: moment("2026-11-24 09:00"))))
    #expect(
      many.events.last?.event
        == .queue(.laneStopped(LaneStopped(lane: try letter("A"), load: LaneLoad(need: 6, capacity: 6_000)))))
    // Another lane goes on, staff give a number all the same, and everybody with one is called.
    try many.take(lane: "H")
    #expect(many.refusal(take, by: .clerk(1)) == nil)
    try many.at(1, .call(nil))
    // Said once.
    let count = many.events.count
    #expect(try weigh(&many))
    #expect(many.events.count == count)
  }

  @Test("no lane is stopped too early, or by a hall that does not want it, or without a usual service")
  func notStopped() throws {
    var early = try bench("15:59", waiting: 30)
    #expect(try !weigh(&early))
    early.wait(seconds: 60)
    #expect(try weigh(&early))
    var off = try bench("17:00", waiting: 30, Self.rules(nil))
    #expect(try !weigh(&off))
    var unknown = try bench("17:00", waiting: 30, Self.rules(usual: nil))
    #expect(try !weigh(&unknown))
    // In the last quarter of an hour the fixed cut-off is in force.
    var late = try bench("17:14", waiting: 30)
    late.now = moment("2026-11-23 17:15")
    #expect(try !weigh(&late))
    #expect(late.refusal(take, by: .kiosk("kiosk-1"))?.code == "past_cut_off")
    var always = try Bench.open()
    #expect(try !weigh(&always))
  }

  @Test("while all windows are paused or closed nothing can be said, and nothing is stopped")
  func noWindow() throws {
    var bench = try bench("16:30", waiting: 30)
    try bench.at(1, .pause(PauseReason(.other, "用餐")))
    #expect(try !weigh(&bench))
    try bench.at(1, .close)
    #expect(try !weigh(&bench))
    try bench.at(1, .open)
    #expect(try weigh(&bench))
    // A stop stays when the windows pause afterwards.
    try bench.at(1, .pause(PauseReason(.other, "用餐")))
    bench.wait(seconds: 1_200)
    #expect(try weigh(&bench))
  }

  @Test("another window lifts the stop, ten minutes after it at the earliest and only with room to spare")
  func lifted() throws {
    // Two hours of windows are left, and the need is 11 of 12.
    var bench = try bench("16:30", waiting: 10, windows: 2)
    #expect(try weigh(&bench))
    try bench.at(1, .call(nil))
    try bench.at(2, .call(nil))
    for _ in 0..<4 {
      bench.wait(seconds: 120)
      for window in 1...2 { try bench.at(window, .finishAndCall) }
    }
    // 16:38, nobody waits: three of 9.4, and the ten minutes are not over.
    #expect(try load(bench)?.need == 1)
    #expect(try weigh(&bench))
    bench.wait(seconds: 119)
    #expect(try weigh(&bench))
    bench.wait(seconds: 1)
    #expect(try !weigh(&bench))
    #expect(bench.refusal(take, by: .kiosk("kiosk-1")) == nil)
    #expect(bench.events.last?.event.name == "laneWentOn")
  }

  @Test("a stopped lane stays stopped while the need is more than 0.6 of the capacity")
  func sticky() throws {
    var bench = try bench("16:30", waiting: 5)
    #expect(try weigh(&bench))
    bench.wait(seconds: 600)
    // 6 of 5; a second window makes it 6 of 10.
    #expect(try weigh(&bench))
    try bench.at(2, .open)
    bench.wait(seconds: 1)
    #expect(try weigh(&bench))
    try bench.ask(
      .queue(.abandonTicket(try #require(bench.state.queue.waiting[try letter("A")]?.head?.code))), by: .clerk(1))
    #expect(try !weigh(&bench))
  }

  @Test("a family that takes its numbers one after the other gets all of them, as long as the capacity is not passed")
  func family() throws {
    var bench = try bench("16:00", waiting: 4)
    // Capacity 9: more than 7.65 is too much, 9 are possible.
    for _ in 0..<3 {
      try bench.take()
      bench.wait(seconds: 10)
      #expect(try !weigh(&bench))
    }
    bench.wait(seconds: 10)
    #expect(try weigh(&bench))
    var crowd = try self.bench("16:00", waiting: 8)
    try crowd.take()
    // Ten for nine: the stop does not wait.
    #expect(try weigh(&crowd))
  }

  @Test("a stop ends with its day, and only the daemon weighs lanes")
  func ends() throws {
    var bench = try bench("16:30", waiting: 30)
    #expect(try weigh(&bench))
    for actor in [Principal.coordinator, .clerk(1), .kiosk("kiosk-1"), .operator] {
      #expect(bench.refusal(.queue(.weighLanes), by: actor) == .request(.coordinatorOnly))
    }
    try bench.closeDay()
    #expect(bench.state.cutOff.stopped.isEmpty)
    bench.wait(seconds: 18 * 3_600)
    try bench.openDay()
    #expect(bench.refusal(take, by: .kiosk("kiosk-1")) == nil)
  }

  @Test("a lane is not stopped twice, and goes on only where it was stopped")
  func invariants() throws {
    let bench = try Bench.open()
    let load = LaneLoad(need: 2, capacity: 1_000)
    let lane = try letter("A")
    let stop = Event.queue(.laneStopped(LaneStopped(lane: lane, load: load)))
    let goOn = Event.queue(.laneWentOn(LaneWentOn(lane: lane, load: nil)))
    #expect(bench.state.violations(before: goOn) == ["lane A goes on and was not stopped"])
    #expect(Bench().state.violations(before: stop) == ["a lane is stopped while no day is open"])
    var state = bench.state
    state.cutOff.stopped[lane] = bench.now
    #expect(state.violations(before: stop) == ["lane A is stopped twice"])
  }
}
