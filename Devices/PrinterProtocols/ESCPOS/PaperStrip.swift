/// The paper that a printer's commands produce; with `ESCPOSDecoder` the oracle for the encoder's tests.
package struct PaperStrip: Sendable {
  /// A piece of paper that has left the printer.
  package struct Piece: Hashable, Sendable {
    /// From the first burnt row to the last, white rows in between included.
    package let image: DotImage
    /// White paper after the last burnt row, in dots.
    package let trailingFeedDots: Int
  }

  package let widthDots: Int
  /// The longest piece, in rows; later rows are dropped. No slip is longer than 4 m.
  package static let maximumRows = 32_000
  /// Dots of one line feed: a sixth of an inch at 203 dpi.
  package static let lineDots = 34

  private var bits: [UInt8] = []
  private var rows = 0
  private var feed = 0

  /// - Parameter widthDots: what the head can burn; wider rasters lose their right side. 8...4096.
  package init(widthDots: Int) { self.widthDots = min(max(widthDots, 8), 4096) }

  private var bytesPerRow: Int { (widthDots + 7) / 8 }

  /// Rows burnt or fed since the last cut.
  package var lengthDots: Int { rows + feed }
  /// Whether anything has been burnt since the last cut.
  package var isEmpty: Bool { rows == 0 }

  /// Performs one command; returns the piece when the command was a cut.
  package mutating func apply(_ command: ESCPOSCommand) -> Piece? {
    switch command {
    case .raster(let width, let count, let source): burn(bytesPerRow: width, rows: count, source)
    case .feed(let dots): feed = min(feed + dots, Self.maximumRows)
    case .feedLines(let lines): feed = min(feed + lines * Self.lineDots, Self.maximumRows)
    case .cut(.plain): return tear()
    case .cut(.afterFeed(let dots)):
      feed = min(feed + dots, Self.maximumRows)
      return tear()
    case .initialize, .realTimeStatus, .transmitStatus, .automaticStatus, .echo, .other: break
    }
    return nil
  }

  /// Tears off what has come out so far. Nil when nothing was burnt.
  package mutating func tear() -> Piece? {
    defer { (bits, rows, feed) = ([], 0, 0) }
    guard rows > 0, let image = DotImage(widthDots: widthDots, heightDots: rows, bits: bits) else { return nil }
    return Piece(image: image, trailingFeedDots: feed)
  }

  /// The pieces that a complete stream gives, the last one torn off if it was not cut.
  package static func pieces(of bytes: some Sequence<UInt8>, widthDots: Int) -> [Piece] {
    var strip = PaperStrip(widthDots: widthDots)
    var pieces = ESCPOSDecoder.decodeAll(bytes).compactMap { strip.apply($0) }
    if let rest = strip.tear() { pieces.append(rest) }
    return pieces
  }

  private mutating func burn(bytesPerRow width: Int, rows count: Int, _ source: [UInt8]) {
    guard width > 0, source.count == width * count else { return }
    let white = min(feed, Self.maximumRows - rows)
    bits += repeatElement(0, count: white * bytesPerRow)
    rows += white
    feed = 0
    let kept = min(width, bytesPerRow)
    for row in 0..<min(count, Self.maximumRows - rows) {
      bits += source[(row * width)..<(row * width + kept)]
      bits += repeatElement(0, count: bytesPerRow - kept)
      rows += 1
    }
  }
}
