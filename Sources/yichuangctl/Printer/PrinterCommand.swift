import ArgumentParser
import Control
import Foundation
import PrinterProtocols
import PrintersCUPS
import Settings
import YAMLDocuments

struct PrinterCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "printer", abstract: "Sets printers up, looks at them and tries them.",
    discussion: "docs/OPERATING.md tells the whole way from a new printer to a tested one.",
    subcommands: [Models.self, Setup.self, List.self, Probe.self, PrintTest.self])
}

/// The CUPS scheduler to use.
struct ServerOptions: ParsableArguments {
  @Option(help: "Where CUPS listens: a socket's path or host:port (default: the system's).")
  var server: String?

  var address: CUPSServer { server.flatMap(CUPSServer.init) ?? .system }

  func validate() throws {
    if let server, CUPSServer(server) == nil {
      throw ValidationError("--server is a socket's path or host:port")
    }
  }
}

/// The folders of printer models.
struct ModelOptions: ParsableArguments {
  /// The folder of a hall's own models.
  static let own = "/etc/yichuang/models"

  @Option(help: "A folder of printer models of one's own (default: /etc/yichuang/models where it is).")
  var models: String?

  /// - Throws: `Unreadable` with every fault of the files.
  func store() throws -> PrinterModelStore {
    let shipped: String
    do throws(ShareFolder.Missing) { shipped = try ShareFolder.find().models } catch {
      throw Unreadable(reply: ControlReply(.installation, error.description, zh: error.chinese))
    }
    let own = models.map(absolutePath) ?? (FileManager.default.fileExists(atPath: Self.own) ? Self.own : nil)
    let loaded = PrinterModelStore.load([shipped] + (own.map { [$0] } ?? []))
    guard let store = loaded.value else {
      throw Unreadable(reply: Reference.faults(loaded.faults, own ?? shipped))
    }
    return store
  }

  func model(_ id: String) throws -> PrinterModel {
    let store = try store()
    guard let model = store[id] else {
      let known = store.ids.joined(separator: ", ")
      throw Unreadable(
        reply: ControlReply(
          .usage, "no printer model has the id \(id); there are: \(known)", zh: "没有打印机型号 \(id)：有 \(known)"))
    }
    return model
  }

  struct Unreadable: Error { let reply: ControlReply }
}

extension AnswerOptions {
  /// Prints the result of `body`, or its error.
  func give(_ body: () throws -> ControlReply) throws {
    let reply: ControlReply
    do { reply = try body() } catch let fault as ModelOptions.Unreadable { reply = fault.reply }
    try give(reply)
  }
}
