import Emulators
import Ports
import ReaderProtocols
import Settings

/// The card reader and scanner of each kiosk: in the demo made of data.
struct Readers: Sendable {
  let all: [(kiosk: String, port: any ReaderPort)]
  /// In the demo only.
  let emulated: [(kiosk: String, readers: EmulatedReaders)]

  init(_ plan: Plan, _ settings: HallSettings) {
    emulated =
      plan.demo
      ? settings.kiosks.enumerated().map { place, kiosk in
        var identity = SAMModule.usualIdentity
        identity[8] = UInt8(truncatingIfNeeded: place + 1)
        return (kiosk: kiosk.id, readers: EmulatedReaders(identity: identity))
      } : []
    all = emulated.map { (kiosk: $0.kiosk, port: $0.readers) }
  }

  /// Puts the plugs of the demo's devices in.
  func plugIn() async {
    for (_, readers) in emulated {
      for kind in ReaderDevice.Kind.allCases { await readers.plug(kind) }
    }
  }
}
