/// PWG raster, the format that every IPP Everywhere printer takes: a sync word, then for each page a header and its
/// lines, compressed.
///
/// Source: PWG 5102.4-2012 §4 and §4.4 (compression: a count of equal lines, then runs and literals of pixels; the unit
/// of one-bit pictures is a byte of eight dots).
package enum PWGRaster {
  package static let syncWord: [UInt8] = Array("RaS2".utf8)
  /// The largest picture that is decoded, in bytes of its lines.
  package static let maximumPageBytes = 32 << 20

  /// A page with `image` and no margin.
  ///
  /// - Parameter resolution: dots per inch; receipt printers have 203.
  package static func encode(
    _ image: DotImage, as colorType: PWGRasterHeader.ColorType, resolution: Int = 203, pageSizeName: String
  ) -> [UInt8] {
    let header = PWGRasterHeader(
      colorType: colorType, resolution: resolution, widthDots: image.widthDots, heightDots: image.heightDots,
      pageSizePoints: (points(image.widthDots, resolution), points(image.heightDots, resolution)),
      pageSizeName: pageSizeName)
    var bytes = syncWord + header.bytes
    var y = 0
    while y < image.heightDots {
      let row = image.row(y)
      var same = 1
      while same < 256, y + same < image.heightDots, image.row(y + same) == row { same += 1 }
      bytes.append(UInt8(same - 1))
      PackBits.append(line(row, of: image, as: colorType), to: &bytes)
      y += same
    }
    return bytes
  }

  /// The only page of a stream, with a threshold at half.
  ///
  /// Nil when the stream is not exactly one whole page.
  package static func decode(_ bytes: [UInt8]) -> (header: PWGRasterHeader, image: DotImage)? {
    let start = syncWord.count + PWGRasterHeader.byteCount
    guard bytes.count >= start, bytes.starts(with: syncWord),
      let header = PWGRasterHeader(bytes: bytes[syncWord.count..<start]),
      header.widthDots > 0, header.heightDots >= 0, header.widthDots <= 1 << 20,
      header.heightDots <= maximumPageBytes / header.bytesPerLine
    else { return nil }
    var decoder = PackBits.Unpacking(bytes[start...])
    var bits: [UInt8] = []
    var y = 0
    while y < header.heightDots {
      guard let repeats = decoder.byte(), let line = decoder.line(of: header.bytesPerLine) else { return nil }
      let rows = Int(repeats) + 1
      guard y + rows <= header.heightDots else { return nil }
      let row = header.colorType == .black1 ? line : packed(line)
      for _ in 0..<rows { bits += row }
      y += rows
    }
    guard decoder.isAtEnd,
      let image = DotImage(widthDots: header.widthDots, heightDots: header.heightDots, bits: bits)
    else { return nil }
    return (header, image)
  }

  private static func points(_ dots: Int, _ resolution: Int) -> Int {
    (dots * 72 + resolution / 2) / max(resolution, 1)
  }

  private static func line(_ row: ArraySlice<UInt8>, of image: DotImage, as type: PWGRasterHeader.ColorType) -> [UInt8]
  {
    guard type == .sgray8 else { return Array(row) }
    return (0..<image.widthDots).map { x in
      row[row.startIndex + x / 8] & (0x80 >> UInt8(x % 8)) != 0 ? 0 : 255
    }
  }

  private static func packed(_ gray: [UInt8]) -> [UInt8] {
    var row = [UInt8](repeating: 0, count: (gray.count + 7) / 8)
    for (x, value) in gray.enumerated() where value < 128 { row[x / 8] |= 0x80 >> UInt8(x % 8) }
    return row
  }
}
