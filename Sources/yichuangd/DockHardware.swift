import Emulators
import Foundation
import HallHTTP
import Ports
import SlipRender

/// The demo's printers, card readers and scanners as the dock page works them.
struct DockHardware: DockBackend {
  let printers: [(kiosk: String, printer: EmulatedPrinter)]
  let readers: DockReaders
  let renderer: SlipRenderer
  let clock: EmulatedClock

  private struct State: Encodable {
    struct Printer: Encodable {
      let kiosk: String
      let conditions: [String]
      let stalled: Bool
      let powered: Bool
      let breaksNext: Bool
      let rollMillimetres: Int
      let slips: [Slip]

      enum CodingKeys: String, CodingKey {
        case kiosk, conditions, stalled, powered, slips
        case breaksNext = "breaks_next"
        case rollMillimetres = "roll_mm"
      }
    }
    struct Slip: Encodable {
      let name: String
      let url: String
      let whole: Bool
    }
    let printers: [Printer]
    let readers: [DockReaders.State]
    /// Seconds that the hall's civil clock shows beyond the machine's.
    let clockAhead: Int64

    enum CodingKeys: String, CodingKey {
      case printers, readers
      case clockAhead = "clock_ahead"
    }
  }

  func state() async -> [UInt8] {
    var shown: [State.Printer] = []
    for (kiosk, printer) in printers {
      let snapshot = await printer.snapshot()
      let slips = snapshot.recent.reversed().map { slip in
        let name = Self.name(slip)
        return State.Slip(name: name, url: "/dock/slips/\(kiosk)/\(name)", whole: slip.isWhole)
      }
      shown.append(
        State.Printer(
          kiosk: kiosk, conditions: snapshot.conditions.codes, stalled: snapshot.isStalled, powered: snapshot.hasPower,
          breaksNext: snapshot.breaksNextSlip, rollMillimetres: snapshot.rollMillimetres, slips: slips))
    }
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return (try? encoder.encode(State(printers: shown, readers: await readers.state(), clockAhead: clock.ahead))).map {
      Array($0)
    }
      ?? Array(#"{"printers":[]}"#.utf8)
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
