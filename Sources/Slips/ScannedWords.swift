/// What a scanner read, cut into words: the one form in which tickets, notices, items and badges are looked for, whoever read it.
///
/// Forgiven is what scanners and keyboards do to a text: full-width forms of an input method become ASCII, an AIM identifier in front
/// (`]Q1`, ISO/IEC 15424) goes, whatever separates lines and words separates words. Letters keep their case here; who compares them
/// does so without it, because CapsLock turns it round.
package struct ScannedWords: Hashable, Sendable {
  /// Bytes of the longest text that can be one of ours.
  package static let mostBytes = 512

  /// Empty for a text that is too long to be ours.
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

  /// The only word, where there is one.
  package var only: String? { words.count == 1 ? words.first : nil }

  /// A full-width form as its ASCII character, a control character as a blank.
  private static func narrow(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
    switch scalar.value {
    case 0xFF01...0xFF5E: Unicode.Scalar(scalar.value - 0xFEE0) ?? scalar
    case 0x3000, 0x00...0x1F, 0x7F: " "
    default: scalar
    }
  }

  /// Without `]`, a letter and a digit or letter in front.
  private static func withoutSymbol(_ text: Substring) -> Substring {
    let head = Array(text.prefix(3))
    guard head.count == 3, head[0] == "]", head[1].isASCII, head[1].isLetter, head[2].isASCII,
      head[2].isLetter || head[2].isNumber, text.count > 3
    else { return text }
    return text.dropFirst(3)
  }
}
