import Foundation
import Hall
import Ports
import PrintersCUPS
import SlipRender
import Slips
import Testing
import TestKit

// Goal: a notice on A4 reaches an office printer as the PDF of Form A, on A4, with the printer's job state as evidence;
// and no slip for a roll is sent to sheets, nor the other way. Method: the real cupsd with its filters and a driverless
// queue before ippeveprinter as an office printer.
@Suite("An office queue of the real cupsd", .serialized)
struct OfficeQueueTests {
  final class Bench {
    let cups: PrivateCUPS
    let printer: PrivateIPPPrinter
    let port: CUPSPrinter
    let queue: String

    init() async throws {
      printer = try await PrivateIPPPrinter(office: true)
      cups = try await PrivateCUPS.shared
      queue = cups.newQueue("office")
      try await cups.addDriverlessQueue(queue, uri: printer.uri)
      port = CUPSPrinter(
        configuration: .init(
          queue: queue, server: cups.server, paperWidthDots: SlipImage.sheetWidthDots, sheets: true))
    }

    deinit { cups.removeQueue(queue) }
  }

  /// A notice of several pages.
  private func sheets() async throws -> SlipImage {
    let blocks: [SlipBlock] =
      [.heading(text: "安居镇便民服务中心"), .title(text: "一次性告知单")]
      + (1...60).map { .checkItem(number: $0, name: "材料\($0)", copies: ["原件1份"], details: ["来源：申请人自备"]) }
    return try await SlipRenderer().sheet(
      SlipDocument(kind: .notice, slip: SlipID("n-a4"), largeType: false, blocks: blocks))
  }

  @Test("a notice arrives as PDF on A4, and the printer says that it is printed; afterwards it is found again")
  func prints() async throws {
    let bench = try await Bench()
    try await eventually("the printer answers") { await bench.port.probe() == [] }
    #expect(await bench.port.path == .office)
    let image = try await sheets()
    #expect(image.widthDots == SlipImage.sheetWidthDots && image.heightDots > 2376 && image.heightDots % 2376 == 0)
    let prepared = try await bench.port.prepare(attempt())
    #expect(await bench.port.commit(prepared, image, patience: 90_000) == .printed(.ippCompleted))
    let document = try await bench.printer.document()
    #expect(document.starts(with: Array("%PDF-".utf8)))
    let media = try #require(try bench.printer.attribute("IPP_MEDIA_COL"))
    #expect(media.contains("x-dimension=21000") && media.contains("y-dimension=29700"), "\(media)")
    #expect(try bench.cups.activeJobs(bench.queue).isEmpty)
    #expect(await bench.port.reconcile(attempt(), jobUUID: prepared.jobUUID) == .printed(.ippCompleted))
  }

  @Test("a printer without paper is told before anything is sent, and one that is gone is offline")
  func conditions() async throws {
    let bench = try await Bench()
    bench.printer.stop()
    #expect(await bench.port.probe().contains(.offline))
    await #expect(throws: PrinterFault.self) { try await bench.port.prepare(attempt()) }
  }

  @Test(
    "a slip for a roll is not given to sheets: refused before a job where the configuration names a slip printer, and not sent at all"
  )
  func noRollOnSheets() async throws {
    let bench = try await Bench()
    let roll = CUPSPrinter(configuration: .init(queue: bench.queue, server: bench.cups.server))
    #expect(await roll.probe().contains(.serviceDown))
    let fault = await #expect(throws: PrinterFault.self) { try await roll.prepare(attempt()) }
    #expect(fault?.detail.contains("office printer on A4") == true, "\(String(describing: fault))")
    let prepared = try await bench.port.prepare(attempt())
    guard case .notSent = await bench.port.commit(prepared, slip(heightDots: 400), patience: 20_000) else {
      Issue.record("a roll's picture was taken")
      return
    }
    #expect(try bench.cups.activeJobs(bench.queue).isEmpty)
  }

  @Test("a queue of a roll printer is none for A4")
  func noSheetsOnRoll() async throws {
    let printer = try await PrivateIPPPrinter()
    let cups = try await PrivateCUPS.shared
    let queue = cups.newQueue("roll")
    defer { cups.removeQueue(queue) }
    try await cups.addDriverlessQueue(queue, uri: printer.uri)
    let port = CUPSPrinter(
      configuration: .init(queue: queue, server: cups.server, paperWidthDots: SlipImage.sheetWidthDots, sheets: true))
    #expect(await port.probe().contains(.serviceDown))
    let fault = await #expect(throws: PrinterFault.self) { try await port.prepare(attempt()) }
    #expect(fault?.detail.contains("no sheets of A4") == true, "\(String(describing: fault))")
  }
}
