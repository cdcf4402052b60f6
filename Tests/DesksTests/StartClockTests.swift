import Desks
import Foundation
import Groundwork
import Hall
import Ports
import Registrar
import TestKit
import Testing

/// Goal: an unconfirmed time opens no day. Method: the shipped scheduler on a machine whose hardware clock was wrong or
/// missing at its start, with a civil and a monotonic clock that the test moves.
@Suite("the clock at the machine's start")
struct StartClockTests {
  static let noon = Timestamp(milliseconds: 1_795_406_400_000)  // 2026-11-23 12:00 in Beijing

  static func text(rtc: Int64, civil: Timestamp = noon) -> String {
    "\(rtc) \(civil.milliseconds / 1000).250000000 12.34\n"
  }

  @Test(
    "a hardware clock is right, missing or wrong",
    arguments: [
      (0, .right), (90, .right), (-90, .right), (8 * 3600, .right), (8 * 3600 + 60, .right), (-7200, .wrong),
      (200, .wrong),
      (-47 * 365 * 86_400, .wrong),
    ] as [(Int64, StartClock.Hardware)])
  func hardware(apart: Int64, expected: StartClock.Hardware) throws {
    let start = try #require(StartClock(Self.text(rtc: Self.noon.milliseconds / 1000 + apart)))
    #expect(start.hardware == expected)
    #expect(start.uptime == 12_340)
  }

  @Test("a machine without a hardware clock is known, and what is no line of three numbers is nothing")
  func missing() throws {
    #expect(try #require(StartClock(Self.text(rtc: 0))).hardware == .none)
    for text in ["", "1 2", "1 2 x", "-1 2 3", "1 2 3 4", "nan 1 2", "1e30 1 2"] {
      #expect(StartClock(text) == nil, "\(text)")
    }
    #expect(StartClock.read("/nonexistent/start") == nil)
  }

  /// A closed hall of the Friday before, started at `now` with a hardware clock that is wrong.
  func start(_ hardware: StartClock.Hardware = .wrong, sync: TimeSynchronisation = .none, always: Bool = true)
    async throws -> (
      hall: TestHall, scheduler: BusinessDayScheduler
    )
  {
    let hall = TestHall(hours: .always, at: Self.noon)
    let scheduler = BusinessDayScheduler(
      registrar: hall.registrar, health: hall.health, clock: hall.clock, sync: sync,
      start: StartClock(hardware: hardware, civil: Self.noon, uptime: hall.clock.monotonic()), logger: hall.logger)
    await scheduler.look()
    return (hall, scheduler)
  }

  func day(_ hall: TestHall) async -> String? { await hall.registrar.state.day?.date.description }

  func says(_ hall: TestHall) async -> [FaultCode] { await hall.health.faults.map(\.code) }

  @Test(
    "a right hardware clock opens the day, a wrong or missing one asks staff",
    arguments: [
      (.right, "2026-11-23"), (.wrong, nil), (.none, nil),
    ] as [(StartClock.Hardware, String?)])
  func opens(hardware: StartClock.Hardware, expected: String?) async throws {
    let (hall, _) = try await start(hardware)
    #expect(await day(hall) == expected)
    #expect(await says(hall) == (expected == nil ? [.clockStep] : []))
  }

  @Test("once the network has set the clock the day opens, whichever program did it")
  func network() async throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("set-\(UUID())")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let done = folder.appendingPathComponent("done").path
    let (hall, scheduler) = try await start(sync: TimeSynchronisation(file: "/nonexistent", first: done))
    #expect(await day(hall) == nil)
    #expect(FileManager.default.createFile(atPath: done, contents: nil))
    await scheduler.look()
    #expect(await day(hall) == "2026-11-23")
    #expect(await says(hall).isEmpty)
  }

  @Test("once somebody has set the clock the day opens")
  func setByHand() async throws {
    let (hall, scheduler) = try await start()
    hall.clock.set(Self.noon.adding(seconds: 20 * 3600))
    await scheduler.look()
    #expect(await day(hall) == "2026-11-24")
  }

  @Test("what a coordinator confirmed holds, for the next day and for a daemon that starts again too")
  func confirmed() async throws {
    let (hall, scheduler) = try await start()
    let date = try #require(CivilDate("2026-11-23"))
    try await hall.registrar.submit(.day(.openDay(OpenDay(date: date, confirmed: true))), by: .operator) { _, _ in }
    await scheduler.look()
    #expect(await says(hall).isEmpty)
    hall.clock.advance(20 * 3_600_000)
    let again = BusinessDayScheduler(
      registrar: hall.registrar, health: hall.health, clock: hall.clock,
      start: StartClock(hardware: .wrong, civil: Self.noon, uptime: hall.clock.monotonic() - 20 * 3_600_000),
      logger: hall.logger)
    for _ in 0..<3 { await again.look() }
    #expect(await day(hall) == "2026-11-24")
    #expect(await says(hall).isEmpty)
  }

  @Test("a day that is open at such a start goes on, and the doubt is shown for ten minutes")
  func openDay() async throws {
    let (before, _) = try await start(.right)
    before.clock.advance(3_600_000)
    let hall = TestHall(state: await before.registrar.state, hours: .always, at: Self.noon.adding(seconds: 3600))
    let scheduler = BusinessDayScheduler(
      registrar: hall.registrar, health: hall.health, clock: hall.clock,
      start: StartClock(hardware: .wrong, civil: Self.noon.adding(seconds: 3600), uptime: hall.clock.monotonic()),
      logger: hall.logger)
    await scheduler.look()
    #expect(await day(hall) == "2026-11-23")
    #expect(await says(hall) == [.clockStep])
    hall.clock.advance(600_000)
    await scheduler.look()
    #expect(await day(hall) == "2026-11-23")
    #expect(await says(hall).isEmpty)
  }
}
