import Desks
import Groundwork
import Hall
import Ports
import PrinterProtocols
import Registrar
import Slips
import Testing
import TestKit

/// Goal: the hall estimates the remaining paper where there is no sensor, and gives plain remedies for a printer.
/// Method: the shipped desk and registrar, a printer whose answers the test decides.
@Suite("rolls and remedies", .timeLimit(.minutes(10)))
struct RollTests {
  let hall: TestHall
  let printer = ManualPrinter()

  init() async throws {
    hall = TestHall()
    try await hall.openDay()
  }

  private func model(seesNearEnd: Bool = false, roll: Int = 100, remedies: [String: [String: String]] = [:])
    -> PrinterModel
  {
    PrinterModel(
      id: "test-model", name: "试验打印机", language: .escpos, widthDots: 576, dpi: 203, cutter: .full, status: .realtime,
      completion: .echo, seesNearEnd: seesNearEnd, rollMillimetres: roll, feedDots: 191, remedies: remedies)
  }

  private func with(_ model: PrinterModel?, on hall: TestHall? = nil, _ body: () async throws -> Void) async throws {
    let hall = hall ?? self.hall
    let desk = PrintDesk(
      kiosk: "kiosk-1", printer: printer, model: model, drawing: DocumentRecorder(), writer: SlipWriter(),
      registrar: hall.registrar, health: hall.health, clock: hall.clock, logger: hall.logger)
    try await withThrowingTaskGroup { group in
      group.addTask { try await desk.run() }
      defer { group.cancelAll() }
      try await body()
    }
  }

  private func printed() async throws {
    let ticket = try await hall.takeTicket()
    try await eventually("the slip is printed") { await hall.slipState(of: ticket) == .printed(attempt: 1, .echo) }
  }

  @Test(
    "each slip counts with its feed before the cut; little left is told where no sensor would, and a new roll ends it")
  func forecast() async throws {
    // 1 row and 191 dots of feed are 24.02 mm, so 25 mm are counted.
    try await with(model()) {
      for count in 1...3 {
        try await printed()
        #expect(await hall.registrar.state.print.rolls["kiosk-1"]?.millimetres == 25 * count)
      }
      try await eventually("the roll is shown") { await hall.health.printers.first?.forecast?.millimetresLeft == 25 }
      #expect(await hall.health.faults.isEmpty)
      try await printed()
      try await eventually("little is left") { await hall.health.faults.map(\.code) == [.paperEnding] }
      try await hall.registrar.submit(.print(.changeRoll(kiosk: "kiosk-1")), by: .staff(badge: "AJ001", role: .clerk)) {
        _, _ in
      }
      try await eventually("a new roll is in") { await hall.health.faults.isEmpty }
      #expect(await hall.health.printers.first?.forecast?.millimetresLeft == 100)
    }
  }

  @Test("a printer with a sensor speaks for itself, one without a model has no forecast")
  func sensor() async throws {
    #expect(!RollForecast(PaperRoll(slips: 9, millimetres: 99_000), model(seesNearEnd: true)).isEnding)
    #expect(RollForecast(PaperRoll(slips: 9, millimetres: 99_000), model()).isEnding)
    #expect(RollForecast(PaperRoll(slips: 9, millimetres: 99_000), model()).slipsLeft == 0)
    #expect(RollForecast(PaperRoll(slips: 20, millimetres: 2_000), model(roll: 52_000)).slipsLeft == 500)
    try await with(nil) {
      try await printed()
      try await eventually("the roll is shown") { await hall.health.printers.first?.roll.slips == 1 }
      #expect(await hall.health.printers.first?.forecast == nil)
    }
  }

  @Test("the count survives a restart")
  func restart() async throws {
    try await with(model()) { try await printed() }
    let again = TestHall(state: await hall.registrar.state)
    try await with(model(), on: again) {
      try await eventually("the roll is shown") { await again.health.printers.first?.roll.millimetres == 25 }
      #expect(await again.health.printers.first?.last?.outcome == .printed(.echo))
    }
  }

  @Test("paper that is in again after it was out is a new roll, written down once")
  func automatic() async throws {
    try await with(model()) {
      try await printed()
      await printer.report(.paperOut)
      try await eventually("the paper is out", passing: hall.clock) { await !hall.health.faults.isEmpty }
      await printer.report(.offline)
      try await eventually("somebody pulls the plug", passing: hall.clock) {
        await hall.health.faults.map(\.code) == [.offline]
      }
      #expect(await hall.registrar.state.print.rolls["kiosk-1"]?.slips == 1)
      await printer.report([])
      try await eventually("the roll is new", passing: hall.clock) {
        await hall.registrar.state.print.rolls["kiosk-1"]?.slips == 0
      }
      try await eventually("time goes by", passing: hall.clock) { hall.clock.now().since(TestHall.opening) > 10_000 }
      let changes = hall.journal.events.count { if case .print(.rollChanged) = $0 { true } else { false } }
      #expect(changes == 1)
    }
  }

  @Test("the model's own remedy is said where it has one, the general one elsewhere, in both languages")
  func remedies() async throws {
    await printer.report([.paperOut, .coverOpen])
    try await with(model(remedies: ["paper_out": ["zh-Hans": "拉起绿色扳手"]])) {
      try await eventually("the faults are shown", passing: hall.clock) { await hall.health.faults.count == 2 }
      let faults = await hall.health.faults
      #expect(faults.map(\.code) == [.paperOut, .coverOpen])
      #expect(faults[0].remedy["zh-Hans"] == "拉起绿色扳手")
      #expect(faults[0].remedy["en"]?.contains("new roll") == true)
      #expect(faults[1].remedy["zh-Hans"]?.contains("上盖") == true)
    }
  }

  @Test("every fault of a printer has a remedy in both languages")
  func everyRemedy() async throws {
    await printer.report(PrinterConditions(rawValue: (1 << 7) - 1))
    try await with(nil) {
      try await eventually("the faults are shown", passing: hall.clock) { await hall.health.faults.count == 7 }
      for fault in await hall.health.faults {
        #expect(fault.remedy.keys.sorted() == ["en", "zh-Hans"], "\(fault.code)")
      }
    }
  }

  @Test("way, conditions and last evidence of the printer are shown")
  func device() async throws {
    try await with(model()) {
      try await printed()
      try await eventually("it is shown") { await hall.health.printers.first?.last?.outcome == .printed(.echo) }
      let shown = try #require(await hall.health.printers.first)
      #expect(shown.kiosk == "kiosk-1")
      #expect(shown.model == "试验打印机")
      #expect(shown.path == .emulated)
      #expect(!shown.isReconciling)
    }
  }
}
