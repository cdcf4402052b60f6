/// Text prepared for layout: without control characters, without characters that no font has, and with line breaks only
/// where Chinese typesetting allows them.
enum DrawableText {
  /// Replaces a character that cannot be drawn; its code point follows.
  static let geta: Unicode.Scalar = "〓"

  /// `text` without controls and direction marks; what no font has becomes 〓 and its code point.
  ///
  /// Line feeds and tabs become spaces. Invisible characters (Unicode's Default_Ignorable_Code_Point, which holds the
  /// bidirectional controls) are left out, so that text stands in the order of its characters.
  static func clean(_ text: String, draws: (Unicode.Scalar) -> Bool) -> String {
    var scalars = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      if scalar == "\n" || scalar == "\r" || scalar == "\t" || scalar == "\u{2028}" || scalar == "\u{2029}" {
        scalars.append(" ")
      } else if scalar.properties.isDefaultIgnorableCodePoint {
        continue
      } else if isPlain(scalar), draws(scalar) {
        scalars.append(scalar)
      } else {
        scalars.append(geta)
        let hexadecimal = String(scalar.value, radix: 16, uppercase: true)
        let zeros = String(repeating: "0", count: max(0, 4 - hexadecimal.count))
        scalars.append(contentsOf: "U+\(zeros)\(hexadecimal)".unicodeScalars)
      }
    }
    return String(scalars)
  }

  private static func isPlain(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .control, .format, .surrogate, .privateUse, .lineSeparator, .paragraphSeparator: false
    // A character newer than the standard library's tables is unassigned to it and may still be in a font.
    case .unassigned: !scalar.properties.isNoncharacterCodePoint
    default: true
    }
  }

  /// May not begin a line (避头).
  static let neverFirst: Set<Unicode.Scalar> = Set("，。、；：！？）》」』】〕〉”’…—–·／％～〗,.;:!?)]}%".unicodeScalars)
  /// May not end a line (避尾).
  static let neverLast: Set<Unicode.Scalar> = Set("（《「『【〔〈“‘〖([{".unicodeScalars)

  /// `text` with word joiners (U+2060) where a line may not break.
  ///
  /// Pango breaks by UAX 14, which lets a line begin with ／ or — and leaves one character alone on the last line. This
  /// joins punctuation to its letters, digits to the word they count, the characters of a familiar word (身份证), and the
  /// last three characters of a text (two of a short one), so that no character is alone on the last line.
  static func joined(_ text: String) -> String {
    let source = Array(text.unicodeScalars)
    let inTerm = KnownTerms.insides(of: source)
    var scalars = String.UnicodeScalarView()
    for (index, scalar) in source.enumerated() {
      guard index > 0 else {
        scalars.append(scalar)
        continue
      }
      let before = source[index - 1]
      let isTail = index >= source.count - (source.count >= 7 ? 2 : 1) && source.count >= 4
      if scalar == " ", index + 1 < source.count, isCounted(before, source[index + 1]) {
        scalars.append("\u{A0}")
        continue
      }
      if before != " ", scalar != " ",
        isTail || inTerm[index] || neverFirst.contains(scalar) || neverLast.contains(before)
          || isCounted(before, scalar)
      {
        scalars.append("\u{2060}")
      }
      scalars.append(scalar)
    }
    return String(scalars)
  }

  /// A digit and the word it counts (3号), or a character that continues the number (9:00—12:00).
  private static func isCounted(_ before: Unicode.Scalar, _ after: Unicode.Scalar) -> Bool {
    let isFigure = { (scalar: Unicode.Scalar) in ("0"..."9").contains(scalar) }
    return (isFigure(before) && (after.properties.isIdeographic || carriesOn.contains(after)))
      || (carriesOn.contains(before) && isFigure(after))
  }

  private static let carriesOn: Set<Unicode.Scalar> = Set("–—~～-:：./".unicodeScalars)
}
