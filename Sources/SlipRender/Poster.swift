package import Slips

/// A directory poster: items as cards in two columns, each with the code that opens it at a kiosk.
///
/// Laid out once, for A4; A3 is the same pages enlarged, so that the letters grow with the paper.
struct Poster {
  private static let margin = 96
  private static let gap = 40
  private static let footRoom = 96
  /// Dots per module of a card's QR code: 0.63 mm on A4.
  static let module = 5

  private let poster: DirectoryPoster
  private let fonts: FontCache
  private var column: Int { (Sheet.widthDots - 2 * Self.margin - Self.gap) / 2 }

  init(_ poster: DirectoryPoster, _ fonts: FontCache) {
    self.poster = poster
    self.fonts = fonts
  }

  /// A piece of a column: marks relative to its own corner.
  private struct Piece {
    let marks: [Page.Mark]
    let height: Int
    /// A section's title is never the last piece of a column.
    let isTitle: Bool
    /// The content in words, for the error when it is too long.
    var name = ""
  }

  func pages() throws(SlipRenderFault) -> [Page] {
    let head = try head()
    let bottom = Sheet.heightDots - Self.footRoom
    // Nothing is cut off: a piece that does not fit is an error that names it.
    guard head.height <= Sheet.heightDots / 3 else { throw .posterTooLong(piece: poster.title) }
    var pages: [Page] = []
    // Columns are filled one after the other; a page has two.
    var column = 0
    var y = bottom
    let pieces = try self.pieces()
    for (index, piece) in pieces.enumerated() {
      guard head.height + piece.height <= bottom else { throw .posterTooLong(piece: piece.name) }
      let needed = piece.isTitle && index + 1 < pieces.count ? piece.height + pieces[index + 1].height : piece.height
      if pages.isEmpty || y + needed > bottom {
        column = pages.isEmpty ? 0 : (column + 1) % 2
        if column == 0 {
          var page = Page(widthDots: Sheet.widthDots)
          page.heightDots = Sheet.heightDots
          page.marks = head.marks
          pages.append(page)
        }
        y = head.height
      }
      let x = Self.margin + column * (self.column + Self.gap)
      pages[pages.count - 1].marks += piece.marks.map { $0.moved(right: x, down: y) }
      y += piece.height
    }
    for index in pages.indices {
      let run = try TextRun(
        [Wording.page(index + 1, of: pages.count, poster.foot)], fonts: fonts, size: 24, bold: false, lineHeight: 30,
        width: Sheet.widthDots - 2 * Self.margin)
      guard run.height <= Self.footRoom - 2 * 12 else { throw .posterTooLong(piece: poster.foot) }
      pages[index].marks.append(.text(run, x: Self.margin, y: bottom + 12))
    }
    return pages
  }

  private func head() throws(SlipRenderFault) -> Piece {
    var composer = Composer(fonts: fonts, widthDots: Sheet.widthDots - 2 * Self.margin, large: false)
    if let hall = poster.hall { try composer.line(hall, size: 48, bold: true, side: .centre) }
    if let site = poster.site { try composer.line(site, size: 30, side: .centre) }
    try composer.line(poster.title, size: 88, bold: true, side: .centre)
    composer.y += 8
    try composer.line(poster.advice, size: 32, side: .centre)
    composer.page.marks.append(.box(x: 0, y: composer.y + 16, width: composer.page.widthDots, height: 4))
    return Piece(
      marks: composer.page.marks.map { $0.moved(right: Self.margin, down: 72) }, height: composer.y + 36 + 72,
      isTitle: false)
  }

  private func pieces() throws(SlipRenderFault) -> [Piece] {
    var pieces: [Piece] = []
    for section in poster.sections {
      var title = Composer(fonts: fonts, widthDots: column, large: false)
      try title.section(section.title, nil)
      pieces.append(Piece(marks: title.page.marks, height: title.y, isTitle: true, name: section.title))
      for entry in section.entries { pieces.append(try card(entry)) }
    }
    return pieces
  }

  private func card(_ entry: DirectoryPoster.Entry) throws(SlipRenderFault) -> Piece {
    var composer = Composer(fonts: fonts, widthDots: column, large: false)
    let matrix = try QRMatrix(entry.payload)
    let side = matrix.side * Self.module
    let quiet = QRMatrix.quietZone * Self.module
    let room = column - side - 2 * quiet
    let name = try composer.run("\(entry.number). \(entry.name)", size: 36, bold: true, width: room)
    composer.put(name, x: 0)
    composer.page.marks.append(
      .code(matrix, x: column - side - quiet / 2, y: composer.y + quiet / 2, module: Self.module))
    let code = composer.y + side + quiet
    composer.y += name.height + 4
    for fact in entry.facts {
      let key = try composer.run(fact.key, size: 26, bold: true)
      composer.put(key, x: 0)
      // Below the code the whole width is free.
      let width = (composer.y >= code ? column : room) - key.width - 14
      let text = try composer.run(fact.text, size: 26, width: width)
      composer.put(text, x: key.width + 14)
      composer.y += max(key.height, text.height) + 2
    }
    composer.y = max(composer.y, code) + 10
    composer.page.marks.append(.box(x: 0, y: composer.y, width: column, height: 2))
    return Piece(marks: composer.page.marks, height: composer.y + 12, isTitle: false, name: entry.name)
  }
}

extension SlipRenderer {
  /// Posters after one another as one PDF.
  ///
  /// - Parameter isA3: A3 instead of A4.
  package func posters(
    _ posters: [DirectoryPoster], onA3 isA3: Bool
  ) throws(SlipRenderFault) -> [UInt8] {
    var pages: [Page] = []
    for poster in posters { pages += try Poster(poster, fonts).pages() }
    return try Surfaces.pdf(pages, enlarged: isA3 ? 2.0.squareRoot() : 1)
  }
}
