import YAMLDocuments

/// A document to be written as YAML; each part has the row of the table that it comes from.
indirect enum YAMLText {
  /// Always in quotes, so that nothing in it is markup.
  case text(String)
  /// Numbers, flags, null.
  case plain(String)
  case list([YAMLText])
  case table([(key: String, value: YAMLText)], row: Int)

  /// The text, and for each of its lines the row that it comes from (0 for none).
  static func write(_ root: YAMLText) -> (text: String, rows: [Int]) {
    var lines: [(text: String, row: Int)] = []
    emit(root, indent: 0, prefix: "", row: 0, &lines)
    return (lines.map { $0.text + "\n" }.joined(), lines.map(\.row))
  }

  private static func emit(
    _ node: YAMLText, indent: Int, prefix: String, row: Int, _ lines: inout [(text: String, row: Int)]
  ) {
    let margin = String(repeating: " ", count: indent)
    switch node {
    case .text, .plain: lines.append((margin + prefix + scalar(node), row))
    case .list(let elements):
      for element in elements { emit(element, indent: indent, prefix: prefix + "- ", row: row, &lines) }
    case .table(let pairs, let own):
      let row = own == 0 ? row : own
      var lead = prefix
      for (key, value) in pairs {
        let name = isWord(key) ? key : quoted(key)
        switch value {
        case .text, .plain: lines.append((margin + lead + "\(name): \(scalar(value))", row))
        case .list(let elements) where elements.isEmpty: lines.append((margin + lead + "\(name): []", row))
        case .list, .table:
          lines.append((margin + lead + "\(name):", row))
          emit(value, indent: indent + prefix.count + 2, prefix: "", row: row, &lines)
        }
        lead = String(repeating: " ", count: prefix.count)
      }
    }
  }

  private static func scalar(_ node: YAMLText) -> String {
    switch node {
    case .text(let text): quoted(text)
    case .plain(let text): text
    case .list, .table: ""
    }
  }

  private static func isWord(_ key: String) -> Bool {
    !key.isEmpty && key.utf8.allSatisfy { (0x61...0x7A).contains($0) || $0 == UInt8(ascii: "_") }
  }

  /// In double quotes, where YAML has all escapes.
  private static func quoted(_ text: String) -> String {
    var out = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": out += "\\\""
      case "\\": out += "\\\\"
      case "\n": out += "\\n"
      default:
        let hidden: Set<Unicode.GeneralCategory> = [.control, .format, .lineSeparator, .paragraphSeparator]
        if hidden.contains(scalar.properties.generalCategory) || scalar == "\u{FEFF}" {
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
