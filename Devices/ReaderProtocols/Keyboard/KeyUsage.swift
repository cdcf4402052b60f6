/// A key by its usage id in the HID usage tables, page 07. Source: HID Usage Tables 1.4, chapter 10.
package struct KeyUsage: Hashable, Sendable {
  package let rawValue: UInt8
  package init(_ rawValue: UInt8) { self.rawValue = rawValue }

  static let errorRollOver = KeyUsage(0x01)
  static let capsLock = KeyUsage(0x39)

  /// The byte for a key that ends a line: a line feed for either Enter key, a tab for Tab; nil for others.
  var end: UInt8? {
    switch rawValue {
    case 0x28, 0x58: 0x0A
    case 0x2B: 0x09
    default: nil
    }
  }

  /// 0 to 9 on the numeric keypad.
  var keypadDigit: Int? {
    switch rawValue {
    case 0x59...0x61: Int(rawValue) - 0x58
    case 0x62: 0
    default: nil
    }
  }

  package var isLetter: Bool { (0x04...0x1D).contains(rawValue) }
}

/// The modifier byte of a keyboard's report.
package struct KeyModifiers: OptionSet, Hashable, Sendable {
  package let rawValue: UInt8
  package init(rawValue: UInt8) { self.rawValue = rawValue }

  package static let control = KeyModifiers(rawValue: 0x11)
  package static let shift = KeyModifiers(rawValue: 0x22)
  package static let alt = KeyModifiers(rawValue: 0x44)
  /// Ctrl or GUI keys of shortcuts; a scanner never needs them.
  package static let command = KeyModifiers(rawValue: 0x88)

  func has(_ either: KeyModifiers) -> Bool { !isDisjoint(with: either) }
}

/// The keyboard layout that a scanner emulates.
package enum KeyboardLayout: String, Hashable, Sendable, CaseIterable {
  /// The factory setting of nearly all scanners, and the layout used in China.
  case us

  /// The character of a key; nil for a key without one.
  package func character(_ key: KeyUsage, shift: Bool) -> UInt8? {
    let row = shift ? Self.usShifted : Self.usPlain
    let index = Int(key.rawValue) - 0x04
    if row.indices.contains(index) { return row[index] == 0 ? nil : row[index] }
    if let digit = key.keypadDigit { return UInt8(0x30 + digit) }
    switch key.rawValue {
    case 0x54: return UInt8(ascii: "/")
    case 0x55: return UInt8(ascii: "*")
    case 0x56: return UInt8(ascii: "-")
    case 0x57: return UInt8(ascii: "+")
    case 0x63: return UInt8(ascii: ".")
    default: return nil
    }
  }

  // Usages 04 to 38: letters, digits, then Enter, Esc, Backspace, Tab (no character), space and punctuation. 32 is the
  // additional key beside Enter of other layouts.
  private static let usPlain = Array("abcdefghijklmnopqrstuvwxyz1234567890\0\0\0\0 -=[]\\#;'`,./".utf8)
  private static let usShifted = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ!@#$%^&*()\0\0\0\0 _+{}|~:\"~<>?".utf8)
}
