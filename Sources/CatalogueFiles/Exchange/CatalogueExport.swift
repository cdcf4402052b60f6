package import Hall

/// A catalogue as a table that `CatalogueImport` reads, one material a row.
package enum CatalogueExport {
  /// Its headings. A table with all of them was exported here: no cells are merged, and names are not split.
  static let columns = SheetColumn.allCases.filter { $0 != .blank && $0 != .legalUnit && $0 != .promisedUnit }

  /// UTF-8 with byte order mark for Excel and WPS; no cell is a formula.
  package static func csv(_ catalogue: Catalogue) -> String {
    var rows = [columns.map(\.rawValue)]
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
    var cells: [SheetColumn: String] = [
      .code: item.code, .name: item.name, .initials: item.initials, .aliases: item.aliases.joined(separator: "\n"),
      .category: item.category, .queueGroup: item.queueGroup, .level: item.level == .town ? "镇街" : "村（社区）",
      .audience: item.audience == .person ? "自然人" : "企业法人", .serviceModes: item.serviceModes.joined(separator: "、"),
      .basis: item.basis.joined(separator: "\n"), .conditions: item.conditions.joined(separator: "\n"),
      .steps: item.steps.joined(separator: "\n"), .fee: item.fee,
    ]
    cells[.handledBy] = SheetWords.handlers.first { $0.handler == item.handledBy }?.word
    cells[.directory] = SheetWords.directories.first { $0.directory == item.directory }?.word
    cells[.nationalBasicCode] = item.nationalBasicCode
    cells[.implementationCode] = item.implementationCode
    cells[.legalActor] = item.legalActor
    cells[.sensitivity] = item.sensitivity
    cells[.delegation] = item.delegation
    cells[.exceptionBasis] = item.exceptionBasis
    cells[.cityWide] = item.cityWide ? "是" : nil
    cells[.charged] = item.fee == "不收费" ? "否" : "是"
    cells[.feeBasis] = item.feeBasis
    cells[.consultPhone] = item.consultPhone ?? SheetWords.hallsPhone
    cells[.supervisePhone] = item.supervisePhone ?? SheetWords.hallsPhone
    cells[.result] = item.result
    cells[.actingBody] = item.actingBody
    cells[.visits] = item.visits.map(String.init)
    cells[.online] = item.online
    cells[.note] = item.note
    cells[.english] = item.english?.name
    cells[.categoryEnglish] = item.english?.category
    put(item.legalLimit, .legalLimit, .legalExcludes, .legalWording, &cells)
    put(item.promisedLimit, .promisedLimit, .promisedExcludes, .promisedWording, &cells)
    if !item.questions.isEmpty { cells[.situations] = FlowText.questions(item.questions) }
    if !item.stages.isEmpty { cells[.stages] = FlowText.stages(item.stages) }
    if let elsewhere = item.elsewhere { cells[.elsewhere] = FlowText.elsewhere(elsewhere) }
    return cells
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
    var cells: [SheetColumn: String] = [
      .material: material.name, .necessity: material.necessity.rawValue,
      .originals: String(material.originals), .photocopies: String(material.copies),
      .electronic: material.electronicAccepted ? "是" : "否", .shared: material.shared ? "是" : "否",
    ]
    cells[.kind] = SheetWords.kinds.first { $0.kind == material.kind }?.word
    cells[.medium] = material.medium?.rawValue
    cells[.size] = material.size
    cells[.source] = material.source
    cells[.obtain] = material.obtain
    cells[.standard] = material.standard
    cells[.materialBasis] = material.basis
    cells[.when] = material.when.map(FlowText.condition)
    cells[.anyOf] = material.anyOf.joined(separator: "\n")
    cells[.oneOf] = material.oneOf
    cells[.materialNote] = material.note
    return cells
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

  static func elsewhere(_ place: Item.Elsewhere) -> String {
    "{reason: \(quoted(place.reason)), place: \(quoted(place.place)), address: \(quoted(place.address)), "
      + "hours: \(quoted(place.hours)), phone: \(quoted(place.phone))}"
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
