import Hall
import YAMLDocuments

/// Groups rows into items.
struct SheetParser {
  private let head: SheetHead
  private(set) var items: [SheetItem] = []
  private var indices: [String: Int] = [:]
  /// The cells of the row above, for 同上.
  private var above: [Int: String] = [:]
  /// Sums of the numbers in each column, to recognise a row of sums.
  private var sums: [Int: Int] = [:]

  init(_ head: SheetHead) { self.head = head }

  /// - Parameter isLast: the last row of a table may be its sum.
  mutating func take(_ row: CSVText.Row, isLast: Bool, _ report: inout ImportReport) {
    if let reason = reasonToSkip(row, isLast: isLast) {
      report.took(row, "跳过")
      report.say(row.line, reason.severity, reason.words)
      return
    }
    var said: [SheetColumn: (text: String, index: Int)] = [:]
    var extra: [(key: String, value: String)] = []
    var formulas: [Int] = []
    var findings: [(severity: ImportReport.Severity, words: String)] = []
    for (index, cell) in row.cells.enumerated() {
      guard var text = CSVText.plain(CellText.clean(cell)) else {
        formulas.append(index)
        continue
      }
      guard index < head.meanings.count, !text.isEmpty else { continue }
      if CellText.isDitto(text) {
        guard let over = above[index] else {
          findings.append((.error, "\(head.cell(at: index))写的是“\(text)”，上面却没有内容：请写明"))
          continue
        }
        text = over
      }
      above[index] = text
      if let number = SheetWords.count(text) { sums[index, default: 0] += number }
      switch head.meanings[index] {
      case .counter: break
      case .unknown: if !head.headings[index].isEmpty { extra.append((key: head.headings[index], value: text)) }
      case .column(let column):
        if let doubt = CellText.doubt(text), column != .legalWording, column != .promisedWording {
          findings.append((.error, "\(head.cell(at: index))是\(doubt)"))
          // An unreadable value is kept in the file, so that it is refused there too.
          guard column.isRead else { continue }
        }
        guard let first = said[column] else {
          said[column] = (text, index)
          continue
        }
        if first.text != text {
          findings.append((.error, "\(head.cell(at: first.index))和\(head.cell(at: index))是同一项，写的却不同：请留一个"))
        }
      }
    }
    let cells = said.mapValues(\.text)
    add(SheetRow(line: row.line, number: row.number, head: head, cells: cells, extra: extra), row, &report)
    for finding in findings { report.say(row.line, finding.severity, finding.words) }
    if !formulas.isEmpty {
      report.say(row.line, .error, "\(formulas.map { head.cell(at: $0) }.joined(separator: "、"))里是公式，没有采用：请改成文字")
    }
    let width = head.headings.count
    if row.cells.count > width, row.cells[width...].contains(where: { !CellText.clean($0).trimmed.isEmpty }) {
      report.say(row.line, .error, "比表头多出 \(row.cells.count - width) 格，没有采用：多半是文字里有分隔符，请用引号括起来，或重新导出")
    }
  }

