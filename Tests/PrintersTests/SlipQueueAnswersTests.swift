import Emulators
import Foundation
import Hall
import PrinterLink
import Ports
import PrinterProtocols
import PrintersCUPS
import Testing

// Goal: the evidence corresponds to the printer's answers, and is never better. Method: printers that answer
// differently, behind the same cupsd and backend.
@Suite("The evidence of yichuang-pos", .serialized)
struct SlipQueueAnswersTests {
  @Test("a printer without echo gives the status after the cut")
  func status() async throws {
    let bench = try await SlipBench("wait=60&confirm=60&completion=status")
    bench.tell("answers echo-less")
    let prepared = try await bench.port.prepare(attempt())
    #expect(await bench.port.commit(prepared, slip(heightDots: 300), patience: 120_000) == .printed(.statusAfterCut))
    #expect(bench.printer.pieces.count == 1)
    #expect(bench.printer.echoes == 0)
  }

  @Test("a printer that never answers gives no more than that it took the bytes")
  func silent() async throws {
    let bench = try await SlipBench("wait=60&confirm=60&completion=none&status=none")
    bench.tell("answers none")
    let prepared = try await bench.port.prepare(attempt())
    #expect(await bench.port.commit(prepared, slip(heightDots: 300), patience: 120_000) == .printed(.accepted))
    #expect(await bench.printer.piece(0)?.image.heightDots == 300)
    #expect(bench.printer.connections[0].starts(with: ESCPOSEncoder.initialize))
    #expect(await bench.port.probe() == [])
  }

  @Test("a printer that should answer and does not is sent nothing")
  func deaf() async throws {
    let bench = try await SlipBench("wait=0.6")
    bench.tell("answers none")
    let prepared = try await bench.port.prepare(attempt())
    #expect(await bench.port.commit(prepared, slip(heightDots: 300), patience: 120_000).isNotSent)
    #expect(bench.wasSentNothing)
    #expect(await bench.port.probe() == .offline)
  }

  @Test("a printer whose answers make no sense is sent nothing")
  func garbage() async throws {
    let bench = try await SlipBench("wait=0.6")
    bench.tell("answers garbage")
    let prepared = try await bench.port.prepare(attempt())
    #expect(await bench.port.commit(prepared, slip(heightDots: 300), patience: 120_000).isNotSent)
    #expect(bench.wasSentNothing)
  }

  @Test("answers that stop making sense in mid-slip are no evidence", arguments: ["echo", "status"])
  func garbageInMidSlip(completion: String) async throws {
    let bench = try await SlipBench("wait=600&confirm=1&completion=\(completion)")
    bench.tell("hold head after 100 rows")
    let prepared = try await bench.port.prepare(attempt())
    let port = bench.port
    async let outcome = port.commit(prepared, slip(heightDots: 400), patience: 120_000)
    try await bench.isUnderWay(prepared, bytes: 10_000)
    bench.tell("answers garbage")
    bench.tell("release")
    #expect(await outcome.isUnknown)
    #expect(try bench.hasNothingLeft())
  }

  @Test("a serial printer is one too")
  func serial() async throws {
    let cups = try await PrivateCUPS.shared
    let printer = try ESCPOSSimulator(line: .terminal)
    let queue = cups.newQueue("slips")
    defer {
      printer.stop()
      cups.removeQueue(queue)
    }
    let terminal = try #require(printer.terminal)
    // The backend runs as another user than the test.
    #expect(chmod(terminal, 0o666) == 0)
    try cups.addSlipQueue(queue, uri: "yichuang-pos:\(terminal)?baud=115200&flow=none&wait=60&confirm=60")
    let port = CUPSPrinter(configuration: SlipBench.configuration(queue, cups))
    let prepared = try await port.prepare(attempt())
    #expect(await port.commit(prepared, slip(heightDots: 300), patience: 120_000) == .printed(.echo))
    #expect(printer.pieces.map(\.image.heightDots) == [300])
    #expect(await port.probe() == [])
  }

  @Test("two printers print at once, each its own slips")
  func two() async throws {
    let bench = try await SlipBench()
    let other = try ESCPOSSimulator()
    let others = bench.cups.newQueue("others")
    defer {
      other.stop()
      bench.cups.removeQueue(others)
    }
    try bench.cups.addSlipQueue(others, port: other.port)
    let first = bench.port
    let second = CUPSPrinter(configuration: SlipBench.configuration(others, bench.cups))
    bench.tell("hold head after 50 rows")
    let prepared = try await first.prepare(attempt("FIRST"))
    async let held = first.commit(prepared, slip(heightDots: 200), patience: 120_000)
    try await bench.isUnderWay(prepared, bytes: 1_000)
    for number in 1...3 {
      let next = try await second.prepare(attempt("OTHER\(number)"))
      #expect(await second.commit(next, slip(heightDots: 100 + number), patience: 120_000) == .printed(.echo))
    }
    #expect(other.pieces.map(\.image.heightDots) == [101, 102, 103])
    #expect(bench.printer.pieces.isEmpty)
    bench.tell("release")
    #expect(await held == .printed(.echo))
    #expect(bench.printer.pieces.map(\.image.heightDots) == [200])
  }
}
