import Emulators
import Hall
import Ports
import PrinterProtocols
import PrintersCUPS
import Testing
import TestKit

// Goal: the port's outcome for a slip on a raw queue agrees with the bytes that reached the printer. Method: the real
// cupsd with its socket backend, before an ESC/POS printer on a socket in every state.
@Suite("A raw queue of the real cupsd", .serialized)
struct RawQueueTests {
  /// A printer, its queue and the port before it.
  final class Bench {
    let cups: PrivateCUPS
    let printer: ESCPOSSimulator
    let port: CUPSPrinter
    let queue: String

    /// - Parameter own: a cupsd that the test ends; nil for the shared one.
    init(bufferBytes: Int = 65_536, on own: PrivateCUPS? = nil) async throws {
      if let own { cups = own } else { cups = try await PrivateCUPS.shared }
      printer = try ESCPOSSimulator(bufferBytes: bufferBytes)
      queue = cups.newQueue("raw")
      try cups.addRawQueue(queue, port: printer.port)
      port = CUPSPrinter(configuration: .init(queue: queue, server: cups.server))
    }

    deinit {
      printer.stop()
      cups.removeQueue(queue)
    }

    func hasNothingLeft() throws -> Bool { try cups.activeJobs(queue).isEmpty }
  }

  @Test("a slip arrives dot for dot, is called sent and leaves nothing in the queue")
  func prints() async throws {
    let bench = try await Bench()
    let image = slip(heightDots: 816)
    let prepared = try await bench.port.prepare(attempt())
    #expect(prepared.jobUUID.hasPrefix("urn:uuid:"))
    #expect(bench.printer.connections.isEmpty)
    let outcome = await bench.port.commit(prepared, image, patience: 30_000)
    #expect(outcome == .printed(.accepted))
    let piece = try #require(await bench.printer.piece(0))
    #expect(piece.image.bits == image.bits)
    #expect(piece.image.widthDots == 576)
    #expect(piece.trailingFeedDots >= 120)
    #expect(try bench.hasNothingLeft())
    #expect(await bench.port.reconcile(attempt(), jobUUID: prepared.jobUUID) == .printed(.accepted))
  }

  @Test("slips come out in their order, one job after the other")
  func several() async throws {
    let bench = try await Bench()
    for number in 1...3 {
      let image = slip(widthDots: 576, heightDots: 100 + number, seed: UInt64(number))
      let prepared = try await bench.port.prepare(attempt("SLIP\(number)"))
      #expect(await bench.port.commit(prepared, image, patience: 30_000) == .printed(.accepted))
    }
    _ = await bench.printer.piece(2)
    #expect(bench.printer.pieces.map(\.image.heightDots) == [101, 102, 103])
  }

  @Test("the job's name carries the slip and the attempt, and nothing else")
  func jobName() async throws {
    let bench = try await Bench()
    let prepared = try await bench.port.prepare(attempt("4T7Q2M9K1XWC", 2))
    #expect(try await bench.cups.spooledName(ofJob: prepared.jobNumber) == "slip:4T7Q2M9K1XWC:2")
    await bench.port.withdraw(prepared)
  }

  @Test("a withdrawn attempt prints nothing and leaves nothing in the queue")
  func withdrawn() async throws {
    let bench = try await Bench()
    let prepared = try await bench.port.prepare(attempt())
    await bench.port.withdraw(prepared)
    #expect(try bench.hasNothingLeft())
    #expect(await bench.port.commit(prepared, slip(heightDots: 100), patience: 30_000).isNotSent)
    // The following slip proves that the printer is listening.
    let next = try await bench.port.prepare(attempt("NEXT"))
    #expect(await bench.port.commit(next, slip(heightDots: 50), patience: 30_000) == .printed(.accepted))
    #expect(await bench.printer.piece(0)?.image.heightDots == 50)
    #expect(bench.printer.connections.count == 1)
  }

  @Test("an attempt that was prepared and never committed was not sent")
  func reconcilesPrepared() async throws {
    let bench = try await Bench()
    let prepared = try await bench.port.prepare(attempt())
    #expect(await bench.port.reconcile(attempt(), jobUUID: prepared.jobUUID).isNotSent)
    #expect(try bench.hasNothingLeft())
    _ = try await bench.port.prepare(attempt("OTHER"))
    // The hall had not recorded the job-uuid: the job is found by its name.
    #expect(await bench.port.reconcile(attempt("OTHER"), jobUUID: nil).isNotSent)
    #expect(try bench.hasNothingLeft())
    #expect(bench.printer.connections.isEmpty)
  }

