import Hall
import YAMLDocuments

/// One item of a hall's table: its first row, and the rows of its materials.
struct SheetItem {
  private var first: SheetRow
  /// Its materials.
  private var rows: [SheetRow] = []
  let code: String
  let name: String

  init(_ row: SheetRow, number: Int) {
    first = row
    name = row[.name].map { CellText.line($0, isName: true) } ?? ""
    let digits = String(number)
    let said = CellText.compact(CellText.half(row[.code] ?? ""))
    code = !said.isEmpty ? said : "DR-" + String(repeating: "0", count: max(0, 3 - digits.count)) + digits
  }

  /// The row's number in the spreadsheet.
  var number: Int { first.number }

  /// A further row of the item: its cells repeat the first row's, or are empty.
  func add(_ row: SheetRow, _ report: inout ImportReport) {
    let columns = row.said(ofMaterial: false).filter { row[$0] != first[$0] }
    for column in columns {
      if column == .name, CellText.line(row[column] ?? "", isName: true) == name { continue }
      report.say(
        row.line, .error, "\(row.head.cell(column))与第 \(first.number) 行不同，没有采用：同一事项写成一样，不同的事项请写不同的编码")
    }
    if row.said(ofMaterial: false).isEmpty, row.said(ofMaterial: true).isEmpty, !row.extra.isEmpty {
      report.say(row.line, .warning, "这一行没有事项，也没有材料，“\(row.extra[0].value.prefix(20))”没有采用")
    }
  }

  /// Adds the materials of a row. An empty cell below a value was merged in the spreadsheet, or forgotten.
  mutating func add(_ materials: [SheetRow], _ report: inout ImportReport) {
    for row in materials where row[.material] != nil {
      var row = row
      if let above = rows.last { Self.fill(&row, from: above, &report) }
      SheetMaterial(row, item: first).remark(&report)
      if let twin = rows.first(where: { $0[.material] == row[.material] && $0[.when] == row[.when] }) {
        report.say(row.line, .warning, "材料“\(row[.material] ?? "")”与第 \(twin.number) 行同名：请核对是不是写了两次")
      }
      rows.append(row)
    }
  }

  /// Fills the columns that a material needs, and those whose value also applies to the rows below.
  private static func fill(_ row: inout SheetRow, from above: SheetRow, _ report: inout ImportReport) {
    let counts: [SheetColumn] = [.copies, .originals, .photocopies]
    var columns: [SheetColumn] = row.head.isOurs ? [.kind, .necessity] : [.kind, .necessity, .medium, .source]
    if counts.allSatisfy(row.isBlank) { columns += counts }
    let filled = columns.filter { row.head.has($0) && row.isBlank($0) && above[$0] != nil && row.line != above.line }
    guard !filled.isEmpty else { return }
    for column in filled { row[column] = above[column] }
    let values = filled.map { "\(row.head.cell($0))“\(above[$0] ?? "")”" }.joined(separator: "、")
    report.say(row.line, .warning, "空着的格按上一份材料读（合并单元格）：\(values)；不是这样请写上")
  }

  /// Fills empty cells from the item above: merged in the spreadsheet, or forgotten.
  mutating func fill(from above: SheetItem, _ report: inout ImportReport) {
    guard !first.head.isOurs || first.isBlank(.category) else { return }
    let columns: [SheetColumn] = [
      .category, .queueGroup, .level, .handledBy, .directory, .audience, .legalActor, .serviceModes, .consultPhone,
      .supervisePhone,
    ]
    let filled = (first.head.isOurs ? [.category] : columns).filter { first.isBlank($0) && above.first[$0] != nil }
    for column in filled {
      first[column] = above.first[column]
      report.say(
        first.line, .warning,
        "没有写\(column.heading)，\(first.head.cell(column))按上一事项的“\(CellText.line(above.first[column] ?? ""))”读（合并单元格）；不是这样请写上"
      )
    }
    let unsure: [SheetColumn] = [.conditions, .steps, .legalLimit, .feeBasis, .result, .cityWide, .delegation]
    let dropped = first.head.isOurs ? [] : unsure.filter { first.isBlank($0) && above.first[$0] != nil }
    guard !dropped.isEmpty else { return }
    report.say(first.line, .warning, "\(first.names(dropped))空着，上一事项有内容：若是合并单元格，请每个事项写上")
  }

