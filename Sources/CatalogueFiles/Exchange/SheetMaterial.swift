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
    var fields: [(key: String, value: YAMLText)] = []
    for field in Material.fields {
      let value: YAMLText? =
        if case .own(let part) = field.shape { self.value(part) } else { field.value(row[field.column]) }
      if let value { fields.append((key: field.key, value: value)) }
    }
    // Cells of the item's own row that repeat in each of its rows belong to the item.
    let own = row.line == item.line ? [] : row.extra.filter { cell in !item.extra.contains { $0 == cell } }
    if !own.isEmpty {
      fields.append((key: "extra", value: .table(own.map { (key: $0.key, value: .text($0.value)) }, row: 0)))
    }
    return .table(fields, row: row.line)
  }

  private func value(_ part: Material.Part) -> YAMLText? {
    switch part {
    case .name: .text(row[.material] ?? "")
    case .kind: .plain(kind.rawValue)
    case .copies: copies
    case .originals:
      kind == .originalAndCopy ? number(.originals) ?? .plain("1") : kind == .copy ? number(.originals) : nil
    case .photocopies:
      kind == .originalAndCopy ? number(.photocopies) ?? .plain("1") : kind == .copy ? nil : number(.photocopies)
    case .necessity: .text(row[.necessity].map { SheetWords.necessity($0)?.rawValue ?? CellText.line($0) } ?? "必要")
    case .medium: row[.medium].map { .text(SheetWords.medium($0)?.rawValue ?? CellText.line($0)) }
    case .when: row[.when].flatMap(SheetItem.nested)
    }
  }

  /// The number of papers. Where both originals and photocopies are required, 1 means one of each; a higher number has to be
  /// given for each.
  private var copies: YAMLText? {
    guard kind == .originalAndCopy else {
      return number(kind == .copy ? .photocopies : .originals) ?? number(.copies) ?? .plain("1")
    }
    let isSpecified = row[.originals] != nil || row[.photocopies] != nil
    return isSpecified || row[.copies].flatMap(SheetWords.count) == 1 ? nil : number(.copies)
  }

  /// A text that is not a number is kept, so that the file is refused.
  private func number(_ column: SheetColumn) -> YAMLText? {
    row[column].map { text in SheetWords.count(text).map { .plain(String($0)) } ?? .text(CellText.line(text)) }
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
    for field in Material.fields {
      if case .flag = field.shape { mustBe(field.column, ["是", "否"]) { SheetWords.yes($0) != nil } }
    }
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
