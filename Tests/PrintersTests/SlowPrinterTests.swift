import Emulators
import Hall
import PrinterLink
import Ports
import PrinterProtocols
import PrintersCUPS
import Testing
import TestKit

// Goal: a printer that answers late, or sends a greeting, prints; the timeout is the model's. Method: the real cupsd
// and backend before an ESC/POS printer with such settings.
@Suite("A printer with manners of its own", .serialized)
struct SlowPrinterTests {
  @Test(
    "prints, and is well for whoever asks",
    arguments: [
      ["answers after 700 ms"], ["answers after 3000 ms"], ["greets xon"], ["greets words"],
      ["greets words", "answers after 700 ms"], ["greets xon", "answers after 1500 ms"],
    ])
  func prints(_ manners: [String]) async throws {
    // The default timeouts of a hall.
    let bench = try await SlipBench("")
    for sentence in manners { bench.tell(sentence) }
    #expect(await bench.port.probe() == [])
    let image = slip(heightDots: 200)
    let prepared = try await bench.port.prepare(attempt())
    #expect(await bench.port.commit(prepared, image, patience: 60_000) == .printed(.echo))
    #expect(await bench.printer.piece(0)?.image.bits == image.bits)
    #expect(bench.printer.pieces.count == 1)
  }

  @Test("a patience that is shorter than the printer's answers is the model's to change")
  func impatient() async throws {
    let bench = try await SlipBench("answer=0.3&wait=1")
    bench.tell("answers after 900 ms")
    let prepared = try await bench.port.prepare(attempt())
    #expect(await bench.port.commit(prepared, slip(heightDots: 200), patience: 60_000).isNotSent)
    #expect(bench.wasSentNothing)
    let patient = try await SlipBench("answer=2&wait=1")
    patient.tell("answers after 900 ms")
    let again = try await patient.port.prepare(attempt())
    #expect(await patient.port.commit(again, slip(heightDots: 200), patience: 60_000) == .printed(.echo))
  }

  @Test("a look at a slow printer gives way to a slip")
  func givesWay() async throws {
    let bench = try await SlipBench("answer=60")
    bench.tell("answers none")
    let port = bench.port
    async let looked = port.probe()
    try await eventually("the printer is asked") { bench.printer.connections.contains { !$0.isEmpty } }
    bench.tell("answers all")
    let prepared = try await bench.port.prepare(attempt())
    #expect(await bench.port.commit(prepared, slip(heightDots: 200), patience: 60_000) == .printed(.echo))
    #expect(await looked == [])
  }

  @Test("a printer that says nothing but nonsense is sent nothing")
  func nonsense() async throws {
    let bench = try await SlipBench("wait=1")
    bench.tell("greets words")
    bench.tell("answers garbage")
    #expect(await bench.port.probe() == .offline)
    let prepared = try await bench.port.prepare(attempt())
    #expect(await bench.port.commit(prepared, slip(heightDots: 200), patience: 60_000).isNotSent)
    #expect(bench.printer.pieces.isEmpty)
  }
}
