import Groundwork

/// The number of a card module: the only unique name of a reader, since most have no USB serial number.
///
/// Sixteen bytes, little-endian: two numbers of 16 bits, three of 32. Written `05.03-20190101-0000000001-0000000000`.
package struct SAMIdentity: Hashable, Sendable, CustomStringConvertible {
  package static let byteCount = 16
  package let description: String

  /// nil unless there are 16 bytes.
  package init?(_ bytes: [UInt8]) {
    guard bytes.count == Self.byteCount else { return nil }
    func number(_ range: Range<Int>) -> Int { bytes[range].reversed().reduce(0) { $0 << 8 | Int($1) } }
    description =
      padded(number(0..<2), 2) + "." + padded(number(2..<4), 2) + "-" + padded(number(4..<8), 8) + "-"
      + padded(number(8..<12), 10) + "-" + padded(number(12..<16), 10)
  }
}
