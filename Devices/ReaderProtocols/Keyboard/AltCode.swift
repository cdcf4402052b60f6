/// How to read a number that a scanner types on the numeric keypad while Alt is held; a setting of the scanner.
package enum AltReading: String, Hashable, Sendable, CaseIterable {
  /// The two bytes of a Chinese character in GBK: 48327 is BCC7, 记.
  case gbk
  /// The character's number in Unicode: 35760 is U+8BB0, 记.
  case unicode
}

/// A number typed while Alt is held, digit by digit.
struct AltCode: Sendable {
  /// The longest number in digits: U+10FFFF is 1114111, with a leading zero.
  private static let mostDigits = 8

  private var value = 0
  private var digits = 0

  mutating func type(_ digit: Int) {
    digits += 1
    if digits <= Self.mostDigits { value = value * 10 + digit }
  }

  /// The typed bytes of the code; empty when no digit was typed.
  ///
  /// A number below 256 is one byte: some scanners send Chinese text byte by byte. A larger one is decoded by the
  /// setting, or by the other rule when that fails. The ranges of both overlap, so the setting is needed. An
  /// undecodable number becomes U+FFFD, so that the loss is visible.
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
