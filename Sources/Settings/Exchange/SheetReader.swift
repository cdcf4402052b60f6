import Hall

/// Gathers rows into items.
struct SheetReader {
  private let headings: [String]
  private let columns: [SheetColumn?]
  private(set) var items: [SheetItem] = []
  private var places: [String: Int] = [:]

  init(_ headings: [String], _ columns: [SheetColumn?]) {
    self.headings = headings.map(\.trimmed)
    self.columns = columns
  }

  mutating func take(_ row: CSVText.Row, _ report: inout ImportReport) {
    var said: [SheetColumn: String] = [:]
    var extra: [(key: String, value: String)] = []
    var formulas: [String] = []
    for (index, cell) in row.cells.enumerated() {
      guard let text = CSVText.plain(cell) else {
        formulas.append(index < headings.count ? headings[index] : "第 \(index + 1) 列")
        continue
      }
      guard index < columns.count, !text.isEmpty else { continue }
      if let column = columns[index] {
        if said[column] == nil { said[column] = text }
      } else if !headings[index].isEmpty {
        extra.append((key: headings[index], value: text))
      }
    }
    place(SheetRow(line: row.line, cells: said, extra: extra), &report)
    if !formulas.isEmpty {
      report.say(row.line, .error, "“\(formulas.joined(separator: "、"))”里是公式，没有采用：请改成文字")
    }
    if row.cells.count > headings.count, row.cells[headings.count...].contains(where: { !$0.trimmed.isEmpty }) {
      report.say(row.line, .warning, "比表头多出 \(row.cells.count - headings.count) 格，没有采用")
    }
  }

  private mutating func place(_ row: SheetRow, _ report: inout ImportReport) {
    let material = row[.material].map { "材料“\($0)”" }
    let name = row[.name] ?? ""
    let code = row[.code] ?? ""
    // Without name and code the row goes on with the item above; so does one that repeats them.
    let key = code.isEmpty ? name : code
    if key.isEmpty, items.isEmpty {
      report.took(row.line, "跳过")
      report.say(row.line, .error, "没有事项名称，上面也没有事项")
      return
    }
    if !key.isEmpty, places[key] == nil {
      places[key] = items.count
      items.append(SheetItem(row, number: items.count + 1))
      report.took(row.line, ["事项“\(name)”", material].compactMap(\.self).joined(separator: "，"))
      if code.isEmpty { report.say(row.line, .warning, "没有事项编码，暂定 \(items[items.count - 1].code)") }
    } else {
      let index = key.isEmpty ? items.count - 1 : places[key] ?? items.count - 1
      report.took(row.line, material ?? "事项“\(items[index].name)”")
      items[index].add(row, &report)
    }
    let index = key.isEmpty ? items.count - 1 : places[key] ?? items.count - 1
    items[index].remark(on: row, &report)
  }
}

/// One row, by column.
struct SheetRow {
  let line: Int
  let cells: [SheetColumn: String]
  /// Cells of columns that no field stands for.
  let extra: [(key: String, value: String)]

  /// Nil where the cell says that there is nothing.
  subscript(_ column: SheetColumn) -> String? {
    guard let text = cells[column], !SheetWords.isNothing(text) else { return nil }
    return text
  }
}
