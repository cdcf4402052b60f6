import PrinterProtocols

/// Reproducible numbers for mutations (SplitMix64), so that a failing seed can be run again.
struct Mutator: RandomNumberGenerator {
  private var state: UInt64
  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  /// `bytes` with a few of them changed, dropped, doubled or the tail cut off.
  mutating func mutate(_ bytes: [UInt8]) -> [UInt8] {
    var bytes = bytes
    for _ in 0..<Int.random(in: 1...8, using: &self) where !bytes.isEmpty {
      let index = Int.random(in: 0..<bytes.count, using: &self)
      switch Int.random(in: 0..<5, using: &self) {
      case 0: bytes[index] = UInt8.random(in: 0...255, using: &self)
      case 1: bytes[index] ^= 1 << UInt8.random(in: 0..<8, using: &self)
      case 2: bytes.remove(at: index)
      case 3: bytes.insert(bytes[index], at: index)
      default: bytes.removeLast(min(bytes.count, Int.random(in: 0..<64, using: &self)))
      }
    }
    return bytes
  }

  mutating func noise(count: Int) -> [UInt8] { (0..<count).map { _ in UInt8.random(in: 0...255, using: &self) } }
}

/// A picture with blank rows, black rows and noise, its first and last row not blank.
func picture(width: Int, height: Int, seed: UInt64) -> DotImage? {
  var mutator = Mutator(seed: seed)
  let bytesPerRow = (width + 7) / 8
  var bits: [UInt8] = []
  for y in 0..<height {
    let kind = y == 0 || y == height - 1 ? 1 : Int.random(in: 0..<3, using: &mutator)
    var row: [UInt8] =
      switch kind {
      case 0: Array(repeating: 0, count: bytesPerRow)
      case 1: Array(repeating: 0xFF, count: bytesPerRow)
      default: mutator.noise(count: bytesPerRow)
      }
    if width % 8 != 0 { row[bytesPerRow - 1] &= 0xFF << UInt8(8 - width % 8) }
    bits += row
  }
  return DotImage(widthDots: width, heightDots: height, bits: bits)
}
