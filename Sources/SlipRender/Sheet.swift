package import Ports
package import Slips

/// A slip on cut paper: the same document on as many pages of A4 as needed, each with its page number and the slip's
/// number.
///
/// 203.2 dots to the inch, as on the roll, so that both use one type scale.
enum Sheet {
  /// 210 mm by 297 mm.
  static let widthDots = SlipImage.sheetWidthDots
  static let heightDots = 2376
  /// Width of the text column.
  static let columnDots = 1456
  /// 12 mm, a margin that every office printer supports.
  private static let top = 88
  private static let foot = 112

  static func pages(_ given: SlipDocument, _ fonts: FontCache) throws(SlipRenderFault) -> [Page] {
    let document = condensed(given)
    // The most open density that takes the fewest pages.
    var best: (whole: Page, ends: [Int])?
    for density in TypeScale.Density.allCases {
      let whole = try Composer.page(document, widthDots: columnDots, fonts: fonts, density: density)
      let ends = ends(whole)
      if best.map({ ends.count < $0.ends.count }) ?? true { best = (whole, ends) }
      if ends.count == 1 { break }
    }
    guard let (whole, ends) = best else { return [] }
    var pages: [Page] = []
    for (index, end) in ends.enumerated() {
      let begin = index == 0 ? 0 : ends[index - 1]
      var page = Page(widthDots: widthDots)
      page.heightDots = heightDots
      let left = (widthDots - columnDots) / 2
      page.marks = whole.marks.filter { (begin..<end).contains($0.top) }.map {
        $0.moved(right: left, down: top - begin)
      }
      page.marks.append(try number(index + 1, of: ends.count, given, fonts))
      pages.append(page)
    }
    return pages
  }

  /// The rows at which the pages end.
  private static func ends(_ whole: Page) -> [Int] {
    let room = heightDots - top - foot
    var ends: [Int] = []
    var from = 0
    while whole.heightDots - from > room {
      // A block longer than a page is cut at the page's end; no block of a real slip is that long.
      let end = whole.breaks.last { $0 > from && $0 <= from + room } ?? from + room
      ends.append(end)
      from = end
    }
    return ends + [whole.heightDots]
  }

  /// Characters that fit easily on a line below a material's name.
  private static let lineLength = 38

  /// One wide line replaces several lines of a roll: the steps of a course, a material's details, the small print and
  /// the stub.
  private static func condensed(_ document: SlipDocument) -> SlipDocument {
    var blocks: [SlipBlock] = []
    var isStub = false
    for block in document.blocks {
      if case .cutLine = block { isStub = true }
      switch (blocks.last, block) {
      case (_, .paragraph(Wording.caseFades, .fine)): break
      case (.paragraph(let before, .body)?, .paragraph(let text, .body)) where isStub:
        blocks[blocks.count - 1] = .paragraph(text: before + "　" + text, style: .body)
      case (_, .checkItem(let number, let name, let copies, let details, let mark)):
        blocks.append(.checkItem(number: number, name: name, copies: copies, details: joined(details), mark: mark))
      case (.paragraph(let before, .fine)?, .paragraph(let text, .fine)):
        blocks[blocks.count - 1] = .paragraph(text: before + "　" + text, style: .fine)
      case (.paragraph(let before, .body)?, .step(let number, let text)) where number > 1:
        blocks[blocks.count - 1] = .paragraph(text: before + "　→　\(number). \(text)", style: .body)
      case (_, .step(1, let text)): blocks.append(.paragraph(text: "1. \(text)", style: .body))
      default: blocks.append(block)
      }
    }
    return SlipDocument(kind: document.kind, slip: document.slip, largeType: document.largeType, blocks: blocks)
  }

  /// Consecutive short lines joined into one.
  private static func joined(_ details: [String]) -> [String] {
    var lines: [String] = []
    for detail in details {
      let isListed = { (text: String) in text.hasPrefix("· ") || text.hasSuffix("：") }
      if let last = lines.last, !isListed(last), !isListed(detail), last.count + detail.count < lineLength {
        lines[lines.count - 1] = last + "　" + detail
      } else {
        lines.append(detail)
      }
    }
    return lines
  }

  private static func number(
    _ page: Int, of count: Int, _ document: SlipDocument, _ fonts: FontCache
  ) throws(SlipRenderFault) -> Page.Mark {
    let size = document.largeType ? 48 : 28
    let run = try TextRun(
      [Wording.page(page, of: count, document.footing)], fonts: fonts, size: size, bold: false, lineHeight: size * 5 / 4
    )
    return .text(run, x: (widthDots - run.width) / 2, y: heightDots - foot + (foot - run.height) / 2 - 16)
  }
}

extension SlipRenderer {
  /// A slip as a PDF of A4 pages, for an office printer.
  package func sheets(_ document: SlipDocument) throws(SlipRenderFault) -> [UInt8] {
    try Surfaces.pdf(sheetPages(document))
  }

  /// A slip for an office printer: its PDF, and its pages one below the other as dots.
  package func sheet(_ document: SlipDocument) throws(SlipRenderFault) -> SlipImage {
    let pages = try sheetImages(document)
    return SlipImage(
      widthDots: Sheet.widthDots, heightDots: pages.map(\.heightDots).reduce(0, +), bits: pages.flatMap(\.bits),
      sheets: try sheets(document))
  }

  /// The pages of `sheets` as pictures at 203.2 dots to the inch.
  package func sheetImages(_ document: SlipDocument) throws(SlipRenderFault) -> [SlipImage] {
    var images: [SlipImage] = []
    for page in try sheetPages(document) { images.append(try Surfaces.image(page)) }
    return images
  }
}
