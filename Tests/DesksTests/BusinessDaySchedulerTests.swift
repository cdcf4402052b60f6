import Ports
import Desks
import Foundation
import Groundwork
import Hall
import Registrar
import Testing
import TestKit

/// Goal: the business day follows the clock only while the clock is plausible. Method: the shipped scheduler and
/// registrar at given moments, with a civil and a monotonic clock that the test moves independently.
@Suite("business day scheduler")
struct BusinessDaySchedulerTests {
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

  /// A hall and its scheduler at a Beijing time, after the scheduler's first look.
  func start(_ date: String, _ time: String, always: Bool = false, years: Set<Int> = [2026, 2027]) async throws -> (
    hall: TestHall, scheduler: BusinessDayScheduler
  ) {
    let hours = always ? OpeningHours.always : try Self.weekdays()
    let off = [try #require(CivilDate("2026-10-01")): "国庆节"]
    let worked = Set([try #require(CivilDate("2026-10-10"))])
    let hall = TestHall(
      hours: hours, calendar: WorkCalendar(off: off, worked: worked, years: years), at: try Self.moment(date, time))
    let scheduler = BusinessDayScheduler(
      registrar: hall.registrar, health: hall.health, clock: hall.clock, logger: hall.logger)
    await scheduler.look()
    return (hall, scheduler)
  }

  func day(_ hall: TestHall) async -> String? { await hall.registrar.state.day?.date.description }

  func says(_ hall: TestHall) async -> [FaultCode] { await hall.health.faults.map(\.code) }

  /// Lets time pass on both clocks until a Beijing time, and looks.
  func pass(_ hall: TestHall, _ scheduler: BusinessDayScheduler, to date: String, _ time: String) async throws {
    hall.clock.advance(try Self.moment(date, time).since(hall.clock.now()))
    await scheduler.look()
  }

  @Test("a working day is opened half an hour before its first session and closed after midnight")
  func ordinaryDay() async throws {
    let (hall, scheduler) = try await start("2026-11-23", "08:29")
    #expect(await day(hall) == nil)
    try await pass(hall, scheduler, to: "2026-11-23", "08:30")
    #expect(await day(hall) == "2026-11-23")
    try await pass(hall, scheduler, to: "2026-11-23", "23:59")
    #expect(await day(hall) == "2026-11-23")
    try await pass(hall, scheduler, to: "2026-11-24", "00:00")
    #expect(await day(hall) == nil)
    try await pass(hall, scheduler, to: "2026-11-24", "08:30")
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
    let (hall, scheduler) = try await start("2026-11-23", "10:00")
    try await hall.registrar.submit(.day(.closeDay(CloseDay())), by: .operator) { _, _ in }
    try await pass(hall, scheduler, to: "2026-11-23", "10:05")
    #expect(await day(hall) == nil)
    try await pass(hall, scheduler, to: "2026-11-24", "08:30")
    #expect(await day(hall) == "2026-11-24")
  }

  @Test("a hall that never closes rolls over at midnight with one close and one opening")
  func alwaysOpen() async throws {
    let (hall, scheduler) = try await start("2026-11-23", "23:59", always: true)
    #expect(await day(hall) == "2026-11-23")
    try await pass(hall, scheduler, to: "2026-11-24", "00:00")
    await scheduler.look()
    await scheduler.look()
    #expect(await day(hall) == "2026-11-24")
    let names = hall.journal.events.map { event in
      switch event {
      case .day(.dayOpened(let e)): "open \(e.day)"
      case .day(.dayClosed(let e)): "close \(e.day)"
      default: "else"
      }
    }
    #expect(names == ["open 2026-11-23", "close 2026-11-23", "open 2026-11-24"])
  }

  @Test("a ticket at a window holds the day's end up until the next day has to open")
  func ticketAtWindow() async throws {
    let (hall, scheduler) = try await start("2026-11-23", "16:00")
    _ = try await hall.takeTicket()
    let clerk = Principal.staff(badge: "AJ001", role: .clerk)
    try await hall.registrar.submit(.window(1, .open), by: clerk) { _, _ in }
    try await hall.registrar.submit(.window(1, .call(nil)), by: clerk) { _, _ in }
    try await pass(hall, scheduler, to: "2026-11-24", "00:10")
    #expect(await day(hall) == "2026-11-23")
    try await pass(hall, scheduler, to: "2026-11-24", "08:30")
    await scheduler.look()
    #expect(await day(hall) == "2026-11-24")
  }

  @Test("a clock that starts before the journal's last day opens nothing and asks staff")
  func deadClock() async throws {
    let (before, _) = try await start("2026-11-23", "10:00")
    try await before.registrar.submit(.day(.closeDay(CloseDay())), by: .operator) { _, _ in }
    let state = await before.registrar.state
    let hall = TestHall(state: state, hours: .always, at: try Self.moment("2026-01-05", "10:00"))
    let scheduler = BusinessDayScheduler(
      registrar: hall.registrar, health: hall.health, clock: hall.clock, logger: hall.logger)
    await scheduler.look()
    #expect(await day(hall) == nil)
    #expect(await says(hall) == [.clockStep])
    // The network corrects the clock.
    hall.clock.set(try Self.moment("2026-11-24", "10:00"))
    await scheduler.look()
    #expect(await day(hall) == "2026-11-24")
    #expect(await says(hall).isEmpty)
  }

  @Test("a gap of months asks staff, and what they confirm holds")
  func implausibleGap() async throws {
    let (before, _) = try await start("2026-03-10", "10:00")
    try await before.registrar.submit(.day(.closeDay(CloseDay())), by: .operator) { _, _ in }
    let state = await before.registrar.state
    let hall = TestHall(state: state, hours: .always, at: try Self.moment("2026-11-24", "10:00"))
    let scheduler = BusinessDayScheduler(
      registrar: hall.registrar, health: hall.health, clock: hall.clock, logger: hall.logger)
    await scheduler.look()
    #expect(await day(hall) == nil)
    #expect(await says(hall) == [.clockStep])
    let date = try #require(CivilDate("2026-11-24"))
    try await hall.registrar.submit(.day(.openDay(OpenDay(date: date, confirmed: true))), by: .operator) { _, _ in }
    await scheduler.look()
    #expect(await day(hall) == "2026-11-24")
    #expect(await says(hall).isEmpty)
  }

  @Test("a boot twenty days ahead opens no day, and the network puts it right")
  func twentyDaysAhead() async throws {
    let (before, _) = try await start("2026-11-23", "10:00")
    try await before.registrar.submit(.day(.closeDay(CloseDay())), by: .operator) { _, _ in }
    let hall = TestHall(
      state: await before.registrar.state, hours: try Self.weekdays(), at: try Self.moment("2026-12-14", "10:00"))
    let scheduler = BusinessDayScheduler(
      registrar: hall.registrar, health: hall.health, clock: hall.clock, logger: hall.logger)
    await scheduler.look()
    #expect(await day(hall) == nil)
    #expect(await says(hall) == [.clockStep])
    hall.clock.set(try Self.moment("2026-11-24", "10:00"))
    await scheduler.look()
    #expect(await day(hall) == "2026-11-24")
    #expect(await says(hall).isEmpty)
  }

  @Test("a hall that was shut for weeks opens by itself where the network keeps the clock", arguments: [true, false])
  func shutForWeeks(isSynchronised: Bool) async throws {
    let (before, _) = try await start("2026-11-23", "10:00")
    try await before.registrar.submit(.day(.closeDay(CloseDay())), by: .operator) { _, _ in }
    let now = try Self.moment("2026-12-14", "10:00")
    let file = FileManager.default.temporaryDirectory.appendingPathComponent("synchronized-\(UUID())").path
    defer { try? FileManager.default.removeItem(atPath: file) }
    // A minute ago, or before the clock was set by hand.
    let last = now.adding(seconds: isSynchronised ? -60 : -4 * 3600)
    #expect(
      FileManager.default.createFile(
        atPath: file, contents: nil,
        attributes: [.modificationDate: Date(timeIntervalSince1970: Double(last.milliseconds) / 1000)]))
    let hall = TestHall(state: await before.registrar.state, hours: try Self.weekdays(), at: now)
    let scheduler = BusinessDayScheduler(
      registrar: hall.registrar, health: hall.health, clock: hall.clock, sync: TimeSynchronisation(file: file),
      logger: hall.logger)
    await scheduler.look()
    #expect(await day(hall) == (isSynchronised ? "2026-12-14" : nil))
  }

  @Test("a wrong day that was opened ahead is closed by one press of a coordinator, and the hall goes on with today")
  func wrongDayAhead() async throws {
    let (hall, scheduler) = try await start("2026-12-14", "10:00")
    _ = try await hall.takeTicket()
    hall.clock.set(try Self.moment("2026-11-24", "10:00"))
    await scheduler.look()
    #expect(await says(hall) == [.clockStep])
    let coordinator = Principal.staff(badge: "AJ100", role: .coordinator)
    let today = OpenDay(date: try #require(CivilDate("2026-11-24")), confirmed: true, closesOther: true)
    try await hall.registrar.submit(.day(.openDay(today)), by: coordinator) { _, _ in }
    hall.clock.advance(1_000)
    await scheduler.look()
    #expect(await day(hall) == "2026-11-24")
    #expect(await says(hall).isEmpty)
    // The times of numbers are those of the clock again.
    _ = try await hall.takeTicket()
    #expect(await hall.registrar.state.lastAt == hall.clock.now())
    #expect(
      story(hall) == [
        "open 2026-12-14", "A001 on 2026-12-14", "close 2026-12-14", "open 2026-11-24", "A001 on 2026-11-24",
      ])
  }

  @Test("a clock moved while the day is open moves no day", arguments: ["2000-01-01", "2026-11-20", "2027-11-23"])
  func stepInUse(to date: String) async throws {
    let (hall, scheduler) = try await start("2026-11-23", "10:00", always: true)
    let events = hall.journal.events.count
    hall.clock.set(try Self.moment(date, "10:00"))
    for _ in 0..<20 {
      hall.clock.advance(60_000)
      await scheduler.look()
    }
    #expect(await day(hall) == "2026-11-23")
    #expect(await says(hall) == [.clockStep])
    #expect(hall.journal.events.count == events)
    // The clock comes back.
    hall.clock.set(try Self.moment("2026-11-23", "10:21"))
    await scheduler.look()
    #expect(await says(hall).isEmpty)
  }

  @Test(
    "a later date is believed after a while where the network keeps the clock, and the day ends at its time",
    arguments: [true, false])
  func laterDate(isSynchronised: Bool) async throws {
    let (before, _) = try await start("2026-11-23", "10:00", always: true)
    let ticket = try await before.takeTicket()
    let now = try Self.moment("2026-11-25", "10:00")
    let file = FileManager.default.temporaryDirectory.appendingPathComponent("synchronized-\(UUID())").path
    defer { try? FileManager.default.removeItem(atPath: file) }
    let scheduler = BusinessDayScheduler(
      registrar: before.registrar, health: before.health, clock: before.clock, sync: TimeSynchronisation(file: file),
      logger: before.logger)
    await scheduler.look()
    // Somebody was served since the start, so the day is not ended at once.
    let clerk = Principal.staff(badge: "AJ001", role: .clerk)
    before.clock.advance(1_000)
    for verb in [WindowCommand.open, .call(ticket), .finish] {
      try await before.registrar.submit(.window(1, verb), by: clerk) { _, _ in }
    }
    before.clock.set(now)
    let seconds = Double(now.milliseconds / 1000) - (isSynchronised ? 60 : 4 * 3600)
    #expect(
      FileManager.default.createFile(
        atPath: file, contents: nil, attributes: [.modificationDate: Date(timeIntervalSince1970: seconds)]))
    await scheduler.look()
    #expect(await says(before) == [.clockStep])
    #expect(await day(before) == "2026-11-23")
    before.clock.advance(601_000)
    for _ in 0..<3 { await scheduler.look() }
    #expect(await says(before) == (isSynchronised ? [] : [.clockStep]))
    #expect(await day(before) == (isSynchronised ? "2026-11-25" : "2026-11-23"))
  }

  @Test("a clock corrected within the day is shown for a while and then believed")
  func correction() async throws {
    let (hall, scheduler) = try await start("2026-11-23", "10:00", always: true)
    hall.clock.set(try Self.moment("2026-11-23", "13:00"))
    await scheduler.look()
    #expect(await says(hall) == [.clockStep])
    hall.clock.advance(601_000)
    await scheduler.look()
    #expect(await says(hall).isEmpty)
    #expect(await day(hall) == "2026-11-23")
    try await pass(hall, scheduler, to: "2026-11-24", "00:00")
    await scheduler.look()
    #expect(await day(hall) == "2026-11-24")
  }

  /// A hall that was switched off on Friday with its day open, and starts on Monday with a clock that shows the given
  /// time.
  func monday(showing date: String, _ time: String, always: Bool = false) async throws -> (
    hall: TestHall, scheduler: BusinessDayScheduler
  ) {
    let (friday, _) = try await start("2026-11-27", "16:00", always: always)
    _ = try await friday.takeTicket()
    let state = await friday.registrar.state
    let hall = try TestHall(
      state: state, hours: always ? .always : Self.weekdays(), at: Self.moment(date, time),
      continuing: friday.journal)
    let scheduler = BusinessDayScheduler(
      registrar: hall.registrar, health: hall.health, clock: hall.clock, logger: hall.logger)
    await scheduler.look()
    return (hall, scheduler)
  }

  func story(_ hall: TestHall) -> [String] {
    hall.journal.events.compactMap { event in
      switch event {
      case .day(.dayOpened(let e)): "open \(e.day)"
      case .day(.dayOvertaken(let e)): "\(e.day) overtaken by \(e.date), \(e.waiting) waiting"
      case .day(.dayClosed(let e)): "close \(e.day)"
      case .queue(.ticketIssued(let e)): "\(e.number) on \(e.day)"
      default: nil
      }
    }
  }

  @Test(
    "a clock put right after the start ends the day that was left open, and nothing of Monday lands in Friday",
    arguments: [("2026-11-27", "16:01"), ("2000-01-01", "00:00"), ("2026-04-27", "12:00")], [false, true])
  func putRight(shown: (String, String), always: Bool) async throws {
    let (hall, scheduler) = try await monday(showing: shown.0, shown.1, always: always)
    #expect(await day(hall) == "2026-11-27")
    hall.clock.advance(120_000)
    await scheduler.look()
    #expect(await day(hall) == "2026-11-27")
    hall.clock.set(try Self.moment("2026-11-30", "09:10"))
    await scheduler.look()
    await scheduler.look()
    #expect(await day(hall) == "2026-11-30")
    #expect(await says(hall) == [.dayOvertaken])
    _ = try await hall.takeTicket()
    #expect(
      story(hall) == [
        "open 2026-11-27", "A001 on 2026-11-27", "2026-11-27 overtaken by 2026-11-30, 1 waiting", "close 2026-11-27",
        "open 2026-11-30", "A001 on 2026-11-30",
      ])
    // The fault is shown at the console for an hour.
    hall.clock.advance(3_590_000)
    await scheduler.look()
    #expect(await says(hall) == [.dayOvertaken])
    hall.clock.advance(20_000)
    await scheduler.look()
    #expect(await says(hall).isEmpty)
  }

