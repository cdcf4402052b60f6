import Hall
import YAMLDocuments

extension CatalogueField {
  /// An office's cell as a value of the catalogue file; nil where the cell is empty, or where the field has rules of its
  /// own.
  func value(_ cell: String?) -> YAMLText? {
    guard let cell else { return nil }
    switch shape {
    case .text: return .text(CellText.line(cell))
    case .code: return .text(CellText.compact(CellText.half(cell)))
    case .texts(_, _, let list): return .list(Self.parts(of: cell, list).map(YAMLText.text))
    case .count(_, let range): return SheetWords.count(cell, in: range).map { .plain(String($0)) }
    // A text that is neither yes nor no is kept, so that the file is refused.
    case .flag: return SheetWords.yes(cell).map { .plain(String($0)) } ?? .text(CellText.line(cell))
    case .choice(let choice): return choice.words.first { $0.word == cell }.map { .plain($0.rawValue) }
    case .own: return nil
    }
  }

  private static func parts(of cell: String, _ list: TextList) -> [String] {
    switch list {
    case .lines: SheetWords.lines(cell)
    case .names, .words: cell.split { $0.isNewline || "、，,；;".contains($0) }.map(\.trimmed)
    case .steps: SheetWords.steps(cell)
    }
  }

  /// The value as an exported cell; nil where there is none, or where the field has rules of its own.
  func cell(of record: Record) -> String? {
    switch shape {
    case .text(let path, _, _): record[keyPath: path]
    case .code(let path, _): record[keyPath: path]
    case .texts(let path, _, let list): record[keyPath: path].joined(separator: list == .words ? "、" : "\n")
    case .count(let path, _): record[keyPath: path].map(String.init)
    case .flag(let path, _, _): record[keyPath: path] ? "是" : "否"
    case .choice(let choice): choice.word(of: record)
    case .own: nil
    }
  }
}
