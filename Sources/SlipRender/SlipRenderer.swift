import CPangoCairo
import Groundwork
package import Ports
package import Slips

/// Draws slips.
///
/// An actor on one queue that all renderers share: Pango's font map belongs to one thread at a time, and drawing (2 ms
/// a ticket and 20 ms a notice in a release build on two cores, 80 ms the first time) must not block the cooperative
/// pool. Several renderers may exist at once; each has its own fonts.
package actor SlipRenderer {
  /// Blank paper between the last dot and the cutter, 15 mm at 203 dpi.
  ///
  /// The picture ends at its last block; the printer's encoder feeds this much before the cut.
  package static let feedBeforeCutDots = 120

  /// One queue for every renderer of the process. Cairo 1.16 guards its glyph cache and its fonts with two locks that
  /// drawing and measuring take in opposite order, so two threads can deadlock.
  private static let executor = QueueExecutor(label: "slip-renderer")
  let fonts: FontCache
  /// Whether every slip is marked as void, because it is of a training (演练).
  private let isTraining: Bool

  package nonisolated var unownedExecutor: UnownedSerialExecutor { Self.executor.asUnownedSerialExecutor() }

  /// - Parameter isTraining: whether 演练 无效 stands across every slip.
  /// - Throws: `SlipRenderFault.fontMissing` when the first family has no file.
  package init(fonts files: FontFiles = .debian, isTraining: Bool = false) throws(SlipRenderFault) {
    fonts = try FontCache(files)
    self.isTraining = isTraining
  }

  /// The picture of a slip for paper of `paperWidthDots`: 576 (80 mm) or 384 (58 mm).
  package func render(_ document: SlipDocument, paperWidthDots: Int) throws(SlipRenderFault) -> SlipImage {
    try Surfaces.image(page(document, paperWidthDots))
  }

  /// The same slip as a PDF of one page as wide as the paper.
  package func pdf(_ document: SlipDocument, paperWidthDots: Int) throws(SlipRenderFault) -> [UInt8] {
    try Surfaces.pdf([page(document, paperWidthDots)])
  }

  /// The slip's texts as laid out, from the top down: their lines and sizes.
  package func lettering(
    _ document: SlipDocument, paperWidthDots: Int
  ) throws(SlipRenderFault) -> [Lettering] {
    var found: [Lettering] = []
    for case .text(let run, _, _, _, let squeeze) in try page(document, paperWidthDots).marks {
      found.append(Lettering(lines: run.lines, emDots: run.size, squeeze: squeeze))
    }
    return found
  }

  /// The characters of `scalars` that no font of the renderer has; on paper each is replaced by 〓 and its code point.
  package func undrawable(_ scalars: some Sequence<Unicode.Scalar>) -> [Unicode.Scalar] {
    scalars.filter { !fonts.draws($0) }
  }

  /// A grey PNG, black on white, a pixel a dot.
  package nonisolated func png(_ image: SlipImage) throws(SlipRenderFault) -> [UInt8] {
    try Surfaces.png(image)
  }

  /// Versions of everything that determines the dots: Pango, cairo and the font files.
  ///
  /// Pictures are comparable dot by dot only between equal environments.
  package func environment() -> [String] {
    let versions = [("pango", pango_version_string()), ("cairo", cairo_version_string())].map { name, version in
      "\(name) \(version.map { String(cString: $0) } ?? "?")"
    }
    return versions + fonts.identities
  }

  private func page(_ document: SlipDocument, _ widthDots: Int) throws(SlipRenderFault) -> Page {
    guard (200...2000).contains(widthDots) else {
      throw .outsidePaper(widthDots: widthDots, heightDots: 0)
    }
    var page =
      document.isTicket
      ? try Composer.ticket(document, widthDots: widthDots, fonts: fonts)
      : try Composer.page(document.onRoll, widthDots: widthDots, fonts: fonts)
    if isTraining { page = try Overprint(fonts).roll(page) }
    guard page.heightDots <= 20_000 else {
      throw .outsidePaper(widthDots: widthDots, heightDots: page.heightDots)
    }
    return page
  }

  /// The pages of a slip on cut paper.
  func sheetPages(_ document: SlipDocument) throws(SlipRenderFault) -> [Page] {
    let pages = try Sheet.pages(document, fonts)
    guard isTraining else { return pages }
    var marked: [Page] = []
    for page in pages { marked.append(try Overprint(fonts).sheet(page)) }
    return marked
  }
}
