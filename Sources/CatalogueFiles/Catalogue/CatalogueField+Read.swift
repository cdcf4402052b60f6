import Hall
import YAMLDocuments

extension CatalogueField {
  /// Parses the field from the table of an item or a material. A field with rules of its own is left to its parser.
  func read(_ table: YAMLTable, into record: inout Record) {
    switch shape {
    case .text(let path, let length, let known):
      record[keyPath: path] = table.text(key, required: false, atMost: length).flatMap { word in
        known.isEmpty || known.contains(word) ? word : unknown(word, known, table)
      }
    case .code(let path, let length):
      record[keyPath: path] = table.text(key, required: false, atMost: length)
    case .texts(let path, let length, _):
      record[keyPath: path] = table.texts(key, atMost: length)
    case .count(let path, let range):
      record[keyPath: path] = table.integer(key, in: range)
    case .flag(let path, _, _):
      record[keyPath: path] = table.flag(key) ?? false
    case .choice(let choice):
      choice.put(table.choice(key, of: choice.words, required: false), in: &record)
    case .own: break
    }
  }

  private func unknown(_ word: String, _ known: [String], _ table: YAMLTable) -> String? {
    table.log.fault(
      table.location(of: key), "`\(key)` is “\(word)”", "write one of: \(known.joined(separator: ", "))",
      zh: "\(table.name(of: key))是“\(word)”：请写其中之一：\(known.joined(separator: "、"))")
    return nil
  }
}
