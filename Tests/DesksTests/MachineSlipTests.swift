import Desks
import Groundwork
import Hall
import Logging
import Ports
import Registrar
import Synchronization
import Testing
import TestKit

/// Goal: a machine closes no slip of another machine that is there, and none that is being printed; a slip that waits at a
/// machine that is gone does not wait for ever. Method: the shipped recovery at a machine without printers, a clock that the
/// test moves, and another machine whose silence the test decides.
@Suite("slips of other machines")
struct MachineSlipTests {
  private func recovery(_ hall: TestHall, _ silence: @escaping @Sendable () -> Int64?) -> PrintRecovery {
    PrintRecovery(
      desks: [], others: ["kiosk-1": "yc_door"], silence: { $0 == "yc_door" ? silence() : nil },
      registrar: hall.registrar, health: hall.health, clock: hall.clock, logger: hall.logger)
  }

  /// Later than the deadline of a slip and the time beyond it.
  private static let late = SlipKind.ticket.expiryMilliseconds + PrintRecovery.abandonedAfter + 1

  @Test("a queued slip is closed only once its machine and its deadline are long past")
  func queued() async throws {
    let hall = TestHall()
    try await hall.openDay()
    let ticket = try await hall.takeTicket(at: "kiosk-1")
    let silent = Mutex<Int64?>(nil)
    let recovery = recovery(hall) { silent.withLock { $0 } }
    await recovery.expireAbandoned()
    #expect(await hall.slipState(of: ticket) == .queued)
    // The deadline is past, and the machine is heard, or nothing is known of it.
    hall.clock.advance(Self.late)
    for known in [nil, 0, Self.late - 2] {
      silent.withLock { $0 = known }
      await recovery.expireAbandoned()
      #expect(await hall.slipState(of: ticket) == .queued)
    }
    silent.withLock { $0 = Self.late }
    await recovery.expireAbandoned()
    #expect(await hall.slipState(of: ticket) == .expired)
  }

  @Test("a slip that is being printed is its machine's alone, and neither intake nor recovery wait for it")
  func printing() async throws {
    let first = TestHall()
    try await first.openDay()
    let ticket = try await first.takeTicket(at: "kiosk-1")
    let slip = try #require(await first.slip(of: ticket)).id
    try await first.registrar.submit(.print(.start(slip, attempt: 1)), by: .system) { _, _ in }
    let state = await first.registrar.state
    #expect(PrintRecovery.isNeeded(state) && !PrintRecovery.isNeeded(state, others: ["kiosk-1"]))
    let hall = TestHall(state: state, takesIn: !PrintRecovery.isNeeded(state, others: ["kiosk-1"]))
    hall.clock.advance(Self.late)
    let recovery = recovery(hall) { Self.late * 2 }
    await recovery.begin()
    #expect(await hall.health.faults.isEmpty)
    await recovery.expireAbandoned()
    #expect(await hall.slipState(of: ticket) == .printing(attempt: 1))
    _ = try await hall.takeTicket(at: "kiosk-2")
  }
}
