package import Ports

/// A secret that is made for somebody, told once, and changed at the first sign-in.
package enum FirstSecret {
  /// No letters or digits that are taken for others on paper: 0 and o, 1, l and i, u and v.
  private static let letters = Array("abcdefghjkmnpqrstwxyz23456789")

  /// 12 characters in groups of four, `kx7m-p2wd-9rth`: 58 random bits.
  package static func make(_ entropy: any Entropy) -> String {
    let groups = (0..<3).map { _ in
      var bits = entropy.bits()
      return String(
        (0..<4).map { _ in
          let (rest, index) = bits.quotientAndRemainder(dividingBy: UInt64(letters.count))
          bits = rest
          return letters[Int(index)]
        })
    }
    return groups.joined(separator: "-")
  }
}
