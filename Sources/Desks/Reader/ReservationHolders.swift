package import Ports
import ReaderProtocols

/// Recognises the holder of a reservation by their card, without keeping a name or a card's number.
package struct ReservationHolders: Sendable {
  let contacts: any ContactSealing
  private let sealing: any Sealing

  package init(contacts: any ContactSealing, sealing: any Sealing) {
    self.contacts = contacts
    self.sealing = sealing
  }

  func person(_ identity: [UInt8]) -> [UInt8] { sealing.reservationHolder(identity) }
}

extension LaidCard {
  /// What pseudonyms are made of: kind and number of the document.
  var identity: [UInt8] { Array("\(kind.rawValue):\(number)".utf8) }
}
