/// Swift source with everything that is not code blanked out, line by line and column by column.
///
/// Comments and the text of string literals become spaces (their quotes stay), so that a rule looks at code alone and
/// still names the right line. Code inside an interpolation stays. Regex literals are taken for code.
struct SwiftScan {
  /// As many characters a line as the source has.
  let code: [[Character]]
  /// The source's own lines, comments and strings included.
  let source: [String]

  init(_ text: String) {
    source = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    var scanner = Scanner(Array(text))
    code = scanner.blanked().split(separator: "\n", omittingEmptySubsequences: false).map(Array.init)
  }

  /// Code lines as text, each with its number from 1.
  var lines: [(number: Int, text: String)] {
    code.enumerated().map { (number: $0.offset + 1, text: String($0.element)) }
  }
}

private struct Scanner {
  private let text: [Character]
  private var out: [Character] = []
  private var at = 0

  init(_ text: [Character]) { self.text = text }

  mutating func blanked() -> [Character] {
    code(until: nil)
    return out
  }

  private func sees(_ word: String, from position: Int? = nil) -> Bool {
    let start = position ?? at
    guard start + word.count <= text.count else { return false }
    return zip(word, text[start...]).allSatisfy { $0 == $1 }
  }

  private mutating func keep(_ count: Int = 1) {
    out += text[at..<min(at + count, text.count)]
    at += count
  }

  private mutating func blank(_ count: Int = 1) {
    for character in text[at..<min(at + count, text.count)] { out.append(character == "\n" ? "\n" : " ") }
    at += count
  }

  /// Copies code up to the parenthesis that closes an interpolation, or to the end of the text.
  private mutating func code(until closing: Character?) {
    var depth = 0
    while at < text.count {
      if sees("//") {
        while at < text.count, text[at] != "\n" { blank() }
      } else if sees("/*") {
        blockComment()
      } else if text[at] == "\"" || text[at] == "#", let pounds = rawStringPounds() {
        string(pounds: pounds)
      } else if text[at] == "(" {
        depth += 1
        keep()
      } else if text[at] == ")" {
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
    while position < text.count, text[position] == "#" { position += 1 }
    return position < text.count && text[position] == "\"" ? position - at : nil
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
        code(until: ")")
        blank()
      } else if sees("\\" + raw) {
        blank(2 + pounds)
      } else if quotes.count == 1, text[at] == "\n" {
        return
      } else {
        blank()
      }
    }
  }
}
