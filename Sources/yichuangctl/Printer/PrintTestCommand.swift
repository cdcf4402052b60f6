import ArgumentParser
import Control
import Foundation
import Groundwork
import Hall
import Ports
import PrinterLink
import PrinterProtocols
import PrintersCUPS
import Settings
import SlipRender
import Slips

extension PrinterCommand {
  struct PrintTest: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "test", abstract: "Prints a test slip and says what became of it, with its evidence.",
      discussion: """
        With --queue it prints on a queue of CUPS by itself; with --kiosk the running daemon prints at that kiosk. Status 0 \
        says that the slip was sent or printed, 69 that nothing was sent or that it is not known. --interactive goes on \
        with the cover and the paper, step by step, and ends with 69 when the printer does not tell of one of them.
        """)
    @Option(help: "The queue.")
    var queue: String?
    @Option(help: "The kiosk at which the daemon shall print.")
    var kiosk: String?
    @Option(help: "The printer's model (default: the one that the queue was set up for, else generic-80).")
    var model: String?
    @Option(help: "Seconds to wait for the outcome.")
    var patience = 45
    @Flag(help: "Try cover and paper too, one step after the other.")
    var interactive = false
    @OptionGroup var server: ServerOptions
    @OptionGroup var models: ModelOptions
    @OptionGroup var state: StateOptions
    @OptionGroup var answer: AnswerOptions

    func validate() throws {
      guard (queue == nil) != (kiosk == nil) else { throw ValidationError("name a --queue or a --kiosk") }
      guard queue != nil || (model == nil && !interactive) else {
        throw ValidationError("--model and --interactive belong to --queue")
      }
      guard !interactive || !answer.json else { throw ValidationError("--interactive talks to people, not in JSON") }
      guard (1...600).contains(patience) else { throw ValidationError("--patience is 1 to 600 seconds") }
    }

    func run() async throws {
      if let kiosk {
        var request = ControlRequest(.testSlip)
        request.kiosk = kiosk
        return try answer.give(state.demand(request))
      }
      guard let queue else { return }
      let reply: ControlReply
      do { reply = try await test(queue) } catch let fault as ModelOptions.Unreadable { reply = fault.reply }
      try answer.give(reply)
    }

    private func test(_ queue: String) async throws -> ControlReply {
      let entry = try? QueueTable(server.address).entry(queue)
      let model = try models.model(
        self.model ?? entry?.address?.model ?? PrinterModelStore.generic(paperMillimetres: 80))
      let printer = CUPSPrinter(
        configuration: .init(
          queue: queue, server: server.address, paperWidthDots: model.widthDots, sheets: model.isSheet,
          encoder: model.encoder))
      let slip = TestPrint(queue: queue, printer: printer, patience: patience)
      guard interactive else { return await slip.print().adding(["model": .text(model.id)]) }
      return await PrinterTrial(slip: slip, model: model, path: entry?.path ?? .undetermined).run()
    }
  }
}

/// One test slip on one queue.
struct TestPrint {
  let queue: String
  let printer: CUPSPrinter
  let patience: Int

  func print() async -> ControlReply {
    let slip = SlipID("test-" + String(UInt64.random(in: .min ... .max), radix: 36))
    let now = Timestamp(milliseconds: Int64(Date().timeIntervalSince1970 * 1000))
    let document = TestSlip(slip: slip, location: queue, printedAt: now).document()
    let image: SlipImage
    do throws(SlipRenderFault) {
      let renderer = try SlipRenderer()
      image =
        printer.paperWidthDots == SlipImage.sheetWidthDots
        ? try await renderer.sheet(document)
        : try await renderer.render(document, paperWidthDots: printer.paperWidthDots)
    } catch {
      return ControlReply(
        .installation, "the slip cannot be drawn (\(error)): install fonts-noto-cjk",
        zh: "小票画不出来（\(error)）：装上字体 fonts-noto-cjk")
    }
    do throws(PrinterFault) {
      let prepared = try await printer.prepare(Attempt(slip: slip, number: 1))
      let outcome = await printer.commit(prepared, image, patience: patience * 1000)
      // Test slips are not reconciled.
      await printer.forget([prepared.jobUUID])
      return ControlReply(printing: outcome, at: queue)
    } catch {
      return ControlReply(printing: .notSent(reason: error.detail), at: queue)
    }
  }
}

extension ControlReply {
  func adding(_ more: [String: ControlValue]) -> ControlReply {
    ControlReply(status: status, sentence, zh: chinese, details.merging(more) { $1 })
  }
}
