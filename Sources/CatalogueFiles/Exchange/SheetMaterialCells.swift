import Hall

/// The materials that one row names: none, one, or the parts of a list in one cell.
struct SheetMaterialCells {
  private(set) var rows: [SheetRow] = []
  private(set) var remarks: [(severity: ImportReport.Severity, words: String)] = []

  /// Columns whose cells may have one line for each of several materials.
  private static let aligned: [SheetColumn] = [
    .kind, .medium, .necessity, .source, .obtain, .copies, .originals, .photocopies, .size, .blank, .electronic,
    .shared,
  ]

  /// The prefix of a cell that cannot be split. It contains a line break, which no material's name may have, so the
  /// catalogue's rules refuse it.
  static let refused = "待拆分：\n"

  /// - Parameter isOurs: names of an exported table are not split.
  init(_ row: SheetRow, isOurs: Bool) {
    guard let cell = row[.material] else {
      unnamed(row)
      return
    }
    if isOurs, !cell.contains(where: \.isNewline) {
      rows = [Self.counted(row)]
      return
    }
    let column = row.head.cell(.material)
    switch MaterialNames(cell) {
    case .one(let name):
      var row = row
      row[.material] = name
      rows = [Self.counted(row)]
    case .listLike(let name):
      var row = row
      row[.material] = name
      rows = [Self.counted(row)]
      remarks.append((.warning, "\(column)“\(name)”按一份材料读：若是几份，请每份一行"))
    case .several(let names):
      remarks.append((.warning, "\(column)一格里有几份材料，拆成 \(names.count) 份：\(names.joined(separator: "；"))；请核对"))
      split(row, into: names)
    case .unclear:
      remarks.append((.error, "\(column)“\(CellText.line(cell))”里像有几份材料，看不出是都要还是任选，没有采用：请每份材料一行"))
      var refused = row
      // Kept for correction, under a name that the catalogue's rules refuse too.
      refused[.material] = Self.refused + cell
      rows = [refused]
    }
  }

  private mutating func unnamed(_ row: SheetRow) {
    let said = row.said(ofMaterial: true).filter { $0 != .materialNote }
    guard !said.isEmpty, row.isBlank(.material) else { return }
    remarks.append((.error, "没有材料名称，\(row.names(said))没有采用：合并过的单元格请每行写上材料名称，同一份材料请并成一行"))
  }

  private mutating func split(_ row: SheetRow, into names: [String]) {
    for (index, name) in names.enumerated() {
      var part = row
      part[.material] = name
      if index > 0 { part.extra = [] }
      for column in Self.aligned {
        guard let lines = row[column].map(SheetWords.lines), lines.count == names.count else { continue }
        part[column] = lines[index]
      }
      part = Self.counted(part)
      rows.append(part)
    }
    for column in [SheetColumn.copies, .originals, .photocopies] {
      guard let text = row[column], SheetWords.lines(text).count != names.count, let count = SheetWords.count(text),
        count > 1, !text.contains("各"), !text.contains("一式")
      else { continue }
      remarks.append((.error, "\(row.head.cell(column))是“\(text)”，看不出是每份材料 \(count) 份还是一共 \(count) 份：请每份材料一行"))
    }
  }

  /// Adds the originals and photocopies named in the name or the 份数, where their columns are empty.
  private static func counted(_ row: SheetRow) -> SheetRow {
    var row = row
    let name = row[.material] ?? ""
    if let pair = row[.copies].flatMap(SheetWords.pair) ?? (row[.copies] == nil ? SheetWords.tail(name) : nil),
      row[.originals] == nil, row[.photocopies] == nil
    {
      if row[.kind] == nil {
        row[.kind] = pair.originals > 0 ? (pair.photocopies > 0 ? "原件和复印件" : "原件") : "复印件"
      }
      if pair.originals > 0 { row[.originals] = String(pair.originals) }
      if pair.photocopies > 0 { row[.photocopies] = String(pair.photocopies) }
      row[.copies] = nil
    }
    if row[.kind] == nil, name.hasSuffix("复印件") {
      let isBoth = ["原件及复印件", "原件和复印件", "原件、复印件", "原件与复印件"].contains { name.hasSuffix($0) }
      row[.kind] = isBoth ? "原件和复印件" : name.hasSuffix("原件或复印件") ? "原件或复印件" : "复印件"
    }
    return row
  }
}
