import Hall
import YAMLDocuments

/// The header of a table: which column has which field, and how a cell is named to the office.
struct SheetHead {
  enum Meaning: Hashable {
    case column(SheetColumn)
    /// 序号: the row's number, which is ignored.
    case counter
    case unknown
  }

  private(set) var headings: [String]
  private(set) var meanings: [Meaning]
  /// The units in headings: 承诺时限（工作日）.
  private(set) var units: [SheetColumn: String] = [:]
  private var indices: [SheetColumn: Int] = [:]
  /// Headings for the same column, with their positions.
  private(set) var repeated: [(column: SheetColumn, indices: [Int])] = []
  /// True for a table that was exported here.
  let isOurs: Bool

  /// The number of rows above the header, and of the header itself.
  struct Found {
    let head: SheetHead
    let titles: [CSVText.Row]
    let rows: Int
  }

  /// Rows of titles, 填报单位 and dates above it.
  private static let mostTitles = 20

  /// The header with the most known columns, of one row or of two; nil where none names items.
  static func find(_ rows: [CSVText.Row]) -> Found? {
    var best: (found: Found, score: Int)?
    for index in rows.indices.prefix(mostTitles) {
      let one = SheetHead(rows[index].cells.map { heading(nil, $0) }, rows[index].cells)
      let score = one.score
      if one.indices[.name] != nil, score > best?.score ?? 0 {
        best = (Found(head: one, titles: Array(rows[..<index]), rows: 1), score)
      }
      guard index + 1 < rows.count else { break }
      let two = joined(rows[index].cells, rows[index + 1].cells)
      // A title above the header is not part of it.
      let lower = SheetHead(rows[index + 1].cells.map { heading(nil, $0) }, rows[index + 1].cells)
      let isNeeded = lower.indices[.name] == nil || two.score > lower.score
      if two.indices[.name] != nil, isNeeded, two.score > best?.score ?? 0 {
        best = (Found(head: two, titles: Array(rows[..<index]), rows: 2), two.score)
      }
    }
    return best?.found
  }

  private var score: Int { indices.count }

  /// Two rows: a group over several columns, each with a heading of its own, or a single heading.
  private static func joined(_ upper: [String], _ lower: [String]) -> SheetHead {
    let width = max(upper.count, lower.count)
    var group = ""
    var names: [String] = []
    var shown: [String] = []
    for index in 0..<width {
      let above = index < upper.count ? upper[index].trimmed : ""
      let below = index < lower.count ? lower[index].trimmed : ""
      if !above.isEmpty { group = above } else if below.isEmpty { group = "" }
      names.append(below.isEmpty ? heading(nil, above) : heading(group, below))
      shown.append(below.isEmpty ? above : below)
      // A heading that spans both rows is not the group of its neighbours.
      if below.isEmpty { group = "" }
    }
    return SheetHead(names, shown)
  }

  /// The text by which a heading is looked up, under its group.
  private static func heading(_ group: String?, _ text: String) -> String {
    let own = SheetColumn.bare(text)
    guard let group = group.map(SheetColumn.bare), !group.isEmpty else { return own }
    let isOfMaterials = group.contains("材料")
    var names = [group + own, own + group, own]
    if isOfMaterials { names = ["材料" + own, "材料" + own + "份数"] + names }
    if group.contains("时限") || group.contains("期限") {
      names = ["时限", "期限", "天数", "数值", "时间"].contains(own) ? [group] : [own + "办结时限"] + names
    }
    return names.first { SheetColumn(heading: $0) != nil } ?? own
  }

  private init(_ names: [String], _ shown: [String]) {
    headings = shown.map { CellText.line(CellText.clean($0), isName: true) }
    meanings = names.map { name in
      if let column = SheetColumn(heading: name) { return .column(column) }
      return ["序号", "序", "行号", "排序", "No.", "NO", "NO.", "No", "#"].contains(name) ? .counter : .unknown
    }
    for (index, meaning) in meanings.enumerated() {
      guard case .column(let column) = meaning else { continue }
      if indices[column] == nil {
        indices[column] = index
        units[column] = ["工作日", "自然日", "天", "月"].first {
          names[index].contains($0) && names[index].contains { "（(".contains($0) }
        }
      } else if let at = repeated.firstIndex(where: { $0.column == column }) {
        repeated[at].indices.append(index)
      } else {
        repeated.append((column, [indices[column] ?? index, index]))
      }
    }
    isOurs = CatalogueExport.marks.allSatisfy(Set(indices.keys).contains)
    for index in headings.indices where meanings[index] == .unknown && !headings[index].isEmpty {
      if headings[..<index].contains(headings[index]) { headings[index] += "（\(Self.letter(index)) 列）" }
    }
  }

  func has(_ column: SheetColumn) -> Bool { indices[column] != nil }

  /// `F 列“材料份数”`: how an office sees the cell's column.
  func cell(_ column: SheetColumn) -> String {
    guard let index = indices[column] else { return "“\(column.heading)”" }
    return cell(at: index)
  }

  func cell(at index: Int) -> String {
    let heading = index < headings.count ? headings[index] : ""
    return "\(Self.letter(index)) 列" + (heading.isEmpty ? "" : "“\(heading)”")
  }

  /// A, B, … Z, AA, as spreadsheets name columns.
  static func letter(_ index: Int) -> String {
    var letters = ""
    var rest = index + 1
    while rest > 0 {
      letters = String(UnicodeScalar(UInt8(65 + (rest - 1) % 26))) + letters
      rest = (rest - 1) / 26
    }
    return letters
  }
}
