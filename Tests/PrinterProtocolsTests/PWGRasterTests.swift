import PrinterProtocols
import Testing

// Goal: a PWG raster page has the header of PWG 5102.4, and its lines can be decoded; no bytes trap the decoder.
// Method: fields at the offsets of the standard's table, a compressed line by hand, round trips, seeded mutations.
@Suite("PWG raster")
struct PWGRasterTests {
  private static func number(_ bytes: [UInt8], at offset: Int) -> Int {
    bytes[offset..<(offset + 4)].reduce(0) { $0 << 8 | Int($1) }
  }

  @Test("the header carries size, resolution and colour where the standard puts them")
  func header() throws {
    let image = try #require(picture(width: 576, height: 812, seed: 1))
    let bytes = PWGRaster.encode(image, as: .black1, pageSizeName: "custom_slip_72x102mm")
    #expect(bytes.starts(with: Array("RaS2PwgRaster".utf8)))
    let page = Array(bytes.dropFirst(4).prefix(PWGRasterHeader.byteCount))
    let fields = [
      276: 203, 280: 203, 340: 1, 352: 204, 356: 288, 372: 576, 376: 812, 384: 1, 388: 1, 392: 72, 400: 3, 420: 1,
      452: 1, 472: 576, 476: 812,
    ]
    for (offset, value) in fields { #expect(Self.number(page, at: offset) == value, "offset \(offset)") }
    #expect(String(decoding: page[1732...].prefix { $0 != 0 }, as: UTF8.self) == "custom_slip_72x102mm")
  }

  @Test("a line is written as runs and literals, equal lines once")
  func compression() throws {
    let row: [UInt8] = [1, 1, 1, 2, 3, 4, 4, 9]
    let image = try #require(DotImage(widthDots: 64, heightDots: 3, bits: row + row + Array(repeating: 0, count: 8)))
    let bytes = PWGRaster.encode(image, as: .black1, pageSizeName: "x")
    #expect(Array(bytes.dropFirst(1800)) == [1, 2, 1, 255, 2, 3, 1, 4, 0, 9, 0, 7, 0])
  }

  @Test("what was encoded is read back dot for dot", arguments: [PWGRasterHeader.ColorType.black1, .sgray8])
  func roundTrip(type: PWGRasterHeader.ColorType) throws {
    for (width, height) in [(8, 1), (13, 5), (384, 300), (576, 700)] {
      let image = try #require(picture(width: width, height: height, seed: UInt64(width + height)))
      let page = try #require(PWGRaster.decode(PWGRaster.encode(image, as: type, pageSizeName: "custom_slip")))
      #expect(page.image == image)
      #expect(page.header.colorType == type)
    }
  }

  @Test("three hundred equal lines take two counts")
  func manyEqualLines() throws {
    let image = try #require(DotImage(widthDots: 8, heightDots: 300, bits: Array(repeating: 0xAA, count: 300)))
    let bytes = PWGRaster.encode(image, as: .black1, pageSizeName: "x")
    #expect(Array(bytes.dropFirst(1800)) == [255, 0, 0xAA, 43, 0, 0xAA])
    #expect(PWGRaster.decode(bytes)?.image == image)
  }

  @Test("no bytes trap the decoder", arguments: 0..<30)
  func hostile(seed: Int) throws {
    var mutator = Mutator(seed: UInt64(seed))
    let image = try #require(picture(width: 40, height: 12, seed: UInt64(seed)))
    let good = PWGRaster.encode(image, as: seed % 2 == 0 ? .black1 : .sgray8, pageSizeName: "custom_slip")
    for _ in 0..<60 {
      var bytes = mutator.mutate(good)
      // Most of the page is constant header, so mutate the fields and the lines as well.
      for offset in [376, 380, 392, 396, 404, 1800, 1805] where bytes.count > offset + 4 {
        if Bool.random(using: &mutator) { bytes[offset + 3] = UInt8.random(in: 0...255, using: &mutator) }
      }
      if let page = PWGRaster.decode(bytes) { #expect(page.image.heightDots == page.header.heightDots) }
    }
    #expect(PWGRaster.decode(Array(good.dropLast())) == nil)
    #expect(PWGRaster.decode(good + [0]) == nil)
  }
}
