package import Slips

/// Badges (工作证) as cards of 54 × 86 mm (ISO/IEC 7810 ID-1, upright), up to nine on a page of A4, to be cut out.
struct BadgeSheet {
  private static let (width, height) = (432, 688)
  private static let (columns, rows) = (3, 3)
  /// Dots per module of the QR code: 1.1 mm.
  private static let module = 9

  let badges: [Badge]
  let fonts: FontCache

  func pages() throws(SlipRenderFault) -> [Page] {
    let left = (Sheet.widthDots - Self.columns * Self.width) / 2
    let top = (Sheet.heightDots - Self.rows * Self.height) / 2
    var pages: [Page] = []
    for (index, badge) in badges.enumerated() {
      let slot = index % (Self.columns * Self.rows)
      if slot == 0 {
        var page = Page(widthDots: Sheet.widthDots)
        page.heightDots = Sheet.heightDots
        pages.append(page)
      }
      let (x, y) = (left + slot % Self.columns * Self.width, top + slot / Self.columns * Self.height)
      pages[pages.count - 1].marks += try card(badge).map { $0.moved(right: x, down: y) }
    }
    return pages
  }

  private func card(_ badge: Badge) throws(SlipRenderFault) -> [Page.Mark] {
    var composer = Composer(fonts: fonts, widthDots: Self.width, large: false)
    composer.y = 56
    try composer.line(badge.hall, size: 26, side: .centre)
    composer.y += 10
    try composer.line(badge.role, size: 36, bold: true, side: .centre)
    composer.y += 8
    try composer.line(badge.name, size: 40, side: .centre)
    try composer.line(badge.number, size: 52, bold: true, side: .centre)
    composer.y += 12
    let matrix = try QRMatrix(badge.code)
    let side = matrix.side * Self.module
    composer.page.marks.append(
      .code(matrix, x: (Self.width - side) / 2, y: composer.y + QRMatrix.quietZone * Self.module, module: Self.module))
    composer.y += side + 2 * QRMatrix.quietZone * Self.module
    try composer.line(badge.code, size: 22, side: .centre)
    guard composer.y <= Self.height - 16 else { throw .posterTooLong(piece: badge.hall) }
    let line = 2
    composer.page.marks += [
      .box(x: 0, y: 0, width: Self.width, height: line),
      .box(x: 0, y: Self.height - line, width: Self.width, height: line),
      .box(x: 0, y: 0, width: line, height: Self.height),
      .box(x: Self.width - line, y: 0, width: line, height: Self.height),
    ]
    return composer.page.marks
  }
}

extension SlipRenderer {
  /// Badges as a PDF of A4 pages.
  ///
  /// - Throws: `posterTooLong` for a hall's name that does not fit on a card.
  package func badges(_ badges: [Badge]) throws(SlipRenderFault) -> [UInt8] {
    try Surfaces.pdf(try BadgeSheet(badges: badges, fonts: fonts).pages())
  }
}
