import Control
import Foundation
import HallSetup
import PrinterProtocols
import PrintersCUPS
import Settings
import Subprocesses

/// Finding printers, making their queues, and trying them.
struct PrinterStep {
  let models: PrinterModelStore
  let server: ServerOptions
  private let programs = SubprocessRunner()

  init(models: PrinterModelStore, server: ServerOptions) {
    self.models = models
    self.server = server
  }

  /// Makes the queue of a printer. Status 69 with the queue made says that the printer does not answer.
  func setUp(queue: String, device: String, model id: String) async -> ControlReply {
    guard let model = models[id] else {
      return ControlReply(.usage, "no printer model \(id)", zh: "没有打印机型号 \(id)：核对型号")
    }
    let place: QueueDevice
    do throws(QueueDevice.Fault) { place = try QueueDevice(device, for: model) } catch {
      return ControlReply(.usage, error.description, zh: error.chinese)
    }
    let plan = QueuePlan(queue: queue, device: place, model: model, server: server.server)
    return await QueueSetup(plan: plan, book: QueueTable(server.address)).run()
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
    while true {
      let found = await candidates()
      for (index, candidate) in found.enumerated() {
        dialogue.say(
          "  \(index + 1). \(candidate.device)  \(candidate.what)",
          zh: "  \(index + 1). \(candidate.device)  \(candidate.what)")
      }
      let typed = try dialogue.line(
        Terminal.isChinese
          ? "  序号，或地址（IP、/dev/usb/lp0、ipp://…），没有写 none"
          : "  A number of the list, an address (IP, /dev/usb/lp0, ipp://…), or none",
        default: found.isEmpty ? "none" : "1")
      if typed == "none" { return .none }
      let device = Int(typed).flatMap { found.indices.contains($0 - 1) ? found[$0 - 1].device : nil } ?? typed
      guard let model = try model(dialogue, device) else { continue }
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

  private func model(_ dialogue: SetupDialogue, _ device: String) throws -> PrinterModel? {
    let isIPP = device.hasPrefix("ipp")
    let usual = isIPP ? "ipp-a4" : "generic-80"
    let ids = models.ids.joined(separator: " ")
    let id = try dialogue.line(
      Terminal.isChinese ? "  型号（\(ids)）" : "  Model (\(ids))", default: models[usual] == nil ? nil : usual)
    guard let model = models[id] else {
      dialogue.say("  ! no printer model has the id \(id)", zh: "  ！没有打印机型号 \(id)：写列出的一个")
      return nil
    }
    return model
  }

  /// USB printers by their nodes, and what CUPS sees in the network.
  private func candidates() async -> [(device: String, what: String)] {
    let nodes = ((try? FileManager.default.contentsOfDirectory(atPath: "/dev/usb")) ?? [])
      .filter { $0.hasPrefix("lp") }.sorted()
    let usb = nodes.map { node -> (device: String, what: String) in
      let id = try? String(contentsOfFile: "/sys/class/usbmisc/\(node)/device/ieee1284_id", encoding: .utf8)
      return (device: "/dev/usb/\(node)", what: Self.maker(id ?? "") ?? "USB")
    }
    let seen = await programs.output(
      of: "/usr/sbin/lpinfo", ["--timeout", "5", "--include-schemes", "socket,ipp,ipps", "-v"],
      passing: ["CUPS_SERVER"],
      limit: 65_536, within: 15_000)
    guard case .success(let output) = seen else { return usb }
    let lines = String(decoding: output, as: UTF8.self).split(separator: "\n")
    return usb
      + lines.compactMap { line in
        let words = line.split(separator: " ", maxSplits: 1)
        guard words.count == 2, words[1].contains("://") else { return nil }
        return (device: String(words[1]), what: Terminal.isChinese ? "网络" : "network")
      }
  }

  /// Maker and model of an IEEE 1284 device id: `MFG:…;MDL:…;`.
  static func maker(_ id: String) -> String? {
    let fields = id.split(separator: ";").map { $0.split(separator: ":", maxSplits: 1).map(String.init) }
    let words = [["MFG", "MANUFACTURER"], ["MDL", "MODEL"]].compactMap { names in
      fields.first { $0.count == 2 && names.contains($0[0].uppercased()) }?[1]
    }
    let text = words.joined(separator: " ").unicodeScalars.filter { (0x20..<0x7F).contains($0.value) }.map(String.init)
    return words.isEmpty ? nil : String(text.joined().prefix(60))
  }
}
