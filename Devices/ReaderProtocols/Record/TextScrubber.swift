/// Replaces the text of a code by a meaningless one of the same length, encoding and classes of characters.
///
/// Digits become digits, letters become letters of the same case, Chinese characters become two that mean "test".
/// Punctuation, spaces, controls and direction marks are kept, because they are what breaks scanners.
package enum TextScrubber {
  private static let digits = Array("1234567890".utf8)
  private static let upper = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ".utf8)
  private static let lower = Array("abcdefghijklmnopqrstuvwxyz".utf8)

  /// How many of each class were replaced so far, so that neighbours differ.
  private struct Counts {
    var digits = 0
    var letters = 0
    var signs = 0

    private func at(_ all: [UInt8], _ count: Int) -> UInt8 { all[count % all.count] }

    mutating func ascii(_ byte: UInt8) -> UInt8 {
      switch byte {
      case 0x30...0x39:
        defer { digits += 1 }
        return at(TextScrubber.digits, digits)
      case 0x41...0x5A, 0x61...0x7A:
        defer { letters += 1 }
        return at(byte < 0x61 ? TextScrubber.upper : TextScrubber.lower, letters)
      default: return byte
      }
    }

    /// 测 or 试.
    mutating func sign<Value>(_ values: (Value, Value)) -> Value {
      defer { signs += 1 }
      return signs % 2 == 0 ? values.0 : values.1
    }
  }

  /// - Returns: the same number of bytes.
  package static func scrub(_ bytes: [UInt8]) -> [UInt8] {
    switch ScanText(bytes).encoding {
    case .utf8: unicode(bytes)
    case .gb18030: chinese(bytes)
    case .latin1: latin(bytes)
    }
  }

  private static func unicode(_ bytes: [UInt8]) -> [UInt8] {
    var counts = Counts()
    return String(decoding: bytes, as: UTF8.self).unicodeScalars.flatMap { scalar -> [UInt8] in
      switch scalar.value {
      case ..<0x80: [counts.ascii(UInt8(scalar.value))]
      // Controls, combining marks, general and Chinese punctuation including direction marks, byte order mark,
      // replacement character.
      case 0x80..<0xA0, 0x300..<0x370, 0x2000..<0x2070, 0x3000..<0x3040, 0xFEFF, 0xFFFD: Array(String(scalar).utf8)
      case ..<0x800: Array("é".utf8)
      case 0xFF10...0xFF19: Array("１".utf8)
      case 0xFF21...0xFF3A: Array("Ａ".utf8)
      case 0xFF41...0xFF5A: Array("ａ".utf8)
      case 0xFF01..<0xFF61: Array(String(scalar).utf8)
      case ..<0x10000: Array(counts.sign(("测", "试")).utf8)
      default: [0xF0, 0xA0, 0x80, 0x80]
      }
    }
  }

  private static func chinese(_ bytes: [UInt8]) -> [UInt8] {
    var counts = Counts()
    var scrubbed: [UInt8] = []
    var rest = bytes[...]
    while let lead = rest.popFirst() {
      guard lead >= 0x80, let trail = rest.popFirst() else {
        scrubbed.append(counts.ascii(lead & 0x7F))
        continue
      }
      if (0x30...0x39).contains(trail) {
        rest = rest.dropFirst(2)
        // U+20000.
        scrubbed += [0x95, 0x32, 0x82, 0x36]
        continue
      }
      switch (lead, trail) {
      case (0xA1, 0xA1...): scrubbed += [lead, trail]
      case (0xA3, 0xB0...0xB9): scrubbed += [lead, 0xB1]
      case (0xA3, 0xC1...0xDA): scrubbed += [lead, 0xC1]
      case (0xA3, 0xE1...0xFA): scrubbed += [lead, 0xE1]
      case (0xA3, 0xA1...): scrubbed += [lead, trail]
      default: scrubbed += counts.sign(([0xB2, 0xE2], [0xCA, 0xD4]))
      }
    }
    return scrubbed
  }

  private static func latin(_ bytes: [UInt8]) -> [UInt8] {
    var counts = Counts()
    return bytes.map { $0 < 0x80 ? counts.ascii($0) : $0 < 0xA0 ? 0x80 : 0xE9 }
  }
}
