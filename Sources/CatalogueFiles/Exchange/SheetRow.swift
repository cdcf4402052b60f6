import Hall

/// One row, by column. A row with several materials in one cell becomes several rows.
struct SheetRow {
  let line: Int
  /// Its number in the spreadsheet.
  let number: Int
  let head: SheetHead
  private(set) var cells: [SheetColumn: String]
  /// Cells of columns without a field.
  var extra: [(key: String, value: String)]

  init(line: Int, number: Int, head: SheetHead, cells: [SheetColumn: String], extra: [(key: String, value: String)]) {
    self.line = line
    self.number = number
    self.head = head
    self.cells = cells
    self.extra = extra
  }

  /// Nil where the cell means "nothing".
  subscript(_ column: SheetColumn) -> String? {
    get {
      guard let text = cells[column], !SheetWords.isNothing(text) else { return nil }
      return text
    }
    set { cells[column] = newValue }
  }

  /// Non-empty columns of one kind, in order.
  func said(ofMaterial: Bool) -> [SheetColumn] {
    SheetColumn.all.filter { $0.isOfMaterial == ofMaterial && self[$0] != nil }
  }

  /// The cell is empty; 无 is not.
  func isBlank(_ column: SheetColumn) -> Bool { cells[column] == nil }

  func names(_ columns: [SheetColumn]) -> String { columns.map(head.cell).joined(separator: "、") }
}
