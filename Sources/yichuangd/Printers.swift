import Emulators
import Hall
import Logging
import Ports
import PrinterProtocols
import PrintersCUPS
import Settings
import SlipRender

/// The printer of each kiosk that has one: real queues, or in the demo printers made of data.
struct Printers: Sendable {
  let all: [(kiosk: String, printer: any PrinterPort, model: PrinterModel?)]
  /// In the demo only.
  let emulated: [(kiosk: String, printer: EmulatedPrinter)]

  init(_ plan: Plan, _ settings: HallSettings, _ renderer: SlipRenderer) {
    let fitted = settings.kiosks.compactMap { kiosk in kiosk.printer.map { (id: kiosk.id, printer: $0) } }
    guard plan.demo else {
      all = fitted.map {
        (
          kiosk: $0.id, printer: Self.halting(CUPSPrinter(configuration: .init($0.printer))), model: $0.printer.model
        )
      }
      emulated = []
      return
    }
    emulated = fitted.map { kiosk in
      let printer = EmulatedPrinter(
        paperWidthDots: kiosk.printer.paperWidthDots, folder: plan.slipFolder(of: kiosk.id)
      ) { image in (try? renderer.png(image)) ?? [] }
      return (kiosk: kiosk.id, printer: printer)
    }
    all = zip(emulated, fitted).map { emulated, kiosk in
      (kiosk: emulated.kiosk, printer: emulated.printer, model: .emulated(as: kiosk.printer.model))
    }
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
  /// The demo's printer: paper and remedies of the model that the configuration names, but the best of its kind, with a
  /// sensor that sees the end of the roll coming.
  static func emulated(as model: PrinterModel) -> PrinterModel {
    PrinterModel(
      id: model.id, name: model.name, language: .escpos, paperMillimetres: model.paperMillimetres,
      widthDots: model.widthDots, dpi: model.dpi, cutter: .partial, status: .realtime, completion: .echo,
      seesNearEnd: true, rollMillimetres: EmulatedPrinter.fullRollMillimetres, remedies: model.remedies)
  }
}
