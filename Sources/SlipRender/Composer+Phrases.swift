extension Composer {
  /// Lines that end at phrase boundaries: `text` cut after commas and filled up to `width`.
  ///
  /// Nil when a phrase is too long for a line, or when the last line would hold hardly a word.
  func phrases(_ text: String, size: Int, bold: Bool, width: Int) throws(SlipRenderFault) -> [String]? {
    var lines: [String] = []
    for phrase in Self.cut(text) {
      if let last = lines.last, try run(last + phrase, size: size, bold: bold).width <= width {
        lines[lines.count - 1] += phrase
      } else if try run(phrase, size: size, bold: bold).width <= width {
        lines.append(phrase)
      } else {
        return nil
      }
    }
    guard lines.count > 1, let last = lines.last, last.count >= 3 else { return nil }
    return lines
  }

  /// A short bold sentence: on one line, narrowed if necessary; if that does not suffice, one phrase a line.
  mutating func sentence(_ text: String, size: Int, side: TextRun.Side) throws(SlipRenderFault) {
    let narrowest = 0.8
    let fits = { (width: Int, room: Int) in Double(width) * narrowest <= Double(room) }
    if fits(try run(text, size: size, bold: true).width, inner) {
      return try fitted(text, size: size, bold: true, side: side)
    }
    for phrase in Self.cut(text) {
      if fits(try run(phrase, size: size, bold: true).width, inner) {
        try fitted(phrase, size: size, bold: true, side: side)
      } else {
        try line(phrase, size: size, bold: true, side: side)
      }
    }
  }

  /// `text` in pieces that end with a comma, a semicolon or a stroke, or before an opening bracket. A short bracket is
  /// part of the word before it: 村（社区）.
  private static func cut(_ text: String) -> [String] {
    var pieces = [""]
    for (index, character) in zip(text.indices, text) {
      if character == "（", pieces.last != "", text[index...].prefix(6).firstIndex(of: "）") == nil { pieces.append("") }
      pieces[pieces.count - 1].append(character)
      if character == "，" || character == "；" || character == "｜" { pieces.append("") }
    }
    return pieces.last == "" ? pieces.dropLast() : pieces
  }
}
