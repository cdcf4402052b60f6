/// The fixed part of a page in PWG raster: 1796 bytes, numbers big-endian.
///
/// Source: PWG 5102.4-2012 (PWG Raster Format) §4.3, table 2; the byte offsets are given beside the fields.
package struct PWGRasterHeader: Hashable, Sendable {
  /// How a dot is encoded.
  package enum ColorType: Hashable, Sendable {
    /// `black_1`: one bit a dot, 1 is black.
    case black1
    /// `sgray_8`: one byte a dot, 0 is black.
    case sgray8
  }

  package static let byteCount = 1796

  package let colorType: ColorType
  package let resolution: Int
  package let widthDots: Int
  package let heightDots: Int
  /// Page size in points, as the header carries it.
  package let pageSizePoints: (width: Int, height: Int)
  /// The self-describing name of the page size, such as `custom_slip_72x102mm`.
  package let pageSizeName: String

  package init(
    colorType: ColorType, resolution: Int, widthDots: Int, heightDots: Int, pageSizePoints: (width: Int, height: Int),
    pageSizeName: String
  ) {
    self.colorType = colorType
    self.resolution = resolution
    self.widthDots = widthDots
    self.heightDots = heightDots
    self.pageSizePoints = pageSizePoints
    self.pageSizeName = pageSizeName
  }

  package var bytesPerLine: Int { colorType == .black1 ? (widthDots + 7) / 8 : widthDots }

  package var bytes: [UInt8] {
    var header = [UInt8](repeating: 0, count: Self.byteCount)
    func put(_ text: String, at offset: Int) {
      // 64 bytes a string, the last of them zero.
      for (index, byte) in text.utf8.prefix(63).enumerated() { header[offset + index] = byte }
    }
    func put(_ number: Int, at offset: Int) {
      let value = UInt32(clamping: number)
      for index in 0..<4 { header[offset + index] = UInt8(truncatingIfNeeded: value >> UInt32(24 - 8 * index)) }
    }
    let depth = colorType == .black1 ? 1 : 8
    put("PwgRaster", at: 0)
    put("continuous", at: 128)  // MediaType
    put(resolution, at: 276)  // HWResolution
    put(resolution, at: 280)
    put(1, at: 340)  // NumCopies
    put(pageSizePoints.width, at: 352)  // PageSize
    put(pageSizePoints.height, at: 356)
    put(widthDots, at: 372)  // Width
    put(heightDots, at: 376)  // Height
    put(depth, at: 384)  // BitsPerColor
    put(depth, at: 388)  // BitsPerPixel
    put(bytesPerLine, at: 392)  // BytesPerLine
    put(colorType == .black1 ? 3 : 18, at: 400)  // ColorSpace: Black, sGray
    put(1, at: 420)  // NumColors
    put(1, at: 452)  // TotalPageCount
    put(1, at: 456)  // CrossFeedTransform
    put(1, at: 460)  // FeedTransform
    put(widthDots, at: 472)  // ImageBoxRight
    put(heightDots, at: 476)  // ImageBoxBottom
    put(pageSizeName, at: 1732)  // PageSizeName
    return header
  }

  /// Parses a header.
  ///
  /// Nil when the bytes are not a page of one of the two colour types, or its dimensions contradict each other.
  package init?(bytes: ArraySlice<UInt8>) {
    guard bytes.count == Self.byteCount else { return nil }
    let start = bytes.startIndex
    func number(_ offset: Int) -> Int {
      (0..<4).reduce(0) { $0 << 8 | Int(bytes[start + offset + $1]) }
    }
    func text(_ offset: Int) -> String {
      String(decoding: bytes[(start + offset)..<(start + offset + 64)].prefix { $0 != 0 }, as: UTF8.self)
    }
    guard text(0) == "PwgRaster" else { return nil }
    let type: ColorType
    switch (number(400), number(388)) {
    case (3, 1): type = .black1
    case (18, 8): type = .sgray8
    default: return nil
    }
    self.init(
      colorType: type, resolution: number(276), widthDots: number(372), heightDots: number(376),
      pageSizePoints: (number(352), number(356)), pageSizeName: text(1732))
    guard number(280) == resolution, number(392) == bytesPerLine else { return nil }
  }

  package static func == (a: PWGRasterHeader, b: PWGRasterHeader) -> Bool { a.bytes == b.bytes }
  package func hash(into hasher: inout Hasher) { hasher.combine(bytes) }
}
