/// A secret that its owner gets on paper and changes at the first sign-in.
package enum FirstSecret {
  /// Letters and digits that nobody mistakes for one another, in print or on a keyboard: no 0 and o, no 1, i and l.
  package static let alphabet = Array("abcdefghjkmnpqrstuvwxyz23456789")

  /// Three groups of four, some 59 bits.
  package static func make(_ generator: inout some RandomNumberGenerator) -> String {
    (0..<3).map { _ in
      String((0..<4).map { _ in alphabet[Int.random(in: alphabet.indices, using: &generator)] })
    }.joined(separator: "-")
  }

  package static func make() -> String {
    var generator = SystemRandomNumberGenerator()
    return make(&generator)
  }
}
