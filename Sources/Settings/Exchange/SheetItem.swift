import Hall

/// One item of a hall's table: its first row, and the rows of its materials.
struct SheetItem {
  private let first: SheetRow
  private var rows: [SheetRow]
  let code: String
  let name: String

  init(_ row: SheetRow, number: Int) {
    first = row
    rows = [row]
    name = row[.name] ?? ""
    let digits = String(number)
    code = row[.code] ?? "DR-" + String(repeating: "0", count: max(0, 3 - digits.count)) + digits
  }

  mutating func add(_ row: SheetRow, _ report: inout ImportReport) {
    rows.append(row)
    for column in SheetColumn.allCases where !column.isOfMaterial {
      guard let text = row[column], text != first[column] else { continue }
      report.say(row.line, .warning, "“\(column.rawValue)”与第 \(first.line) 行不同，以第 \(first.line) 行为准")
    }
  }

  /// What the row says in words that are not understood.
  func remark(on row: SheetRow, _ report: inout ImportReport) {
    func mustBe(_ column: SheetColumn, _ words: [String], says: SheetRow) {
      guard let text = says[column], !words.contains(text) else { return }
      report.say(row.line, .error, "“\(column.rawValue)”是“\(text)”：请写 \(words.joined(separator: "、")) 之一")
    }
    if row.line == first.line {
      mustBe(.handledBy, SheetWords.handlers.map(\.word), says: row)
      mustBe(.directory, SheetWords.directories.map(\.word), says: row)
      for (limit, unit) in [(SheetColumn.legalLimit, SheetColumn.legalUnit), (.promisedLimit, .promisedUnit)] {
        guard let text = row[limit], SheetWords.limit(text, unit: row[unit] ?? "") == nil else { continue }
        report.say(row.line, .error, "“\(limit.rawValue)”是“\(text)”：请写 10个工作日、30日、2个月 或 即时办结")
      }
      if let text = row[.consultPhone], SheetWords.phone(text) == nil {
        report.say(row.line, .warning, "“咨询方式”里没有电话号码，用本厅的电话")
      }
    }
    guard row[.material] != nil else { return }
    mustBe(.kind, SheetWords.kinds.map(\.word), says: row)
    if row[.kind] == nil { report.say(row.line, .warning, "没有材料类型，按原件") }
    if row[.necessity] == nil { report.say(row.line, .warning, "没有材料必要性，按必要") }
    if row[.blank] != nil, row[.kind] != "表格" { report.say(row.line, .taken, "有空白表格，按“现场填写”") }
  }

  var asText: YAMLText {
    var fields: [(key: String, value: YAMLText)] = [
      (key: "code", value: .text(code)), (key: "name", value: .text(name)),
    ]
    func add(_ key: String, _ value: YAMLText?) { if let value { fields.append((key: key, value: value)) } }
    func text(_ column: SheetColumn) -> YAMLText? { first[column].map(YAMLText.text) }
    func lines(_ column: SheetColumn) -> YAMLText? {
      first[column].map { .list(SheetWords.lines($0).map(YAMLText.text)) }
    }
    let level = SheetWords.level(first[.level] ?? "")
    add("pinyin", text(.initials))
    add("aliases", first[.aliases].map { .list($0.split { $0.isNewline || $0 == "、" }.map { .text($0.trimmed) }) })
    add("category", text(.category))
    add("level", .plain(level.rawValue))
    add("handled_by", .plain(handler(level).rawValue))
    add("directory", directory.map { .plain($0.rawValue) })
    add("audience", first[.audience].map { .plain(isForPersons($0) ? "person" : "enterprise") })
    add("legal_actor", text(.legalActor))
    add("sensitivity", text(.sensitivity))
    add("delegation", text(.delegation))
    add("exception_basis", text(.exceptionBasis))
    add(
      "service_modes",
      first[.serviceModes].map { .list($0.split { $0.isNewline || "、,，;；".contains($0) }.map { .text($0.trimmed) }) })
    add("queue_group", text(.queueGroup) ?? text(.category))
    add("all_city", first[.cityWide].map { $0 == "是" ? .plain("true") : .text($0) })
    add("national_basic_code", text(.nationalBasicCode))
    add("implementation_code", text(.implementationCode))
    add("basis", lines(.basis))
    add("conditions", lines(.conditions))
    let asked = first[.situations].flatMap(Self.nested)
    add(asked.map(Self.isWorded) == true ? "questions" : "situations", asked)
    add("materials", materials)
    add("steps", first[.steps].map { .list(SheetWords.steps($0).map(YAMLText.text)) })
    add("stages", first[.stages].flatMap(Self.nested))
    add("elsewhere", first[.elsewhere].flatMap(Self.nested))
    add("legal_limit", limit(.legalLimit, .legalUnit, .legalExcludes, .legalWording))
    add("promised_limit", limit(.promisedLimit, .promisedUnit, .promisedExcludes, .promisedWording))
    add("fee", fee)
    add("fee_basis", text(.feeBasis))
    add("consult_phone", .text(first[.consultPhone].flatMap(SheetWords.phone) ?? "@hall"))
    add("supervise_phone", .text(first[.supervisePhone].flatMap(SheetWords.phone) ?? "12345"))
    add("result", text(.result))
    add("note", text(.note))
    add("extra", extra(first.extra))
    return .table(fields, row: first.line)
  }

