/// The encoding of values in fields.
enum LinkField {
  static func text(_ bytes: [UInt8]) -> String? { String(validating: bytes, as: UTF8.self) }

  static func flag(_ value: Bool) -> [UInt8] { [value ? 1 : 0] }

  static func flag(_ bytes: [UInt8]) -> Bool? {
    switch bytes {
    case [0]: false
    case [1]: true
    default: nil
    }
  }

  static func number(_ value: UInt32) -> [UInt8] {
    [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: value >> $0) }
  }

  static func number(_ bytes: [UInt8]) -> UInt32? {
    bytes.count == 4 ? bytes.reduce(0) { $0 << 8 | UInt32($1) } : nil
  }

  static func word(_ value: UInt16?) -> [UInt8] {
    value.map { [UInt8($0 >> 8), UInt8($0 & 0xFF)] } ?? []
  }

  /// An empty field is nil inside; nil outside for a field that is neither empty nor two bytes.
  static func word(_ bytes: [UInt8]) -> UInt16?? {
    switch bytes.count {
    case 0: .some(nil)
    case 2: .some(UInt16(bytes[0]) << 8 | UInt16(bytes[1]))
    default: nil
    }
  }

  /// A port path: digits, points and hyphens, at most 40 characters.
  static func portPath(_ bytes: [UInt8]) -> String? {
    let isPlain = bytes.allSatisfy { (0x30...0x39).contains($0) || $0 == 0x2D || $0 == 0x2E }
    return (1...40).contains(bytes.count) && isPlain ? text(bytes) : nil
  }
}
