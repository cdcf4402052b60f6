/// A scanned text, cut into words: the one form in which tickets, notices, items and badges are looked for.
///
/// Full-width forms of an input method become ASCII. An AIM identifier in front (`]Q1`, ISO/IEC 15424) is dropped.
/// Every separator of lines or words separates words. Letters keep their case; comparisons ignore it, because CapsLock
/// inverts it.
package struct ScannedWords: Hashable, Sendable {
  /// Bytes; a longer text cannot be a code of ours.
  package static let mostBytes = 512

  /// Empty for a text that is too long.
  package let words: [String]

  package init(_ text: String) {
    guard text.utf8.count <= Self.mostBytes else {
      words = []
      return
    }
    var narrow = String.UnicodeScalarView()
    for scalar in text.unicodeScalars { narrow.append(Self.narrow(scalar)) }
    let plain = Self.withoutSymbol(Substring(String(narrow)).drop(while: \.isWhitespace))
    words = plain.split(whereSeparator: \.isWhitespace).map(String.init)
  }

  /// The word of a text of one word; nil for any other.
  package var only: String? { words.count == 1 ? words.first : nil }

  /// Full-width forms become ASCII, control characters become spaces.
  private static func narrow(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
    switch scalar.value {
    case 0xFF01...0xFF5E: Unicode.Scalar(scalar.value - 0xFEE0) ?? scalar
    case 0x3000, 0x00...0x1F, 0x7F: " "
    default: scalar
    }
  }

  /// The text without an AIM identifier: `]`, a letter, and a letter or digit.
  private static func withoutSymbol(_ text: Substring) -> Substring {
    let head = Array(text.prefix(3))
    guard head.count == 3, head[0] == "]", head[1].isASCII, head[1].isLetter, head[2].isASCII,
      head[2].isLetter || head[2].isNumber, text.count > 3
    else { return text }
    return text.dropFirst(3)
  }
}
