/// In which way a device is talked to.
package enum ReaderWay: String, Hashable, Sendable, CaseIterable {
  /// A card module on bulk endpoints, vendor class; whether frames go whole or split is read from its endpoints.
  case cardBulk = "card_bulk"
  /// A card module whose frames travel in HID reports of 64 bytes.
  case cardHID = "card_hid"
  /// A scanner that types. Only by vendor and product: a real keyboard must never be taken.
  case keyboard
  /// A scanner in HID point-of-sale mode, known by its report descriptor; which vendors are asked has to be said, because asking
  /// takes a device from the system for a moment, and a touch screen is of the same class.
  case pos
  /// A scanner that behaves as a serial line (CDC-ACM).
  case serial

  package var readsCards: Bool { self == .cardBulk || self == .cardHID }
}

/// Which devices are ours, and how they are set.
package struct ReaderMatch: Hashable, Sendable {
  package let way: ReaderWay
  package let vendor: UInt16
  /// nil matches every product of the vendor; `keyboard` may not.
  package let product: UInt16?
  package let keyboard: KeyboardDecoder.Settings
  /// Whether a scanner in point-of-sale mode has to be told to begin (`POSCommand.begin`).
  package let mustBegin: Bool

  /// nil for a match that would take what is not ours.
  package init?(
    _ way: ReaderWay, vendor: UInt16, product: UInt16?, keyboard: KeyboardDecoder.Settings = .init(),
    mustBegin: Bool = false
  ) {
    guard way != .keyboard || product != nil else { return nil }
    self.way = way
    self.vendor = vendor
    self.product = product
    self.keyboard = keyboard
    self.mustBegin = mustBegin
  }

  /// Whether the numbers of a device fit.
  package func fits(vendor: UInt16, product: UInt16) -> Bool {
    self.vendor == vendor && (self.product ?? product) == product
  }
}
