/// What of a person's data may be shown where others look on.
///
/// Names keep their first character, from three on their last; numbers of persons three digits in front and four behind (a
/// region in full would name a town of few), other numbers one and three; of a birth the year; of an address nothing.
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
    // The true length up to four, three stars at most.
    default: return ends(name, front: 1, back: 1, stars: min(characters.count - 2, 3))
    }
  }

  package static func number(_ number: String) -> String {
    number.count >= 18 ? ends(number, front: 3, back: 4) : ends(number, front: 3, back: 3)
  }

  /// Any other text, such as a code's.
  package static func text(_ text: String) -> String {
    text.count > 8 ? ends(text, front: 2, back: 2, stars: 3) : String(repeating: "*", count: text.count)
  }

  /// The ends and stars between them; stars alone for what is too short to hide anything.
  private static func ends(_ text: String, front: Int, back: Int, stars: Int? = nil) -> String {
    let hidden = text.count - front - back
    guard hidden > 0 else { return String(repeating: "*", count: text.count) }
    return text.prefix(front) + String(repeating: "*", count: stars ?? hidden) + text.suffix(back)
  }
}
