/// The transport of a device.
package enum ReaderWay: String, Hashable, Sendable, CaseIterable {
  /// A card module on bulk endpoints, vendor class. Its endpoints tell whether frames are sent whole or split.
  case cardBulk = "card_bulk"
  /// A card module whose frames are sent in HID reports of 64 bytes.
  case cardHID = "card_hid"
  /// A keyboard-mode scanner. Only by vendor and product, because a real keyboard must never be claimed.
  case keyboard
  /// A scanner in HID point-of-sale mode, recognised by its report descriptor. The vendors must be listed, because
  /// reading the descriptor takes a device from the system for a moment, and a touch screen has the same class.
  case pos
  /// A scanner that behaves as a serial line (CDC-ACM).
  case serial

  package var kind: ReaderKind {
    switch self {
    case .cardBulk, .cardHID: .cardReader
    case .keyboard, .pos, .serial: .scanner
    }
  }
  package var readsCards: Bool { kind == .cardReader }
}

/// Which devices the hall uses, and their settings.
package struct ReaderMatch: Hashable, Sendable {
  package let way: ReaderWay
  package let vendor: UInt16
  /// nil matches every product of the vendor; `keyboard` may not.
  package let product: UInt16?
  package let keyboard: KeyboardDecoder.Settings
  /// Whether a scanner in point-of-sale mode needs `POSCommand.begin`.
  package let mustBegin: Bool

  /// nil for a match that could claim devices that are not the hall's.
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

  /// Whether a device's numbers match.
  package func fits(vendor: UInt16, product: UInt16) -> Bool {
    self.vendor == vendor && (self.product ?? product) == product
  }
}
