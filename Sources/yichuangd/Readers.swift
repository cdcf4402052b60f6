import Emulators
import Ports
import ReaderProtocols
import ReadersProcess
import Settings

/// The card reader and scanner of each kiosk: in the demo made of data, else those of this machine.
struct Readers: Sendable {
  let all: [(kiosk: String, port: any ReaderPort)]
  /// In the demo only.
  let emulated: [(kiosk: String, readers: EmulatedReaders)]

  /// - Parameter process: nil where the configuration has no `readers`. What is plugged in belongs to the kiosk that the configuration
  ///   names, or to the only one; in a hall with several kiosks that names none it is read for none.
  init(_ plan: Plan, _ settings: HallSettings, _ process: ReaderService?) {
    emulated =
      plan.demo
      ? settings.kiosks.enumerated().map { place, kiosk in
        var identity = SAMModule.usualIdentity
        identity[8] = UInt8(truncatingIfNeeded: place + 1)
        return (kiosk: kiosk.id, readers: EmulatedReaders(identity: identity))
      } : []
    let belongings = settings.readers?.belongings ?? []
    if let process, !belongings.isEmpty {
      let named = Set(belongings.compactMap { if case .at(let place) = $0.device { place } else { nil } })
      all = settings.kiosks.map { kiosk in
        let own = belongings.filter { $0.kiosk == kiosk.id }
        let places = Set(own.compactMap { if case .at(let place) = $0.device { place } else { nil } })
        let serials = Set(own.compactMap { if case .serial(let serial) = $0.device { serial } else { nil } })
        return (
          kiosk: kiosk.id,
          port: process.process.port(places: places, serials: serials, elsewhere: named.subtracting(places))
        )
      }
    } else if let process, let kiosk = settings.kiosks.first, settings.kiosks.count == 1 {
      all = [(kiosk: kiosk.id, port: process.process.port())]
    } else {
      all = emulated.map { (kiosk: $0.kiosk, port: $0.readers) }
    }
  }

  /// Puts the plugs of the demo's devices in.
  func plugIn() async {
    for (_, readers) in emulated {
      for kind in ReaderKind.allCases { await readers.plug(kind) }
    }
  }
}
