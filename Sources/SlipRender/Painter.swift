import CPangoCairo

/// Draws a page on a cairo context whose unit is the dot.
struct Painter {
  /// What white means on the surface.
  enum Ground {
    /// Alpha is ink: drawing white removes ink.
    case alpha
    /// A page with colours.
    case paper
  }

  let context: OpaquePointer
  let ground: Ground

  func paint(_ page: Page) {
    black()
    for mark in page.marks {
      switch mark {
      case .text(let run, let x, let y, let isWhite, let squeeze):
        cairo_save(context)
        cairo_translate(context, Double(x), Double(y))
        cairo_scale(context, squeeze, 1)
        cairo_move_to(context, 0, 0)
        letters(run, isWhite: isWhite)
        cairo_restore(context)
        black()
      case .box(let x, let y, let width, let height): fill(x, y, width, height)
      case .frame(let x, let y, let width, let height, let stroke):
        fill(x, y, width, stroke)
        fill(x, y + height - stroke, width, stroke)
        fill(x, y + stroke, stroke, height - 2 * stroke)
        fill(x + width - stroke, y + stroke, stroke, height - 2 * stroke)
      case .code(let matrix, let x, let y, let module):
        for row in 0..<matrix.side {
          for column in 0..<matrix.side where matrix.modules[row * matrix.side + column] {
            cairo_rectangle(
              context, Double(x + column * module), Double(y + row * module), Double(module), Double(module))
          }
        }
        cairo_fill(context)
      case .blank(let x, let y, let width, let height):
        white()
        fill(x, y, width, height)
        black()
      case .slanted(let run, let x, let y):
        cairo_save(context)
        // Before it is turned: the dots stay in rows.
        dots()
        cairo_translate(context, Double(x), Double(y))
        cairo_rotate(context, -Self.slant)
        cairo_move_to(context, -Double(run.width) / 2, -Double(run.height) / 2)
        pango_cairo_layout_path(context, run.layout)
        cairo_fill(context)
        cairo_restore(context)
        black()
      }
    }
  }

  /// Radians, as far as letters across a slip rise.
  private static let slant = 0.35
  /// Dots from one to the next, and the side of each: a grey of one sixth that leaves small print readable.
  private static let pitch = 5
  private static let side = 2

  /// Small squares in rows as the source: what a printer of black dots has for grey.
  private func dots() {
    guard let tile = cairo_image_surface_create(CAIRO_FORMAT_A8, Int32(Self.pitch), Int32(Self.pitch)),
      let data = cairo_image_surface_get_data(tile)
    else { return }
    defer { cairo_surface_destroy(tile) }
    let stride = Int(cairo_image_surface_get_stride(tile))
    for row in 0..<Self.side {
      for column in 0..<Self.side { data[row * stride + column] = 255 }
    }
    cairo_surface_mark_dirty(tile)
    guard let pattern = cairo_pattern_create_for_surface(tile) else { return }
    cairo_pattern_set_extend(pattern, CAIRO_EXTEND_REPEAT)
    cairo_pattern_set_filter(pattern, CAIRO_FILTER_NEAREST)
    cairo_set_source(context, pattern)
    cairo_pattern_destroy(pattern)
  }

  /// Letters at the current point.
  ///
  /// In files they are drawn as outlines over text in the background's colour. Cairo 1.16 leaves single ideographs out
  /// of the fonts that it embeds; the outlines keep the page readable, and the text keeps it searchable and readable
  /// aloud.
  private func letters(_ run: TextRun, isWhite: Bool) {
    if case .paper = ground {
      if isWhite { black() } else { white() }
      pango_cairo_show_layout(context, run.layout)
      if isWhite { white() } else { black() }
      cairo_move_to(context, 0, 0)
      pango_cairo_layout_path(context, run.layout)
      cairo_fill(context)
    } else {
      // Letters do not overlap, so ADD gives the same result as OVER, and pixman has a vectorised path for it.
      if isWhite { white() } else { cairo_set_operator(context, CAIRO_OPERATOR_ADD) }
      pango_cairo_show_layout(context, run.layout)
    }
  }

  private func fill(_ x: Int, _ y: Int, _ width: Int, _ height: Int) {
    cairo_rectangle(context, Double(x), Double(y), Double(width), Double(height))
    cairo_fill(context)
  }

  private func black() {
    cairo_set_operator(context, CAIRO_OPERATOR_OVER)
    cairo_set_source_rgba(context, 0, 0, 0, 1)
  }

  private func white() {
    switch ground {
    case .alpha: cairo_set_operator(context, CAIRO_OPERATOR_DEST_OUT)
    case .paper: cairo_set_source_rgba(context, 1, 1, 1, 1)
    }
  }
}
