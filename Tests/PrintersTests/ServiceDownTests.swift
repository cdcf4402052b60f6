import Emulators
import Hall
import Ports
import PrinterProtocols
import PrintersCUPS
import Testing
import TestKit

// Goal: whatever happens to cupsd, the port answers in time and claims no more than it knows. Method: the real cupsd,
// stopped, frozen with SIGSTOP and restarted at each step of an attempt.
@Suite("cupsd that is down or frozen", .serialized)
struct ServiceDownTests {
  @Test("without cupsd the port says so, and nothing can be prepared")
  func stopped() async throws {
    let bench = try await RawQueueTests.Bench(on: PrivateCUPS())
    bench.cups.stop()
    #expect(await bench.port.probe() == .serviceDown)
    let fault = await #expect(throws: PrinterFault.self) { try await bench.port.prepare(attempt()) }
    #expect(fault?.conditions.contains(.serviceDown) == true)
    #expect(await bench.port.reconcile(attempt(), jobUUID: "urn:uuid:0").isUnknown)
  }

  @Test("a cupsd that does not answer is given up, and is asked anew when it does")
  func frozen() async throws {
    let bench = try await RawQueueTests.Bench(on: PrivateCUPS())
    bench.cups.freeze()
    #expect(await bench.port.probe() == .serviceDown)
    await #expect(throws: PrinterFault.self) { try await bench.port.prepare(attempt()) }
    bench.cups.thaw()
    try await eventually("the port is well again") { await bench.port.probe() == [] }
    let prepared = try await bench.port.prepare(attempt())
    #expect(await bench.port.commit(prepared, slip(heightDots: 100), patience: 30_000) == .printed(.accepted))
  }

  @Test("a commit into a stopped cupsd sends nothing, and reconciling afterwards prints nothing")
  func stoppedBeforeCommit() async throws {
    let bench = try await RawQueueTests.Bench(on: PrivateCUPS())
    let prepared = try await bench.port.prepare(attempt())
    bench.cups.stop()
    #expect(await bench.port.commit(prepared, slip(heightDots: 100), patience: 30_000).isNotSent)
    try await bench.cups.start()
    #expect(!(await bench.port.reconcile(attempt(), jobUUID: prepared.jobUUID).isPrinted))
    #expect(bench.printer.connections.isEmpty)
  }

  @Test("a cupsd that freezes while the slip is printing leaves the outcome unknown")
  func frozenAfterSend() async throws {
    let bench = try await RawQueueTests.Bench(on: PrivateCUPS())
    bench.printer.set(.stalled)
    let prepared = try await bench.port.prepare(attempt())
    let port = bench.port
    async let outcome = port.commit(prepared, slip(heightDots: 60_000), patience: 4_000)
    try await eventually("the printer is connected") { !bench.printer.connections.isEmpty }
    bench.cups.freeze()
    #expect(await outcome.isUnknown)
    bench.cups.thaw()
  }

  @Test("a cupsd that ends in mid-slip never lets the slip be taken for unsent", arguments: [false, true])
  func endsInMidSlip(byCrash: Bool) async throws {
    let bench = try await RawQueueTests.Bench(on: PrivateCUPS())
    bench.printer.set(.slow(bytes: 2_000))
    let prepared = try await bench.port.prepare(attempt())
    let port = bench.port
    async let outcome = port.commit(prepared, slip(heightDots: 4_000), patience: 8_000)
    #expect(await bench.printer.received(bytes: 10_000))
    if byCrash { bench.cups.crash() } else { bench.cups.stop() }
    try await bench.cups.start()
    #expect(!(await outcome.isNotSent))
    #expect(!(await port.reconcile(attempt(), jobUUID: prepared.jobUUID).isNotSent))
  }

  @Test("a job number that cupsd uses again after a crash is not taken for the prepared job")
  func numberUsedAgain() async throws {
    let bench = try await RawQueueTests.Bench(on: PrivateCUPS())
    let first = try await bench.port.prepare(attempt("FIRST"))
    let stale = PreparedAttempt(
      attempt: attempt("SECOND"), jobUUID: "urn:uuid:00000000-0000-0000-0000-000000000000", jobNumber: first.jobNumber)
    #expect(await bench.port.commit(stale, slip(heightDots: 70), patience: 30_000).isNotSent)
    await bench.port.withdraw(stale)
    // The job with that number is not touched.
    #expect(await bench.port.commit(first, slip(heightDots: 80), patience: 30_000) == .printed(.accepted))
    #expect(await bench.printer.piece(0)?.image.heightDots == 80)
  }
}
