import CatalogueFiles
import YAMLDocuments

/// Changes single keys of a document and nothing else.
extension YAMLText {
  static let empty = YAMLText.table([], row: 0)

  /// The data of a parsed node, to be written again. Whole numbers and flags stay plain; every other scalar gets quotes.
  init(_ node: YAMLNode) {
    switch node.content {
    case .null: self = .plain("null")
    case .scalar(let text, let quoted):
      self = !quoted && (["true", "false"].contains(text) || Int(text) != nil) ? .plain(text) : .text(text)
    case .list(let elements): self = .list(elements.map(YAMLText.init))
    case .table(let pairs): self = .table(pairs.map { (key: $0.key, value: YAMLText($0.value)) }, row: 0)
    }
  }

  private var pairs: [(key: String, value: YAMLText)] {
    if case .table(let pairs, _) = self { pairs } else { [] }
  }

  /// The entries of a list; empty for all else.
  var entries: [YAMLText] {
    if case .list(let entries) = self { entries } else { [] }
  }

  /// The text of a scalar; nil for all else.
  var scalar: String? {
    switch self {
    case .text(let text), .plain(let text): text
    case .list, .table: nil
    }
  }

  var isEmptyTable: Bool { if case .table(let pairs, _) = self { pairs.isEmpty } else { false } }

  /// The value of a key of a table. Setting one keeps its position, or appends it; nil takes the key out.
  subscript(key: String) -> YAMLText? {
    get { pairs.first { $0.key == key }?.value }
    set {
      var pairs = pairs
      let index = pairs.firstIndex { $0.key == key }
      switch (index, newValue) {
      case (let index?, let value?): pairs[index].value = value
      case (let index?, nil): pairs.remove(at: index)
      case (nil, let value?): pairs.append((key: key, value: value))
      case (nil, nil): break
      }
      self = .table(pairs, row: row)
    }
  }

  private var row: Int { if case .table(_, let row) = self { row } else { 0 } }

  /// The same table as if it came from this row.
  func ofRow(_ row: Int) -> YAMLText { .table(pairs, row: row) }

  /// Whether both say the same, however it is quoted.
  func says(_ other: YAMLText) -> Bool {
    switch (self, other) {
    case (.list(let one), .list(let two)):
      one.count == two.count && zip(one, two).allSatisfy { $0.says($1) }
    case (.table(let one, _), .table(let two, _)):
      one.count == two.count && zip(one, two).allSatisfy { $0.key == $1.key && $0.value.says($1.value) }
    default:
      scalar != nil && scalar == other.scalar
    }
  }
}
