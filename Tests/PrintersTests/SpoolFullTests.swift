import Emulators
import Foundation
import Hall
import PrinterLink
import Ports
import PrintersCUPS
import Testing
import TestKit

// Goal: a full spool is reported at once, and slips go on when there is space again. Method: the real cupsd with its
// spool on a small file system (root mounts it) that is filled to the last byte.
@Suite("A spool without space", .serialized)
struct SpoolFullTests {
  @Test("a slip is known at once not to be sent, the printer says why, and the next one prints when there is space")
  func full() async throws {
    let cups = try await PrivateCUPS(spoolKilobytes: 512)
    let printer = try ESCPOSSimulator()
    defer { printer.stop() }
    try cups.addSlipQueue("slips", port: printer.port, options: "wait=60&confirm=60")
    let port = CUPSPrinter(configuration: SlipBench.configuration("slips", cups))
    let image = slip(heightDots: 816)
    #expect(await port.commit(try port.prepare(attempt()), image, patience: 60_000) == .printed(.echo))
    try cups.fillSpool()
    let prepared = try await port.prepare(attempt("4T7Q2M9K1XWD"))
    // A patience longer than any test: only the scheduler's refusal can end this.
    #expect(
      await port.commit(prepared, image, patience: 3_600_000) == .notSent(reason: "print_spool_full"))
    #expect(await port.probe() == .spoolFull)
    let fault = await #expect(throws: PrinterFault.self) { try await port.prepare(attempt("4T7Q2M9K1XWE")) }
    #expect(fault?.conditions == .spoolFull)
    #expect(try cups.activeJobs("slips").isEmpty)
    try cups.emptySpool()
    try await eventually("the printer is well again") { await port.probe() == [] }
    #expect(try cups.activeJobs("slips").isEmpty)
    #expect(
      await port.commit(try port.prepare(attempt("4T7Q2M9K1XWF")), image, patience: 60_000) == .printed(.echo))
    #expect(printer.pieces.count == 2)
  }
}
