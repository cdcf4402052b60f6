import ArgumentParser
import Control
import Foundation
import Groundwork
import Hall
import Ports
import PrintersCUPS
import SlipRender
import Slips

struct TestSlipCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "test-slip",
    abstract: "Prints a test slip and says what became of it, with its evidence.",
    discussion:
      "With --queue it prints on a CUPS queue by itself; with --kiosk the running daemon prints at that kiosk.")
  @Option(help: "The name of the CUPS queue.")
  var queue: String?
  @Option(help: "Where CUPS listens: a socket's path or host:port.")
  var server: String?
  @Option(help: "The paper's width in millimetres: 80 or 58.")
  var paper = 80
  @Option(help: "The kiosk at which the daemon shall print.")
  var kiosk: String?
  @Option(help: "Seconds to wait for the outcome.")
  var patience = 30
  @OptionGroup var place: StateOptions
  @OptionGroup var answer: AnswerOptions

  func validate() throws {
    guard (queue == nil) != (kiosk == nil) else { throw ValidationError("name a --queue or a --kiosk") }
    guard paper == 80 || paper == 58 else { throw ValidationError("--paper is 80 or 58") }
    guard (1...600).contains(patience) else { throw ValidationError("--patience is 1 to 600 seconds") }
    if let server, CUPSServer(server) == nil {
      throw ValidationError("--server is a socket's path or host:port")
    }
  }

  func run() async throws {
    if let kiosk {
      var request = ControlRequest(.testSlip)
      request.kiosk = kiosk
      return try answer.give(place.demand(request))
    }
    guard let queue else { return }
    try answer.give(await printSlip(queue))
  }

  private func printSlip(_ queue: String) async -> ControlReply {
    let width = paper == 80 ? 576 : 384
    let slip = SlipID("test-" + String(UInt64.random(in: .min ... .max), radix: 36))
    let now = Timestamp(milliseconds: Int64(Date().timeIntervalSince1970 * 1000))
    let document = TestSlip(slip: slip, place: queue, printedAt: now).document()
    let image: SlipImage
    do throws(SlipRenderFault) {
      image = try await SlipRenderer().render(document, paperWidthDots: width)
    } catch {
      return ControlReply(.installation, "the slip cannot be drawn (\(error)): install fonts-noto-cjk")
    }
    let printer = CUPSPrinter(
      configuration: .init(queue: queue, server: server.flatMap(CUPSServer.init) ?? .system, paperWidthDots: width))
    do throws(PrinterFault) {
      let prepared = try await printer.prepare(Attempt(slip: slip, number: 1))
      let outcome = await printer.commit(prepared, image, patience: patience * 1000)
      return ControlReply(printing: outcome, at: queue)
    } catch {
      return ControlReply(printing: .notSent(reason: error.detail), at: queue)
    }
  }
}
