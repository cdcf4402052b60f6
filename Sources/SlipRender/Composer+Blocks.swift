import Slips

extension Composer {
  /// The ticket number: its ink as high as the scale says, at most as wide as the paper.
  mutating func number(_ text: String) throws(SlipRenderFault) {
    let probe = try run(text, size: 200, bold: true)
    let size = (200 * scale.numberInk + probe.ink.height - 1) / max(1, probe.ink.height)
    let run = try run(text, size: size, bold: true)
    let ink = run.ink
    let squeeze = min(1, Double(inner) / Double(max(1, ink.width)))
    let width = Int(Double(ink.width) * squeeze)
    let x = left + (inner - width) / 2 - Int(Double(ink.x) * squeeze)
    let gap = large ? 8 : 16
    page.marks.append(.text(run, x: x, y: y + gap - ink.y, squeeze: squeeze))
    y += ink.height + 2 * gap
  }

  mutating func paragraph(_ text: String, _ style: ParagraphStyle) throws(SlipRenderFault) {
    switch style {
    case .subject:
      y += 6
      try sentence(text, size: scale.subject, side: .left)
    case .lead: try sentence(text, size: scale.lead, side: .left)
    case .leadCentred: try sentence(text, size: scale.call, side: .centre)
    case .body: try line(text, size: scale.body)
    case .bodyCentred: try line(text, size: scale.body, side: .centre)
    case .fine: try line(text, size: scale.fine)
    }
    y += 4
  }

  /// Key at the left in a column of four characters, value beside it; below it where the paper is too narrow.
  mutating func keyValue(_ key: String, _ value: String) throws(SlipRenderFault) {
    let keyRun = try run(key, size: scale.body, bold: true)
    let column = max(keyRun.width, scale.body * 4) + scale.body / 2
    put(keyRun, x: left)
    if inner - column >= scale.body * 7 {
      let valueRun = try run(value, size: scale.body, width: inner - column)
      put(valueRun, x: left + column)
      y += max(keyRun.height, valueRun.height)
    } else {
      y += keyRun.height
      try line(value, size: scale.body)
    }
    y += 4
  }

  /// A black bar with the title in white, so that the groups can be found at arm's length.
  mutating func section(_ title: String, _ advice: String?) throws(SlipRenderFault) {
    y += 14
    let run = try run(title, size: scale.section, bold: true, width: inner - 20)
    page.marks.append(.box(x: left, y: y, width: inner, height: run.height + 4))
    page.marks.append(.text(run, x: left + 10, y: y + 2 - sag(scale.section), white: true))
    y += run.height + 10
    if let advice {
      try line(advice, size: scale.detail)
      y += 4
    }
  }

  mutating func checkItem(
    _ number: Int, _ name: String, _ copies: [String], _ details: [String], _ mark: CheckMark?
  ) throws(SlipRenderFault) {
    // A sheet has room for all copies on one line.
    let copies = isSheet ? [copies.joined(separator: "、")] : copies
    y += 4
    let pitch = pitch(scale.name)
    let box = scale.name * 7 / 8
    let figure = try run("\(number).", size: scale.name, bold: true)
    page.marks.append(.frame(x: left, y: y + (pitch - box) / 2 + sag(scale.name), width: box, height: box, stroke: 3))
    put(figure, x: left + box + 10)
    let below = box + 10 + figure.width + 12
    var indent = below
    if mark == .have { try tick(box: box, pitch: pitch) }
    if mark == .missing { indent += try missing(at: indent, pitch: pitch) + 12 }
    let copyRuns = try copies.map { text throws(SlipRenderFault) in try run(text, size: scale.name, bold: true) }
    let copiesWidth = copyRuns.map(\.width).max() ?? 0
    let gap = scale.name / 2
    let column = inner - indent - copiesWidth - gap
    let top = y
    if column >= scale.name * 6 {
      let nameRun = try run(name, size: scale.name, bold: true, width: column)
      put(nameRun, x: left + indent)
      putCopies(copyRuns)
      y = top + max(nameRun.height, copyRuns.map(\.height).reduce(0, +))
    } else {
      // On narrow paper the copies follow the name on its last line where they fit, else they have a line of their own.
      let nameRun = try run(name, size: scale.name, bold: true, width: inner - indent)
      put(nameRun, x: left + indent)
      y += nameRun.height
      // Without copies the details follow on a line of their own.
      if !copyRuns.isEmpty, inner - indent - nameRun.lastLineWidth >= copiesWidth + gap { y -= pitch }
      putCopies(copyRuns)
      y += copyRuns.map(\.height).reduce(0, +)
    }
    for detail in details {
      let detailRun = try run(detail, size: scale.detail, width: inner - below)
      put(detailRun, x: left + below)
      y += detailRun.height
    }
    y += 10
  }

  /// A tick that fills the box of the line that is being set.
  private mutating func tick(box: Int, pitch: Int) throws(SlipRenderFault) {
    let tick = try run(Wording.tick, size: scale.name, bold: true)
    let ink = tick.ink
    let top = y + (pitch - box) / 2 + sag(scale.name)
    page.marks.append(
      .text(tick, x: left + (box - ink.width) / 2 - ink.x, y: top + (box - ink.height) / 2 - ink.y))
  }

  /// 缺 in white on black before the name. Returns its width in dots.
  private mutating func missing(at indent: Int, pitch: Int) throws(SlipRenderFault) -> Int {
    let word = try run(Wording.markedMissing, size: scale.name, bold: true)
    let width = word.width + 12
    page.marks.append(.box(x: left + indent, y: y + 2, width: width, height: pitch - 4))
    page.marks.append(.text(word, x: left + indent + 6, y: y, white: true))
    return width
  }

  private mutating func putCopies(_ runs: [TextRun]) {
    var down = 0
    for run in runs {
      put(run, x: left + inner - run.width, down: down)
      down += run.height
    }
  }

  mutating func step(_ number: Int, _ text: String) throws(SlipRenderFault) {
    let figure = try run("\(number).", size: scale.body, bold: true)
    put(figure, x: left)
    let indent = max(figure.width, scale.body) + scale.body / 4
    let run = try run(text, size: scale.body, width: inner - indent)
    put(run, x: left + indent)
    y += run.height + 4
  }

  /// Dashes over the whole paper with the caption in their middle.
  mutating func cutLine(_ caption: String) throws(SlipRenderFault) {
    y += 28
    let run = try run(caption, size: scale.fine, bold: true)
    let from = (page.widthDots - run.width) / 2
    var x = 0
    while x < page.widthDots {
      let dash = min(12, page.widthDots - x)
      if x + dash < from - 12 || x > from + run.width + 12 {
        page.marks.append(.box(x: x, y: y + run.height / 2 - 1, width: dash, height: 3))
      }
      x += 20
    }
    put(run, x: from)
    y += run.height + 14
  }
}
