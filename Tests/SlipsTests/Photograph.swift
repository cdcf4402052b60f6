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
    let (dots, rows) = (image.widthDots, min(rows, image.heightDots))
    let (width, height) = (dots + 2 * border, rows + 2 * border)
    let (ink, white): (UInt8, UInt8) = wear == .faded ? (64, 64 + 255 / 2) : (0, 255)
    var greys = [UInt8](repeating: white, count: width * height)
    let bytesPerRow = image.bytesPerRow
    // Pointers and `while`: ranges and arrays cost a debug build minutes.
    greys.withUnsafeMutableBufferPointer { greys in
      image.bits.withUnsafeBufferPointer { bits in
        var y = 0
        while y < rows {
          var x = 0
          while x < dots {
            let byte = bits[y &* bytesPerRow &+ x &>> 3]
            if byte == 0 {
              x = (x | 7) &+ 1
              continue
            }
            if byte & (0x80 &>> UInt8(truncatingIfNeeded: x & 7)) != 0 {
              greys[(y &+ border) &* width &+ x &+ border] = ink
            }
            x &+= 1
          }
          y &+= 1
        }
      }
    }
    (self.width, self.height, self.greys) = (width, height, greys)
    if wear == .blurred { for _ in 0..<2 { smear() } }
  }

  /// Portable grey map (netpbm's P5), which both readers accept.
  var pgm: [UInt8] { Array("P5 \(width) \(height) 255\n".utf8) + greys }

  /// The mean over each dot and its eight neighbours.
  private mutating func smear() {
    let (width, height) = (width, height)
    var out = greys
    out.withUnsafeMutableBufferPointer { out in
      greys.withUnsafeBufferPointer { greys in
        var y = 1
        while y < height &- 1 {
          var at = y &* width &+ 1
          let end = at &+ width &- 2
          var left = Self.column(greys, at &- 1, width)
          var middle = Self.column(greys, at, width)
          while at < end {
            let right = Self.column(greys, at &+ 1, width)
            out[at] = UInt8(truncatingIfNeeded: (left &+ middle &+ right) / 9)
            (left, middle) = (middle, right)
            at &+= 1
          }
          y &+= 1
        }
      }
    }
    greys = out
  }

  @inline(__always)
  private static func column(_ greys: UnsafeBufferPointer<UInt8>, _ at: Int, _ width: Int) -> Int {
    Int(greys[at &- width]) &+ Int(greys[at]) &+ Int(greys[at &+ width])
  }
}
