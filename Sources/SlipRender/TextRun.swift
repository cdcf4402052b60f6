import CPangoCairo

/// A piece of text laid out, ready to be drawn.
///
/// Belongs to the thread of its `FontCache`.
final class TextRun {
  enum Side { case left, centre, right }

  let layout: OpaquePointer
  /// Dots of the em square.
  let size: Int
  /// Dots.
  let width: Int
  let height: Int

  /// - Parameters:
  ///   - parts: pieces that each begin a line; lines too long for `width` are broken further.
  ///   - width: dots to break lines at; nil breaks between the parts only.
  ///   - lineHeight: dots from one line to the next.
  init(
    _ parts: [String], fonts: FontCache, size: Int, bold: Bool, lineHeight: Int, width limit: Int? = nil,
    side: Side = .left
  ) throws(SlipRenderFault) {
    guard let context = fonts.context(), let layout = pango_layout_new(context) else {
      throw .drawingFailed(during: "pango_layout_new")
    }
    let description = fonts.makeDescription(size: size, bold: bold)
    pango_layout_set_font_description(layout, description)
    pango_font_description_free(description)
    let attributes = pango_attr_list_new()
    pango_attr_list_insert(attributes, pango_attr_line_height_new_absolute(Int32(lineHeight) * PANGO_SCALE))
    pango_layout_set_attributes(layout, attributes)
    pango_attr_list_unref(attributes)
    if let limit {
      pango_layout_set_width(layout, Int32(max(1, limit)) * PANGO_SCALE)
      pango_layout_set_wrap(layout, PANGO_WRAP_WORD_CHAR)
    }
    pango_layout_set_auto_dir(layout, 0)
    switch side {
    case .left: pango_layout_set_alignment(layout, PANGO_ALIGN_LEFT)
    case .centre: pango_layout_set_alignment(layout, PANGO_ALIGN_CENTER)
    case .right: pango_layout_set_alignment(layout, PANGO_ALIGN_RIGHT)
    }
    pango_layout_set_text(layout, parts.map(fonts.drawable).joined(separator: "\u{2028}"), -1)
    var laidOutWidth: Int32 = 0
    var laidOutHeight: Int32 = 0
    pango_layout_get_pixel_size(layout, &laidOutWidth, &laidOutHeight)
    self.layout = layout
    self.size = size
    self.width = Int(laidOutWidth)
    self.height = Int(laidOutHeight)
  }

  deinit { g_object_unref(UnsafeMutableRawPointer(layout)) }

  /// The lines as broken, without the inserted joiners.
  var lines: [String] {
    guard let text = pango_layout_get_text(layout) else { return [] }
    let bytes = Array(String(cString: text).utf8)
    return (0..<pango_layout_get_line_count(layout)).compactMap { index in
      guard let line = pango_layout_get_line_readonly(layout, index) else { return nil }
      let start = Int(line.pointee.start_index)
      let slice = bytes[start..<start + Int(line.pointee.length)]
      let scalars = String(decoding: slice, as: UTF8.self).unicodeScalars
        .filter { $0 != "\u{2060}" && $0 != "\u{2028}" }
      return String(String.UnicodeScalarView(scalars))
    }
  }

  /// Width in dots of the last line.
  var lastLineWidth: Int {
    guard let line = pango_layout_get_line_readonly(layout, pango_layout_get_line_count(layout) - 1) else { return 0 }
    var logical = PangoRectangle()
    pango_layout_line_get_pixel_extents(line, nil, &logical)
    return Int(logical.width)
  }

  /// The box around the ink, in dots from the run's own corner.
  var ink: (x: Int, y: Int, width: Int, height: Int) {
    var box = PangoRectangle()
    pango_layout_get_pixel_extents(layout, &box, nil)
    return (Int(box.x), Int(box.y), Int(box.width), Int(box.height))
  }
}
