import Emulators
import Foundation
import Hall
import Ports
import PrinterProtocols
import PrintersCUPS
import Testing
import TestKit

// Goal: an IPP Everywhere printer receives a slip as drawn, with its paper size, and its own job state is the evidence.
// Method: the real cupsd with a driverless queue before ippeveprinter as a roll printer.
@Suite("A driverless queue of the real cupsd", .serialized)
struct DriverlessQueueTests {
  final class Bench {
    let cups: PrivateCUPS
    let printer: PrivateIPPPrinter
    let port: CUPSPrinter
    let queue: String

    init(jobSeconds: Int = 0) async throws {
      printer = try await PrivateIPPPrinter(jobSeconds: jobSeconds)
      cups = try await PrivateCUPS.shared
      queue = cups.newQueue("roll")
      try await cups.addDriverlessQueue(queue, uri: printer.uri)
      port = CUPSPrinter(configuration: .init(queue: queue, server: cups.server))
    }

    deinit { cups.removeQueue(queue) }
  }

  @Test("a slip arrives dot for dot on a page of its own size, and the printer says that it is printed")
  func prints() async throws {
    let bench = try await Bench()
    #expect(await bench.port.probe() == [])
    let image = slip(heightDots: 816)
    let prepared = try await bench.port.prepare(attempt())
    #expect(await bench.port.commit(prepared, image, patience: 60_000) == .printed(.ippCompleted))
    let page = try #require(PWGRaster.decode(try await bench.printer.document()))
    #expect(page.image.bits == image.bits)
    #expect(page.header.pageSizeName == "custom_slip_72x103mm")
    // 72 by 103 mm in whole points, as CUPS counts, and in hundredths of a millimetre; Letter is 21590 by 27940.
    let media = try #require(try bench.printer.attribute("IPP_MEDIA_COL"))
    #expect(media.contains("x-dimension=7196"))
    #expect(media.contains("y-dimension=10265"))
    #expect(try bench.cups.activeJobs(bench.queue).isEmpty)
    #expect(await bench.port.reconcile(attempt(), jobUUID: prepared.jobUUID) == .printed(.ippCompleted))
  }

  @Test("an empty roll is told while nothing prints, and stops a slip before it is sent")
  func mediaEmpty() async throws {
    let bench = try await Bench()
    try bench.printer.setPaper(false)
    #expect(await bench.port.probe().contains(.paperOut))
    let fault = await #expect(throws: PrinterFault.self) { try await bench.port.prepare(attempt()) }
    #expect(fault?.conditions.contains(.paperOut) == true)
    try bench.printer.setPaper(true)
    #expect(await bench.port.probe() == [])
    let prepared = try await bench.port.prepare(attempt())
    #expect(await bench.port.commit(prepared, slip(heightDots: 400), patience: 60_000) == .printed(.ippCompleted))
  }

  @Test("paper that is out when the slip arrives leaves the outcome unknown and nothing in the queue")
  func mediaEmptyInBetween() async throws {
    let bench = try await Bench()
    let prepared = try await bench.port.prepare(attempt())
    try bench.printer.setPaper(false)
    #expect(await bench.port.commit(prepared, slip(heightDots: 400), patience: 4_000).isUnknown)
    try await eventually("the queue is empty") { try bench.cups.activeJobs(bench.queue).isEmpty }
    try bench.printer.setPaper(true)
    try await eventually("the printer is ready again") { await bench.port.probe() == [] }
  }

  @Test("a printer that is gone is offline, also when nothing prints")
  func gone() async throws {
    let bench = try await Bench()
    bench.printer.stop()
    #expect(await bench.port.probe().contains(.offline))
    await #expect(throws: PrinterFault.self) { try await bench.port.prepare(attempt()) }
  }

  @Test("a queue whose set-up failed is no printer")
  func notSetUp() async throws {
    let bench = try await Bench()
    let bare = bench.cups.newQueue("bare")
    defer { bench.cups.removeQueue(bare) }
    try run(
      "/usr/sbin/lpadmin", "-h", bench.cups.socket, "-p", bare, "-E", "-v", bench.printer.uri, "-m", "raw")
    let port = CUPSPrinter(configuration: .init(queue: bare, server: bench.cups.server))
    #expect(await port.probe().contains(.serviceDown))
    await #expect(throws: PrinterFault.self) { try await port.prepare(attempt()) }
  }
}
