import Control
import Foundation
import HallSetup
import PrinterProtocols
import PrintersCUPS
import Settings

/// Finding printers, making their queues, and trying them.
struct PrinterStep {
  let models: PrinterModelStore
  let server: ServerOptions

  init(models: PrinterModelStore, server: ServerOptions) {
    self.models = models
    self.server = server
  }

  /// Makes the queue of a printer. Status 69 with the queue made says that the printer does not answer.
  func setUp(queue: String, device: String, model id: String) async -> ControlReply {
    guard let model = models[id] else {
      return ControlReply(.usage, "no printer model \(id)", zh: "没有打印机型号 \(id)：核对型号")
    }
    let address: QueueDevice
    do throws(QueueDevice.Fault) { address = try QueueDevice(device, for: model) } catch {
      return ControlReply(.usage, error.description, zh: error.chinese)
    }
    let plan = QueuePlan(queue: queue, device: address, model: model, server: server.server)
    return await QueueSetup(plan: plan, queues: QueueTable(server.address)).run()
  }

  private func test(queue: String, _ model: PrinterModel) async -> ControlReply {
    let printer = CUPSPrinter(
      configuration: .init(
        queue: queue, server: server.address, paperWidthDots: model.widthDots, sheets: model.isSheet,
        encoder: model.encoder))
    return await TestPrint(queue: queue, printer: printer, patience: 45).print()
  }

  /// Asks for a kiosk's printer until one prints, is taken as it is, or is left out.
  func choose(_ dialogue: SetupDialogue, queue: String) async throws -> SetupAnswers.Printer {
    var refused: Set<String> = []
    while true {
      let found = await FoundPrinter.all()
      for (index, printer) in found.enumerated() {
        let line = "  \(index + 1). \(printer.device)  \(printer.id?.description ?? "")"
        dialogue.say(line, zh: line)
      }
      let typed = try dialogue.line(
        Terminal.isChinese
          ? "  序号，或地址（IP、/dev/usb/lp0、ipp://…），没有写 none"
          : "  A number of the list, an address (IP, /dev/usb/lp0, ipp://…), or none",
        default: found.isEmpty ? "none" : "1")
      if typed == "none" { return .none }
      let device = Int(typed).flatMap { found.indices.contains($0 - 1) ? found[$0 - 1].device : nil } ?? typed
      let id = found.first { $0.device == device }?.id ?? FoundPrinter.id(ofNode: device)
      let known = id.flatMap(models.model)
      // The reported model is tried once. If its test slip is wrong, the person names the model.
      let isBelieved = known != nil && refused.insert(device).inserted
      if isBelieved, let id, let known {
        dialogue.say(
          "  it calls itself \(id): \(known.id), \(known.name)", zh: "  它自报 \(id)：型号 \(known.id)，\(known.name)")
      }
      guard let model = try isBelieved ? known : model(dialogue, device, known) else { continue }
      let made = await setUp(queue: queue, device: device, model: model.id)
      dialogue.say("  \(made.sentence)", zh: "  \(made.words(inChinese: true))")
      let isMade = made.details["path"] != nil
      if isMade {
        let slip = await test(queue: queue, model)
        dialogue.say("  \(slip.sentence)", zh: "  \(slip.words(inChinese: true))")
        if try dialogue.yes(
          "Did a test slip come out, whole to its right edge?", zh: "测试小票出来了、右边没有缺吗", default: slip.status == 0)
        {
          return .device(device, model: model.id)
        }
      }
      let next = try dialogue.line(
        Terminal.isChinese
          ? "  再试写 r；先不接打印机写 none\(isMade ? "；先按这样写入、以后再修写 s" : "")"
          : "  r to try again, none to go on without a printer\(isMade ? ", s to keep it and mend it later" : "")",
        default: "r")
      if next == "none" { return .none }
      if next == "s", isMade { return .device(device, model: model.id) }
    }
  }

  private func model(_ dialogue: SetupDialogue, _ device: String, _ known: PrinterModel?) throws -> PrinterModel? {
    let usual = known?.id ?? (device.hasPrefix("ipp") ? "ipp-a4" : "generic-80")
    let ids = models.ids.joined(separator: " ")
    let id = try dialogue.line(
      Terminal.isChinese ? "  型号（\(ids)）" : "  Model (\(ids))", default: models[usual] == nil ? nil : usual)
    guard let model = models[id] else {
      dialogue.say("  ! no printer model has the id \(id)", zh: "  ！没有打印机型号 \(id)：写列出的一个")
      return nil
    }
    return model
  }
}
