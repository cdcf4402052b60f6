import PrinterProtocols
import Testing

// Goal: the decoder reads the encoder's ESC/POS, and no bytes trap the decoder. Method: the encoder's bytes against the
// commands' tables, round trips through the paper strip, seeded mutations.
@Suite("ESC/POS")
struct ESCPOSTests {
  @Test("a slip begins with ESC @, goes out in bands, and ends with 15 mm of paper and the cut")
  func bytesOfASlip() throws {
    let image = try #require(DotImage(widthDots: 16, heightDots: 25, bits: Array(repeating: 0xA5, count: 50)))
    let bytes = ESCPOSEncoder(bandHeight: 24).slip(image)
    let expected: [UInt8] =
      [0x1B, 0x40, 0x1D, 0x76, 0x30, 0, 2, 0, 24, 0] + Array(repeating: 0xA5, count: 48)
      + [0x1D, 0x76, 0x30, 0, 2, 0, 1, 0, 0xA5, 0xA5, 0x1B, 0x4A, 120, 0x1D, 0x56, 66, 0]
    #expect(bytes == expected)
  }

  @Test("the echo is asked for after the cut")
  func echo() throws {
    let image = try #require(DotImage(widthDots: 8, heightDots: 1, bits: [1]))
    let bytes = ESCPOSEncoder().slip(image, echo: ProcessID(number: 42))
    #expect(Array(bytes.suffix(15)) == [0x1D, 0x56, 66, 0, 0x1D, 0x28, 0x48, 6, 0, 48, 48] + Array("0042".utf8))
  }

  @Test("a printer without a blade gets no cut")
  func noCut() throws {
    let image = try #require(DotImage(widthDots: 8, heightDots: 1, bits: [1]))
    let commands = ESCPOSDecoder.decodeAll(ESCPOSEncoder(feedDots: 300, cuts: false).slip(image))
    #expect(
      commands == [
        .initialize, .raster(bytesPerRow: 1, rows: 1, bits: [1]), .feed(dots: 255), .feed(dots: 45),
      ])
  }

  @Test("a band's height is brought to a multiple of 24", arguments: [(-5, 24), (0, 24), (100, 96), (9999, 2304)])
  func bandHeight(asked: Int, given: Int) { #expect(ESCPOSEncoder(bandHeight: asked).bandHeight == given) }

  @Test("what was encoded lies on the paper dot for dot", arguments: [1, 23, 24, 25, 96, 97, 816], [24, 96, 240])
  func roundTrip(height: Int, band: Int) throws {
    for width in [384, 576] {
      let image = try #require(picture(width: width, height: height, seed: UInt64(height * band)))
      let bytes = ESCPOSEncoder(bandHeight: band).slip(image)
      let pieces = PaperStrip.pieces(of: bytes, widthDots: width)
      #expect(pieces.count == 1)
      #expect(pieces.first?.image == image)
      #expect(pieces.first?.trailingFeedDots == 120)
    }
  }

  @Test("it does not matter where the network cuts the stream")
  func anyPieces() throws {
    let image = try #require(picture(width: 384, height: 130, seed: 7))
    let bytes = ESCPOSEncoder().slip(image, echo: ProcessID(number: 7)) + [0x10, 4, 1, 0x1D, 0x72, 1, 0x1D, 0x61, 255]
    let whole = ESCPOSDecoder.decodeAll(bytes)
    #expect(Array(whole.suffix(3)) == [.realTimeStatus(1), .transmitStatus(1), .automaticStatus(255)])
    var mutator = Mutator(seed: 11)
    for _ in 0..<20 {
      var decoder = ESCPOSDecoder()
      var commands: [ESCPOSCommand] = []
      var rest = bytes[...]
      while !rest.isEmpty {
        let piece = rest.prefix(Int.random(in: 1...700, using: &mutator))
        commands += decoder.decode(piece)
        rest = rest.dropFirst(piece.count)
      }
      #expect(commands == whole)
      #expect(decoder.pendingBytes == 0)
    }
  }

  @Test("white paper between two pictures stays between them, and each cut gives a piece")
  func pieces() {
    let line: [UInt8] = [0x1D, 0x76, 0x30, 0, 1, 0, 1, 0, 0xFF]
    let stream: [UInt8] = line + [0x1B, 0x4A, 3] + line + [0x1D, 0x56, 0] + line + [0x1B, 0x64, 2]
    let pieces = PaperStrip.pieces(of: stream, widthDots: 8)
    #expect(pieces.map(\.image.bits) == [[0xFF, 0, 0, 0, 0xFF], [0xFF]])
    #expect(pieces.map(\.trailingFeedDots) == [0, 2 * PaperStrip.lineDots])
  }

  @Test("a picture wider than the head loses its right side")
  func tooWide() {
    let stream: [UInt8] = [0x1D, 0x76, 0x30, 0, 2, 0, 2, 0, 1, 2, 3, 4]
    #expect(PaperStrip.pieces(of: stream, widthDots: 8).map(\.image.bits) == [[1, 3]])
  }

  @Test("a raster header that announces more than a printer holds is no raster command")
  func announcesTooMuch() {
    var decoder = ESCPOSDecoder()
    let commands = decoder.decode([0x1D, 0x76, 0x30, 0, 255, 255, 255, 255])
    #expect(commands.first == .other(0x1D))
    #expect(decoder.pendingBytes == 0)
  }

  @Test("no bytes trap the decoder, and every byte is accounted for", arguments: 0..<40)
  func hostile(seed: Int) throws {
    var mutator = Mutator(seed: UInt64(seed))
    let image = try #require(picture(width: 64, height: 60, seed: UInt64(seed)))
    let good = ESCPOSEncoder(bandHeight: 24).slip(image, echo: ProcessID(number: seed))
    for round in 0..<50 {
      let bytes = round % 5 == 0 ? mutator.noise(count: 300) : mutator.mutate(good)
      let commands = ESCPOSDecoder.decodeAll(bytes)
      #expect(commands.reduce(0) { $0 + length(of: $1) } == bytes.count)
      var strip = PaperStrip(widthDots: 64)
      for command in commands {
        if let piece = strip.apply(command) { #expect(piece.image.heightDots <= PaperStrip.maximumRows) }
      }
    }
  }

  /// Bytes that a command takes in the stream.
  private func length(of command: ESCPOSCommand) -> Int {
    switch command {
    case .initialize: 2
    case .raster(_, _, let bits): 8 + bits.count
    case .feed, .feedLines, .realTimeStatus, .transmitStatus, .automaticStatus: 3
    case .cut(.plain): 3
    case .cut(.afterFeed): 4
    case .echo: 11
    case .other: 1
    }
  }
}
