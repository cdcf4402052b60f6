import Desks
import Groundwork
import Hall
import Logging
import Ports
import Registrar
import Slips
import Testing
import TestKit

/// Goal: after a crash nobody gets a number before all open slips are reconciled, within a bounded time whatever the
/// printing system does. Method: the shipped registrar, desk and recovery, a printer whose answers the test decides,
/// and a clock it moves.
@Suite("recovery of prints", .timeLimit(.minutes(10)))
struct RecoveryTests {
  let printer = ManualPrinter()

  /// An earlier run left a slip in progress at kiosk-1, prepared or not.
  private func crashed(at kiosk: String = "kiosk-1", prepared: Bool = true) async throws -> (HallState, PublicCode) {
    let hall = TestHall()
    try await hall.openDay()
    let ticket = try await hall.takeTicket(at: kiosk)
    let slip = try #require(await hall.slip(of: ticket)).id
    try await hall.registrar.submit(.print(.start(slip, attempt: 1)), by: .system) { _, _ in }
    if prepared {
      try await hall.registrar.submit(.print(.prepared(slip, attempt: 1, jobUUID: "urn:uuid:7")), by: .system) {
        _, _ in
      }
    }
    return (await hall.registrar.state, ticket)
  }

  private func again(_ state: HallState) -> TestHall {
    TestHall(state: state, takesIn: !PrintRecovery.isNeeded(state))
  }

  /// Runs desk and recovery as the daemon does, during `body`.
  private func with(_ hall: TestHall, desks: [String] = ["kiosk-1"], _ body: () async throws -> Void) async throws {
    let recovery = PrintRecovery(
      desks: desks, registrar: hall.registrar, health: hall.health, clock: hall.clock, logger: hall.logger)
    await recovery.begin()
    try await withThrowingTaskGroup { group in
      group.addTask { try await recovery.run() }
      for kiosk in desks {
        let desk = PrintDesk(
          kiosk: kiosk, printer: printer, drawing: DocumentRecorder(), writer: SlipWriter(), registrar: hall.registrar,
          health: hall.health, clock: hall.clock, logger: hall.logger
        ) { await recovery.isReconciled($0) }
        group.addTask { try await desk.run() }
      }
      defer { group.cancelAll() }
      try await body()
      await printer.thaw()
    }
  }

  @Test("numbers wait for the printing system's answer, and go on with it")
  func waits() async throws {
    let (state, ticket) = try await crashed()
    let hall = again(state)
    await printer.freeze()
    await printer.answer(reconciled: [.printed(.echo)])
    try await with(hall) {
      try await eventually("the attempt is looked up") { await !printer.calls.isEmpty }
      await #expect(throws: RegistrarFailure.reconciling) { try await hall.takeTicket() }
      #expect(await hall.health.faults.map(\.code) == [.reconciling])
      await printer.thaw()
      try await eventually("numbers go on") { await hall.registrar.isIntakeOpen }
      #expect(await hall.slipState(of: ticket) == .printed(attempt: 1, .echo))
      _ = try await hall.takeTicket()
      try await eventually("nothing is shown any more") { await hall.health.faults.isEmpty }
    }
  }

  @Test("a printing system that never answers holds numbers back for the bound of one slip, then the slip is unknown")
  func frozen() async throws {
    let (state, ticket) = try await crashed()
    let hall = again(state)
    await printer.freeze()
    try await with(hall) {
      try await eventually("the attempt is looked up") { await !printer.calls.isEmpty }
      let began = hall.clock.monotonic()
      try await eventually("numbers go on", passing: hall.clock) { await hall.registrar.isIntakeOpen }
      #expect(hall.clock.monotonic() - began >= 40_000)
      guard case .unknown(attempt: 1, reason: _) = await hall.slipState(of: ticket) else {
        Issue.record("the slip is \(String(describing: await hall.slipState(of: ticket)))")
        return
      }
      _ = try await hall.takeTicket()
    }
  }

  @Test("without a slip on its way numbers are given at once")
  func nothingOpen() async throws {
    let (state, _) = try await crashed()
    #expect(PrintRecovery.isNeeded(state))
    #expect(!PrintRecovery.isNeeded(HallState()))
    let first = TestHall()
    try await first.openDay()
    _ = try await first.takeTicket()
    #expect(!PrintRecovery.isNeeded(await first.registrar.state))
  }

  @Test("slips of a kiosk that has no printer any more are closed, not left open", arguments: [false, true])
  func removedKiosk(onItsWay: Bool) async throws {
    let first = TestHall()
    try await first.openDay()
    let ticket = try await first.takeTicket(at: "kiosk-2")
    if onItsWay {
      let slip = try #require(await first.slip(of: ticket)).id
      try await first.registrar.submit(.print(.start(slip, attempt: 1)), by: .system) { _, _ in }
    }
    let hall = again(await first.registrar.state)
    try await with(hall) {
      try await eventually("nothing is open") { await hall.registrar.state.print.openSlips.isEmpty }
      try await eventually("numbers go on") { await hall.registrar.isIntakeOpen }
      let state = await hall.slipState(of: ticket)
      if onItsWay {
        #expect(state?.word == "unknown")
      } else {
        #expect(state == .expired)
      }
      #expect(await printer.calls.isEmpty)
    }
  }

  @Test("the printing system forgets what is durable, of this run and of the one before, and nothing earlier")
  func forgets() async throws {
    let (state, _) = try await crashed()
    let hall = again(state)
    await printer.answer(reconciled: [.unknown(reason: "silence")])
    await printer.watch { _ in
    } commit: { _ in
    }
    try await with(hall) {
      try await eventually("the earlier attempt is forgotten") { await printer.forgotten == ["urn:uuid:7"] }
      let ticket = try await hall.takeTicket()
      try await eventually("the new slip is printed") {
        await hall.slipState(of: ticket) == .printed(attempt: 1, .echo)
      }
      try await eventually("and forgotten") { await printer.forgotten.count == 2 }
      let name = try #require(await hall.slip(of: ticket)?.jobUUID)
      #expect(await printer.forgotten == ["urn:uuid:7", name])
    }
  }

  @Test("what was found out before staff accept the journal is written down once they have")
  func notAccepted() async throws {
    let (accepted, ticket) = try await crashed()
    var state = accepted
    state.isAccepted = false
    let hall = again(state)
    await printer.answer(reconciled: [.printed(.echo)])
    try await with(hall) {
      try await eventually("the attempt is looked up") { await !printer.calls.isEmpty }
      #expect(await hall.slipState(of: ticket) == .printing(attempt: 1))
      try await hall.registrar.submit(
        .day(.acceptJournal(AcceptJournal(epoch: 2, floors: [:], day: nil))), by: .operator
      ) {
        _, _ in
      }
      try await eventually("the outcome is known", passing: hall.clock) {
        await hall.slipState(of: ticket) == .printed(attempt: 1, .echo)
      }
      try await eventually("numbers go on") { await hall.registrar.isIntakeOpen }
    }
  }
}
