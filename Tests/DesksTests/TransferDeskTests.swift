import Desks
import Groundwork
import Hall
import Registrar
import Testing
import TestKit

/// Goal: nobody waits for a window that has paused for long. Method: the shipped desk and registrar at given moments, with
/// a clock that the test moves.
@Suite("transfer desk")
struct TransferDeskTests {
  @Test("after ten minutes of a pause whoever waits for the window waits in a lane, not before")
  func lapse() async throws {
    let hall = TestHall()
    try await hall.openDay()
    let desk = TransferDesk(registrar: hall.registrar, clock: hall.clock, logger: hall.logger)
    func press(_ window: Int, _ verb: WindowCommand) async throws {
      try await hall.registrar.submit(.window(window, verb), by: .staff(badge: "AJ00\(window)", role: .clerk)) { _, _ in
      }
    }
    try await press(1, .open)
    try await press(2, .open)
    try await hall.registrar.submit(.queue(.takeTicket(TakeTicket())), by: .kiosk("kiosk-1")) { _, _ in }
    try await press(1, .call(nil))
    try await press(1, .transfer(TransferTicket(to: .window(2), reason: .code(.language))))
    try await press(2, .pause(PauseReason(.other, "午休")))
    hall.clock.advance(599_000)
    await desk.look()
    #expect(await hall.registrar.state.queue.pools[2]?.count == 1)
    hall.clock.advance(1_000)
    await desk.look()
    #expect(await hall.registrar.state.queue.pools.isEmpty)
    #expect(await hall.registrar.state.queue.waiting.values.map(\.count) == [1])
  }
}
