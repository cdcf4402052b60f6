import Desks
import Groundwork
import Hall
import Registrar
import Testing

/// Goal: the business day follows the clock only as far as the clock can be believed. Method: the shipped keeper and
/// registrar looked at moment by moment, with a civil and a steady clock that the test moves apart.
@Suite("day keeper")
struct DayKeeperTests {
  /// Beijing time.
  static func moment(_ date: String, _ time: String) throws -> Timestamp {
    ZoneOffset.beijing.moment(try #require(CivilDate(date)), try #require(CivilTime(time)))
  }

  static func weekdays() throws -> OpeningHours {
    let sessions = [
      OpeningHours.Session(from: try #require(CivilTime("09:00")), to: try #require(CivilTime("12:00"))),
      OpeningHours.Session(from: try #require(CivilTime("14:00")), to: try #require(CivilTime("17:30"))),
    ]
    let days: [Weekday] = [.monday, .tuesday, .wednesday, .thursday, .friday]
    return OpeningHours(sessions: Dictionary(days.map { ($0, sessions) }) { first, _ in first })
  }

  /// A hall and its keeper at a Beijing time; the keeper has looked once.
  func start(_ date: String, _ time: String, always: Bool = false) async throws -> (hall: TestHall, keeper: DayKeeper) {
    let hours = always ? OpeningHours.always : try Self.weekdays()
    let off = [try #require(CivilDate("2026-10-01")): "国庆节"]
    let worked = Set([try #require(CivilDate("2026-10-10"))])
    let hall = try TestHall(
      hours: hours, calendar: WorkCalendar(off: off, worked: worked, years: [2026]), at: try Self.moment(date, time))
    let keeper = DayKeeper(registrar: hall.registrar, health: hall.health, clock: hall.clock, logger: hall.logger)
    await keeper.look()
    return (hall, keeper)
  }

  func day(_ hall: TestHall) async -> String? { await hall.registrar.state.day?.date.description }

  func says(_ hall: TestHall) async -> [FaultCode] { await hall.health.faults.map(\.code) }

  /// Lets time pass on both clocks until a Beijing time, and looks.
  func pass(_ hall: TestHall, _ keeper: DayKeeper, to date: String, _ time: String) async throws {
    hall.clock.advance(try Self.moment(date, time).since(hall.clock.now()))
    await keeper.look()
  }

  @Test("a working day is opened half an hour before its first session and closed after midnight")
  func ordinaryDay() async throws {
    let (hall, keeper) = try await start("2026-11-23", "08:29")
    #expect(await day(hall) == nil)
    try await pass(hall, keeper, to: "2026-11-23", "08:30")
    #expect(await day(hall) == "2026-11-23")
    try await pass(hall, keeper, to: "2026-11-23", "23:59")
    #expect(await day(hall) == "2026-11-23")
    try await pass(hall, keeper, to: "2026-11-24", "00:00")
    #expect(await day(hall) == nil)
    try await pass(hall, keeper, to: "2026-11-24", "08:30")
    #expect(await day(hall) == "2026-11-24")
    #expect(await says(hall).isEmpty)
  }

  @Test("a daemon that starts late opens the day at once, one that starts after the last session does not")
  func lateStart() async throws {
    #expect(await day(try await start("2026-11-23", "15:00").hall) == "2026-11-23")
    #expect(await day(try await start("2026-11-23", "17:30").hall) == nil)
  }

  @Test(
    "holidays and weekends stay closed, worked weekends open",
    arguments: [("2026-10-01", false), ("2026-11-21", false), ("2026-10-10", true)])
  func calendar(date: String, opens: Bool) async throws {
    #expect(await day(try await start(date, "10:00").hall) == (opens ? date : nil))
  }

  @Test("a day that staff closed is not opened again by the clock")
  func closedByHand() async throws {
    let (hall, keeper) = try await start("2026-11-23", "10:00")
    try await hall.registrar.submit(.closeDay(CloseDay()), by: .operator) { _, _ in }
    try await pass(hall, keeper, to: "2026-11-23", "10:05")
    #expect(await day(hall) == nil)
    try await pass(hall, keeper, to: "2026-11-24", "08:30")
    #expect(await day(hall) == "2026-11-24")
  }

  @Test("a hall that never closes rolls over at midnight with one close and one opening")
  func alwaysOpen() async throws {
    let (hall, keeper) = try await start("2026-11-23", "23:59", always: true)
    #expect(await day(hall) == "2026-11-23")
    try await pass(hall, keeper, to: "2026-11-24", "00:00")
    await keeper.look()
    await keeper.look()
    #expect(await day(hall) == "2026-11-24")
    let names = hall.journal.events.map { event in
      switch event {
      case .dayOpened(let e): "open \(e.day)"
      case .dayClosed(let e): "close \(e.day)"
      default: "else"
      }
    }
    #expect(names == ["open 2026-11-23", "close 2026-11-23", "open 2026-11-24"])
  }

  @Test("a ticket at a window holds the day's end up until the next day has to open")
  func ticketAtWindow() async throws {
    let (hall, keeper) = try await start("2026-11-23", "16:00")
    _ = try await hall.takeTicket()
    let clerk = Actor.staff(badge: "AJ001", role: .clerk)
    try await hall.registrar.submit(.atWindow(1, .open), by: clerk) { _, _ in }
    try await hall.registrar.submit(.atWindow(1, .call(nil)), by: clerk) { _, _ in }
    try await pass(hall, keeper, to: "2026-11-24", "00:10")
    #expect(await day(hall) == "2026-11-23")
    try await pass(hall, keeper, to: "2026-11-24", "08:30")
    await keeper.look()
    #expect(await day(hall) == "2026-11-24")
  }

  @Test("a clock that starts before the journal's last day opens nothing and asks staff")
  func deadClock() async throws {
    let (before, _) = try await start("2026-11-23", "10:00")
    try await before.registrar.submit(.closeDay(CloseDay()), by: .operator) { _, _ in }
    let state = await before.registrar.state
    let hall = try TestHall(state: state, hours: .always, at: try Self.moment("2026-01-05", "10:00"))
    let keeper = DayKeeper(registrar: hall.registrar, health: hall.health, clock: hall.clock, logger: hall.logger)
    await keeper.look()
    #expect(await day(hall) == nil)
    #expect(await says(hall) == [.clockStep])
    // The network sets the clock right.
    hall.clock.set(try Self.moment("2026-11-24", "10:00"))
    await keeper.look()
    #expect(await day(hall) == "2026-11-24")
    #expect(await says(hall).isEmpty)
  }

  @Test("a gap of months asks staff, and what they confirm holds")
  func implausibleGap() async throws {
    let (before, _) = try await start("2026-03-10", "10:00")
    try await before.registrar.submit(.closeDay(CloseDay()), by: .operator) { _, _ in }
    let state = await before.registrar.state
    let hall = try TestHall(state: state, hours: .always, at: try Self.moment("2026-11-24", "10:00"))
    let keeper = DayKeeper(registrar: hall.registrar, health: hall.health, clock: hall.clock, logger: hall.logger)
    await keeper.look()
    #expect(await day(hall) == nil)
    #expect(await says(hall) == [.clockStep])
    let date = try #require(CivilDate("2026-11-24"))
    try await hall.registrar.submit(.openDay(OpenDay(date: date, confirmed: true)), by: .operator) { _, _ in }
    await keeper.look()
    #expect(await day(hall) == "2026-11-24")
    #expect(await says(hall).isEmpty)
  }

  @Test("a clock moved while the day is open moves no day", arguments: ["2000-01-01", "2026-11-20", "2027-11-23"])
  func stepInUse(to date: String) async throws {
    let (hall, keeper) = try await start("2026-11-23", "10:00", always: true)
    let events = hall.journal.events.count
    hall.clock.set(try Self.moment(date, "10:00"))
    for _ in 0..<20 {
      hall.clock.advance(60_000)
      await keeper.look()
    }
    #expect(await day(hall) == "2026-11-23")
    #expect(await says(hall) == [.clockStep])
    #expect(hall.journal.events.count == events)
    // The clock comes back.
    hall.clock.set(try Self.moment("2026-11-23", "10:21"))
    await keeper.look()
    #expect(await says(hall).isEmpty)
  }

  @Test("a clock corrected within the day is shown for a while and then believed")
  func correction() async throws {
    let (hall, keeper) = try await start("2026-11-23", "10:00", always: true)
    hall.clock.set(try Self.moment("2026-11-23", "13:00"))
    await keeper.look()
    #expect(await says(hall) == [.clockStep])
    hall.clock.advance(601_000)
    await keeper.look()
    #expect(await says(hall).isEmpty)
    #expect(await day(hall) == "2026-11-23")
    try await pass(hall, keeper, to: "2026-11-24", "00:00")
    await keeper.look()
    #expect(await day(hall) == "2026-11-24")
  }
}
