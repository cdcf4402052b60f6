/// A key that occurs twice in one object of a JSON text, at any depth.
///
/// RFC 8259 §4 leaves the meaning of such an object open: one program takes the first value, another the last. Text that
/// is no JSON is left to the decoder.
enum DuplicateKey {
  /// - Parameter bytes: UTF-8.
  static func first(in bytes: [UInt8]) -> String? {
    /// The keys of each open object; nil for an array.
    var levels: [Set<[UInt16]>?] = []
    var expectsKey = false
    var index = 0
    while index < bytes.count {
      switch bytes[index] {
      case UInt8(ascii: "{"):
        levels.append([])
        expectsKey = true
      case UInt8(ascii: "["):
        levels.append(nil)
        expectsKey = false
      case UInt8(ascii: "}"), UInt8(ascii: "]"):
        _ = levels.popLast()
        expectsKey = false
      case UInt8(ascii: ","):
        expectsKey = levels.last.map { $0 != nil } ?? false
      case UInt8(ascii: "\""):
        let end = closingQuote(bytes, after: index)
        if expectsKey {
          let key = units(String(decoding: bytes[(index + 1)..<end], as: UTF8.self))
          if levels[levels.count - 1]?.insert(key).inserted == false { return String(decoding: key, as: UTF16.self) }
        }
        expectsKey = false
        index = end
      default: break
      }
      index += 1
    }
    return nil
  }

  /// The index of the quotation mark that ends a string, or the end of the text.
  private static func closingQuote(_ bytes: [UInt8], after start: Int) -> Int {
    var index = start + 1
    while index < bytes.count, bytes[index] != UInt8(ascii: "\"") {
      index += bytes[index] == UInt8(ascii: "\\") ? 2 : 1
    }
    return min(index, bytes.count)
  }

  /// UTF-16 code units with escapes resolved: `\u0061` and `a` are the same key.
  private static func units(_ raw: String) -> [UInt16] {
    var units: [UInt16] = []
    var rest = Array(raw.utf16)[...]
    while let unit = rest.popFirst() {
      guard unit == 0x5C, let escape = rest.popFirst() else {
        units.append(unit)
        continue
      }
      if escape == 0x75, let value = UInt16(String(decoding: rest.prefix(4), as: UTF16.self), radix: 16) {
        units.append(value)
        rest = rest.dropFirst(4)
      } else {
        units.append(controls[escape] ?? escape)
      }
    }
    return units
  }

  /// `\b`, `\f`, `\n`, `\r`, `\t`.
  private static let controls: [UInt16: UInt16] = [0x62: 8, 0x66: 12, 0x6E: 10, 0x72: 13, 0x74: 9]
}
