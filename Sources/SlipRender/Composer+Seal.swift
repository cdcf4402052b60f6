import Slips

extension Composer {
  /// 30 mm.
  private static let sealDots = 240
  /// The side of a dot of the frame, and from one dot to the next.
  private static let dot = 4
  private static let pitch = 12

  /// A square of dots at the right, in whose middle the caption stands; lines beside it, or below it on narrow paper.
  mutating func sealBox(_ caption: String, _ beside: [String]) throws(SlipRenderFault) {
    y += 14
    let side = Self.sealDots
    let x = left + inner - side
    var along = 0
    while along <= side - Self.dot {
      for (dx, dy) in [(along, 0), (along, side - Self.dot), (0, along), (side - Self.dot, along)] {
        page.marks.append(.box(x: x + dx, y: y + dy, width: Self.dot, height: Self.dot))
      }
      along += Self.pitch
    }
    let word = try run(caption, size: scale.fine)
    put(word, x: x + (side - word.width) / 2, down: (side - word.height) / 2)
    let column = inner - side - scale.body
    let isBeside = column >= scale.body * 6
    let runs = try beside.enumerated().map { index, text throws(SlipRenderFault) in
      try run(text, size: scale.body, bold: index == 0, width: isBeside ? column : inner)
    }
    let height = runs.map(\.height).reduce(0, +)
    var down = isBeside ? max(0, side - height) / 2 : side + 8
    for run in runs {
      put(run, x: left, down: down)
      down += run.height
    }
    y += max(side, down) + 10
  }
}
