import Hall
import Ports

/// A slip with some noise on it, its first and last rows black, in the height that is asked for.
func slip(widthDots: Int = 576, heightDots: Int, seed: UInt64 = 1) -> SlipImage {
  let bytesPerRow = (widthDots + 7) / 8
  var bits = [UInt8](repeating: 0, count: bytesPerRow * heightDots)
  var state = seed
  for index in bits.indices {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    bits[index] = UInt8(truncatingIfNeeded: state >> 56)
  }
  for index in 0..<bytesPerRow {
    bits[index] = 0xFF
    bits[bits.count - 1 - index] = 0xFF
  }
  return SlipImage(widthDots: widthDots, heightDots: heightDots, bits: bits)
}

func attempt(_ slip: String = "4T7Q2M9K1XWC", _ number: Int = 1) -> Attempt {
  Attempt(slip: SlipID(slip), number: number)
}

extension AttemptOutcome {
  var isUnknown: Bool { if case .unknown = self { true } else { false } }
  var isPrinted: Bool { if case .printed = self { true } else { false } }
  var isNotSent: Bool { if case .notSent = self { true } else { false } }
}
