/// A picture as a thermal head burns it: one bit a dot, rows padded to whole bytes, most significant bit leftmost,
/// 1 is black.
package struct DotImage: Hashable, Sendable {
  package let widthDots: Int
  package let heightDots: Int
  /// `heightDots` rows of `bytesPerRow` bytes.
  package let bits: [UInt8]

  package var bytesPerRow: Int { (widthDots + 7) / 8 }

  /// Nil when a side is negative or `bits` does not hold exactly the rows of the picture.
  package init?(widthDots: Int, heightDots: Int, bits: [UInt8]) {
    guard widthDots >= 0, heightDots >= 0, widthDots <= 1 << 20 else { return nil }
    let (expected, overflow) = ((widthDots + 7) / 8).multipliedReportingOverflow(by: heightDots)
    guard !overflow, bits.count == expected else { return nil }
    self.widthDots = widthDots
    self.heightDots = heightDots
    self.bits = bits
  }

  /// The bytes of row `y`, the top row being 0.
  package func row(_ y: Int) -> ArraySlice<UInt8> { bits[(y * bytesPerRow)..<((y + 1) * bytesPerRow)] }
}
