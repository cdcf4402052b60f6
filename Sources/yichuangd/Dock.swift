import Emulators
import HallHTTP
import Ports
import ReaderProtocols
import SlipRender

/// The demo's emulated devices behind the dock page.
struct DockHardware: DockBackend {
  let printers: [(kiosk: String, printer: EmulatedPrinter)]
  let readers: DockReaders
  let renderer: SlipRenderer
  let clock: EmulatedClock
  let badges: @Sendable () -> [DockState.Badge]

  func state() async -> DockState {
    var shown: [DockState.Printer] = []
    for (kiosk, printer) in printers {
      let snapshot = await printer.snapshot()
      shown.append(
        DockState.Printer(
          kiosk: kiosk, conditions: snapshot.conditions.codes, isStalled: snapshot.isStalled,
          hasPower: snapshot.hasPower, breaksNext: snapshot.breaksNextSlip, rollMillimetres: snapshot.rollMillimetres,
          slips: snapshot.recent.reversed().map { DockState.Slip(name: Self.name($0), isWhole: $0.isWhole) }))
    }
    return DockState(printers: shown, readers: await readers.state(), badges: badges(), clockAhead: clock.ahead)
  }

  func set(kiosk: String, condition: String, on: Bool) async -> Bool {
    let change: EmulatedPrinter.Change
    switch condition {
    case "paper_out": change = .paperOut(on)
    case "paper_low": change = .paperLow(on)
    case "cover_open": change = .coverOpen(on)
    case "cutter_fault": change = .cutterFault(on)
    case "offline": change = .offline(on)
    case "stalled": change = .stalled(on)
    case "paper_out_in_next_slip": change = .paperOutInNextSlip(on)
    case "power_off": change = .power(!on)
    case "roll": change = .roll(millimetres: on ? EmulatedPrinter.fullRollMillimetres : 0)
    default: return false
    }
    guard let printer = printer(kiosk) else { return false }
    await printer.set(change)
    return true
  }

  func work(readersOf kiosk: String, _ action: DockAction) async -> Bool { await readers.work(kiosk, action) }

  func setClock(ahead seconds: Int64) -> Bool { clock.set(ahead: seconds) }

  func slip(kiosk: String, name: String) async -> [UInt8]? {
    guard let printer = printer(kiosk) else { return nil }
    return await printer.slips().last { Self.name($0) == name }.flatMap { try? renderer.png($0.image) }
  }

  private func printer(_ kiosk: String) -> EmulatedPrinter? { printers.first { $0.kiosk == kiosk }?.printer }

  private static func name(_ slip: EmulatedPrinter.PrintedSlip) -> String {
    slip.file ?? "\(slip.attempt.slip)-\(slip.attempt.number)"
  }
}

/// The demo's emulated card readers and scanners behind the dock page.
struct DockReaders {
  let readers: [(kiosk: String, readers: EmulatedReaders)]

  func state() async -> [DockState.Readers] {
    var states: [DockState.Readers] = []
    for (kiosk, readers) in readers {
      var plugged: [String] = []
      for kind in ReaderKind.allCases where await readers.isPlugged(kind) { plugged.append(kind.rawValue) }
      states.append(DockState.Readers(kiosk: kiosk, plugged: plugged))
    }
    return states
  }

  func work(_ kiosk: String, _ action: DockAction) async -> Bool {
    guard let readers = readers.first(where: { $0.kiosk == kiosk })?.readers else { return false }
    let kind = action.kind.flatMap(ReaderKind.init)
    switch (action.action, kind) {
    case ("lay", _):
      guard let laid = Self.laid(action.card ?? "") else { return false }
      await readers.lay(laid)
    case ("lift", _): await readers.lift()
    case ("scan", _):
      guard let text = action.text, !text.isEmpty else { return false }
      await readers.scan(text)
    case ("plug", let kind?): await readers.plug(kind)
    case ("unplug", let kind?): await readers.unplug(kind)
    case ("stall", let kind?): await readers.stall(kind, true)
    case ("go_on", let kind?): await readers.stall(kind, false)
    default: return false
    }
    return true
  }

  /// `resident`, `resident:7`, `permit`, `permanent_2017`, `permanent_2023`, each number being another person;
  /// `foreign`.
  private static func laid(_ word: String) -> SAMModule.Laid? {
    let parts = word.split(separator: ":", maxSplits: 1)
    let variant = parts.count == 2 ? Int(parts[1]) ?? -1 : 0
    guard (0..<1000).contains(variant), let name = parts.first else { return nil }
    let kinds: [Substring: CardKind] = [
      "resident": .resident, "permit": .residencePermit, "permanent_2017": .permanentResident2017,
      "permanent_2023": .permanentResident2023,
    ]
    if name == "foreign" { return .foreign }
    return kinds[name].map { .card(SyntheticCard.text($0, variant: variant)) }
  }
}
