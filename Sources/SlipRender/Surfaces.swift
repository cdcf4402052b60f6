import CPangoCairo
import Ports

/// Pages on cairo's surfaces: the 1-bit picture for paper, and files for screens and archives.
enum Surfaces {
  /// Pixels with at least this alpha are black; half of full.
  static let threshold: UInt8 = 128

  static func image(_ page: Page) throws(SlipRenderFault) -> SlipImage {
    let (width, height) = (page.widthDots, page.heightDots)
    guard let surface = cairo_image_surface_create(CAIRO_FORMAT_A8, Int32(width), Int32(height)) else {
      throw .drawingFailed(during: "cairo_image_surface_create")
    }
    defer { cairo_surface_destroy(surface) }
    try draw(page, on: surface, ground: .alpha)
    cairo_surface_flush(surface)
    guard let data = cairo_image_surface_get_data(surface) else {
      throw .drawingFailed(during: "cairo_image_surface_get_data")
    }
    let stride = Int(cairo_image_surface_get_stride(surface))
    let bits = [UInt8](unsafeUninitializedCapacity: (width + 7) / 8 * height) { bits, count in
      for row in 0..<height {
        let line = UnsafeRawPointer(data + row * stride)
        for column in Swift.stride(from: 0, to: width - width % 8, by: 8) {
          bits[count] = inked(UInt64(bigEndian: line.loadUnaligned(fromByteOffset: column, as: UInt64.self)))
          count += 1
        }
        guard width % 8 > 0 else { continue }
        var rest: UInt8 = 0
        for column in width - width % 8..<width where data[row * stride + column] >= threshold {
          rest |= 0x80 >> UInt8(column & 7)
        }
        bits[count] = rest
        count += 1
      }
    }
    return SlipImage(widthDots: width, heightDots: height, bits: bits)
  }

  /// Whether each of eight bytes is at least 128, as the bits of one byte, the first byte's highest.
  private static func inked(_ eight: UInt64) -> UInt8 {
    // The multiplication moves each high bit to the top byte by its own power of two; no two collide.
    let high = (eight >> 7) & 0x0101_0101_0101_0101
    return UInt8(truncatingIfNeeded: (high &* 0x0102_0408_1020_4080) >> 56)
  }

  /// A grey PNG of one bit a pixel, black on white.
  static func png(_ image: SlipImage) throws(SlipRenderFault) -> [UInt8] {
    let (width, height, bytesPerRow) = (image.widthDots, image.heightDots, image.bytesPerRow)
    // cairo writes a mask of one bit as grey: what is set is white.
    guard let surface = cairo_image_surface_create(CAIRO_FORMAT_A1, Int32(width), Int32(height)) else {
      throw .drawingFailed(during: "cairo_image_surface_create")
    }
    defer { cairo_surface_destroy(surface) }
    guard let data = cairo_image_surface_get_data(surface) else {
      throw .drawingFailed(during: "cairo_image_surface_get_data")
    }
    let stride = Int(cairo_image_surface_get_stride(surface))
    image.bits.withUnsafeBufferPointer { bits in
      for row in 0..<height {
        for index in 0..<bytesPerRow {
          data[row * stride + index] = mirrored(~bits[row * bytesPerRow + index])
        }
      }
    }
    cairo_surface_mark_dirty(surface)
    return try collect(during: "cairo_surface_write_to_png_stream") { write, sink in
      cairo_surface_write_to_png_stream(surface, write, sink)
    }
  }

  /// The bits of a byte in reverse: in a mask of cairo's on a little-endian machine the first pixel is the lowest bit.
  private static func mirrored(_ byte: UInt8) -> UInt8 {
    var byte = byte
    byte = byte >> 4 | byte << 4
    byte = (byte & 0xCC) >> 2 | (byte & 0x33) << 2
    return (byte & 0xAA) >> 1 | (byte & 0x55) << 1
  }

  /// A PDF, each page of its own size, with text as text; `enlarged` scales a dot.
  static func pdf(_ pages: [Page], enlarged: Double = 1) throws(SlipRenderFault) -> [UInt8] {
    let points = 72.0 / 203.2 * enlarged
    return try collect(during: "cairo_pdf_surface_create_for_stream") { write, sink in
      guard
        let surface = cairo_pdf_surface_create_for_stream(
          write, sink, Double(pages.first?.widthDots ?? 0) * points, Double(pages.first?.heightDots ?? 0) * points)
      else { return CAIRO_STATUS_NO_MEMORY }
      defer { cairo_surface_destroy(surface) }
      // Without a creation date the same slip gives the same bytes.
      cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATE_DATE, "")
      guard let context = cairo_create(surface) else { return CAIRO_STATUS_NO_MEMORY }
      cairo_scale(context, points, points)
      for page in pages {
        cairo_pdf_surface_set_size(surface, Double(page.widthDots) * points, Double(page.heightDots) * points)
        Painter(context: context, ground: .paper).paint(page)
        cairo_show_page(context)
      }
      cairo_destroy(context)
      cairo_surface_finish(surface)
      return cairo_surface_status(surface)
    }
  }

  private static func draw(
    _ page: Page, on surface: OpaquePointer, ground: Painter.Ground
  ) throws(SlipRenderFault) {
    guard let context = cairo_create(surface) else { throw .drawingFailed(during: "cairo_create") }
    defer { cairo_destroy(context) }
    Painter(context: context, ground: ground).paint(page)
    guard cairo_status(context) == CAIRO_STATUS_SUCCESS else { throw .drawingFailed(during: "painting") }
  }

  private static func collect(
    during act: String, _ body: (cairo_write_func_t, UnsafeMutableRawPointer) -> cairo_status_t
  ) throws(SlipRenderFault) -> [UInt8] {
    var sink: [UInt8] = []
    let status = withUnsafeMutablePointer(to: &sink) { body(appendToSink, UnsafeMutableRawPointer($0)) }
    guard status == CAIRO_STATUS_SUCCESS else { throw .drawingFailed(during: act) }
    return sink
  }
}

/// Appends what cairo wrote to the byte array behind `sink`; called on the thread that drives cairo, before it returns.
private func appendToSink(
  _ sink: UnsafeMutableRawPointer?, _ data: UnsafePointer<UInt8>?, _ length: UInt32
) -> cairo_status_t {
  guard let sink, let data else { return CAIRO_STATUS_WRITE_ERROR }
  sink.assumingMemoryBound(to: [UInt8].self).pointee.append(
    contentsOf: UnsafeBufferPointer(start: data, count: Int(length)))
  return CAIRO_STATUS_SUCCESS
}
