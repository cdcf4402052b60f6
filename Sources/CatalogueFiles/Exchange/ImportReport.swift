/// The result of importing a table: row by row, in the office's words.
package struct ImportReport: Sendable {
  package enum Severity: String, Sendable, Comparable {
    case taken, warning, error
    package static func < (a: Self, b: Self) -> Bool { a.rank < b.rank }
    private var rank: Int {
      switch self {
      case .taken: 0
      case .warning: 1
      case .error: 2
      }
    }
  }

  /// One row of the table with its remarks.
  package struct Row: Sendable {
    /// The line of the file in which it starts.
    package let line: Int
    /// Its number in the spreadsheet, which an office sees.
    package let number: Int
    /// 事项 or 材料 and its name; a skipped row says so.
    package let what: String
    package fileprivate(set) var remarks: [(severity: Severity, words: String)]

    package var severity: Severity { remarks.map(\.severity).max() ?? .taken }
  }

  package let encoding: TextEncoding
  /// Headings without a field, with their column; their cells are kept under `extra`.
  package let unknownColumns: [String]
  package private(set) var rows: [Row] = []
  /// Remarks that concern no row in particular.
  package private(set) var general: [(severity: Severity, words: String)] = []
  private var indices: [Int: Int] = [:]

  init(encoding: TextEncoding, unknownColumns: [String]) {
    self.encoding = encoding
    self.unknownColumns = unknownColumns
  }

  package var errors: Int { count(.error) }
  package var warnings: Int { count(.warning) }

  private func count(_ severity: Severity) -> Int {
    general.count { $0.severity == severity } + rows.reduce(0) { $0 + $1.remarks.count { $0.severity == severity } }
  }

  mutating func took(_ row: CSVText.Row, _ what: String) {
    indices[row.line] = rows.count
    rows.append(Row(line: row.line, number: row.number, what: what, remarks: []))
  }

  /// Whether an error of this row already names the cell.
  func hasError(_ line: Int, naming cell: String) -> Bool {
    indices[line].map { index in rows[index].remarks.contains { $0.severity == .error && $0.words.contains(cell) } }
      ?? false
  }

  mutating func say(_ line: Int, _ severity: Severity, _ words: String) {
    if let index = indices[line] {
      // A cell with several materials is reported once.
      if rows[index].remarks.contains(where: { $0.severity == severity && $0.words == words }) { return }
      rows[index].remarks.append((severity, words))
    } else {
      general.append((severity, words))
    }
  }

  /// The report as lines: what was read, then every row, then the general remarks.
  package func lines(onlyRemarks: Bool = false) -> [String] {
    func words(_ remark: (severity: Severity, words: String)) -> String {
      switch remark.severity {
      case .error: "错误：\(remark.words)"
      case .warning: "提醒：\(remark.words)"
      case .taken: remark.words
      }
    }
    let shown = rows.filter { !onlyRemarks || $0.severity > .taken }
    let body = shown.flatMap { row -> [String] in
      let head = "第 \(row.number) 行 \(row.what)"
      return row.remarks.isEmpty ? [head] : row.remarks.map { "\(head)：\(words($0))" }
    }
    let unknown = unknownColumns.isEmpty ? [] : ["不认识的列，内容原样保留：\(unknownColumns.joined(separator: "、"))"]
    return ["文件编码：\(encoding.rawValue)"] + unknown + body + general.map(words)
  }
}
