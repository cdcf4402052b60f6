import Desks
import Groundwork
import Hall
import Logging
import Ports
import Registrar
import Testing

/// A hall in memory: the shipped registrar on a journal of the test's, with one item, one lane and a kiosk or two.
struct TestHall: Sendable {
  static let opening = Timestamp(milliseconds: 1_795_400_000_000)  // 2026-11-23 09:33:20 in Beijing

  let clock: ManualClock
  let journal: MemoryJournal
  let registrar: Registrar
  let health: HealthBoard
  let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }

  init(
    state: HallState = HallState(), takesIn: Bool = true, hours: OpeningHours = .always,
    calendar: WorkCalendar = TestHall.calendar,
    at now: Timestamp = TestHall.opening, continuing earlier: MemoryJournal? = nil
  ) throws {
    journal = earlier ?? MemoryJournal()
    clock = ManualClock(now)
    registrar = Registrar(
      state: state, rules: try Self.rules(hours: hours, calendar: calendar), journal: journal, clock: clock,
      entropy: SystemEntropy(), takesIn: takesIn, logger: logger
    ) { _ in Issue.record("the journal became untrusted") }
    health = HealthBoard(clock: clock)
  }

  static let calendar = WorkCalendar(off: [:], worked: [], years: [2026, 2027])

  static func rules(hours: OpeningHours, calendar: WorkCalendar) throws -> HallRules {
    let identity = try HallIdentity(
      division: Division(code: "500151105", name: "安居镇", kind: .town, pilot: false), level: .town)
    let lane = try #require(LaneLetter("A"))
    let item = Item(
      code: "RS-004", name: "社会保障卡申领", initials: "SHBZKSL", category: "社会保险", queueGroup: "社保", handledBy: .window)
    return HallRules(
      identity: identity, address: "安居镇", hoursText: "全天", consultPhone: "12345", supervisePhone: "12345",
      mode: .undifferentiated, lanes: [Lane(letter: lane, name: "综合", comprehensive: true)],
      windows: [WindowRule(number: 1, name: "综合窗口", lanes: [lane])], calendar: calendar, hours: hours,
      catalogue: Catalogue(version: "0123456789abcdef", asOf: "2026-11-22", items: [item]),
      kiosks: [KioskRule(id: "kiosk-1", prints: true), KioskRule(id: "kiosk-2", prints: true)])
  }

  func openDay() async throws {
    let date = ZoneOffset.beijing.civil(clock.now()).date
    try await registrar.submit(.day(.openDay(OpenDay(date: date))), by: .system) { _, _ in }
  }

  /// Takes a number at a kiosk.
  func takeTicket(at kiosk: String = "kiosk-1", largeType: Bool = false) async throws -> PublicCode {
    let take = TakeTicket(kiosk: kiosk, largeType: largeType)
    let outcome = try await registrar.submit(.queue(.takeTicket(take)), by: .kiosk(kiosk)) { outcome, _ in outcome }
    guard case .ticket(let code) = outcome else { throw UnexpectedOutcome() }
    return code
  }

  struct UnexpectedOutcome: Error {}

  func slip(of ticket: PublicCode) async -> SlipInHand? {
    await registrar.read { state, _ in state.tickets[ticket]?.slip.flatMap { state.print.slips[$0] } }
  }

  func slipState(of ticket: PublicCode) async -> SlipState? { await slip(of: ticket)?.state }
}

/// Waits until `condition` holds, letting time pass on the hall's clock meanwhile; fails after a generous while.
func eventually(
  _ what: Comment, passing clock: ManualClock? = nil, by step: Int64 = 100,
  sourceLocation: SourceLocation = #_sourceLocation,
  _ condition: @Sendable () async throws -> Bool
) async throws {
  let ceiling = ContinuousClock.now.advanced(by: .seconds(120))
  while ContinuousClock.now < ceiling {
    if try await condition() { return }
    clock?.advance(step)
    try await Task.sleep(for: .milliseconds(2))
  }
  Issue.record(what, sourceLocation: sourceLocation)
  throw TestHall.UnexpectedOutcome()
}
