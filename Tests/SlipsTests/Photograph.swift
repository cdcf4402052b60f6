import Ports

/// A slip as a camera sees it: grey, with a white border, possibly out of focus or faded.
struct Photograph {
  enum Wear: CaseIterable, Sendable {
    case fresh, blurred, faded
  }

  let width: Int
  let height: Int
  /// Row by row, 0 is black.
  private(set) var greys: [UInt8]

  init(_ image: SlipImage, _ wear: Wear, rows: Int) {
    let border = 32
    let rows = min(rows, image.heightDots)
    let (width, height) = (image.widthDots + 2 * border, rows + 2 * border)
    var greys = [UInt8](repeating: 255, count: width * height)
    for y in 0..<rows {
      for x in 0..<image.widthDots
      where image.bits[y * image.bytesPerRow + x >> 3] & (0x80 >> UInt8(x & 7)) != 0 {
        greys[(y + border) * width + x + border] = 0
      }
    }
    (self.width, self.height, self.greys) = (width, height, greys)
    switch wear {
    case .fresh: break
    case .blurred: for _ in 0..<2 { smear() }
    case .faded: self.greys = self.greys.map { 64 + $0 / 2 }
    }
  }

  /// Portable grey map (netpbm's P5), which both readers accept.
  var pgm: [UInt8] { Array("P5 \(width) \(height) 255\n".utf8) + greys }

  /// The mean over each dot and its eight neighbours.
  private mutating func smear() {
    var out = greys
    for y in 1..<height - 1 {
      for x in 1..<width - 1 {
        var sum = 0
        for row in [y - 1, y, y + 1] {
          let at = row * width + x
          sum += Int(greys[at - 1]) + Int(greys[at]) + Int(greys[at + 1])
        }
        out[y * width + x] = UInt8(sum / 9)
      }
    }
    greys = out
  }
}
