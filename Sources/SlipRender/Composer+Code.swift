import Slips

extension Composer {
  /// The code at the left with its lines beside it; on narrow paper in the middle with its lines below.
  mutating func code(
    _ payload: String, _ beside: [SlipLine], _ caption: String
  ) throws(SlipRenderFault) {
    let matrix = try QRMatrix(payload)
    let module = scale.module
    let side = matrix.side * module
    let quiet = QRMatrix.quietZone * module
    // The quiet zone may include the margin and the paper's edge, which are white too.
    let x = max(left, quiet)
    let column = page.widthDots - scale.margin - (x + side + quiet)
    y += 14
    // A line may break at a space or between ideographs, so the widest unbreakable piece is the longest run of digits.
    var widest = scale.body * 6
    for piece in beside.flatMap(pieces) {
      for word in piece.text.split(separator: " ") where word.utf8.allSatisfy({ $0 < 0x80 }) {
        widest = max(widest, try run(String(word), size: piece.size, bold: piece.bold).width)
      }
    }
    if column >= widest {
      try codeBeside(matrix, x: x, column: column, beside, caption)
    } else {
      page.marks.append(.code(matrix, x: (page.widthDots - side) / 2, y: y + quiet / 2, module: module))
      y += side + quiet / 2 + quiet
      if !caption.isEmpty { try line(caption, size: scale.fine, side: .centre) }
      for line in beside {
        if let key = line.key {
          try keyValue(key, line.text)
        } else {
          try self.line(line.text, size: scale.body, bold: line.strong, side: .centre)
        }
      }
    }
    y += 8
  }

  private mutating func codeBeside(
    _ matrix: QRMatrix, x: Int, column: Int, _ beside: [SlipLine], _ caption: String
  ) throws(SlipRenderFault) {
    let side = matrix.side * scale.module
    let quiet = QRMatrix.quietZone * scale.module
    var runs: [TextRun] = []
    for piece in beside.flatMap(pieces) {
      runs.append(try run(piece.text, size: piece.size, bold: piece.bold, width: column))
    }
    if !caption.isEmpty { runs.append(try run(caption, size: scale.fine, width: column)) }
    let height = runs.map(\.height).reduce(0, +)
    page.marks.append(.code(matrix, x: x, y: y + max(0, height - side) / 2, module: scale.module))
    var down = max(0, side - height) / 2
    for run in runs {
      put(run, x: x + side + quiet, down: down)
      down += run.height
    }
    y += max(side, height) + 4
  }

  /// A line's key in small letters above its value.
  private func pieces(of line: SlipLine) -> [(text: String, size: Int, bold: Bool)] {
    let value = (line.text, line.key == nil ? scale.body : scale.lead, line.strong)
    guard let key = line.key else { return [value] }
    return [(key, scale.detail, false), value]
  }
}