  /// Remarks on the item's own row where its words are not understood.
  func remark(_ report: inout ImportReport) {
    let row = first
    func say(_ column: SheetColumn, _ severity: ImportReport.Severity, _ words: String) {
      report.say(row.line, severity, "\(row.head.cell(column))\(words)")
    }
    func mustBe(_ column: SheetColumn, _ words: [String]) {
      guard let text = row[column], !words.contains(CellText.compact(text)) else { return }
      say(column, .error, "是“\(text)”：请写 \(words.joined(separator: "、")) 之一")
    }
    mustBe(.handledBy, SheetWords.handlers.map(\.word))
    for field in Item.fields {
      if case .choice(let choice) = field.shape { mustBe(field.column, choice.words.map(\.word)) }
    }
    mustBe(.charged, ["是", "否", "收费", "不收费", "免费", "无收费"])
    for limit in [SheetColumn.legalLimit, .promisedLimit] {
      guard let text = row[limit], CellText.doubt(text) == nil else { continue }
      guard let read = self.limit(limit) else {
        say(limit, .error, "是“\(CellText.line(text))”：请写 10个工作日、30日、2个月 或 即时办结")
        continue
      }
      if let rest = read.rest {
        say(limit, .warning, "里“\(rest)”照印，没有计入时限：不计入的环节写在“\(limit == .legalLimit ? "法定" : "承诺")时限不含”")
      }
    }
    for column in [SheetColumn.consultPhone, .supervisePhone] { remark(onPhone: column, say) }
    if let level = row[.level] {
      switch SheetWords.level(level) {
      case nil: say(.level, .error, "是“\(level)”：请写 镇街 或 村（社区）")
      case .town where !SheetWords.isTown(level): say(.level, .warning, "是“\(level)”，按镇街受理：不在镇街受理的事项请去掉")
      default: break
      }
    }
    if let audience = row[.audience], SheetWords.isForPersons(audience) == nil {
      say(.audience, .error, "是“\(audience)”：请写 自然人 或 企业法人")
    } else if let audience = row[.audience], audience.contains("法人") || audience.contains("企业"),
      SheetWords.isForPersons(audience) == true
    {
      say(.audience, .warning, "是“\(CellText.line(audience))”，按自然人：企业办理的请另列一项")
    }
    for field in Item.fields {
      guard case .count(_, let range) = field.shape, let text = row[field.column],
        SheetWords.count(text, in: range) == nil
      else { continue }
      say(field.column, .error, "是“\(text)”：请写 \(range.lowerBound) 到 \(range.upperBound) 的数")
    }
    if let range = row[.cityWide], SheetWords.range(range) == nil {
      say(.cityWide, .error, "是“\(range)”：请写 是、否 或 全国通办 等范围")
    }
    if let charged = row[.charged], ["否", "不收费", "免费", "无收费"].contains(charged), let fee = row[.fee],
      !["不收费", "免费", "0", "0元"].contains(fee)
    {
      say(.fee, .error, "是“\(fee)”，\(row.head.cell(.charged))却是“\(charged)”：改正其中之一")
    }
  }

  private func remark(
    onPhone column: SheetColumn, _ say: (SheetColumn, ImportReport.Severity, String) -> Void
  ) {
    guard let text = first[column], CellText.doubt(text) == nil else { return }
    switch SheetWords.phone(text) {
    case .number, .hall: break
    case .first(let number): say(column, .warning, "里有几个号码，用第一个：\(number)")
    case .none:
      say(column, .warning, "里没有电话号码，用\(column == .consultPhone ? "本厅的电话" : " 12345")")
    case .doubtful(let digits):
      say(column, .error, "里的“\(digits)”不是完整的电话：\(PhoneNumber.chineseRemedy)")
    }
  }

  /// Checks that need all rows.
  func finish(_ report: inout ImportReport) {
    if first.head.has(.material), rows.isEmpty, !hasNoMaterials {
      report.say(first.line, .error, "没有材料：列出材料，确实不要材料就在\(first.head.cell(.material))写“无”")
    }
    if hasNoMaterials, !rows.isEmpty {
      report.say(first.line, .error, "\(first.head.cell(.material))写的是“无”，下面又有材料：改正其中之一")
    }
    guard !first.head.isOurs, let top = rows.first, rows.count > 1 else { return }
    let columns: [SheetColumn] = [
      .obtain, .size, .standard, .materialBasis, .electronic, .shared, .when, .oneOf, .materialNote,
    ]
    let lone = columns.filter { column in top[column] != nil && rows.dropFirst().allSatisfy { $0.isBlank(column) } }
    guard !lone.isEmpty else { return }
    report.say(top.line, .warning, "\(top.names(lone))只在第一份材料写了：若是合并单元格，请每份材料写上")
  }

  private var hasNoMaterials: Bool { first.cells[.material].map { !$0.isEmpty && SheetWords.isNothing($0) } ?? false }

  var asText: YAMLText {
    var fields: [(key: String, value: YAMLText)] = []
    for field in Item.fields {
      guard case .own(let part) = field.shape else {
        if let value = field.value(first[field.column]) { fields.append((key: field.key, value: value)) }
        continue
      }
      if let value = self.value(part) { fields.append((key: key(part, field, value), value: value)) }
    }
    if let extra = self.extra(first.extra) { fields.append((key: "extra", value: extra)) }
    return .table(fields, row: first.line)
  }

