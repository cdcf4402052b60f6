import Hall

/// A material's row.
struct SheetMaterial {
  private let row: SheetRow
  private let item: SheetRow

  init(_ row: SheetRow, item: SheetRow) {
    self.row = row
    self.item = item
  }

  var asText: YAMLText {
    let kind = kind
    var fields: [(key: String, value: YAMLText)] = [
      (key: "name", value: .text(row[.material] ?? "")), (key: "kind", value: .plain(kind.rawValue)),
    ]
    func add(_ key: String, _ value: YAMLText?) { if let value { fields.append((key: key, value: value)) } }
    func text(_ column: SheetColumn) -> YAMLText? { row[column].map { .text(CellText.line($0)) } }
    /// A text that is not a number is kept, so that the file is refused.
    func number(_ column: SheetColumn) -> YAMLText? {
      row[column].map { text in SheetWords.count(text).map { .plain(String($0)) } ?? .text(CellText.line(text)) }
    }
    if kind == .originalAndCopy {
      // One of each is unambiguous; more must be specified.
      if row[.originals] == nil, row[.photocopies] == nil, row[.copies].flatMap(SheetWords.count) != 1 {
        add("copies", number(.copies))
      }
      add("original_copies", number(.originals) ?? .plain("1"))
      add("photocopies", number(.photocopies) ?? .plain("1"))
    } else {
      let counted: SheetColumn = kind == .copy ? .photocopies : .originals
      add("copies", number(counted) ?? number(.copies) ?? .plain("1"))
      add(kind == .copy ? "original_copies" : "photocopies", number(kind == .copy ? .originals : .photocopies))
    }
    add("necessity", .text(row[.necessity].map { SheetWords.necessity($0)?.rawValue ?? CellText.line($0) } ?? "必要"))
    add("medium", row[.medium].map { .text(SheetWords.medium($0)?.rawValue ?? CellText.line($0)) })
    add("size", text(.size))
    add("electronic_ok", row[.electronic].map(flag))
    add("shared", row[.shared].map(flag))
    add("source", text(.source))
    add("obtain", text(.obtain))
    add("standard", text(.standard))
    add("basis", text(.materialBasis))
    add("when", row[.when].flatMap(SheetItem.nested))
    add("any_of", row[.anyOf].map { .list(SheetWords.lines($0).map(YAMLText.text)) })
    add("one_of", text(.oneOf))
    add("note", text(.materialNote))
    // Cells of the item's own row that repeat in each of its rows belong to the item.
    let own = row.line == item.line ? [] : row.extra.filter { cell in !item.extra.contains { $0 == cell } }
    if !own.isEmpty { add("extra", .table(own.map { (key: $0.key, value: .text($0.value)) }, row: 0)) }
    return .table(fields, row: row.line)
  }

  private func flag(_ text: String) -> YAMLText {
    SheetWords.yes(text).map { .plain("\($0)") } ?? .text(CellText.line(text))
  }

  private var kind: Material.Kind {
    let said = row[.kind].flatMap(SheetWords.kind) ?? .original
    return hasBlank && said == .original ? .form : said
  }

  /// 空白表格: a form that is filled in at the hall.
  private var hasBlank: Bool { row[.blank].map { SheetWords.yes($0) != false } ?? false }

  /// Remarks on words that are not understood, and on defaults.
  func remark(_ report: inout ImportReport) {
    func say(_ column: SheetColumn, _ severity: ImportReport.Severity, _ words: String) {
      report.say(row.line, severity, "\(row.head.cell(column))\(words)")
    }
    func mustBe(_ column: SheetColumn, _ words: [String], _ isOne: (String) -> Bool) {
      guard let text = row[column], !isOne(text) else { return }
      say(column, .error, "是“\(CellText.line(text))”：请写 \(words.joined(separator: "、")) 之一")
    }
    mustBe(.kind, ["原件", "复印件", "原件和复印件", "原件或复印件", "表格"]) { SheetWords.kind($0) != nil }
    mustBe(.necessity, Material.Necessity.allCases.map(\.rawValue)) { SheetWords.necessity($0) != nil }
    mustBe(.medium, Material.Medium.allCases.map(\.rawValue)) { SheetWords.medium($0) != nil }
    mustBe(.electronic, ["是", "否"]) { SheetWords.yes($0) != nil }
    mustBe(.shared, ["是", "否"]) { SheetWords.yes($0) != nil }
    for column in [SheetColumn.copies, .originals, .photocopies] {
      guard let text = row[column], CellText.doubt(text) == nil, SheetWords.count(text) == nil else { continue }
      say(column, .error, "是“\(CellText.line(text))”，不是份数：请写一个数字，如 1")
    }
    if row.head.has(.kind), row[.kind] == nil, !hasBlank { say(.kind, .warning, "空着，没有材料类型，按原件") }
    if row.head.has(.necessity), row[.necessity] == nil { say(.necessity, .warning, "空着，没有材料必要性，按必要") }
    let counts: [SheetColumn] = [.copies, .originals, .photocopies]
    if counts.contains(where: row.head.has), counts.allSatisfy({ row[$0] == nil }) {
      report.say(row.line, .warning, "\(row.names(counts.filter(row.head.has)))空着，按 1 份")
    }
    if kind == .originalAndCopy, row[.originals] == nil, row[.photocopies] == nil,
      let count = row[.copies].flatMap(SheetWords.count), count != 1
    {
      say(.copies, .error, "是 \(count)，看不出原件、复印件各几份：请写原件份数、复印件份数两列")
    }
    if let name = row[.material], name.hasSuffix("复印件"), row[.kind].flatMap(SheetWords.kind) == .original {
      say(.kind, .warning, "是“原件”，材料名称却是“\(name)”：改正其中之一")
    }
    if hasBlank, kind == .form, row[.kind].flatMap(SheetWords.kind) != .form {
      report.say(row.line, .taken, "有空白表格，按“现场填写”")
    }
  }
}