  @Test("a clock put right on a day of rest ends the day that was left open and opens none")
  func putRightOnSunday() async throws {
    let (hall, scheduler) = try await monday(showing: "2026-11-27", "16:01")
    hall.clock.set(try Self.moment("2026-11-29", "10:00"))
    await scheduler.look()
    await scheduler.look()
    #expect(await day(hall) == nil)
    #expect(story(hall).last == "close 2026-11-27")
    try await pass(hall, scheduler, to: "2026-11-30", "08:30")
    #expect(await day(hall) == "2026-11-30")
  }

  @Test("where somebody was called since the start, or the date is not plausible, the day is the staff's to end")
  func putRightInUse() async throws {
    let (hall, scheduler) = try await monday(showing: "2026-11-27", "16:01")
    let clerk = Principal.staff(badge: "AJ001", role: .clerk)
    hall.clock.advance(1_000)
    try await hall.registrar.submit(.window(1, .open), by: clerk) { _, _ in }
    try await hall.registrar.submit(.window(1, .call(nil)), by: clerk) { _, _ in }
    hall.clock.set(try Self.moment("2026-11-30", "09:10"))
    for _ in 0..<3 { await scheduler.look() }
    #expect(await day(hall) == "2026-11-27")
    #expect(await says(hall) == [.clockStep])
    // A coordinator confirms, and the hall goes on with Monday.
    let confirmed = OpenDay(date: try #require(CivilDate("2026-11-30")), confirmed: true, closesOther: true)
    try await hall.registrar.submit(.day(.openDay(confirmed)), by: .staff(badge: "AJ100", role: .coordinator)) { _, _ in
    }
    await scheduler.look()
    #expect(await day(hall) == "2026-11-30")
    #expect(await says(hall).isEmpty)

    let (far, watcher) = try await monday(showing: "2026-11-27", "16:01")
    far.clock.set(try Self.moment("2027-11-29", "10:00"))
    for _ in 0..<3 { await watcher.look() }
    #expect(await day(far) == "2026-11-27")
    #expect(await says(far) == [.clockStep])
  }

  @Test(
    "a hall whose calendar ends says so from November on, and opens in a year without a notice as weekdays say",
    arguments: [
      ("2026-10-30", [FaultCode](), "2026-10-30"), ("2026-11-02", [.calendarEnds], "2026-11-02"),
      ("2026-12-31", [.calendarEnds], "2026-12-31"), ("2027-01-01", [.calendarEnded], nil),
      ("2027-01-02", [.calendarEnded], nil), ("2027-01-04", [.calendarEnded], "2027-01-04"),
      ("2027-10-01", [.calendarEnded], nil),
    ] as [(String, [FaultCode], String?)])
  func calendarEnds(date: String, faults: [FaultCode], opens: String?) async throws {
    let (hall, _) = try await start(date, "10:00", years: [2026])
    #expect(await says(hall) == faults)
    #expect(await day(hall) == opens)
  }
}