  private func handler(_ level: Item.Level) -> Item.Handler {
    SheetWords.handlers.first { $0.word == first[.handledBy] }?.handler ?? (level == .village ? .agent : .window)
  }

  private var directory: Item.Directory? {
    SheetWords.directories.first { $0.word == first[.directory] }?.directory
  }

  /// 自然人, or nothing said of enterprises.
  private func isForPersons(_ text: String) -> Bool {
    ["自然人", "个人", "居民", "公民"].contains { text.contains($0) } || !["法人", "企业"].contains { text.contains($0) }
  }

  private var fee: YAMLText? {
    if let charge = first[.fee] { return .text(charge) }
    switch first[.charged] {
    case "否", "不收费", "免费": return .text("不收费")
    case "是", nil: return nil
    case let words?: return .text(words)
    }
  }

  private var materials: YAMLText {
    let materials = rows.filter { $0[.material] != nil }
    if materials.isEmpty, first.cells[.material].map(SheetWords.isNothing) == true, first.cells[.material] != "" {
      return .plain("none")
    }
    return .list(materials.map { SheetMaterial($0, item: first).asText })
  }

  private func limit(
    _ count: SheetColumn, _ unit: SheetColumn, _ excludes: SheetColumn, _ wording: SheetColumn
  ) -> YAMLText? {
    guard let text = first[count], let limit = SheetWords.limit(text, unit: first[unit] ?? "") else { return nil }
    var fields: [(key: String, value: YAMLText)] = [
      (key: "n", value: .plain("\(limit.count)")), (key: "unit", value: .plain(limit.unit.rawValue)),
    ]
    if let stages = first[excludes] {
      fields.append(
        (key: "excludes", value: .list(stages.split { $0.isNewline || $0 == "、" }.map { .text($0.trimmed) })))
    }
    if let wording = first[wording] { fields.append((key: "raw", value: .text(wording))) }
    return .table(fields, row: 0)
  }

  func extra(_ cells: [(key: String, value: String)]) -> YAMLText? {
    cells.isEmpty ? nil : .table(cells.map { (key: $0.key, value: .text($0.value)) }, row: 0)
  }

  /// True for questions, whose answers stand under them; false for a list of situations.
  private static func isWorded(_ cell: YAMLText) -> Bool {
    guard case .list(let elements) = cell, case .table(let pairs, _)? = elements.first else { return false }
    return pairs.contains { $0.key == "answers" }
  }

  /// A cell that holds a table of its own, as an exported one does; what is none is left to the catalogue's reader.
  static func nested(_ text: String) -> YAMLText? {
    YAMLNode.document(text, file: "", FaultLog())?.asText ?? .text(text)
  }
}

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
    func text(_ column: SheetColumn) -> YAMLText? { row[column].map(YAMLText.text) }
    func number(_ column: SheetColumn) -> YAMLText? { row[column].map { .plain(String($0.prefix { $0.isNumber })) } }
    if kind == .originalAndCopy {
      add("original_copies", number(.originals) ?? .plain("1"))
      add("photocopies", number(.photocopies) ?? .plain("1"))
    } else {
      let counted: SheetColumn = kind == .copy ? .photocopies : .originals
      add("copies", number(counted) ?? number(.copies) ?? .plain("1"))
      add(kind == .copy ? "original_copies" : "photocopies", number(kind == .copy ? .originals : .photocopies))
    }
    add("necessity", text(.necessity) ?? .text("必要"))
    add("medium", text(.medium))
    add("size", text(.size))
    add("electronic_ok", row[.electronic].map { .plain("\(SheetWords.yes($0))") })
    add("shared", row[.shared].map { .plain("\(SheetWords.yes($0))") })
    add("source", text(.source))
    add("obtain", text(.obtain))
    add("standard", text(.standard))
    add("basis", text(.materialBasis))
    add("when", row[.when].flatMap(SheetItem.nested))
    add("any_of", row[.anyOf].map { .list(SheetWords.lines($0).map(YAMLText.text)) })
    add("one_of", text(.oneOf))
    add("note", text(.materialNote))
    // Cells of the item's own row that repeat in each of its rows are the item's.
    let own = row.line == item.line ? [] : row.extra.filter { cell in !item.extra.contains { $0 == cell } }
    if !own.isEmpty { add("extra", .table(own.map { (key: $0.key, value: .text($0.value)) }, row: 0)) }
    return .table(fields, row: row.line)
  }

  private var kind: Material.Kind {
    let said = SheetWords.kinds.first { $0.word == row[.kind] }?.kind ?? .original
    return row[.blank] != nil && said == .original ? .form : said
  }
}
