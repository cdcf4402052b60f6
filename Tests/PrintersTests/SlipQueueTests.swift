import Emulators
import Foundation
import Hall
import PrinterLink
import Ports
import PrinterProtocols
import PrintersCUPS
import Testing
import TestKit

// Goal: the port's outcome for a slip on a queue of yichuang-pos agrees with the paper, and nothing is left behind.
// Method: the real cupsd with the built backend, before an ESC/POS printer on a socket.
@Suite("A queue of yichuang-pos", .serialized)
struct SlipQueueTests {
  @Test("a slip arrives dot for dot, is printed by the printer's own word and leaves nothing in the queue")
  func prints() async throws {
    let bench = try await SlipBench()
    let image = slip(heightDots: 816)
    let prepared = try await bench.port.prepare(attempt())
    #expect(await bench.port.path == .posBackend)
    #expect(bench.printer.connections.isEmpty)
    #expect(await bench.port.commit(prepared, image, patience: 60_000) == .printed(.echo))
    #expect(await bench.printer.piece(0)?.image.bits == image.bits)
    try await eventually("the queue is empty") { try bench.hasNothingLeft() }
    #expect(await bench.port.reconcile(attempt(), jobUUID: prepared.jobUUID) == .printed(.echo))
    #expect(bench.printer.pieces.count == 1)
  }

  @Test("paper that is put in before anything was sent lets the slip print")
  func paperBefore() async throws {
    let bench = try await SlipBench()
    bench.printer.set(.paperEnd)
    let prepared = try await bench.port.prepare(attempt())
    let port = bench.port
    async let outcome = port.commit(prepared, slip(heightDots: 200), patience: 60_000)
    try await eventually("the queue says that there is no paper") { await port.probe().contains(.paperOut) }
    #expect(bench.wasSentNothing)
    bench.printer.set([])
    #expect(await outcome == .printed(.echo))
    #expect(await bench.printer.piece(0)?.image.heightDots == 200)
    try await eventually("the queue is well again") { await port.probe() == [] }
  }

  @Test("without paper in time nothing is sent, which is known, and nothing is left behind")
  func paperNever() async throws {
    let bench = try await SlipBench("wait=0.5")
    bench.printer.set(.paperEnd)
    let prepared = try await bench.port.prepare(attempt())
    #expect(await bench.port.commit(prepared, slip(heightDots: 200), patience: 60_000).isNotSent)
    #expect(try bench.hasNothingLeft())
    #expect(await bench.port.probe() == .paperOut)
    bench.printer.set([])
    #expect(await bench.port.probe() == [])
    #expect(bench.wasSentNothing)
  }

  @Test("a printer that is switched off was sent nothing, which is known")
  func switchedOff() async throws {
    let bench = try await SlipBench("wait=0.5")
    bench.printer.setPower(false)
    let prepared = try await bench.port.prepare(attempt())
    #expect(await bench.port.commit(prepared, slip(heightDots: 200), patience: 60_000).isNotSent)
    #expect(try bench.hasNothingLeft())
    #expect(await bench.port.probe() == .offline)
  }
}
