import Desks
import Emulators
import Glibc
import Groundwork
import Hall
import HallHTTP
import Logging
import Ports
import PrinterProtocols
import PrintersCUPS
import Registrar
import ServiceLifecycle
import Settings
import SlipRender
import Slips

/// The printer of each kiosk that has one: CUPS queues, or in the demo emulated ones.
struct Printers: Sendable {
  let all: [(kiosk: String, printer: any PrinterPort, model: PrinterModel?)]
  /// In the demo, and in a training where no printer was named.
  let emulated: [(kiosk: String, printer: EmulatedPrinter)]

  init(_ plan: Plan, _ settings: HallSettings, _ renderer: SlipRenderer) {
    var all: [(kiosk: String, printer: any PrinterPort, model: PrinterModel?)] = []
    var emulated: [(kiosk: String, printer: EmulatedPrinter)] = []
    for kiosk in settings.ownKiosks {
      guard let printer = kiosk.printer else { continue }
      guard plan.isEmulated, !(plan.isTraining && printer == settings.training.printer) else {
        all.append((kiosk.id, Self.halting(CUPSPrinter(configuration: .init(printer))), printer.model))
        continue
      }
      let shown = EmulatedPrinter(
        paperWidthDots: printer.paperWidthDots, folder: plan.slipFolder(of: kiosk.id)
      ) { image in (try? renderer.png(image)) ?? [] }
      emulated.append((kiosk.id, shown))
      all.append((kiosk.id, shown, .emulated(as: printer.model)))
    }
    (self.all, self.emulated) = (all, emulated)
  }

  private static func halting(_ printer: any PrinterPort) -> any PrinterPort {
    #if DEBUG
      BreakpointPrinter.wrap(printer)
    #else
      printer
    #endif
  }
}

extension CUPSPrinter.Configuration {
  init(_ printer: PrinterSettings) {
    self.init(
      queue: printer.queue, server: printer.server.flatMap(CUPSServer.init) ?? .system,
      paperWidthDots: printer.paperWidthDots, sheets: printer.model.isSheet, encoder: printer.model.encoder,
      logger: Logger(label: "yichuang.cups"))
  }
}

extension PrinterModel {
  /// The demo's printer: paper and remedies of the configured model, with the best capabilities, including a near-end
  /// sensor.
  static func emulated(as model: PrinterModel) -> PrinterModel {
    PrinterModel(
      id: model.id, name: model.name, language: .escpos, paperMillimetres: model.paperMillimetres,
      widthDots: model.widthDots, dpi: model.dpi, cutter: .partial, status: .realtime, completion: .echo,
      seesNearEnd: true, rollMillimetres: EmulatedPrinter.fullRollMillimetres, remedies: model.remedies)
  }
}

/// All print desks in parallel, so that they also shut down in parallel.
struct PrintDesks: Service {
  let desks: [PrintDesk]

  func run() async throws {
    try await withThrowingTaskGroup { group in
      for desk in desks { group.addTask { try await desk.run() } }
      if desks.isEmpty { try await gracefulShutdown() }
      try await group.waitForAll()
    }
  }
}

/// The renderer of the print desks.
struct Drawing: SlipDrawing {
  let renderer: SlipRenderer

  func draw(_ document: SlipDocument, paperWidthDots: Int) async throws -> SlipImage {
    guard paperWidthDots != SlipImage.sheetWidthDots else { return try await renderer.sheet(document) }
    return try await renderer.render(document, paperWidthDots: paperWidthDots)
  }
}

/// Draws notices for screens, with a renderer of its own so that a page never blocks printing.
///
/// The renderer is created at the first request, because its fonts cost memory and start-up time, and many halls never
/// show a notice on a screen.
actor ScreenSlips {
  /// 80 mm paper.
  static let widthDots = 576

  private let registrar: Registrar
  private let writer: SlipWriter
  private let isTraining: Bool
  private var renderer: SlipRenderer?

  init(registrar: Registrar, writer: SlipWriter, isTraining: Bool) {
    self.registrar = registrar
    self.isTraining = isTraining
    self.writer = writer
  }

  /// A notice as a PNG or PDF; nil when it is unknown, or its item's version is not stored.
  func picture(of code: PublicCode, as paper: NoticePaper) async -> [UInt8]? {
    let document = await registrar.read { [writer] state, rules in
      state.notices.notice(code).flatMap { writer.document(of: $0, state, rules) }
    }
    return await picture(document, as: paper)
  }

  /// A paper of a case; nil when it is unknown, or its key was destroyed.
  func picture(of code: PublicCode, _ number: CaseNumber, at moment: Timestamp, as paper: NoticePaper) async -> [UInt8]?
  {
    let document = await registrar.read { [writer] state, rules in
      writer.document(ofCase: code, number, at: moment, state, rules)
    }
    return await picture(document, as: paper)
  }

  private func picture(_ document: SlipDocument?, as paper: NoticePaper) async -> [UInt8]? {
    guard let document, let renderer = try? made() else { return nil }
    if paper == .a4 { return try? await renderer.sheets(document) }
    guard let image = try? await renderer.render(document, paperWidthDots: Self.widthDots) else { return nil }
    return try? renderer.png(image)
  }

  private func made() throws -> SlipRenderer {
    if let renderer { return renderer }
    let fresh = try SlipRenderer(isTraining: isTraining)
    renderer = fresh
    return fresh
  }
}

#if DEBUG
  /// A printer port that stops at named points until it is released, in debug builds only. The crash matrix breaks
  /// something meanwhile.
  ///
  /// `YICHUANG_HALT_FOLDER` names a folder. A file in it with the name of a point (`before-prepare`, `after-prepare`,
  /// `before-outcome`) makes the next slip stop there. The file is then renamed to `<point>.reached`; removing it
  /// releases the slip.
  struct BreakpointPrinter: PrinterPort {
    let printer: any PrinterPort
    let folder: String

    /// The port itself, or a breakpoint printer when the environment asks for it.
    static func wrap(_ printer: any PrinterPort) -> any PrinterPort {
      guard let folder = getenv("YICHUANG_HALT_FOLDER") else { return printer }
      return BreakpointPrinter(printer: printer, folder: String(cString: folder))
    }

    var paperWidthDots: Int { printer.paperWidthDots }
    var path: PrinterPath { get async { await printer.path } }

    func probe() async -> PrinterConditions { await printer.probe() }

    func prepare(_ attempt: Attempt) async throws(PrinterFault) -> PreparedAttempt {
      await halt("before-prepare")
      return try await printer.prepare(attempt)
    }

    func commit(_ prepared: PreparedAttempt, _ image: SlipImage, patience: Int) async -> AttemptOutcome {
      await halt("after-prepare")
      let outcome = await printer.commit(prepared, image, patience: patience)
      await halt("before-outcome")
      return outcome
    }

    func withdraw(_ prepared: PreparedAttempt) async { await printer.withdraw(prepared) }

    func reconcile(_ attempt: Attempt, jobUUID: String?) async -> AttemptOutcome {
      await printer.reconcile(attempt, jobUUID: jobUUID)
    }

    func forget(_ jobUUIDs: [String]) async { await printer.forget(jobUUIDs) }

    private func halt(_ point: String) async {
      let reached = "\(folder)/\(point).reached"
      guard rename("\(folder)/\(point)", reached) == 0 else { return }
      while access(reached, F_OK) == 0 { try? await Task.sleep(for: .milliseconds(10)) }
    }
  }
#endif
