/// Text from a card or a code, made safe to show: without control effects, hidden characters, changes of direction, or
/// unbounded length.
///
/// Controls, direction marks, joiners, tags and noncharacters are removed. Line breaks become one space. At most
/// `mostMarks` combining marks stay on a character. A text that is too long ends in "…". Characters of the private use
/// area are kept, because older cards use them for rare names. Right-to-left letters are kept, so a page isolates such
/// text (`<bdi>`). Source: Unicode Standard Annex 9 (explicit formatting), Technical Report 36.
package struct SafeText: Hashable, Sendable, CustomStringConvertible {
  /// The default limit. A card's longest field has 60 characters; an address fits well.
  package static let usualLimit = 200
  /// The most combining marks on one character.
  static let mostMarks = 4

  /// At most `limit` Unicode scalars.
  package let description: String
  /// Whether something was removed or changed, so that comparisons must use the bytes.
  package let wasChanged: Bool

  /// - Parameter limit: the most Unicode scalars to keep, at least 1.
  package init(_ text: some StringProtocol, limit: Int = usualLimit) {
    var kept = String.UnicodeScalarView()
    var count = 0
    var marks = 0
    var changed = false
    var truncated = false
    for scalar in text.unicodeScalars {
      var scalar = scalar
      switch Self.kind(scalar) {
      case .unsafe:
        changed = true
        continue
      case .gap:
        if scalar != " " { changed = true }
        // One space for a run of breaks; plain spaces stay as they are.
        if scalar != " ", kept.last == " " || kept.isEmpty { continue }
        scalar = " "
        marks = 0
      case .mark:
        marks += 1
        if marks > Self.mostMarks {
          changed = true
          continue
        }
      case .plain: marks = 0
      }
      if count == max(limit, 1) {
        truncated = true
        break
      }
      kept.append(scalar)
      count += 1
    }
    if truncated {
      kept.removeLast()
      kept.append("…")
    }
    description = String(kept)
    wasChanged = changed || truncated
  }

  private enum Kind { case plain, mark, gap, unsafe }

  private static func kind(_ scalar: Unicode.Scalar) -> Kind {
    switch scalar {
    case " "..."~": return scalar == " " ? .gap : .plain
    case "\t", "\n", "\r", "\u{B}", "\u{C}", "\u{85}": return .gap
    default: break
    }
    switch scalar.properties.generalCategory {
    case .control, .format, .surrogate: return .unsafe
    case .lineSeparator, .paragraphSeparator, .spaceSeparator: return .gap
    case .nonspacingMark, .enclosingMark, .spacingMark: return .mark
    default: return scalar.properties.isNoncharacterCodePoint ? .unsafe : .plain
    }
  }
}
