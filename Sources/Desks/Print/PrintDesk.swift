import Groundwork
import Hall
package import Logging
package import Ports
package import PrinterProtocols
package import Registrar
import ServiceLifecycle

/// Prints the slips of one kiosk, one after the other, and records the outcome of each.
///
/// It is a client of the registrar like any other. It records an attempt before it starts and its outcome afterwards.
/// It wakes when an event concerns its kiosk; it does not poll the state. A slow or dead printer blocks this desk only.
package actor PrintDesk: Service {
  package nonisolated let kiosk: String
  let printer: any PrinterPort
  let drawing: any SlipDrawing
  let writer: SlipWriter
  let registrar: Registrar
  let clock: any TimeSource
  let patience: PrintPatience
  let logger: Logger
  let deadlines = SlipDeadlines()
  let shutdown = ShutdownGate()
  /// The printer's model, where it is known.
  let model: PrinterModel?
  /// The printer's last reported conditions.
  private(set) var conditions: PrinterConditions = []
  private(set) var isStopping = false
  /// Slips that belong to no ticket or notice, and wait for their turn.
  private(set) var unrecorded: [UnrecordedSlip] = []
  private let health: HealthBoard
  private let bell = Doorbell()
  private let news = Doorbell()
  private let whenReconciled: @Sendable (String) async -> Void
  private var shown: PresentPrinter
  /// Whether the paper was out; once paper is reported again, the roll counts as changed.
  private var awaitsRoll = false

  /// - Parameters:
  ///   - model: capabilities and roll length; nil: general remedies, no forecast.
  ///   - whenReconciled: called once when all attempts that an earlier run left open at this kiosk are recorded.
  package init(
    kiosk: String, printer: any PrinterPort, model: PrinterModel? = nil, drawing: any SlipDrawing, writer: SlipWriter,
    registrar: Registrar,
    health: HealthBoard, clock: any TimeSource, patience: PrintPatience = PrintPatience(), logger: Logger,
    whenReconciled: @escaping @Sendable (String) async -> Void = { _ in }
  ) {
    self.kiosk = kiosk
    self.printer = printer
    self.model = model
    self.whenReconciled = whenReconciled
    shown = PresentPrinter(kiosk: kiosk)
    shown.model = model?.name
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

  /// Works until the daemon shuts down; then the slip in progress is waited for, at most `PrintPatience.shutdown`.
  package func run() async throws {
    await withTaskCancellationHandler {
      await withGracefulShutdownHandler {
        await withTaskGroup { group in
          group.addTask { await self.watch() }
          group.addTask { await self.tell() }
          await work()
          self.news.remove()
          shutdown.end()
          group.cancelAll()
        }
      } onGracefulShutdown: {
        self.bell.remove()
        Task { await self.stop() }
      }
    } onCancel: {
      shutdown.end()
    }
  }

  private func stop() async {
    isStopping = true
    try? await clock.sleep(milliseconds: patience.shutdown)
    shutdown.end()
  }

  /// First reconciles what an earlier run left open, then prints what is requested.
  private func work() async {
    await health.equip(kiosk, remedies: Remedies(model).all)
    let open = await listen()
    let moment = await registrar.moment()
    for slip in open { deadlines.note(slip, civil: clock.now(), moment: moment, monotonic: clock.monotonic()) }
    for slip in open { if case .printing(let attempt) = slip.state { await reconcile(slip, attempt) } }
    shown.isReconciling = false
    if !isStopping { await whenReconciled(kiosk) }
    await lookBack()
    bell.ring()
    news.ring()
    for await _ in bell.rings {
      while !isStopping, let slip = await nextSlip() {
        guard await bring(slip) else { break }
      }
      await answerUnrecorded()
    }
    for slip in unrecorded { slip.answer.resume(returning: .notSent(reason: "the desk is closing")) }
    unrecorded = []
    isStopping = true
  }

  func answerUnrecorded() async {
    while !isStopping, !unrecorded.isEmpty { await answer(unrecorded.removeFirst()) }
  }

  func ask(_ slip: UnrecordedSlip) {
    unrecorded.append(slip)
    bell.ring()
  }

  private func listen() async -> [SlipInHand] {
    await registrar.observe(from: { [kiosk] state, _ in state.print.openSlips.filter { $0.kiosk == kiosk } }) {
      [kiosk, bell, news, deadlines, clock] recorded, _ in
      switch recorded.event {
      case .print(.slipRequested(let request)) where request.kiosk == kiosk:
        deadlines.note(request, at: clock.monotonic())
        bell.ring()
      case .day(.journalAccepted): bell.ring()
      case .print(.paperUsed(let used)) where used.kiosk == kiosk: news.ring()
      case .print(.rollChanged(let changed)) where changed.kiosk == kiosk: news.ring()
      default: break
      }
    }
  }

  private func nextSlip() async -> SlipInHand? { await queued().first }

  private func queued() async -> [SlipInHand] {
    // Not for a resident who was given another number while the journal was cut off: that number's slip is printed.
    let superseded = await registrar.superseded
    return await registrar.read { [kiosk] state, _ in
      state.print.openSlips.filter { slip in
        guard slip.kiosk == kiosk, slip.state == .queued else { return false }
        if case .ticket(let code) = slip.subject { return !superseded.contains(code) }
        return true
      }
    }
  }

  /// Reads the outcome of this kiosk's last slip from the journal, and the job names of ended attempts that the
  /// printing system still keeps.
  private func lookBack() async {
    let ended = await registrar.read { [kiosk] state, _ in
      state.print.slips.values.filter { $0.kiosk == kiosk && $0.endedAt != nil && !$0.isOnItsWay }
    }
    shown.last = ended.max { ($0.endedAt ?? $0.requestedAt) < ($1.endedAt ?? $1.requestedAt) }.flatMap { slip in
      slip.state.outcome.map { PresentPrinter.LastAttempt(outcome: $0, at: slip.endedAt ?? slip.requestedAt) }
    }
    await forget(ended.compactMap(\.jobUUID))
  }

  /// Their outcomes are durable, so the printing system may drop them.
  func forget(_ jobUUIDs: [String]) async {
    guard !jobUUIDs.isEmpty else { return }
    await shutdown.outlasting { [printer] in await printer.forget(jobUUIDs) }
  }

  func note(_ outcome: AttemptOutcome) async {
    shown.last = PresentPrinter.LastAttempt(outcome: outcome, at: await registrar.moment())
    await showPrinter()
  }

  /// Follows the roll as the journal counts it.
  private func tell() async {
    for await _ in news.rings { await showPrinter() }
  }

  private func showPrinter() async {
    shown.roll = await registrar.read { [kiosk] state, _ in state.print.rolls[kiosk] ?? PaperRoll() }
    shown.forecast = model.flatMap { $0.isSheet ? nil : RollForecast(shown.roll, $0) }
    shown.conditions = conditions
    shown.path = await shutdown.outlasting { [printer] in await printer.path } ?? shown.path
    await health.show(shown)
    if shown.forecast?.isEnding == true {
      await health.raise(.paperEnding, kiosk: kiosk)
    } else {
      await health.clear(.paperEnding, kiosk: kiosk)
    }
  }

  /// Once a second: the printer's conditions, and slips that expired while waiting behind a stuck one.
  private func watch() async {
    while !Task.isCancelled, !isStopping {
      for slip in await queued() where deadlines.left(slip, monotonic: clock.monotonic()) <= 0 {
        _ = await expire(slip)
      }
      if let now = await shutdown.outlasting({ [printer] in await printer.probe() }) { await show(now) }
      try? await clock.sleep(milliseconds: patience.probeEvery)
    }
  }

  func show(_ now: PrinterConditions) async {
    if now != conditions {
      logger.notice("the printer's condition changed", metadata: ["now": "\(now.codes.joined(separator: " "))"])
    }
    conditions = now
    await health.show(now, kiosk: kiosk)
    if now.contains(.paperOut), model?.isSheet != true { awaitsRoll = true }
    if awaitsRoll, now.canPrint, await record(.print(.changeRoll(kiosk: kiosk))) != .unheard { awaitsRoll = false }
    await showPrinter()
  }
}
