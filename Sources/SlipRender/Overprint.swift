/// 演练 无效 on a slip of a training: between thick lines at its head, on a black bar at its foot, and in grey letters
/// across it.
///
/// Head and foot can be read by whoever finds the slip, and whichever end is torn off. The letters lie below the slip's own,
/// so that these can still be read; a code stays on blank paper, so that it can be scanned.
struct Overprint {
  static let words = "演练 无效"
  static let footWords = "演练 无效 TRAINING"

  /// Dots.
  private static let line = 6

  private let fonts: FontCache

  init(_ fonts: FontCache) { self.fonts = fonts }

  /// A slip on a roll, longer by its two bars.
  func roll(_ page: Page) throws(SlipRenderFault) -> Page {
    let bar = page.widthDots / 7
    var marked = Page(widthDots: page.widthDots)
    marked.heightDots = page.heightDots + 2 * bar + bar / 3
    marked.breaks = page.breaks.map { $0 + bar + bar / 6 }
    marked.marks = try letters(page.widthDots, from: bar, to: marked.heightDots - bar)
    marked.marks += covering(page).map { $0.moved(right: 0, down: bar + bar / 6) }
    marked.marks += try head(page.widthDots, y: 0, height: bar)
    marked.marks += try self.bar(Self.footWords, page.widthDots, y: marked.heightDots - bar, height: bar)
    return marked
  }

  /// A page of cut paper: the head lies in its margin.
  func sheet(_ page: Page) throws(SlipRenderFault) -> Page {
    let bar = 64
    var marked = page
    marked.marks = try letters(page.widthDots, from: 2 * bar, to: page.heightDots - 2 * bar)
    marked.marks += covering(page)
    marked.marks += try head(page.widthDots, y: 16, height: bar)
    return marked
  }

  /// The marks of a page, with blank paper below its codes.
  private func covering(_ page: Page) -> [Page.Mark] {
    let blanks = page.marks.compactMap { mark -> Page.Mark? in
      guard case .code(let matrix, let x, let y, let module) = mark else { return nil }
      // The quiet zone of a QR code is four modules (ISO/IEC 18004).
      let quiet = 4 * module
      let side = matrix.side * module + 2 * quiet
      return .blank(x: x - quiet, y: y - quiet, width: side, height: side)
    }
    return blanks + page.marks
  }

  /// Black on white without a frame, which a text recogniser reads too.
  private func head(_ width: Int, y: Int, height: Int) throws(SlipRenderFault) -> [Page.Mark] {
    let size = height * 2 / 3
    let run = try TextRun([Self.words], fonts: fonts, size: size, bold: true, lineHeight: size * 5 / 4)
    return [
      .box(x: 0, y: y, width: width, height: Self.line),
      .box(x: 0, y: y + height - Self.line, width: width, height: Self.line),
      .text(run, x: (width - run.width) / 2, y: y + (height - run.height) / 2),
    ]
  }

  private func bar(_ words: String, _ width: Int, y: Int, height: Int) throws(SlipRenderFault) -> [Page.Mark] {
    let size = height * 2 / 3
    let run = try TextRun([words], fonts: fonts, size: size, bold: true, lineHeight: size * 5 / 4)
    return [
      .box(x: 0, y: y, width: width, height: height),
      .text(run, x: (width - run.width) / 2, y: y + (height - run.height) / 2, white: true),
    ]
  }

  /// One line of letters for each part of the slip that is as high as it is wide, and at least one.
  private func letters(_ width: Int, from top: Int, to bottom: Int) throws(SlipRenderFault) -> [Page.Mark] {
    let size = width / 5
    let run = try TextRun([Self.words], fonts: fonts, size: size, bold: true, lineHeight: size * 5 / 4)
    let room = max(0, bottom - top)
    let count = max(1, room / (width * 3 / 4))
    return (0..<count).map { index in
      .slanted(run, x: width / 2, y: top + room * (2 * index + 1) / (2 * count))
    }
  }
}
