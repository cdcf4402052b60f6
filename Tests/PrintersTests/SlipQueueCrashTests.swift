import Emulators
import Foundation
import Hall
import PrinterLink
import Ports
import PrinterProtocols
import PrintersCUPS
import Testing
import TestKit

// Goal: the claims folder knows what the scheduler loses, and nothing is printed twice. Method: the real cupsd, killed,
// ended and frozen around a slip; the backend lives on as it does in a hall.
@Suite("cupsd that ends around a slip of yichuang-pos", .serialized)
struct SlipQueueCrashTests {
  @Test("a slip whose scheduler is killed is printed once by the backend that lives on, and that is known")
  func killed() async throws {
    let bench = try await SlipBench.alone()
    bench.tell("hold head after 100 rows")
    let prepared = try await bench.port.prepare(attempt())
    let port = bench.port
    async let outcome = port.commit(prepared, slip(heightDots: 400), patience: 120_000)
    try await bench.isUnderWay(prepared, bytes: 20_000)
    bench.cups.crash()
    #expect(try bench.standing(prepared) == .sending(isAlive: true))
    // The new scheduler finds the job in its spool and starts it again.
    try await bench.cups.start()
    try await eventually("the job was looked at again") { bench.cups.log.contains("it is never sent again") }
    bench.tell("release")
    #expect(await outcome == .printed(.echo))
    let next = try await port.prepare(attempt("NEXT"))
    #expect(await port.commit(next, slip(heightDots: 50), patience: 120_000) == .printed(.echo))
    #expect(bench.printer.pieces.map(\.image.heightDots) == [400, 50])
  }

  @Test("a slip whose scheduler ends is never called what it is not")
  func ended() async throws {
    let bench = try await SlipBench.alone()
    bench.tell("hold head after 100 rows")
    let prepared = try await bench.port.prepare(attempt())
    let port = bench.port
    async let outcome = port.commit(prepared, slip(heightDots: 400), patience: 120_000)
    try await bench.isUnderWay(prepared, bytes: 20_000)
    bench.cups.stop()
    try await bench.cups.start()
    bench.tell("release")
    let end = await outcome
    #expect(end == .printed(.echo) && bench.printer.pieces.count == 1 || end.isUnknown)
    #expect(await port.reconcile(attempt(), jobUUID: prepared.jobUUID) == end)
    #expect(try bench.hasNothingLeft())
  }

  @Test("a hall that starts again waits for the backend that is still printing, and then knows")
  func hallStartsAgain() async throws {
    let bench = try await SlipBench.alone()
    bench.tell("hold head after 100 rows")
    let prepared = try await bench.port.prepare(attempt())
    let first = bench.port
    async let left = first.commit(prepared, slip(heightDots: 400), patience: 120_000)
    try await bench.isUnderWay(prepared, bytes: 20_000)
    bench.cups.crash()
    // Nothing is left of the scheduler; a port of a new run has only the job-uuid.
    var configuration = SlipBench.configuration(bench.queue, bench.cups)
    configuration.reconcileMilliseconds = 60_000
    let second = CUPSPrinter(configuration: configuration)
    async let found = second.reconcile(attempt(), jobUUID: prepared.jobUUID)
    bench.tell("release")
    #expect(await found == .printed(.echo))
    #expect(await left == .printed(.echo))
  }

  @Test("a slip that nobody has begun is taken back for good, and the scheduler's job prints nothing afterwards")
  func takenBack() async throws {
    let bench = try await SlipBench.alone()
    let prepared = try await bench.port.prepare(attempt())
    try bench.cups.printerIs("disabled", bench.queue)
    #expect(await bench.port.commit(prepared, slip(heightDots: 400), patience: 500).isNotSent)
    #expect(try bench.standing(prepared) == .withdrawn)
    try bench.cups.printerIs("enabled", bench.queue)
    #expect(try bench.hasNothingLeft())
    let second = CUPSPrinter(configuration: SlipBench.configuration(bench.queue, bench.cups))
    #expect(await second.reconcile(attempt(), jobUUID: prepared.jobUUID).isNotSent)
    #expect(bench.wasSentNothing)
  }

  @Test("a frozen scheduler costs the slip, which was not sent and is not printed when it thaws")
  func frozen() async throws {
    let bench = try await SlipBench.alone()
    let prepared = try await bench.port.prepare(attempt())
    bench.cups.freeze()
    #expect(await bench.port.commit(prepared, slip(heightDots: 400), patience: 120_000).isNotSent)
    bench.cups.thaw()
    try await eventually("the port is well again") { await bench.port.probe() == [] }
    let next = try await bench.port.prepare(attempt("NEXT"))
    #expect(await bench.port.commit(next, slip(heightDots: 50), patience: 120_000) == .printed(.echo))
    #expect(bench.printer.pieces.map(\.image.heightDots) == [50])
  }

  @Test("claims are kept while the scheduler may still have the job, and go when they are forgotten")
  func forgotten() async throws {
    let bench = try await SlipBench.alone()
    let prepared = try await bench.port.prepare(attempt())
    #expect(await bench.port.commit(prepared, slip(heightDots: 50), patience: 120_000) == .printed(.echo))
    try await eventually("the queue is empty") { try bench.hasNothingLeft() }
    await bench.port.forget([prepared.jobUUID])
    #expect(try bench.standing(prepared) == .done(.echo))
    var configuration = SlipBench.configuration(bench.queue, bench.cups)
    configuration.claimRestSeconds = 0
    let hasty = CUPSPrinter(configuration: configuration)
    _ = await hasty.probe()
    await hasty.forget([prepared.jobUUID])
    #expect(try bench.standing(prepared) == .free)
  }
}