  @Test("an attempt that the scheduler has never heard of is unknown once it had a job")
  func reconcilesLost() async throws {
    let bench = try await Bench()
    #expect(await bench.port.reconcile(attempt(), jobUUID: "urn:uuid:0").isUnknown)
    #expect(await bench.port.reconcile(attempt(), jobUUID: nil).isNotSent)
  }

  @Test("a job that an earlier run prepared does not stand in the way of the next")
  func leftOver() async throws {
    let bench = try await Bench()
    _ = try await bench.port.prepare(attempt("LEFT"))
    let prepared = try await bench.port.prepare(attempt("NEXT"))
    #expect(await bench.port.commit(prepared, slip(heightDots: 60), patience: 30_000) == .printed(.accepted))
    #expect(await bench.printer.piece(0)?.image.heightDots == 60)
    #expect(try bench.hasNothingLeft())
  }

  @Test("while a job of somebody else is in the queue nothing is prepared")
  func foreignJob() async throws {
    let bench = try await Bench()
    bench.printer.set(.stalled)
    try run("/usr/bin/lp", "-h", bench.cups.socket, "-d", bench.queue, "-o", "raw", "/usr/bin/lp")
    await #expect(throws: PrinterFault.self) { try await bench.port.prepare(attempt()) }
    // Not even the foreign job was touched.
    #expect(try !bench.hasNothingLeft())
  }

  @Test("without paper a short slip is called sent, never printed, and comes out when the paper is back")
  func paperOut() async throws {
    let bench = try await Bench()
    bench.printer.set(.paperEnd)
    let prepared = try await bench.port.prepare(attempt())
    #expect(await bench.port.commit(prepared, slip(heightDots: 100), patience: 30_000) == .printed(.accepted))
    #expect(bench.printer.pieces.isEmpty)
    bench.printer.set([])
    #expect(await bench.printer.piece(0)?.image.heightDots == 100)
  }

  @Test("a slip that the printer does not take in time is taken out of the queue, its outcome unknown")
  func stalls() async throws {
    let bench = try await Bench(bufferBytes: 1000)
    bench.printer.set(.paperEnd)
    let prepared = try await bench.port.prepare(attempt())
    // Larger than all socket buffers on the way.
    let outcome = await bench.port.commit(prepared, slip(heightDots: 60_000), patience: 2_000)
    #expect(outcome.isUnknown)
    try await eventually("the queue is empty") { try bench.hasNothingLeft() }
  }

  @Test("a printer that is switched off leaves the outcome unknown: CUPS does not tell what was sent")
  func switchedOff() async throws {
    let bench = try await Bench()
    bench.printer.setPower(false)
    let prepared = try await bench.port.prepare(attempt())
    #expect(await bench.port.commit(prepared, slip(heightDots: 100), patience: 60_000).isUnknown)
    try await eventually("the queue is empty") { try bench.hasNothingLeft() }
  }

  @Test("a paused queue takes no attempt")
  func paused() async throws {
    let bench = try await Bench()
    try bench.cups.printerIs("disabled", bench.queue)
    #expect(await bench.port.probe() == .serviceDown)
    await #expect(throws: PrinterFault.self) { try await bench.port.prepare(attempt()) }
    try bench.cups.printerIs("enabled", bench.queue)
    #expect(await bench.port.probe() == [])
  }

  @Test("a queue that is paused before the slip began gives it back unsent")
  func pausedInBetween() async throws {
    let bench = try await Bench()
    let prepared = try await bench.port.prepare(attempt())
    try bench.cups.printerIs("disabled", bench.queue)
    #expect(await bench.port.commit(prepared, slip(heightDots: 100), patience: 1_000).isNotSent)
    try bench.cups.printerIs("enabled", bench.queue)
    #expect(try bench.hasNothingLeft())
    #expect(bench.printer.connections.isEmpty)
  }

  @Test("a queue that CUPS does not know is a print service that is down")
  func unknownQueue() async throws {
    let bench = try await Bench()
    let port = CUPSPrinter(configuration: .init(queue: "nowhere", server: bench.cups.server))
    #expect(await port.probe() == .serviceDown)
    await #expect(throws: PrinterFault.self) { try await port.prepare(attempt()) }
  }
}
