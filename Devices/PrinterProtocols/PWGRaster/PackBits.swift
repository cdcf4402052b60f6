/// The run-length code of a PWG raster line of one-byte units.
///
/// A byte 0...127: the next unit, 1 to 128 times. A byte 129...255: 257 minus it literal units follow (128 down to 2).
/// Source: PWG 5102.4-2012 §4.4.
enum PackBits {
  static func append(_ line: [UInt8], to bytes: inout [UInt8]) {
    var x = 0
    while x < line.count {
      let run = length(ofRunAt: x, in: line)
      if run > 1 || x + 1 == line.count {
        bytes += [UInt8(run - 1), line[x]]
        x += run
        continue
      }
      // Literals extend to the next run; a single one is encoded as a run of one.
      var end = x + 1
      while end < line.count, end - x < 128, length(ofRunAt: end, in: line) == 1 { end += 1 }
      if end - x == 1 {
        bytes += [0, line[x]]
      } else {
        bytes.append(UInt8(257 - (end - x)))
        bytes += line[x..<end]
      }
      x = end
    }
  }

  private static func length(ofRunAt start: Int, in line: [UInt8]) -> Int {
    var end = start + 1
    while end < line.count, end - start < 128, line[end] == line[start] { end += 1 }
    return end - start
  }

  /// Decodes what `append` wrote; nil where the bytes end early or a run exceeds its line.
  struct Unpacking {
    private var rest: ArraySlice<UInt8>

    init(_ bytes: ArraySlice<UInt8>) { rest = bytes }

    var isAtEnd: Bool { rest.isEmpty }

    mutating func byte() -> UInt8? { rest.popFirst() }

    mutating func line(of count: Int) -> [UInt8]? {
      var line: [UInt8] = []
      while line.count < count {
        guard let code = byte() else { return nil }
        if code < 128 {
          guard let value = byte() else { return nil }
          line += repeatElement(value, count: Int(code) + 1)
        } else if code > 128 {
          let literals = 257 - Int(code)
          guard rest.count >= literals else { return nil }
          line += rest.prefix(literals)
          rest = rest.dropFirst(literals)
        } else {
          return nil
        }
      }
      return line.count == count ? line : nil
    }
  }
}
