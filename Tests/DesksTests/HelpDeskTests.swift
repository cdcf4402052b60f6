import Desks
import Groundwork
import Hall
import Registrar
import Testing
import TestKit

/// Goal: a help ring without an answer is escalated. Method: the shipped desk and registrar at given moments, with a
/// clock that the test moves.
@Suite("help desk")
struct HelpDeskTests {
  private func start() async throws -> (hall: TestHall, desk: HelpDesk) {
    let hall = TestHall()
    try await hall.openDay()
    return (hall, HelpDesk(registrar: hall.registrar, clock: hall.clock, logger: hall.logger))
  }

  private func ring(_ hall: TestHall, at kiosk: String = "kiosk-1") async throws -> String {
    let outcome = try await hall.registrar.submit(.help(.askForHelp(kiosk: kiosk)), by: .kiosk(kiosk)) { outcome, _ in
      outcome
    }
    guard case .help(let id) = outcome else { throw TestHall.UnexpectedOutcome() }
    return id
  }

  private func hear(_ id: String, _ hall: TestHall) async throws {
    try await hall.registrar.submit(.help(.hearHelp(id)), by: .staff(badge: "AJ001", role: .clerk)) { _, _ in }
  }

  private func escalated(_ hall: TestHall) async -> [String] {
    await hall.registrar.state.help.rings.filter(\.isEscalated).map(\.id)
  }

  private func pass(_ milliseconds: Int64, _ hall: TestHall, _ desk: HelpDesk) async {
    hall.clock.advance(milliseconds)
    await desk.look()
  }

  @Test("a ring that consoles have heard escalates after a minute, not before")
  func unanswered() async throws {
    let (hall, desk) = try await start()
    let id = try await ring(hall)
    await desk.look()
    try await hear(id, hall)
    await pass(59_000, hall, desk)
    #expect(await escalated(hall).isEmpty)
    await pass(1_000, hall, desk)
    #expect(await escalated(hall) == [id])
  }

  @Test("a ring that no console has heard escalates after ten seconds")
  func unheard() async throws {
    let (hall, desk) = try await start()
    let id = try await ring(hall)
    await desk.look()
    await pass(9_000, hall, desk)
    #expect(await escalated(hall).isEmpty)
    await pass(1_000, hall, desk)
    #expect(await escalated(hall) == [id])
  }

  @Test("each ring waits for itself, and one that was answered never escalates")
  func answered() async throws {
    let (hall, desk) = try await start()
    let first = try await ring(hall)
    try await hear(first, hall)
    await desk.look()
    await pass(30_000, hall, desk)
    let second = try await ring(hall, at: "kiosk-2")
    try await hear(second, hall)
    await desk.look()
    try await hall.registrar.submit(.help(.answerHelp(first)), by: .staff(badge: "AJ001", role: .clerk)) { _, _ in }
    await pass(59_000, hall, desk)
    #expect(await escalated(hall).isEmpty)
    await pass(1_000, hall, desk)
    #expect(await escalated(hall) == [second])
  }

  @Test("a step of the civil clock neither hurries a ring nor holds it back", arguments: [-7_200, 7_200])
  func clockStep(_ seconds: Int64) async throws {
    let (hall, desk) = try await start()
    let id = try await ring(hall)
    try await hear(id, hall)
    await desk.look()
    hall.clock.set(hall.clock.now().adding(seconds: seconds))
    await pass(59_000, hall, desk)
    #expect(await escalated(hall).isEmpty)
    await pass(1_000, hall, desk)
    #expect(await escalated(hall) == [id])
  }

  @Test("a restart counts what a ring had waited before")
  func restart() async throws {
    let (hall, desk) = try await start()
    let id = try await ring(hall)
    try await hear(id, hall)
    await desk.look()
    hall.clock.advance(50_000)
    let again = HelpDesk(registrar: hall.registrar, clock: hall.clock, logger: hall.logger)
    await again.look()
    await pass(10_000, hall, again)
    #expect(await escalated(hall) == [id])
  }
}
