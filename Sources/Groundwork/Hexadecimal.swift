/// The value of one hexadecimal digit, and the digit of one value.
@usableFromInline
package enum HexDigit {
  /// - Parameter value: 0 to 15; its upper bits do not count.
  /// - Returns: the digit in ASCII, in lower case.
  @inlinable
  package static func digit(_ value: UInt8) -> UInt8 {
    let value = value & 15
    return value < 10 ? 0x30 + value : 0x57 + value
  }

  /// nil for what is no digit, in either case.
  @inlinable
  package static func value(_ digit: UInt8) -> UInt8? {
    switch digit {
    case 0x30...0x39: digit - 0x30
    case 0x41...0x46: digit - 0x37
    case 0x61...0x66: digit - 0x57
    default: nil
    }
  }
}

extension Sequence<UInt8> {
  /// Two lower-case digits a byte.
  package var hexadecimal: String {
    var digits: [UInt8] = []
    digits.reserveCapacity(2 * underestimatedCount)
    digits.append(hexadecimal: self)
    return String(decoding: digits, as: UTF8.self)
  }
}

extension UnsignedInteger where Self: FixedWidthInteger {
  /// All the digits of the width: four of 16 bits, sixteen of 64.
  package var hexadecimal: String { withUnsafeBytes(of: bigEndian) { $0.hexadecimal } }
}

extension [UInt8] {
  /// Appends two lower-case digits for each byte.
  @inlinable
  package mutating func append(hexadecimal bytes: some Sequence<UInt8>) {
    for byte in bytes {
      append(HexDigit.digit(byte >> 4))
      append(HexDigit.digit(byte))
    }
  }

  /// Two digits a byte, in either case, and nothing else; nil for any other text.
  package init?(hexadecimal text: some StringProtocol) {
    let digits = text.utf8.map(HexDigit.value)
    guard digits.count.isMultiple(of: 2) else { return nil }
    self = []
    reserveCapacity(digits.count / 2)
    for index in stride(from: 0, to: digits.count, by: 2) {
      guard let high = digits[index], let low = digits[index + 1] else { return nil }
      append(high << 4 | low)
    }
  }
}
