import Desks
import Groundwork
import Hall
import Logging
import Ports
import Registrar
import Testing
import TestKit

/// A hall in memory with the health of what its desks look after: one item, one lane and a kiosk or two.
struct TestHall: Sendable {
  static let opening = Timestamp(milliseconds: 1_795_400_000_000)  // 2026-11-23 09:33:20 in Beijing

  private let memory: MemoryHall
  let health: HealthBoard
  let logger = Logger.quiet

  var clock: ManualClock { memory.clock }
  var journal: MemoryJournal { memory.journal }
  var registrar: Registrar { memory.registrar }

  init(
    state: HallState = HallState(), takesIn: Bool = true, hours: OpeningHours = .always,
    calendar: WorkCalendar = .test, at now: Timestamp = TestHall.opening, continuing earlier: MemoryJournal? = nil,
    reservations: ReservationRule? = nil
  ) {
    // A hall that continues from the state of another one must not draw the same codes again.
    memory = MemoryHall(
      rules: Self.rules(hours: hours, calendar: calendar, reservations), state: state, clock: ManualClock(now),
      journal: earlier,
      entropy: SystemEntropy(), takesIn: takesIn
    ) { _ in Issue.record("the journal became untrusted") }
    health = HealthBoard(clock: memory.clock)
  }

  private static func rules(
    hours: OpeningHours, calendar: WorkCalendar, _ reservations: ReservationRule?
  ) -> HallRules {
    let item = Item(
      code: "RS-004", name: "社会保障卡申领", initials: "SHBZKSL", category: "社会保险", queueGroup: "社保", handledBy: .window)
    return .test(
      lanes: "A", windows: ["A", "A"], printing: ["kiosk-1", "kiosk-2"],
      catalogue: Catalogue(version: "0123456789abcdef", asOf: "2026-11-22", items: [item]), calendar: calendar,
      hours: hours, reservations: reservations)
  }

  func openDay() async throws { try await memory.openDay() }

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
