import ArgumentParser
import Control
import Foundation
import Ports
import PrinterLink
import PrintersCUPS
import Settings
import YAMLDocuments

extension PrinterCommand {
  struct List: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "list", abstract: "Lists the queues of CUPS and what the hall would make of each.")
    @OptionGroup var server: ServerOptions
    @OptionGroup var answer: AnswerOptions

    func run() throws { try answer.give(Self.reply(QueueTable(server.address))) }

    private static func reply(_ queues: QueueTable) -> ControlReply {
      do throws(QueueTable.Fault) {
        let entries = try queues.all()
        let width = entries.map(\.name.count).max() ?? 0
        let lines = entries.map { $0.name.padded(to: width) + "  " + $0.path.word.padded(to: 12) + "  " + $0.deviceURI }
        return ControlReply(
          entries.isEmpty ? "CUPS has no queue" : lines.joined(separator: "\n"),
          zh: entries.isEmpty ? "CUPS 里没有打印队列" : nil,
          ["queues": .list(entries.map { .object($0.details) })])
      } catch {
        return ControlReply(
          .unavailable, "CUPS does not answer: \(error)", zh: "打印服务（CUPS）没有应答（\(error)）：systemctl status cups")
      }
    }
  }

  struct Probe: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "probe", abstract: "Asks a printer how it is, without printing.",
      discussion: "With --queue one queue; with --config every printer that a configuration names.")
    @Option(help: "The queue.")
    var queue: String?
    @Option(help: "A hall's configuration file.")
    var config: String?
    @OptionGroup var server: ServerOptions
    @OptionGroup var answer: AnswerOptions

    func validate() throws {
      guard (queue == nil) != (config == nil) else { throw ValidationError("name a --queue or a --config") }
    }

    func run() async throws {
      if let queue { return try answer.give(await Self.look(queue, server.address)) }
      guard let config else { return }
      let models: String
      do throws(ShareFolder.Missing) { models = try ShareFolder.find().models } catch {
        return try answer.give(ControlReply(.installation, error.description, zh: error.chinese))
      }
      let loaded = ConfigurationFile.load(absolutePath(config), models: models, sealing: ClosedHall.seal)
      guard let settings = loaded.value else { return try answer.give(Reference.faults(loaded.faults, config)) }
      try answer.give(await Self.look(settings))
    }

    private static func look(_ settings: HallSettings) async -> ControlReply {
      var replies: [ControlReply] = []
      for kiosk in settings.kiosks {
        guard let printer = kiosk.printer else { continue }
        let reply = await look(printer.queue, printer.server.flatMap(CUPSServer.init) ?? .system)
        let details = reply.details.merging(["kiosk": .text(kiosk.id)]) { $1 }
        replies.append(
          ControlReply(
            status: reply.status, "\(kiosk.id): \(reply.sentence)",
            zh: "\(kiosk.id)：\(reply.words(inChinese: true))", details))
      }
      return ControlReply(
        status: replies.map(\.status).max() ?? 0,
        replies.isEmpty ? "no kiosk has a printer" : replies.map(\.sentence).joined(separator: "\n"),
        zh: replies.isEmpty ? "取号机都没有打印机" : replies.map { $0.words(inChinese: true) }.joined(separator: "\n"),
        ["printers": .list(replies.map { .object($0.details) })])
    }

    /// Status 69 when no slip could come out now.
    private static func look(_ queue: String, _ server: CUPSServer) async -> ControlReply {
      let entry: QueueTable.Entry
      do throws(QueueTable.Fault) { entry = try QueueTable(server).entry(queue) } catch {
        return ControlReply(
          .unavailable, error.isUnknownQueue ? "CUPS knows no queue \(queue)" : "CUPS does not answer: \(error)",
          zh: error.isUnknownQueue
            ? "CUPS 里没有打印队列 \(queue)：lpstat -p 列出有哪些" : "打印服务（CUPS）没有应答（\(error)）：systemctl status cups",
          ["queue": .text(queue), "conditions": .list(["print_service_down"])])
      }
      let conditions = await CUPSPrinter(
        configuration: .init(queue: queue, server: server, sheets: entry.path == .office)
      ).probe()
      var details = entry.details
      details["conditions"] = .list(conditions.codes.map(ControlValue.text))
      var lines = ["\(queue): \(conditions.isEmpty ? "ready" : conditions.codes.joined(separator: ", "))"]
      if let obstacle = entry.obstacle { lines.append("  obstacle  \(obstacle)") }
      lines.append("  path      \(entry.path.word)")
      lines.append("  device    \(entry.deviceURI)")
      lines.append("  evidence  \(entry.evidence?.sentence ?? "none: this queue takes no slips")")
      return ControlReply(conditions.canPrint ? .done : .unavailable, lines.joined(separator: "\n"), details)
    }
  }
}

extension QueueTable.Entry {
  var details: [String: ControlValue] {
    [
      "queue": .text(name), "path": .text(path.word), "device_uri": .text(deviceURI),
      "evidence": evidence.map { .text($0.code) } ?? .null, "obstacle": obstacle.map(ControlValue.text) ?? .null,
      "model": address?.model.map(ControlValue.text) ?? .null,
    ]
  }
}