  private func value(_ part: Item.Part) -> YAMLText? {
    func text(_ column: SheetColumn) -> YAMLText? { first[column].map { .text(CellText.line($0)) } }
    let level = SheetWords.level(first[.level] ?? "") ?? .town
    let category = first.head.has(.category) ? text(.category) : .text(SheetWords.category)
    switch part {
    case .code: return .text(code)
    case .name: return .text(name)
    case .initials: return text(.initials)
    case .category: return category
    case .queueGroup: return text(.queueGroup) ?? category
    case .audience:
      return first[.audience].flatMap(SheetWords.isForPersons).map { .plain($0 ? "person" : "enterprise") }
    case .handledBy: return .plain(handler(level).rawValue)
    case .level: return .plain(level.rawValue)
    case .questions: return first[.situations].flatMap(Self.nested)
    case .materials: return materials
    case .stages: return first[.stages].flatMap(Self.nested)
    case .legalLimit: return limit(.legalLimit, .legalUnit, .legalExcludes, .legalWording)
    case .promisedLimit: return limit(.promisedLimit, .promisedUnit, .promisedExcludes, .promisedWording)
    case .correction: return first[.correction].flatMap(Self.nested).map(Self.counted)
    case .fee: return fee
    case .consultPhone: return .text(phone(.consultPhone, otherwise: "@hall"))
    case .supervisePhone: return .text(phone(.supervisePhone, otherwise: "12345"))
    case .cityWide: return first[.cityWide].flatMap(SheetWords.range)
    case .elsewhere: return first[.elsewhere].flatMap(Self.nested)
    case .english: return text(.english)
    case .categoryEnglish: return text(.categoryEnglish)
    }
  }

  /// Questions with texts have another key (`questions`) than a list of situations.
  private func key(_ part: Item.Part, _ field: CatalogueField<Item>, _ value: YAMLText) -> String {
    part == .questions && Self.isWorded(value) ? "questions" : field.key
  }

  private func handler(_ level: Item.Level) -> Item.Handler {
    SheetWords.handlers.first { $0.word == first[.handledBy] }?.handler ?? (level == .village ? .agent : .window)
  }

  /// An unreadable value is kept, so that the file is refused.
  private func phone(_ column: SheetColumn, otherwise: String) -> String {
    guard let text = first[column] else { return otherwise }
    switch SheetWords.phone(text) {
    case .number(let number), .first(let number): return number
    case .hall: return "@hall"
    case .none: return otherwise
    case .doubtful: return CellText.line(text)
    }
  }

  private var fee: YAMLText? {
    if let charge = first[.fee] { return .text(CellText.line(charge)) }
    switch first[.charged] {
    case "否", "不收费", "免费", "无收费": return .text("不收费")
    case "是", "收费", nil: return nil
    case let words?: return .text(words)
    }
  }

  private var materials: YAMLText {
    if rows.isEmpty, hasNoMaterials { return .plain("none") }
    return .list(rows.map { SheetMaterial($0, item: first).asText })
  }

  private func limit(_ column: SheetColumn) -> SheetWords.Limit? {
    let unit = first[column == .legalLimit ? .legalUnit : .promisedUnit] ?? first.head.units[column] ?? ""
    return first[column].flatMap { SheetWords.limit($0, unit: unit) }
  }

  private func limit(
    _ count: SheetColumn, _ unit: SheetColumn, _ excludes: SheetColumn, _ wording: SheetColumn
  ) -> YAMLText? {
    guard let text = first[count] else { return nil }
    // An unreadable value is kept, so that the file is refused.
    guard let limit = limit(count) else { return .text(CellText.line(text)) }
    var fields: [(key: String, value: YAMLText)] = [
      (key: "n", value: .plain("\(limit.count)")), (key: "unit", value: .plain(limit.unit.rawValue)),
    ]
    if let stages = first[excludes] {
      fields.append(
        (key: "excludes", value: .list(stages.split { $0.isNewline || $0 == "、" }.map { .text($0.trimmed) })))
    }
    if let wording = first[wording] ?? limit.rest.map({ _ in text }) {
      fields.append((key: "raw", value: .text(CellText.line(wording))))
    }
    return .table(fields, row: 0)
  }

  func extra(_ cells: [(key: String, value: String)]) -> YAMLText? {
    cells.isEmpty ? nil : .table(cells.map { (key: $0.key, value: .text($0.value)) }, row: 0)
  }

  /// True for questions with their answers; false for a list of situations.
  private static func isWorded(_ cell: YAMLText) -> Bool {
    guard case .list(let elements) = cell, case .table(let pairs, _)? = elements.first else { return false }
    return pairs.contains { $0.key == "answers" }
  }

  /// Writes every `limit` of a nested table as a number.
  private static func counted(_ cell: YAMLText) -> YAMLText {
    guard case .table(let pairs, let row) = cell else { return cell }
    return .table(
      pairs.map { pair in
        if pair.key == "limit", case .text(let digits) = pair.value, digits.allSatisfy(\.isNumber) {
          return (key: pair.key, value: .plain(digits))
        }
        return (key: pair.key, value: counted(pair.value))
      }, row: row)
  }

  /// A cell with a nested table, as an export writes it; any other text is left to the catalogue's parser.
  static func nested(_ text: String) -> YAMLText? {
    YAMLNode.document(text, file: "", FaultLog())?.asText ?? .text(text)
  }
}
