import Emulators
import HallHTTP
import Ports
import ReaderProtocols

/// The demo's card readers and scanners as the dock page works them.
struct DockReaders {
  let readers: [(kiosk: String, readers: EmulatedReaders)]

  struct State: Encodable {
    let kiosk: String
    let plugged: [String]
  }

  func state() async -> [State] {
    var states: [State] = []
    for (kiosk, readers) in readers {
      var plugged: [String] = []
      for kind in ReaderKind.allCases where await readers.isPlugged(kind) { plugged.append(kind.rawValue) }
      states.append(State(kiosk: kiosk, plugged: plugged))
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

  /// `resident`, `resident:7`, `permit`, `permanent_2017`, `permanent_2023`, each with another person for each number; `foreign`.
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
