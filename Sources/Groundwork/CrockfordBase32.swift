/// Crockford's base 32: digits and letters without I, L, O and U. Source: Crockford, Base 32.
package enum CrockfordBase32 {
  package static let alphabet = Array("0123456789ABCDEFGHJKMNPQRSTVWXYZ".utf8)

  /// The first characters of bytes, five bits each.
  package static func text(_ bytes: [UInt8], characters count: Int) -> String {
    var (rest, bits, characters): (UInt32, UInt32, [UInt8]) = (0, 0, [])
    for byte in bytes where characters.count < count {
      rest = rest << 8 | UInt32(byte)
      bits += 8
      while bits >= 5, characters.count < count {
        bits -= 5
        characters.append(alphabet[Int(rest >> bits & 31)])
      }
    }
    return String(decoding: characters, as: UTF8.self)
  }

  /// What was read or typed, in upper case, with `I` and `L` as 1 and `O` as 0; nil where another character is in it.
  package static func normalized(_ text: some StringProtocol) -> String? {
    var characters: [UInt8] = []
    for byte in text.utf8 {
      let upper = byte >= UInt8(ascii: "a") && byte <= UInt8(ascii: "z") ? byte - 32 : byte
      switch upper {
      case UInt8(ascii: "I"), UInt8(ascii: "L"): characters.append(UInt8(ascii: "1"))
      case UInt8(ascii: "O"): characters.append(UInt8(ascii: "0"))
      default:
        guard alphabet.contains(upper) else { return nil }
        characters.append(upper)
      }
    }
    return String(decoding: characters, as: UTF8.self)
  }
}
