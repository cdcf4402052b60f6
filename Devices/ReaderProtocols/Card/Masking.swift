/// The part of a person's data that may be shown in front of others.
///
/// Names keep their first character, and from three characters on their last. Numbers of persons keep three digits in
/// front and four at the end, because a whole region code may name a small town; other numbers keep one and three. A
/// birth date keeps its year; an address keeps nothing.
package enum Masking {
  /// The value of a field, masked.
  package static func masked(_ value: String, _ field: CardField) -> String {
    guard !value.isEmpty else { return "" }
    switch field {
    case .name, .latinName: return name(value)
    case .number: return number(value)
    case .travelPermit: return ends(value, front: 1, back: 3)
    case .birth: return value.prefix(4) + "****"
    case .address, .nation, .previousLink: return "***"
    case .sex, .issuer, .validFrom, .validTo, .issueCount, .renewalCount, .nationality, .cardVersion, .authority:
      return value
    }
  }

  package static func name(_ name: String) -> String {
    let characters = Array(name)
    switch characters.count {
    case 0: return ""
    case 1: return "*"
    case 2: return "\(characters[0])*"
    // As many stars as characters up to a name of four, at most three.
    default: return ends(name, front: 1, back: 1, stars: min(characters.count - 2, 3))
    }
  }

  package static func number(_ number: String) -> String {
    number.count >= 18 ? ends(number, front: 3, back: 4) : ends(number, front: 3, back: 3)
  }

  /// Masks any other text, such as a code's.
  package static func text(_ text: String) -> String {
    text.count > 8 ? ends(text, front: 2, back: 2, stars: 3) : String(repeating: "*", count: text.count)
  }

  /// The ends with stars between; only stars for a text that is too short to hide anything.
  private static func ends(_ text: String, front: Int, back: Int, stars: Int? = nil) -> String {
    let hidden = text.count - front - back
    guard hidden > 0 else { return String(repeating: "*", count: text.count) }
    return text.prefix(front) + String(repeating: "*", count: stars ?? hidden) + text.suffix(back)
  }
}
