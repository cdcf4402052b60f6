/// The mark that a printer is asked to send back when everything before it is printed: four characters, 0x20...0x7E.
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

  /// The mark of a running number: four decimal digits, the same again after 10,000 slips.
  package init(number: Int) {
    var rest = Int(number.magnitude % 10_000)
    var digits: [UInt8] = [0x30, 0x30, 0x30, 0x30]
    for place in digits.indices.reversed() {
      digits[place] = 0x30 + UInt8(rest % 10)
      rest /= 10
    }
    bytes = digits
  }
}
