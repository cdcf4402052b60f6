import YAMLDocuments

/// Comma-separated values (RFC 4180), as Excel and WPS write them: commas, semicolons or tabs, any line ending, quoted
/// cells with line breaks and doubled quotes.
package enum CSVText {
  package struct Row: Hashable, Sendable {
    /// The line of the file in which it starts, from 1.
    package let line: Int
    /// Its number in the spreadsheet, from 1; less than the line where cells above contain line breaks.
    package let number: Int
    package let cells: [String]
  }

  package enum Fault: Error, Hashable, Sendable {
    /// A quoted cell that starts in this line never ends.
    case openQuote(line: Int)
    case tooManyRows(limit: Int)
    case tooManyColumns(line: Int, limit: Int)
    case longCell(line: Int, limit: Int)
  }

  static let mostRows = 20_000
  static let mostColumns = 200
  /// The most characters in a cell: Excel's own limit.
  static let longestCell = 32_767

  /// Rows with at least one cell that is not blank.
  package static func rows(_ text: String) throws(Fault) -> [Row] {
    let (body, said) = declared(text)
    let bytes = Array(body.utf8)
    let separator = said ?? separator(bytes)
    let quote = UInt8(ascii: "\"")
    var rows: [Row] = []
    var cells: [String] = []
    var cell: [UInt8] = []
    var line = said == nil ? 1 : 2
    var start = line
    var number = line
    var index = 0

    func endCell() throws(Fault) {
      let text = String(decoding: cell, as: UTF8.self)
      guard cell.count <= longestCell * 4, text.count <= longestCell else {
        throw .longCell(line: start, limit: longestCell)
      }
      cells.append(text)
      cell.removeAll(keepingCapacity: true)
      guard cells.count <= mostColumns else { throw .tooManyColumns(line: start, limit: mostColumns) }
    }
    func endRow() throws(Fault) {
      try endCell()
      if cells.contains(where: { !$0.trimmed.isEmpty }) { rows.append(Row(line: start, number: number, cells: cells)) }
      guard rows.count <= mostRows else { throw .tooManyRows(limit: mostRows) }
      number += 1
      cells = []
    }

    while index < bytes.count {
      let byte = bytes[index]
      index += 1
      if byte == quote, cell.allSatisfy({ $0 == 0x20 }) {
        cell.removeAll(keepingCapacity: true)
        let opened = line
        var closed = false
        while index < bytes.count {
          let inner = bytes[index]
          index += 1
          if inner == quote {
            guard index < bytes.count, bytes[index] == quote else {
              closed = true
              break
            }
            index += 1
          }
          if inner == 0x0A { line += 1 }
          cell.append(inner)
        }
        guard closed else { throw .openQuote(line: opened) }
      } else if byte == separator {
        try endCell()
      } else if byte == 0x0A || byte == 0x0D {
        if byte == 0x0D, index < bytes.count, bytes[index] == 0x0A { index += 1 }
        try endRow()
        line += 1
        start = line
      } else {
        cell.append(byte)
      }
    }
    if !cell.isEmpty || !cells.isEmpty { try endRow() }
    return rows
  }

  /// `sep=;`, which Excel reads and writes in the first line.
  private static func declared(_ text: String) -> (rest: String, separator: UInt8?) {
    for (word, separator) in [
      ("sep=,", UInt8(ascii: ",")), ("sep=;", UInt8(ascii: ";")), ("sep=\t", UInt8(ascii: "\t")),
    ]
    where text.hasPrefix(word) {
      let rest = text.dropFirst(word.count)
      if rest.isEmpty || rest.first?.isNewline == true { return (String(rest.dropFirst()), separator) }
    }
    return (text, nil)
  }

  /// Lines that are searched for the separator, because titles precede the header.
  private static let mostLookedAt = 50

  /// Tab, semicolon or comma: whichever is in the most of the first lines, and most often, outside of quotes.
  private static func separator(_ bytes: [UInt8]) -> UInt8 {
    let candidates: [UInt8] = [UInt8(ascii: ","), UInt8(ascii: "\t"), UInt8(ascii: ";")]
    var lines = [Int](repeating: 0, count: 3)
    var counts = lines
    var here = lines
    var seen = 0
    var isQuoted = false
    for byte in bytes {
      if byte == UInt8(ascii: "\"") { isQuoted.toggle() }
      guard !isQuoted else { continue }
      if let candidate = candidates.firstIndex(of: byte) { here[candidate] += 1 }
      guard byte == 0x0A || byte == 0x0D else { continue }
      seen += 1
      if seen == mostLookedAt { break }
      for index in here.indices {
        lines[index] += min(here[index], 1)
        counts[index] += here[index]
        here[index] = 0
      }
    }
    for index in here.indices {
      lines[index] += min(here[index], 1)
      counts[index] += here[index]
    }
    let best = candidates.indices.max { (lines[$0], counts[$0], -$0) < (lines[$1], counts[$1], -$1) }
    return candidates[best ?? 0]
  }

  /// A table for Excel and WPS: UTF-8 with byte order mark, CRLF, and no cell that they would run as a formula.
  package static func write(_ rows: [[String]]) -> String {
    "\u{FEFF}" + rows.map { $0.map(quoted).joined(separator: ",") + "\r\n" }.joined()
  }

  private static func quoted(_ cell: String) -> String {
    let safe = defused(cell)
    guard safe.contains(where: { [",", "\"", "\n", ";", "\t"].contains($0) }) else { return safe }
    return "\"" + safe.replacing("\"", with: "\"\"") + "\""
  }

  /// Characters that start a formula, full-width forms included.
  static let formulaMarks: Set<Unicode.Scalar> = ["=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r"]

  /// An apostrophe before a potential formula, and a space for every control character but the line break.
  package static func defused(_ cell: String) -> String {
    var safe = String.UnicodeScalarView()
    for scalar in cell.unicodeScalars {
      safe.append(scalar.properties.generalCategory == .control && scalar != "\n" ? " " : scalar)
    }
    // Also after leading blanks, and before an existing apostrophe, so that parsing removes exactly one.
    let first = safe.first { !$0.properties.isWhitespace }
    let mark = first.map { formulaMarks.contains($0) || $0 == "'" } ?? false
    return mark ? "'" + String(safe) : String(safe)
  }

  /// The text of a cell as `defused` wrote it, or `="0012"` as Excel keeps leading zeros. Nil for a formula.
  package static func plain(_ cell: String) -> String? {
    let text = cell.trimmed
    if text.hasPrefix("=\""), text.hasSuffix("\""), text.count > 3 {
      let inner = text.dropFirst(2).dropLast()
      return inner.contains("\"") ? nil : String(inner)
    }
    guard let first = text.unicodeScalars.first else { return text }
    if first == "'" {
      let rest = text.dropFirst()
      let next = rest.unicodeScalars.first { !$0.properties.isWhitespace }
      return next.map { formulaMarks.contains($0) || $0 == "'" } ?? false ? String(rest) : text
    }
    if ["=", "@", "＝", "＠"].contains(first) { return nil }
    return text
  }
}
