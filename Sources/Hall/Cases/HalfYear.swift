package import Groundwork

/// Half of a calendar year, for which personal data of cases have one key: `2026H2`.
package struct HalfYear: Hashable, Comparable, Sendable, CustomStringConvertible {
  package let year: Int
  /// 1 or 2.
  package let half: Int

  package init(_ date: CivilDate) {
    let (year, month, _) = date.parts
    self.year = year
    half = month <= 6 ? 1 : 2
  }

  /// Nil for any other text.
  package init?(_ text: some StringProtocol) {
    guard text.utf8.count == 6, let year = decimal(text.prefix(4)), text.dropFirst(4).first == "H",
      let half = decimal(text.suffix(1)), (1...2).contains(half), year >= 1
    else { return nil }
    self.year = year
    self.half = half
  }

  package var description: String { "\(padded(year, 4))H\(half)" }

  /// Its last day.
  package var end: CivilDate {
    CivilDate(year: year, month: half == 1 ? 6 : 12, day: half == 1 ? 30 : 31) ?? CivilDate(daysSinceEpoch: 0)
  }

  package static func < (a: Self, b: Self) -> Bool { (a.year, a.half) < (b.year, b.half) }
}

/// Personal data as they stand in the journal: encrypted under the key of their half-year, which is destroyed once its
/// time has ended and nothing of it is open.
package struct SealedCaseText: Hashable, Sendable, CustomStringConvertible {
  package let half: HalfYear
  package let suite: CaseSuite
  /// Lower-case hexadecimal digits of nonce, padded text and tag.
  package let box: String

  /// Bytes of a box.
  package static let bytes = 29...2_048

  /// Nil for a box of another length.
  package init?(half: HalfYear, _ suite: CaseSuite = .aes, bytes: [UInt8]) {
    guard Self.bytes.contains(bytes.count) else { return nil }
    self.half = half
    self.suite = suite
    box = bytes.hexadecimal
  }

  /// Nil for anything but a half-year, `sm4` where it is that suite, and lower-case hexadecimal digits of a fitting length, with
  /// colons between them.
  package init?(_ text: String) {
    // Parsed as bytes, because a start reads thousands of them.
    let parts = text.utf8.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
    guard (2...3).contains(parts.count), let half = HalfYear(Substring(parts[0])), let digits = parts.last,
      digits.count.isMultiple(of: 2), Self.bytes.contains(digits.count / 2), digits.allSatisfy(Self.isDigit),
      parts.count == 2 || parts[1].elementsEqual(CaseSuite.sm4.rawValue.utf8)
    else { return nil }
    self.half = half
    suite = parts.count == 2 ? .aes : .sm4
    box = String(Substring(digits))
  }

  private static func isDigit(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(byte)
  }

  /// `2026H2:` and digits, or `2026H2:sm4:` and digits.
  package var description: String { suite == .aes ? "\(half):\(box)" : "\(half):\(suite.rawValue):\(box)" }
}
