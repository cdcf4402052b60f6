/// GB 18030, the Chinese national encoding of older scanners and code printers; GBK and GB 2312 are subsets.
///
/// A table in this tree, because this target does no I/O and has no Foundation, and because C libraries differ in what
/// their iconv accepts. Source: GB 18030-2005 and GB 18030-2022 (the 18 characters that left the private use area).
package enum GB18030 {
  /// A part of the two-byte table; see packaging/reference/make-gb18030.py.
  enum Piece {
    /// These characters.
    case text(StaticString)
    /// This many characters in the order of Unicode.
    case stretch(UInt16, Int)
    /// This many of the unified ideographs that GB 2312 lacks, continuing in the order of Unicode.
    case others(Int)
  }

  /// Bytes that are not GB 18030.
  package struct Fault: Error, Hashable, Sendable {
    /// The offset of the first byte that begins no character, from 0.
    package let offset: Int
  }

  /// Decodes a whole text.
  package static func decode(_ bytes: some Sequence<UInt8>) throws(Fault) -> String {
    var text = String.UnicodeScalarView()
    var offset = 0
    var source = bytes.makeIterator()
    while let first = source.next() {
      guard let (scalar, length) = next(first, &source) else { throw Fault(offset: offset) }
      text.append(scalar)
      offset += length
    }
    return String(text)
  }

  /// The character of a two-byte code such as 0xBCC7 (记); nil when it is none.
  package static func character(_ code: UInt16) -> Unicode.Scalar? {
    let lead = Int(code >> 8)
    let trail = Int(code & 0xFF)
    guard (0x81...0xFE).contains(lead), (0x40...0xFE).contains(trail), trail != 0x7F else { return nil }
    return Unicode.Scalar(UInt32(tables.twoByte[(lead - 0x81) * 190 + trail - (trail > 0x7F ? 0x41 : 0x40)]))
  }

  /// The character that begins with `first`, and its length in bytes.
  private static func next(
    _ first: UInt8, _ source: inout some IteratorProtocol<UInt8>
  ) -> (scalar: Unicode.Scalar, length: Int)? {
    guard first >= 0x80 else { return (Unicode.Scalar(first), 1) }
    guard (0x81...0xFE).contains(first), let second = source.next() else { return nil }
    guard (0x30...0x39).contains(second) else {
      return character(UInt16(first) << 8 | UInt16(second)).map { ($0, 2) }
    }
    guard let third = source.next(), (0x81...0xFE).contains(third), let fourth = source.next(),
      (0x30...0x39).contains(fourth)
    else { return nil }
    let line = (Int(first) - 0x81) * 10 + Int(second) - 0x30
    return fourByte((line * 126 + Int(third) - 0x81) * 10 + Int(fourth) - 0x30).map { ($0, 4) }
  }

  /// The linear index of 90308130, from where all planes above the first follow in order.
  private static let beyondFirstPlane = 189_000

  private static func fourByte(_ index: Int) -> Unicode.Scalar? {
    if index >= beyondFirstPlane { return Unicode.Scalar(UInt32(index - beyondFirstPlane + 0x10000)) }
    guard index < tables.fourByteCount else { return nil }
    let ranges = tables.fourByte
    var low = 0
    var high = ranges.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if ranges[middle].index <= index { low = middle } else { high = middle }
    }
    return Unicode.Scalar(ranges[low].scalar + UInt32(index - ranges[low].index))
  }

  private static let tables = Tables()

  /// Characters that the editions of 2005 (A8BC) and 2022 moved out of the private use area.
  private static let moved: [(code: UInt16, scalar: UInt16)] = [
    (0xA8BC, 0x1E3F), (0xA6D9, 0xFE10), (0xA6DA, 0xFE12), (0xA6DB, 0xFE11), (0xA6DC, 0xFE13), (0xA6DD, 0xFE14),
    (0xA6DE, 0xFE15), (0xA6DF, 0xFE16), (0xA6EC, 0xFE17), (0xA6ED, 0xFE18), (0xA6F3, 0xFE19), (0xFE59, 0x9FB4),
    (0xFE61, 0x9FB5), (0xFE66, 0x9FB6), (0xFE67, 0x9FB7), (0xFE6D, 0x9FB8), (0xFE7E, 0x9FB9), (0xFE90, 0x9FBA),
    (0xFEA0, 0x9FBB),
  ]

  private struct Tables: Sendable {
    /// 126 lead bytes of 190 characters.
    var twoByte: [UInt16] = []
    /// The four-byte characters of the first plane: all without a two-byte code, in order, as ranges.
    var fourByte: [(index: Int, scalar: UInt32)] = []
    var fourByteCount = 0

    init() {
      fillTwoByte()
      fillFourByte()
      for move in moved {
        twoByte[(Int(move.code >> 8) - 0x81) * 190 + Int(move.code & 0xFF) - (move.code & 0xFF > 0x7F ? 0x41 : 0x40)] =
          move.scalar
      }
    }

    private mutating func fillTwoByte() {
      var given: Set<UInt16> = []
      for piece in twoBytePieces {
        switch piece {
        case .text(let text): given.formUnion(text.description.utf16)
        case .stretch(let first, let count): given.formUnion(first..<(first + UInt16(count)))
        case .others: break
        }
      }
      var others = (UInt16(0x4E00)...0x9FA5).lazy.filter { !given.contains($0) }.makeIterator()
      twoByte.reserveCapacity(126 * 190)
      for piece in twoBytePieces {
        switch piece {
        case .text(let text): twoByte += text.description.utf16
        case .stretch(let first, let count): twoByte += first..<(first + UInt16(count))
        case .others(let count): for _ in 0..<count { twoByte.append(others.next() ?? 0xFFFD) }
        }
      }
    }

    private mutating func fillFourByte() {
      var hasTwo = Array(repeating: false, count: 0x10000)
      for scalar in twoByte { hasTwo[Int(scalar)] = true }
      var last: UInt32 = 0
      for scalar in UInt32(0x80)...0xFFFF where !hasTwo[Int(scalar)] && !(0xD800...0xDFFF).contains(scalar) {
        if scalar != last + 1 { fourByte.append((fourByteCount, scalar)) }
        last = scalar
        fourByteCount += 1
      }
    }
  }
}
