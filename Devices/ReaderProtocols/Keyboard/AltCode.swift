/// What a number means that a scanner types on the number block while Alt is held: a setting of the scanner.
package enum AltReading: String, Hashable, Sendable, CaseIterable {
  /// The two bytes of a Chinese character in GBK: 48327 is BCC7, 记.
  case gbk
  /// The character's number in Unicode: 35760 is U+8BB0, 记.
  case unicode
}

/// A number typed while Alt is held, digit by digit.
struct AltCode: Sendable {
  /// Digits of the longest number: U+10FFFF is 1114111, with a leading zero.
  private static let mostDigits = 8

  private var value = 0
  private var digits = 0

  mutating func type(_ digit: Int) {
    digits += 1
    if digits <= Self.mostDigits { value = value * 10 + digit }
  }

  /// What was typed, as bytes of the code; empty when no digit was.
  ///
  /// A number below 256 is one byte: some scanners send Chinese text byte by byte. A larger one is read as the setting says, and
  /// the other way when that gives nothing. The ranges of both overlap, so only the setting can be right. What cannot be read
  /// becomes U+FFFD, so that the loss shows.
  func bytes(_ reading: AltReading) -> [UInt8] {
    guard digits > 0 else { return [] }
    if digits <= Self.mostDigits, let byte = UInt8(exactly: value) { return [byte] }
    return Array(String(scalar(reading) ?? "\u{FFFD}").utf8)
  }

  private func scalar(_ reading: AltReading) -> Unicode.Scalar? {
    guard digits <= Self.mostDigits else { return nil }
    let unicode = UInt32(exactly: value).flatMap(Unicode.Scalar.init)
    let gbk = UInt16(exactly: value).flatMap(GB18030.character)
    return reading == .gbk ? gbk ?? unicode : unicode ?? gbk
  }
}
