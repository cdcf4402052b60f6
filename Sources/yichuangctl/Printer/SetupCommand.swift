import ArgumentParser
import Control
import Foundation
import Hall
import PrinterProtocols
import PrintersCUPS
import Settings

extension PrinterCommand {
  struct Setup: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "setup", abstract: "Makes a queue of CUPS for a slip printer, or sets one anew.",
      discussion: """
        A printer that speaks ESC/POS gets a queue of yichuang-pos, the backend that asks it whether the slip is out; an IPP \
        printer gets a driverless queue, which is looked at before it is called done. Needs the rights of lpadmin.
        """)
    @Option(help: "The queue's name: letters, digits, hyphens and underscores.")
    var queue: String
    @Option(help: "HOST[:PORT], /dev/usb/lp0, '/dev/ttyS0?baud=38400', or an ipp:// address.")
    var device: String
    @Option(help: "The printer's model (yichuangctl printer models).")
    var model: String
    @Flag(help: "Say what would be done, and do nothing.")
    var dryRun = false
    @OptionGroup var server: ServerOptions
    @OptionGroup var models: ModelOptions
    @OptionGroup var answer: AnswerOptions

    func validate() throws {
      let plain = queue.utf8.allSatisfy {
        (0x30...0x39).contains($0) || (0x41...0x5A).contains($0) || (0x61...0x7A).contains($0) || $0 == 0x2D
          || $0 == 0x5F
      }
      guard plain, (1...127).contains(queue.utf8.count), !queue.hasPrefix("-") else {
        throw ValidationError("--queue is 1 to 127 letters, digits, hyphens and underscores, not a hyphen first")
      }
    }

    func run() async throws {
      let reply: ControlReply
      do { reply = try await setUp() } catch let fault as ModelOptions.Unreadable { reply = fault.reply }
      try answer.give(reply)
    }

    private func setUp() async throws -> ControlReply {
      let model = try models.model(model)
      let device: QueueDevice
      do throws(QueueDevice.Fault) { device = try QueueDevice(self.device, for: model) } catch {
        return ControlReply(.usage, error.description, zh: error.chinese)
      }
      let plan = QueuePlan(queue: queue, device: device, model: model, server: server.server)
      guard !dryRun else { return ControlReply(plan.line, plan.details) }
      return await QueueSetup(plan: plan, queues: QueueTable(server.address)).run()
    }
  }
}

/// The lpadmin arguments for one queue.
struct QueuePlan {
  let queue: String
  let device: QueueDevice
  let model: PrinterModel
  let server: String?

  private var toServer: [String] { server.map { ["-h", $0] } ?? [] }

  /// An error must not stop the queue (`abort-job`): the hall has a queue of its own, and somebody would have to start a stopped
  /// queue of CUPS again.
  var words: [String] {
    toServer + [
      "-p", queue, "-E", "-v", device.uri, "-m", model.language == .ipp ? "everywhere" : "raw", "-D", model.name,
      "-o", "printer-error-policy=abort-job", "-o", "printer-is-shared=false", "-o", "job-sheets-default=none,none",
    ]
  }
  var removal: [String] { toServer + ["-x", queue] }

  /// The command line as a person would type it.
  var line: String {
    (["lpadmin"] + words).map { word in
      word.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "-_=:/.,".contains($0)) } ? word : "'\(word)'"
    }.joined(separator: " ")
  }

  var details: [String: ControlValue] {
    [
      "queue": .text(queue), "device_uri": .text(device.uri), "model": .text(model.id),
      "evidence": .text(model.evidence.code), "command": .list((["lpadmin"] + words).map(ControlValue.text)),
    ]
  }
}
