package import YAMLDocuments

/// A document to be written as YAML; each part has the row of the table that it comes from.
package indirect enum YAMLText {
  /// Always in quotes, so that nothing in it is markup.
  case text(String)
  /// Numbers, flags, null.
  case plain(String)
  case list([YAMLText])
  case table([(key: String, value: YAMLText)], row: Int)

  /// The document with its lines.
  package func written() -> WrittenYAML { WrittenYAML(self) }

  fileprivate static func scalar(_ node: YAMLText) -> String {
    switch node {
    case .text(let text): quoted(text)
    case .plain(let text): text
    case .list: "[]"
    case .table: "{}"
    }
  }

  fileprivate static func isWord(_ key: String) -> Bool {
    !key.isEmpty && key.utf8.allSatisfy { (0x61...0x7A).contains($0) || $0 == UInt8(ascii: "_") }
  }

  /// In double quotes, where YAML has all escapes.
  fileprivate static func quoted(_ text: String) -> String {
    var out = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": out += "\\\""
      case "\\": out += "\\\\"
      case "\n": out += "\\n"
      default:
        let hidden: Set<Unicode.GeneralCategory> = [.control, .format, .lineSeparator, .paragraphSeparator]
        let isNoCharacter = scalar.value & 0xFFFE == 0xFFFE
        if hidden.contains(scalar.properties.generalCategory) || scalar == "\u{FEFF}" || isNoCharacter {
          let digits = String(scalar.value, radix: 16, uppercase: true)
          out += "\\U" + String(repeating: "0", count: 8 - digits.count) + digits
        } else {
          out.unicodeScalars.append(scalar)
        }
      }
    }
    return out + "\""
  }
}

/// A document as text, and the tree that parsing this text would give.
package struct WrittenYAML {
  package struct Line {
    package fileprivate(set) var text: String
    /// The row of the table that it comes from; 0 for none.
    package let row: Int
    /// Nil for an entry of a list.
    package let key: String?
    /// Blanks and dashes before its first word.
    package let indent: Int
  }

  package private(set) var lines: [Line] = []
  package private(set) var root = YAMLNode(.null, at: FileLocation(file: ""))

  package var text: String { lines.map { $0.text + "\n" }.joined() }

  /// The line with this number, from 1.
  func line(_ number: Int) -> Line? { lines.indices.contains(number - 1) ? lines[number - 1] : nil }

  init(_ document: YAMLText) { root = add(document, indent: 0, prefix: "", row: 0) }

  /// Adds a part, and returns the node that parsing the text would give, with its location.
  ///
  /// - Parameter prefix: the dashes of the lists whose first entry begins here.
  private mutating func add(_ part: YAMLText, indent: Int, prefix: String, row: Int) -> YAMLNode {
    let column = indent + prefix.count
    let location = FileLocation(file: "", line: lines.count + 1, column: column + 1)
    let blanks = String(repeating: " ", count: prefix.count)
    switch part {
    case .list(let entries) where !entries.isEmpty:
      let nodes = entries.enumerated().map { index, entry in
        add(entry, indent: indent, prefix: (index == 0 ? prefix : blanks) + "- ", row: row)
      }
      return YAMLNode(.list(nodes), at: location)
    case .table(let pairs, let own) where !pairs.isEmpty:
      let row = own == 0 ? row : own
      var read: [(key: String, location: FileLocation, value: YAMLNode)] = []
      for (index, (key, value)) in pairs.enumerated() {
        let name = YAMLText.isWord(key) ? key : YAMLText.quoted(key)
        let margin = String(repeating: " ", count: indent) + (index == 0 ? prefix : blanks)
        let here = FileLocation(file: "", line: lines.count + 1, column: column + 1)
        lines.append(Line(text: margin + name + ":", row: row, key: key, indent: column))
        let node: YAMLNode
        if value.isInLine {
          lines[lines.count - 1].text += " " + YAMLText.scalar(value)
          let after = FileLocation(file: "", line: lines.count, column: column + name.unicodeScalars.count + 3)
          node = YAMLNode(value.ownContent, at: after)
        } else {
          node = add(value, indent: column + 2, prefix: "", row: row)
        }
        read.append((key: key, location: here, value: node))
      }
      return YAMLNode(.table(read), at: location)
    default:
      lines.append(
        Line(
          text: String(repeating: " ", count: indent) + prefix + YAMLText.scalar(part), row: row, key: nil,
          indent: column))
      return YAMLNode(part.ownContent, at: location)
    }
  }
}

extension YAMLText {
  /// Whether it is written in the line of its key.
  fileprivate var isInLine: Bool {
    switch self {
    case .text, .plain: true
    case .list(let entries): entries.isEmpty
    case .table(let pairs, _): pairs.isEmpty
    }
  }

  /// The content as which a part without parts of its own is parsed.
  fileprivate var ownContent: YAMLNode.Content {
    switch self {
    case .text(let text): .scalar(text, quoted: true)
    case .plain("null"): .null
    case .plain(let text): .scalar(text, quoted: false)
    case .list: .list([])
    case .table: .table([])
    }
  }
}

extension YAMLNode {
  /// The same data, to be written again.
  var asText: YAMLText {
    switch content {
    case .null: .plain("null")
    case .scalar(let text, let quoted): !quoted && ["true", "false"].contains(text) ? .plain(text) : .text(text)
    case .list(let elements): .list(elements.map(\.asText))
    case .table(let pairs): .table(pairs.map { (key: $0.key, value: $0.value.asText) }, row: 0)
    }
  }
}
