import Groundwork
import Hall
package import Logging
package import Ports
package import Registrar
import ServiceLifecycle

/// Puts the slips of one kiosk on paper, one after the other, and tells the hall the truth about each.
///
/// A client of the registrar like any other: what it is about to do is written down before it does it, and what became
/// of it afterwards. It looks at the hall when an event concerns its kiosk, never by the clock. A printer that is slow
/// or dead holds up this desk only.
package actor PrintDesk: Service {
  package nonisolated let kiosk: String
  let printer: any PrinterPort
  let drawing: any SlipDrawing
  let writer: SlipWriter
  let registrar: Registrar
  let clock: any Clock
  let patience: PrintPatience
  let logger: Logger
  let deadlines = SlipDeadlines()
  let farewell = Farewell()
  /// What the printer said of itself last.
  private(set) var conditions: PrinterConditions = []
  private(set) var isStopping = false
  /// Test slips that wait for their turn.
  private var tests: [TestRequest] = []
  private let health: HealthBoard
  private let bell = Doorbell()

  package init(
    kiosk: String, printer: any PrinterPort, drawing: any SlipDrawing, writer: SlipWriter, registrar: Registrar,
    health: HealthBoard, clock: any Clock, patience: PrintPatience = PrintPatience(), logger: Logger
  ) {
    self.kiosk = kiosk
    self.printer = printer
    self.drawing = drawing
    self.writer = writer
    self.registrar = registrar
    self.health = health
    self.clock = clock
    self.patience = patience
    var logger = logger
    logger[metadataKey: "kiosk"] = "\(kiosk)"
    self.logger = logger
  }

  /// Works until the daemon goes down: then the slip on its way is waited for, `PrintPatience.farewell` at most.
  package func run() async throws {
    await withTaskCancellationHandler {
      await withGracefulShutdownHandler {
        await withTaskGroup { group in
          group.addTask { await self.watch() }
          await work()
          farewell.end()
          group.cancelAll()
        }
      } onGracefulShutdown: {
        self.bell.remove()
        Task { await self.stop() }
      }
    } onCancel: {
      farewell.end()
    }
  }

  private func stop() async {
    isStopping = true
    try? await clock.sleep(milliseconds: patience.farewell)
    farewell.end()
  }

  /// First what an earlier run left open, then what is asked for.
  private func work() async {
    for slip in await listen() {
      deadlines.note(slip, civil: clock.now(), monotonic: clock.monotonic())
      if case .printing(let attempt) = slip.state { await reconcile(slip, attempt) }
    }
    bell.ring()
    for await _ in bell.rings {
      while !isStopping, let slip = await nextSlip() {
        guard await bring(slip) else { break }
      }
      while !isStopping, !tests.isEmpty { await answer(tests.removeFirst()) }
    }
    for test in tests { test.answer.resume(returning: .notSent(reason: "the desk is closing")) }
    tests = []
    isStopping = true
  }

  func ask(_ test: TestRequest) {
    tests.append(test)
    bell.ring()
  }

  private func listen() async -> [SlipInHand] {
    await registrar.observe(from: { [kiosk] state, _ in state.openSlips.filter { $0.kiosk == kiosk } }) {
      [kiosk, bell, deadlines, clock] recorded, _ in
      switch recorded.event {
      case .slipRequested(let request) where request.kiosk == kiosk:
        deadlines.note(request, at: clock.monotonic())
        bell.ring()
      case .journalAccepted: bell.ring()
      default: break
      }
    }
  }

  private func nextSlip() async -> SlipInHand? { await queued().first }

  private func queued() async -> [SlipInHand] {
    await registrar.read { [kiosk] state, _ in state.openSlips.filter { $0.kiosk == kiosk && $0.state == .queued } }
  }

  /// Once a second: what the printer says of itself, and slips that wait behind a stuck one and are too old by now.
  private func watch() async {
    while !Task.isCancelled, !isStopping {
      for slip in await queued() where deadlines.left(slip, monotonic: clock.monotonic()) <= 0 {
        _ = await expire(slip)
      }
      if let now = await farewell.outlasting({ [printer] in await printer.probe() }) { await show(now) }
      try? await clock.sleep(milliseconds: patience.probeEvery)
    }
  }

  func show(_ now: PrinterConditions) async {
    if now != conditions {
      logger.notice("the printer's condition changed", metadata: ["now": "\(now.codes.joined(separator: " "))"])
    }
    conditions = now
    await health.show(now, kiosk: kiosk)
  }
}