  /// Rows that are not data: sums, notes, repeated headings.
  private func reasonToSkip(_ row: CSVText.Row, isLast: Bool) -> (severity: ImportReport.Severity, words: String)? {
    let texts = row.cells.enumerated().compactMap { index, cell in
      let text = CellText.clean(cell).trimmed
      return text.isEmpty ? nil : (index: index, text: text)
    }
    guard let first = texts.first else { return (.taken, "空行") }
    if texts.count > 1,
      texts.allSatisfy({
        $0.index < head.headings.count && head.headings[$0.index] == CellText.line($0.text, isName: true)
      })
    {
      return (.taken, "重复的表头")
    }
    let opening = CellText.compact(first.text)
    if ["合计", "总计", "小计", "共计", "总数"].contains(where: opening.hasPrefix) {
      return (.warning, "“\(first.text.prefix(20))”像是合计，没有采用")
    }
    let notes = [
      "注:", "注：", "备注:", "备注：", "说明:", "说明：", "填表", "填报", "制表", "审核人", "审核：", "审批人", "经办人", "单位负责人", "联系人", "以下空白",
      "（以下空白）",
    ]
    if texts.count <= 8, notes.contains(where: opening.hasPrefix) {
      return (.warning, "“\(first.text.prefix(20))”像是表外的话，没有采用")
    }
    guard head.meanings.count > 2 else { return nil }
    let isNumbers = texts.allSatisfy { SheetWords.count($0.text) != nil || Int(CellText.half($0.text)) != nil }
    if texts.allSatisfy({ $0.index < head.meanings.count && head.meanings[$0.index] == .counter }) {
      return isNumbers ? (.taken, "只有序号") : (.warning, "只有“\(first.text.prefix(20))”一格，没有采用")
    }
    if isLast, isNumbers,
      texts.allSatisfy({ (sums[$0.index] ?? 0) > 0 && Int(CellText.half($0.text)) == sums[$0.index] })
    {
      return (.warning, "最后一行只有数字，正好是上面各行的和，像是合计，没有采用")
    }
    if texts.count == 1,
      first.text.wholeMatch(of: /([一二三四五六七八九十]+、|[（(][一二三四五六七八九十]+[）)]|第[一二三四五六七八九十]+(部分|类)).*/) != nil
    {
      return (.warning, "“\(first.text.prefix(20))”像是分类的标题，没有采用")
    }
    return nil
  }

  /// Adds a row to its item, or begins a new item with it.
  private mutating func add(_ row: SheetRow, _ source: CSVText.Row, _ report: inout ImportReport) {
    var row = row
    if let name = row[.name], let mark = ListMark(name), mark.style != .chinese {
      row[.name] = name.dropFirst(mark.length).trimmed
    }
    let materials = SheetMaterialCells(row, isOurs: head.isOurs)
    let named = materials.rows.compactMap { $0[.material] }
    let material =
      named.isEmpty
      ? nil
      : named.map { "材料“\(CellText.line($0.replacing(SheetMaterialCells.refused, with: "")))”" }.joined(separator: "、")
    let name = row[.name].map { CellText.line($0, isName: true) } ?? ""
    let code = CellText.compact(CellText.half(row[.code] ?? ""))
    if code.isEmpty, name.isEmpty, items.isEmpty {
      report.took(source, "跳过")
      report.say(row.line, .error, "没有事项名称，上面也没有事项")
      return
    }
    // A row without name and code, or one that repeats them, continues the item above.
    let index: Int
    if let known = code.isEmpty ? (name.isEmpty ? items.count - 1 : indices[name]) : indices[code] {
      index = known
      report.took(source, material ?? "事项“\(items[index].name)”")
      if index != items.count - 1 {
        report.say(row.line, .warning, "与第 \(items[index].number) 行是同一事项，中间隔着别的事项：接在那里")
      }
      items[index].add(row, &report)
    } else {
      index = items.count
      let item = SheetItem(row, number: items.count + 1)
      report.took(source, ["事项“\(item.name)”", material].compactMap(\.self).joined(separator: "，"))
      if code.isEmpty, head.has(.code) { report.say(row.line, .warning, "没有事项编码，暂定 \(item.code)") }
      if !code.isEmpty, let other = indices[name] {
        report.say(row.line, .warning, "与第 \(items[other].number) 行的事项同名，编码不同：请核对")
      }
      if !code.isEmpty { indices[code] = index }
      if indices[name] == nil, !name.isEmpty { indices[name] = index }
      items.append(item)
      if index > 0 { items[index].fill(from: items[index - 1], &report) }
      items[index].remark(&report)
    }
    for words in materials.remarks { report.say(row.line, words.severity, words.words) }
    items[index].add(materials.rows, &report)
  }
}
