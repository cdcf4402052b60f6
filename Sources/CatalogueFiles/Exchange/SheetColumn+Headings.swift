import Hall

/// Columns by what an office writes in its header.
extension SheetColumn {
  private static let named = Dictionary(
    all.flatMap { column in ([column.heading] + column.synonyms).map { ($0, column) } }
  ) { first, _ in first }
  private static let materials = Set(ofMaterial)

  /// The column with this heading. Blanks, stars and text in brackets are ignored, except where they change the
  /// heading: 份数（复印件） means 复印件份数.
  init?(heading: String) {
    let name = Self.bare(heading)
    if let column = Self.named[name] {
      self = column
      return
    }
    guard let open = name.firstIndex(where: { "（(".contains($0) }) else { return nil }
    let base = String(name[..<open])
    let inside = name[open...].dropFirst().prefix { !"）)".contains($0) }
    guard let column = Self.named[inside + base] ?? Self.named[base + inside] ?? Self.named[base] else { return nil }
    self = column
  }

  /// A heading without blanks and punctuation.
  static func bare(_ heading: String) -> String {
    String(CellText.clean(heading).filter { !$0.isWhitespace && !"*＊：:★".contains($0) })
  }

  /// Whether its cells are parsed (numbers, phones), and not only copied.
  var isRead: Bool {
    [.copies, .originals, .photocopies, .legalLimit, .promisedLimit, .consultPhone, .supervisePhone].contains(self)
  }

  var isOfMaterial: Bool { Self.materials.contains(self) }
}
