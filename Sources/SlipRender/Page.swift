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
    /// Paper again where something was drawn before.
    case blank(x: Int, y: Int, width: Int, height: Int)
    /// Letters in grey, turned upwards around their middle, which is at a position.
    case slanted(TextRun, x: Int, y: Int)

    /// The row at which it begins.
    var top: Int {
      switch self {
      case .text(_, _, let y, _, _), .box(_, let y, _, _), .frame(_, let y, _, _, _), .code(_, _, let y, _),
        .blank(_, let y, _, _), .slanted(_, _, let y):
        y
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
      case .blank(let x, let y, let width, let height): .blank(x: x + right, y: y + down, width: width, height: height)
      case .slanted(let run, let x, let y): .slanted(run, x: x + right, y: y + down)
      }
    }
  }

  let widthDots: Int
  var heightDots = 0
  var marks: [Mark] = []
  /// Rows between two blocks at which a page of cut paper may end, from the top down.
  var breaks: [Int] = []
}
