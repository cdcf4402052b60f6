import Emulators
import Foundation
import Hall
import Ports
import PrinterProtocols
import Testing
import TestKit

// Goal: the demo's printer fulfils the port's contract in every state that the dock page can set.
@Suite("The emulated printer")
struct EmulatedPrinterTests {
  @Test("a slip comes out dot for dot and is kept as bytes and as a picture")
  func prints() async throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("slips-\(UUID())/kiosk-1")
    defer { try? FileManager.default.removeItem(at: folder.deletingLastPathComponent()) }
    let printer = EmulatedPrinter(folder: folder.path, png: { image in [UInt8(image.heightDots)] })
    let image = slip(heightDots: 200)
    for number in 1...2 {
      let prepared = try await printer.prepare(attempt("4T7Q-\(number)/../X"))
      #expect(await printer.commit(prepared, image, patience: 1_000) == .printed(.echo))
    }
    let slips = await printer.slips()
    #expect(slips.map(\.image) == [image, image])
    #expect(slips.map(\.file) == ["001-4T7Q-1----X", "002-4T7Q-2----X"])
    let bytes = try Data(contentsOf: folder.appendingPathComponent("001-4T7Q-1----X.bin"))
    #expect(PaperStrip.pieces(of: bytes, widthDots: 576).map(\.image.bits) == [image.bits])
    #expect(try Data(contentsOf: folder.appendingPathComponent("002-4T7Q-2----X.png")) == Data([200]))
    // A later run continues after the highest number.
    let later = EmulatedPrinter(folder: folder.path)
    let prepared = try await later.prepare(attempt("LATER"))
    _ = await later.commit(prepared, image, patience: 1_000)
    #expect(await later.slips().map(\.file) == ["003-LATER"])
  }

  @Test(
    "what is wrong is told and stops a slip before anything is sent",
    arguments: [
      (.paperOut(true), .paperOut), (.coverOpen(true), .coverOpen), (.cutterFault(true), .cutterFault),
      (.offline(true), .offline), (.roll(millimetres: 0), .paperOut),
    ] as [(EmulatedPrinter.Change, PrinterConditions)])
  func refuses(change: EmulatedPrinter.Change, condition: PrinterConditions) async throws {
    let printer = EmulatedPrinter()
    let prepared = try await printer.prepare(attempt())
    await printer.set(change)
    #expect(await printer.probe().contains(condition))
    let fault = await #expect(throws: PrinterFault.self) { try await printer.prepare(attempt("NEXT")) }
    #expect(fault?.conditions.contains(condition) == true)
    #expect(await printer.commit(prepared, slip(heightDots: 10), patience: 1_000).isNotSent)
    #expect(await printer.slips().isEmpty)
  }

  @Test("little paper is told and stops nothing")
  func paperLow() async throws {
    let printer = EmulatedPrinter(rollMillimetres: 2_000)
    #expect(await printer.probe() == .paperLow)
    let prepared = try await printer.prepare(attempt())
    #expect(await printer.commit(prepared, slip(heightDots: 10), patience: 1_000) == .printed(.echo))
  }

  @Test("the roll gets shorter with every slip and ends in the middle of one")
  func rollEnds() async throws {
    let printer = EmulatedPrinter(rollMillimetres: 150)
    var prepared = try await printer.prepare(attempt("A"))
    #expect(await printer.commit(prepared, slip(heightDots: 800), patience: 1_000) == .printed(.echo))
    #expect(await printer.snapshot().rollMillimetres < 50)
    prepared = try await printer.prepare(attempt("B"))
    #expect(await printer.commit(prepared, slip(heightDots: 800), patience: 1_000).isUnknown)
    #expect(await printer.probe() == .paperOut)
    let slips = await printer.slips()
    #expect(slips.map(\.isWhole) == [true, false])
    #expect(slips[1].image.heightDots < 800)
    await printer.set(.roll(millimetres: 80_000))
    #expect(await printer.probe() == [])
    #expect(await printer.reconcile(attempt("B"), jobUUID: "x").isUnknown)
  }

  @Test("paper that ends in the middle of the next slip leaves a torn one")
  func tears() async throws {
    let printer = EmulatedPrinter()
    await printer.set(.paperOutInNextSlip(true))
    let prepared = try await printer.prepare(attempt())
    #expect(await printer.commit(prepared, slip(heightDots: 800), patience: 1_000).isUnknown)
    let slips = await printer.slips()
    #expect(slips.count == 1 && slips[0].image.heightDots >= 400 && slips[0].image.heightDots < 800)
    #expect(await printer.probe() == .paperOut)
    await printer.set(.paperOut(false))
    #expect(await printer.probe() == [])
  }

  @Test("a printer that stalls leaves the outcome unknown, or prints when it goes on in time")
  func stalls() async throws {
    let printer = EmulatedPrinter()
    await printer.set(.stalled(true))
    let first = try await printer.prepare(attempt("A"))
    #expect(await printer.commit(first, slip(heightDots: 10), patience: 50).isUnknown)
    let second = try await printer.prepare(attempt("B"))
    async let outcome = printer.commit(second, slip(heightDots: 10), patience: 60_000)
    await printer.set(.stalled(false))
    #expect(await outcome == .printed(.echo))
    await printer.untilSlips(1)
    #expect(await printer.slips().map(\.attempt.slip.text) == ["B"])
  }

  @Test("without power a slip on its way is lost, and nothing is printed until it is back")
  func power() async throws {
    let printer = EmulatedPrinter()
    await printer.set(.stalled(true))
    let first = try await printer.prepare(attempt("A"))
    async let outcome = printer.commit(first, slip(heightDots: 10), patience: 60_000)
    try await eventually("the slip waits in the printer") { await printer.isWaiting }
    await printer.set(.power(false))
    await printer.set(.power(true))
    #expect(await outcome.isUnknown)
    await printer.set(.power(false))
    #expect(await printer.probe() == .offline)
    await #expect(throws: PrinterFault.self) { try await printer.prepare(attempt("B")) }
    await printer.set(.power(true))
    let third = try await printer.prepare(attempt("C"))
    #expect(await printer.commit(third, slip(heightDots: 10), patience: 1_000) == .printed(.echo))
    #expect(await printer.slips().map(\.attempt.slip.text) == ["C"])
  }

  @Test("a withdrawn attempt was not sent and does not print")
  func withdrawn() async throws {
    let printer = EmulatedPrinter()
    let prepared = try await printer.prepare(attempt())
    await printer.withdraw(prepared)
    #expect(await printer.commit(prepared, slip(heightDots: 10), patience: 1_000).isNotSent)
    #expect(await printer.slips().isEmpty)
    #expect(await printer.reconcile(attempt("OTHER"), jobUUID: nil).isNotSent)
  }
}
