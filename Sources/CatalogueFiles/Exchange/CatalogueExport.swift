package import Hall

/// A catalogue as a table that `CatalogueImport` reads, one material a row.
package enum CatalogueExport {
  /// Its headings.
  static let columns = SheetColumn.all.filter { $0 != .blank && $0 != .legalUnit && $0 != .promisedUnit }

  /// The columns by which an exported table is recognised: no office's own table has all of them.
  ///
  /// In an exported table no cells are merged, and names are not split. A new column is not added to this list, so that
  /// tables that were exported before are still recognised.
  static let marks: [SheetColumn] = [
    .initials, .queueGroup, .handledBy, .stages, .legalExcludes, .promisedExcludes, .supervisePhone, .anyOf, .oneOf,
  ]

  /// UTF-8 with byte order mark for Excel and WPS; no cell is a formula.
  package static func csv(_ catalogue: Catalogue) -> String {
    var rows = [columns.map(\.heading)]
    for item in catalogue.items {
      let own = cells(of: item)
      if item.materials.isEmpty {
        rows.append(columns.map { $0 == .material ? "无" : own[$0] ?? "" })
      }
      for (index, material) in item.materials.enumerated() {
        let papers = cells(of: material)
        rows.append(
          columns.map { column in
            // The item's cells are written once, its code and name in each row.
            let isRepeated = column == .code || column == .name
            return papers[column] ?? (index == 0 || isRepeated ? own[column] ?? "" : "")
          })
      }
    }
    return CSVText.write(rows)
  }

  private static func cells(of item: Item) -> [SheetColumn: String] {
    var cells: [SheetColumn: String] = [:]
    for field in Item.fields {
      if case .own(let part) = field.shape {
        put(part, of: item, &cells)
      } else {
        cells[field.column] = field.cell(of: item)
      }
    }
    return cells
  }

  private static func put(_ part: Item.Part, of item: Item, _ cells: inout [SheetColumn: String]) {
    switch part {
    case .code: cells[.code] = item.code
    case .name: cells[.name] = item.name
    case .initials: cells[.initials] = item.initials
    case .category: cells[.category] = item.category
    case .queueGroup: cells[.queueGroup] = item.queueGroup
    case .audience: cells[.audience] = item.audience == .person ? "自然人" : "企业法人"
    case .handledBy: cells[.handledBy] = SheetWords.handlers.first { $0.handler == item.handledBy }?.word
    case .level: cells[.level] = item.level == .town ? "镇街" : "村（社区）"
    case .questions: cells[.situations] = item.questions.isEmpty ? nil : FlowText.questions(item.questions)
    // Each material has a row of its own.
    case .materials: break
    case .stages: cells[.stages] = item.stages.isEmpty ? nil : FlowText.stages(item.stages)
    case .legalLimit: put(item.legalLimit, .legalLimit, .legalExcludes, .legalWording, &cells)
    case .promisedLimit: put(item.promisedLimit, .promisedLimit, .promisedExcludes, .promisedWording, &cells)
    case .correction: cells[.correction] = item.correction.map(FlowText.correction)
    case .fee:
      cells[.fee] = item.fee
      cells[.charged] = item.fee == "不收费" ? "否" : "是"
    case .consultPhone: cells[.consultPhone] = item.consultPhone ?? SheetWords.hallsPhone
    case .supervisePhone: cells[.supervisePhone] = item.supervisePhone ?? SheetWords.hallsPhone
    case .cityWide: cells[.cityWide] = item.cityWide ? "是" : nil
    case .elsewhere: cells[.elsewhere] = item.elsewhere.map(FlowText.elsewhere)
    case .english: cells[.english] = item.english?.name
    case .categoryEnglish: cells[.categoryEnglish] = item.english?.category
    }
  }

  private static func put(
    _ limit: TimeLimit?, _ count: SheetColumn, _ excludes: SheetColumn, _ wording: SheetColumn,
    _ cells: inout [SheetColumn: String]
  ) {
    guard let limit else { return }
    let number = LimitUnit.counted.contains(limit.unit) ? String(limit.count) : ""
    cells[count] = number + limit.unit.words
    cells[excludes] = limit.excludes.joined(separator: "、")
    cells[wording] = limit.wording
  }

  private static func cells(of material: Material) -> [SheetColumn: String] {
    var cells: [SheetColumn: String] = [:]
    for field in Material.fields {
      let cell: String? =
        if case .own(let part) = field.shape { self.cell(part, of: material) } else { field.cell(of: material) }
      cells[field.column] = cell
    }
    return cells
  }

  private static func cell(_ part: Material.Part, of material: Material) -> String? {
    switch part {
    case .name: material.name
    case .kind: SheetWords.kinds.first { $0.kind == material.kind }?.word
    // The columns of originals and photocopies have it.
    case .copies: nil
    case .originals: String(material.originals)
    case .photocopies: String(material.copies)
    case .necessity: material.necessity.rawValue
    case .medium: material.medium?.rawValue
    case .when: material.when.map(FlowText.condition)
    }
  }
}

/// Values that do not fit a cell as plain text, as one line of YAML like in the catalogue file.
enum FlowText {
  static func condition(_ condition: Condition) -> String {
    func list(_ parts: [Condition]) -> String { "[" + parts.map(Self.condition).joined(separator: ", ") + "]" }
    switch condition {
    case .chosen(let key): return quoted(key)
    case .all(let parts): return "{all: \(list(parts))}"
    case .any(let parts): return list(parts)
    case .not(let part): return "{not: \(Self.condition(part))}"
    }
  }

  /// Only the situations where no question has a text, like `situations` in the catalogue file.
  static func questions(_ questions: [Question]) -> String {
    func answers(_ question: Question) -> String {
      "[" + question.situations.map { "{key: \(quoted($0.key)), label: \(quoted($0.label))}" }.joined(separator: ", ")
        + "]"
    }
    if questions.count == 1, questions[0].ask == nil, questions[0].choice == .one { return answers(questions[0]) }
    let each = questions.map { question in
      "{key: \(quoted(question.key)), ask: \(quoted(question.ask ?? "您的情况")), choose: \(question.choice.rawValue), "
        + "answers: \(answers(question))}"
    }
    return "[" + each.joined(separator: ", ") + "]"
  }

  static func stages(_ stages: [Item.Stage]) -> String {
    "[" + stages.map { "{office: \($0.office.rawValue), does: \(quoted($0.does))}" }.joined(separator: ", ") + "]"
  }

  static func elsewhere(_ other: Item.Elsewhere) -> String {
    "{reason: \(quoted(other.reason)), place: \(quoted(other.place)), address: \(quoted(other.address)), "
      + "hours: \(quoted(other.hours)), phone: \(quoted(other.phone))}"
  }

  static func correction(_ correction: ItemCorrection) -> String {
    let within = correction.returnWithin.map { within in
      ", return_within: {limit: \(within.count), unit: \(within.unit.rawValue), basis: \(quoted(within.basis))}"
    }
    let basis = correction.basis.map { ", basis: \(quoted($0))" }
    return "{limit: \(correction.count), unit: \(correction.unit.rawValue)\(basis ?? ""), "
      + "deemed_acceptance: \(correction.deemedAcceptance)\(within ?? "")}"
  }

  private static func quoted(_ text: String) -> String {
    if !text.isEmpty, text.utf8.allSatisfy({ (0x61...0x7A).contains($0) || $0 == UInt8(ascii: "_") }),
      !["true", "false", "null", "yes", "no"].contains(text)
    {
      return text
    }
    return "'" + text.replacing("'", with: "''") + "'"
  }
}
