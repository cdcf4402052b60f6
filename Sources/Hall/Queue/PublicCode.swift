import Groundwork

/// The code on a slip, read back by the hall's scanners: twelve characters of Crockford's base 32, the last one a check
/// character.
///
/// 55 random bits and a check character (the Luhn algorithm modulo 32), which detects every wrong character and nearly
/// every swap of neighbours. It fits Code 128 on 58 mm paper. Source of the alphabet: Crockford, Base 32 (no I, L, O,
/// U).
package struct PublicCode: Hashable, Sendable, CustomStringConvertible {
  /// The eleven characters before the check character, five bits each.
  package let bits: UInt64

  package static let alphabet = CrockfordBase32.alphabet

  /// A code from the low 55 bits of `entropy`.
  package init(entropy: UInt64) { bits = entropy & (1 << 55 - 1) }

  /// Parses a typed or scanned code. Accepts lower case, `I` and `L` for 1, `O` for 0, and hyphens or spaces between
  /// groups; nil for another length, another character or a wrong check character.
  package init?(_ text: some StringProtocol) {
    guard text.utf8.count <= 32 else { return nil }
    var bits: UInt64 = 0
    var last: UInt64 = 0
    var count = 0
    for byte in text.utf8 where byte != UInt8(ascii: "-") && byte != UInt8(ascii: " ") {
      guard let value = Self.value(of: byte) else { return nil }
      if count < 11 { bits = bits << 5 | value } else { last = value }
      count += 1
    }
    guard count == 12, Self.check(bits) == last else { return nil }
    self.bits = bits
  }

  /// The same for a whole string, for modules that cannot specialise the general form: replay parses millions of these.
  package init?(_ text: String) { self.init(text[...]) }

  package var description: String {
    var characters: [UInt8] = []
    characters.reserveCapacity(12)
    for shift in stride(from: 50, through: 0, by: -5) {
      characters.append(Self.alphabet[Int(bits >> UInt64(shift) & 31)])
    }
    characters.append(Self.alphabet[Int(Self.check(bits))])
    return String(decoding: characters, as: UTF8.self)
  }

  /// The Luhn algorithm modulo 32 over the eleven characters.
  private static func check(_ bits: UInt64) -> UInt64 {
    var sum: UInt64 = 0
    var doubled = true
    for shift in stride(from: 0 as UInt64, through: 50, by: 5) {
      let digit = bits >> shift & 31
      let weighted = doubled ? digit * 2 : digit
      sum += weighted / 32 + weighted % 32
      doubled.toggle()
    }
    return (32 - sum % 32) % 32
  }

  private static func value(of byte: UInt8) -> UInt64? {
    let upper = byte >= UInt8(ascii: "a") && byte <= UInt8(ascii: "z") ? byte - 32 : byte
    let value = upper < 128 ? values[Int(upper)] : Self.none
    return value == Self.none ? nil : UInt64(value)
  }

  private static let none: UInt8 = 0xFF
  /// The value of each ASCII character in upper case, as a table, because a code is parsed for every event that names a
  /// ticket.
  private static let values: [UInt8] = {
    var values = [UInt8](repeating: none, count: 128)
    for (value, character) in alphabet.enumerated() { values[Int(character)] = UInt8(value) }
    values[Int(UInt8(ascii: "I"))] = 1
    values[Int(UInt8(ascii: "L"))] = 1
    values[Int(UInt8(ascii: "O"))] = 0
    return values
  }()
}
