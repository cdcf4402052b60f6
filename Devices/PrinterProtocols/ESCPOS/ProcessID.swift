/// The process id that a printer echoes when everything before it is printed: four characters, 0x20...0x7E.
///
/// Source: Epson ESC/POS, `GS ( H` function 48.
package struct ProcessID: Hashable, Sendable {
  /// Four bytes.
  package let bytes: [UInt8]

  /// Nil unless there are exactly four bytes in 0x20...0x7E.
  package init?(_ bytes: [UInt8]) {
    guard bytes.count == 4, bytes.allSatisfy({ (0x20...0x7E).contains($0) }) else { return nil }
    self.bytes = bytes
  }

  /// The process id of a running number: four decimal digits, repeating after 10,000 slips.
  package init(number: Int) {
    var rest = Int(number.magnitude % 10_000)
    var digits: [UInt8] = [0x30, 0x30, 0x30, 0x30]
    for index in digits.indices.reversed() {
      digits[index] = 0x30 + UInt8(rest % 10)
      rest /= 10
    }
    bytes = digits
  }

  /// A process id derived from an identity: one of 95⁴, so that consecutive jobs practically never share one.
  package init(identity: some Sequence<UInt8>) {
    // FNV-1a, 64 bits.
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in identity { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
    var rest = hash ^ hash >> 32
    var marks: [UInt8] = []
    for _ in 0..<4 {
      marks.append(0x20 + UInt8(rest % 95))
      rest /= 95
    }
    bytes = marks
  }
}
