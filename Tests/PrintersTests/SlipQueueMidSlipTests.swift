import Emulators
import Foundation
import Hall
import PrinterLink
import Ports
import PrinterProtocols
import PrintersCUPS
import Testing
import TestKit

// Goal: whatever happens between the first row and the last, the outcome is true and no job stays to print later.
// Method: the head of the simulated printer stops at a row, and a fault is set there.
@Suite("A slip of yichuang-pos in the middle", .serialized)
struct SlipQueueMidSlipTests {
  @Test("paper that ends in mid-slip and is put in lets the slip end, by the printer's word")
  func paperPutIn() async throws {
    let bench = try await SlipBench()
    bench.tell("paper ends after 200 rows")
    let prepared = try await bench.port.prepare(attempt())
    let port = bench.port
    async let outcome = port.commit(prepared, slip(heightDots: 600), patience: 120_000)
    try await eventually("the queue says that there is no paper") { await port.probe().contains(.paperOut) }
    #expect(try bench.standing(prepared) == .sending(isAlive: true))
    bench.tell("paper in")
    #expect(await outcome == .printed(.echo))
    #expect(bench.printer.pieces.count == 1)
    try await eventually("the queue is well again") { await port.probe() == [] }
  }

  @Test("paper that is not put in leaves the outcome unknown and no job behind, also not one that prints later")
  func paperNotPutIn() async throws {
    let bench = try await SlipBench("wait=60&confirm=1")
    bench.tell("paper ends after 200 rows")
    let prepared = try await bench.port.prepare(attempt())
    #expect(await bench.port.commit(prepared, slip(heightDots: 600), patience: 120_000).isUnknown)
    #expect(try bench.hasNothingLeft())
    #expect(await bench.port.reconcile(attempt(), jobUUID: prepared.jobUUID).isUnknown)
  }

  @Test("a cover that is opened and closed lets the slip end")
  func cover() async throws {
    let bench = try await SlipBench()
    bench.tell("hold head after 100 rows")
    let prepared = try await bench.port.prepare(attempt())
    let port = bench.port
    async let outcome = port.commit(prepared, slip(heightDots: 400), patience: 120_000)
    try await bench.isUnderWay(prepared, bytes: 20_000)
    bench.tell("cover open")
    try await eventually("the queue says that the cover is open") { await port.probe().contains(.coverOpen) }
    bench.tell("cover close")
    bench.tell("release")
    #expect(await outcome == .printed(.echo))
  }

  @Test("a printer that stalls in mid-slip is a fault while the slip waits, and none when it goes on")
  func stall() async throws {
    let bench = try await SlipBench()
    bench.tell("stall after 10000 bytes")
    let prepared = try await bench.port.prepare(attempt())
    let port = bench.port
    async let outcome = port.commit(prepared, slip(heightDots: 8_000), patience: 120_000)
    try await bench.isUnderWay(prepared, bytes: 10_000)
    try await eventually("the queue says that the printer does not answer") { await port.probe() == .offline }
    #expect(try bench.standing(prepared) == .sending(isAlive: true))
    bench.tell("go")
    #expect(await outcome == .printed(.echo))
    #expect(bench.printer.pieces.count == 1)
    try await eventually("the queue is well again") { await port.probe() == [] }
  }

  @Test("a connection that breaks in mid-slip leaves the outcome unknown, and no job behind")
  func reset() async throws {
    let bench = try await SlipBench()
    bench.tell("hold head after 100 rows")
    let prepared = try await bench.port.prepare(attempt())
    let port = bench.port
    async let outcome = port.commit(prepared, slip(heightDots: 400), patience: 120_000)
    try await bench.isUnderWay(prepared, bytes: 20_000)
    bench.tell("reset")
    #expect(await outcome.isUnknown)
    #expect(try bench.hasNothingLeft())
  }

  @Test("a backend that is killed leaves the outcome unknown at once, not only when patience is over")
  func killed() async throws {
    let bench = try await SlipBench()
    bench.tell("hold head after 100 rows")
    let prepared = try await bench.port.prepare(attempt())
    let port = bench.port
    // The test's own timeout is far below this patience.
    async let outcome = port.commit(prepared, slip(heightDots: 400), patience: 3_600_000)
    try await bench.isUnderWay(prepared, bytes: 20_000)
    for process in bench.backends() { kill(process, SIGKILL) }
    #expect(await outcome.isUnknown)
    #expect(try bench.hasNothingLeft())
  }

  @Test("a job that is canceled while the printer is waited for was not sent")
  func canceledBefore() async throws {
    let bench = try await SlipBench()
    bench.tell("paper out")
    let prepared = try await bench.port.prepare(attempt())
    let port = bench.port
    async let outcome = port.commit(prepared, slip(heightDots: 400), patience: 120_000)
    try await eventually("the printer is asked") { !bench.printer.connections.isEmpty }
    try run("/usr/bin/cancel", "-h", bench.cups.socket, "\(bench.queue)-\(prepared.jobNumber)")
    #expect(await outcome.isNotSent)
    bench.tell("paper in")
    #expect(bench.wasSentNothing)
  }

  @Test("a job that is canceled in mid-slip is printed to its end, and that is known")
  func canceledWithin() async throws {
    let bench = try await SlipBench()
    bench.tell("hold head after 100 rows")
    let prepared = try await bench.port.prepare(attempt())
    let port = bench.port
    async let outcome = port.commit(prepared, slip(heightDots: 400), patience: 120_000)
    try await bench.isUnderWay(prepared, bytes: 20_000)
    try run("/usr/bin/cancel", "-h", bench.cups.socket, "\(bench.queue)-\(prepared.jobNumber)")
    bench.tell("release")
    #expect(await outcome == .printed(.echo))
    #expect(await bench.printer.piece(0)?.image.heightDots == 400)
  }

  @Test("a slip of unknown outcome that somebody releases in the scheduler is not sent again")
  func released() async throws {
    let bench = try await SlipBench.alone("wait=600&confirm=1")
    bench.tell("hold echo")
    let file = bench.cups.folder.appendingPathComponent("slip.bin")
    let image = slip(heightDots: 100)
    let dots = try #require(DotImage(widthDots: image.widthDots, heightDots: 100, bits: image.bits))
    try Data(ESCPOSEncoder().slip(dots)).write(to: file)
    // Not through the port, which would have cancelled the job.
    try run("/usr/bin/lp", "-h", bench.cups.socket, "-d", bench.queue, "-o", "raw", file.path)
    try await eventually("the job is held") { bench.cups.log.contains("the printer did not answer in time") }
    #expect(try !bench.hasNothingLeft())
    let connections = bench.printer.connections.count
    try run("/usr/bin/lp", "-h", bench.cups.socket, "-i", "\(bench.queue)-1", "-H", "resume")
    try await eventually("the job was looked at again") { bench.cups.log.contains("it is never sent again") }
    #expect(bench.printer.connections.count == connections)
    #expect(bench.printer.pieces.count == 1)
  }
}
