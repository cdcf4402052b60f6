import CCrypto
import Foundation
package import Ports

/// Digests and secrets over Debian's libcrypto, with the hall's own key.
///
/// The key never leaves this value: it is read from its file once and used for keyed digests only.
package struct HallSeal: Sealing {
  private let key: HallKey
  private let sha256 = MessageDigest.sha256

  /// - Throws: `KeyFault` when the key file can be neither read nor made.
  package init(keyFile: String) throws(KeyFault) {
    key = try HallKey.load(orCreateAt: keyFile)
  }

  package init(key: HallKey) { self.key = key }

  /// For tools that verify records and need no key: keyed digests made with it match no stored ones.
  package static let withoutKey = HallSeal(key: HallKey(bytes: [UInt8](repeating: 0, count: HallKey.length)))

  /// True when this run created the key: digests under an earlier key cannot be compared any more.
  package var keyIsNew: Bool { key.isNew }

  package func digest(_ bytes: [UInt8]) -> [UInt8] { sha256.digest(bytes) }

  package func keyedDigest(_ bytes: [UInt8]) -> [UInt8] { sha256.hmac(bytes, key: key.bytes) }

  package func digest(of feed: (@escaping (ArraySlice<UInt8>) -> Void) -> Void) -> [UInt8] {
    let digest = StreamedDigest()
    feed { part in part.withUnsafeBytes { digest.add($0) } }
    return digest.end()
  }

  /// RFC 2104: the key is shorter than SHA-256's block of 64 bytes.
  package func keyedDigest(of feed: (@escaping (ArraySlice<UInt8>) -> Void) -> Void) -> [UInt8] {
    func padded(_ byte: UInt8) -> [UInt8] {
      key.bytes.map { $0 ^ byte } + [UInt8](repeating: byte, count: 64 - key.bytes.count)
    }
    let inner = digest { add in
      add(padded(0x36)[...])
      feed(add)
    }
    return sha256.digest(padded(0x5c) + inner)
  }

  package func keyedDigest(_ bytes: [UInt8], for purpose: KeyPurpose) -> [UInt8] {
    sha256.hmac(bytes, key: derivedKey(purpose))
  }

  /// HKDF-Expand to one block (RFC 5869 §2.3); the hall's key is random throughout and needs no extraction.
  private func derivedKey(_ purpose: KeyPurpose) -> [UInt8] {
    sha256.hmac(Array(purpose.rawValue.utf8) + [1], key: key.bytes)
  }

  /// Bytes of every text that is sealed for the hall's other machines.
  private static let padded = 2_000

  /// Seals a text for the machines that have the hall's key.
  ///
  /// - Parameters:
  ///   - text: at most 1,998 bytes.
  ///   - name: under which it is kept; it cannot be opened under another one.
  /// - Returns: nil for a longer text.
  package func seal(_ text: [UInt8], as name: String) -> [UInt8]? {
    SealedText.seal(text, key: derivedKey(.kept), about: Array(name.utf8), padded: Self.padded)
  }

  /// Nil for anything that was not sealed by a machine of this hall under this name.
  package func open(_ box: [UInt8], as name: String) -> [UInt8]? {
    SealedText.open(box, key: derivedKey(.kept), about: Array(name.utf8), padded: Self.padded)
  }

  package func hashSecret(_ secret: String) throws -> String {
    try SecretHash(of: Self.composed(secret), salt: SystemRandom.bytes(16)).text
  }

  package func verify(secret: String, hash: String) -> Bool {
    let known = SecretHash(text: hash)
    defer { SecretHash.makeUp(for: known?.cost, secret) }
    guard let known else { return false }
    let composed = Self.composed(secret)
    // A hash that an earlier release made of a decomposed text still holds.
    return known.matches(composed)
      || (Array(composed.utf8) != Array(secret.utf8) && known.matches(secret))
  }

  package func isOfLowerCost(_ hash: String) -> Bool {
    SecretHash(text: hash).map { $0.cost.work < SecretHash.Cost.standard.work } ?? false
  }

  /// NFC (Unicode Standard Annex #15), so that a secret is the same from every keyboard.
  private static func composed(_ secret: String) -> String { secret.precomposedStringWithCanonicalMapping }
}
