/// A slip composed for one paper width: marks with their places, in dots from the upper left corner.
struct Page {
  enum Mark {
    /// Text at a place; `white` on a bar that was drawn before it; `squeeze` narrows it, its height unchanged.
    case text(TextRun, x: Int, y: Int, white: Bool = false, squeeze: Double = 1)
    /// A filled box.
    case box(x: Int, y: Int, width: Int, height: Int)
    /// The outline of a box, `stroke` dots thick, within the given edges.
    case frame(x: Int, y: Int, width: Int, height: Int, stroke: Int)
    case code(QRMatrix, x: Int, y: Int, module: Int)
  }

  let widthDots: Int
  var heightDots = 0
  var marks: [Mark] = []
}
