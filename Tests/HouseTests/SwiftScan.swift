/// Swift source with everything that is not code blanked out, line by line and column by column.
///
/// Comments and the text of string literals become spaces (their quotes stay), so that a rule looks at code alone and
/// still names the right line. Code inside an interpolation stays. Regex literals are taken for code.
struct SwiftScan {
  /// Lines of code in UTF-8, as many bytes a line as the source has.
  let code: [[UInt8]]
  /// The source's own lines, comments and strings included.
  let source: [String]

  init(_ text: String) {
    source = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    var scanner = SourceScanner(Array(text.utf8))
    code = scanner.blanked().split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).map(Array.init)
  }

  /// Lines of code that contain any of the words, as text, each with its number from 1.
  ///
  /// A cheap filter before regular expressions, because most lines have no match.
  func lines(with words: [String]) -> [(number: Int, text: String)] {
    zip(1..., code).compactMap { number, line in
      let text = String(decoding: line, as: UTF8.self)
      return words.contains(where: text.contains) ? (number: number, text: text) : nil
    }
  }
}

private enum Ascii {
  static let newline = UInt8(ascii: "\n")
  static let space = UInt8(ascii: " ")
  static let quote = UInt8(ascii: "\"")
  static let pound = UInt8(ascii: "#")
  static let opening = UInt8(ascii: "(")
  static let closing = UInt8(ascii: ")")
}

private struct SourceScanner {
  private let text: [UInt8]
  private var out: [UInt8] = []
  private var at = 0

  init(_ text: [UInt8]) { self.text = text }

  mutating func blanked() -> [UInt8] {
    code(until: nil)
    return out
  }

  private func sees(_ word: String, from position: Int? = nil) -> Bool {
    let start = position ?? at
    guard start + word.utf8.count <= text.count else { return false }
    return word.utf8.elementsEqual(text[start..<start + word.utf8.count])
  }

  private mutating func keep(_ count: Int = 1) {
    out += text[at..<min(at + count, text.count)]
    at += count
  }

  private mutating func blank(_ count: Int = 1) {
    for byte in text[at..<min(at + count, text.count)] { out.append(byte == Ascii.newline ? byte : Ascii.space) }
    at += count
  }

  /// Copies code up to the parenthesis that closes an interpolation, or to the end of the text.
  private mutating func code(until closing: UInt8?) {
    var depth = 0
    while at < text.count {
      if sees("//") {
        while at < text.count, text[at] != Ascii.newline { blank() }
      } else if sees("/*") {
        blockComment()
      } else if text[at] == Ascii.quote || text[at] == Ascii.pound, let pounds = rawStringPounds() {
        string(pounds: pounds)
      } else if text[at] == Ascii.opening {
        depth += 1
        keep()
      } else if text[at] == Ascii.closing {
        if closing != nil, depth == 0 { return }
        depth -= 1
        keep()
      } else {
        keep()
      }
    }
  }

  private mutating func blockComment() {
    var depth = 0
    repeat {
      if sees("/*") {
        depth += 1
        blank(2)
      } else if sees("*/") {
        depth -= 1
        blank(2)
      } else {
        blank()
      }
    } while depth > 0 && at < text.count
  }

  /// How many `#` stand before the quote of a string that begins here; nil when none does.
  private func rawStringPounds() -> Int? {
    var position = at
    while position < text.count, text[position] == Ascii.pound { position += 1 }
    return position < text.count && text[position] == Ascii.quote ? position - at : nil
  }

  private mutating func string(pounds: Int) {
    let raw = String(repeating: "#", count: pounds)
    keep(pounds)
    let quotes = sees("\"\"\"") ? "\"\"\"" : "\""
    keep(quotes.count)
    while at < text.count {
      if sees(quotes + raw) {
        keep(quotes.count + pounds)
        return
      } else if sees("\\" + raw + "(") {
        blank(2 + pounds)
        code(until: Ascii.closing)
        blank()
      } else if sees("\\" + raw) {
        blank(2 + pounds)
      } else if quotes.count == 1, text[at] == Ascii.newline {
        return
      } else {
        blank()
      }
    }
  }
}
