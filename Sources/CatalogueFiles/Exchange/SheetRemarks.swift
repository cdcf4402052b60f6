import Hall
import YAMLDocuments

/// Remarks on the table as a whole: its title, duplicate headings, missing columns.
struct SheetRemarks {
  private(set) var remarks: [(severity: ImportReport.Severity, words: String)] = []

  init(_ found: SheetHead.Found) {
    let head = found.head
    if !found.titles.isEmpty {
      let titles = found.titles.map { row in
        row.cells.map { CellText.clean($0).trimmed }.filter { !$0.isEmpty }.joined(separator: " ").prefix(30)
      }
      remarks.append((.taken, "表头以上的 \(found.titles.count) 行没有采用：\(titles.joined(separator: "；"))"))
    }
    if found.rows > 1 { remarks.append((.taken, "表头有 \(found.rows) 行，合起来读")) }
    for column in head.repeated {
      let cells = column.indices.map { head.cell(at: $0) }.joined(separator: "、")
      remarks.append((.warning, "“\(column.column.heading)”有几列：\(cells)，以第一列为准；写的不同的行另有说明"))
    }
    let defaults = Self.defaults.filter { !head.has($0.column) }.map { "\($0.column.heading)（\($0.words)）" }
    let isWithoutCounts = ![SheetColumn.copies, .originals, .photocopies].contains(where: head.has)
    let said = defaults + (head.has(.material) && isWithoutCounts ? ["份数（都按 1 份，名称里写明的照名称）"] : [])
    if !said.isEmpty { remarks.append((.warning, "表里没有这些列，按括号里的读，请核对：\(said.joined(separator: "、"))")) }
    if !head.has(.material) {
      remarks.append((.error, "表里没有“材料名称”一列：不写材料，居民会以为什么都不用带。请补上这一列，确实不要材料的事项写“无”"))
    }
  }

  private static let defaults: [(column: SheetColumn, words: String)] = [
    (.code, "暂定 DR-001 起"), (.category, "都是“\(SheetWords.category)”"), (.queueGroup, "同主题分类"), (.level, "镇街"),
    (.consultPhone, "本厅电话"), (.supervisePhone, "12345"), (.kind, "原件，名称里写明的照名称"), (.necessity, "必要"),
  ]
}
