import Slips

/// Puts the blocks of a slip on a page of one width, from the top down.
struct Composer {
  let fonts: FontCache
  /// Sizes for blocks that 大字 does not enlarge, and for every slip that is not 大字.
  private let plain: TypeScale
  private let enlarged: TypeScale
  let large: Bool
  /// Whether the block that is being set is one that 大字 enlarges.
  private var isEnlarged: Bool
  /// Everything below the cut belongs to the window's stub.
  private var isStub = false
  var page: Page
  /// The next free row, dots from the top.
  var y = 6

  /// Dots between the margins.
  var inner: Int { page.widthDots - 2 * scale.margin }
  var left: Int { scale.margin }
  /// Cut paper, not a roll.
  var isSheet: Bool { page.widthDots >= Sheet.columnDots }

  var scale: TypeScale { isEnlarged ? enlarged : plain }

  init(fonts: FontCache, widthDots: Int, large: Bool, density: TypeScale.Density = .open) {
    self.fonts = fonts
    self.large = large
    isEnlarged = large
    plain = TypeScale(widthDots: widthDots, large: false, density: density)
    enlarged = TypeScale(widthDots: widthDots, large: large, density: density)
    page = Page(widthDots: widthDots)
  }

  static func page(
    _ document: SlipDocument, widthDots: Int, fonts: FontCache, large: Bool? = nil, density: TypeScale.Density = .open
  ) throws(SlipRenderFault) -> Page {
    var composer = Composer(
      fonts: fonts, widthDots: widthDots, large: large ?? document.largeType, density: density)
    for (index, block) in document.blocks.enumerated() {
      // No page break between a title and its content, nor inside the stub.
      if index > 0, !composer.isStub, !document.blocks[index - 1].isHeading { composer.page.breaks.append(composer.y) }
      if case .cutLine = block { composer.isStub = true }
      composer.choose(for: block)
      try composer.add(block)
    }
    composer.page.heightDots = composer.y + 6
    return composer.page
  }

  /// A ticket of at most `longestTicket`: composed with the first density at which it fits; else with the last.
  static func ticket(_ document: SlipDocument, widthDots: Int, fonts: FontCache) throws(SlipRenderFault) -> Page {
    let sizes: [Bool] = document.largeType ? [true, false] : [false]
    var page = Page(widthDots: widthDots)
    for large in sizes {
      for density in [TypeScale.Density.open, .close] {
        page = try self.page(document, widthDots: widthDots, fonts: fonts, large: large, density: density)
        if page.heightDots <= longestTicket { return page }
      }
    }
    return page
  }

  /// 90 mm.
  static let longestTicket = 720

  /// 大字 enlarges the title, what must be brought, place and phones, and a ticket's own lines. Enlarging the rest would
  /// only make the paper too long to handle.
  private mutating func choose(for block: SlipBlock) {
    guard large else { return }
    switch block {
    case .title, .bigNumber, .paragraph(_, .subject), .paragraph(_, .lead), .paragraph(_, .leadCentred):
      isEnlarged = !isStub
    case .section(let title, _): isEnlarged = NoticeSlip.isEnlarged(section: title)
    case .checkItem, .keyValue, .code, .step, .space, .sealBox: break
    case .heading, .paragraph, .rule, .cutLine: isEnlarged = false
    }
  }

  mutating func add(_ block: SlipBlock) throws(SlipRenderFault) {
    switch block {
    case .heading(let text):
      try sentence(text, size: scale.heading, side: .centre)
    case .title(let text):
      try line(text, size: scale.title, bold: true, side: .centre)
    case .bigNumber(let text): try number(text)
    case .paragraph(let text, let style): try paragraph(text, style)
    case .keyValue(let key, let value): try keyValue(key, value)
    case .section(let title, let advice): try section(title, advice)
    case .checkItem(let number, let name, let copies, let details, let mark):
      try checkItem(number, name, copies, details, mark)
    case .step(let number, let text): try step(number, text)
    case .rule:
      let gap = large ? 5 : 8
      page.marks.append(.box(x: left, y: y + gap, width: inner, height: 2))
      y += 2 * gap + 2
    case .cutLine(let caption): try cutLine(caption)
    case .code(let payload, let beside, let caption): try code(payload, beside, caption)
    case .space(let size): y += size == .small ? 12 : 32
    case .sealBox(let caption, let beside): try sealBox(caption, beside)
    }
  }

  // MARK: Pieces that the blocks share

  /// A text run with the slip's leading.
  func run(
    _ text: String, size: Int, bold: Bool = false, width: Int? = nil, side: TextRun.Side = .left
  ) throws(SlipRenderFault) -> TextRun {
    guard let width else { return try run([text], size: size, bold: bold, width: nil, side: side) }
    let key = FontCache.Broken(text: text, size: size, bold: bold, width: width)
    let parts = try fonts.parts(key) { () throws(SlipRenderFault) in
      let plain = try run([text], size: size, bold: bold, width: width, side: side)
      guard plain.lines.count > 1, let phrases = try phrases(text, size: size, bold: bold, width: width),
        phrases.count <= plain.lines.count
      else { return [text] }
      return phrases
    }
    return try run(parts, size: size, bold: bold, width: width, side: side)
  }

  private func run(
    _ parts: [String], size: Int, bold: Bool, width: Int?, side: TextRun.Side
  ) throws(SlipRenderFault) -> TextRun {
    try TextRun(
      parts, fonts: fonts, size: size, bold: bold, lineHeight: pitch(size), width: width, side: side)
  }

  /// Dots from one line to the next.
  func pitch(_ size: Int) -> Int { Int(Double(size) * scale.leading) }

  /// Dots from the middle of a line down to the middle of its ideographs, which lie below it: Noto Sans CJK has 1.16 em
  /// above and 0.288 em below the baseline, ideographs 0.88 em and 0.12 em.
  func sag(_ size: Int) -> Int { size / 18 }

  /// Text over the whole width; `y` moves to the next row.
  mutating func line(
    _ text: String, size: Int, bold: Bool = false, side: TextRun.Side = .left
  ) throws(SlipRenderFault) {
    let run = try run(text, size: size, bold: bold, width: inner, side: side)
    let words = run.lines.count > 1 ? text.split(separator: " ").map(String.init) : []
    let widths = try words.map { word throws(SlipRenderFault) in
      word.utf8.allSatisfy { $0 < 0x80 } ? try self.run(word, size: size, bold: bold).width : 0
    }
    guard widths.contains(where: { $0 > inner }) else {
      put(run, x: left)
      y += run.height
      return
    }
    // A number longer than the line is narrowed and not broken, because somebody may have to read it out.
    for word in words { try fitted(word, size: size, bold: bold, side: side) }
  }

  /// Text on one line, narrowed where it is too long for it.
  mutating func fitted(
    _ text: String, size: Int, bold: Bool, side: TextRun.Side
  ) throws(SlipRenderFault) {
    let run = try run(text, size: size, bold: bold)
    let squeeze = min(1, Double(inner) / Double(max(1, run.width)))
    let slack = side == .centre ? max(0, inner - Int(Double(run.width) * squeeze)) / 2 : 0
    page.marks.append(.text(run, x: left + slack, y: y, squeeze: squeeze))
    y += run.height
  }

  mutating func put(_ run: TextRun, x: Int, down: Int = 0) {
    page.marks.append(.text(run, x: x, y: y + down))
  }
}

extension SlipBlock {
  fileprivate var isHeading: Bool {
    switch self {
    case .heading, .title, .section: true
    default: false
    }
  }
}
