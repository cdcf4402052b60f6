/// A slip composed for one paper width: marks with their positions, in dots from the upper left corner.
struct Page {
  enum Mark {
    /// Text at a position. `white` for text on a bar that was drawn before; `squeeze` is the horizontal scale.
    case text(TextRun, x: Int, y: Int, white: Bool = false, squeeze: Double = 1)
    /// A filled box.
    case box(x: Int, y: Int, width: Int, height: Int)
    /// The outline of a box, `stroke` dots thick, within the given edges.
    case frame(x: Int, y: Int, width: Int, height: Int, stroke: Int)
    case code(QRMatrix, x: Int, y: Int, module: Int)

    /// The row at which it begins.
    var top: Int {
      switch self {
      case .text(_, _, let y, _, _), .box(_, let y, _, _), .frame(_, let y, _, _, _), .code(_, _, let y, _): y
      }
    }

    func moved(right: Int, down: Int) -> Mark {
      switch self {
      case .text(let run, let x, let y, let white, let squeeze):
        .text(run, x: x + right, y: y + down, white: white, squeeze: squeeze)
      case .box(let x, let y, let width, let height): .box(x: x + right, y: y + down, width: width, height: height)
      case .frame(let x, let y, let width, let height, let stroke):
        .frame(x: x + right, y: y + down, width: width, height: height, stroke: stroke)
      case .code(let matrix, let x, let y, let module): .code(matrix, x: x + right, y: y + down, module: module)
      }
    }
  }

  let widthDots: Int
  var heightDots = 0
  var marks: [Mark] = []
  /// Rows between two blocks at which a page of cut paper may end, from the top down.
  var breaks: [Int] = []
}
