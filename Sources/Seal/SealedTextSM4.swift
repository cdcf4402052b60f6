import CCrypto

/// Short texts under SM4-CTR (GB/T 32907, GB/T 17964), authenticated by HMAC-SM3 (GB/T 15852.2): 16 bytes of random counter block, the
/// padded text, 32 bytes of tag over what it belongs to, the counter block and the encrypted text.
///
/// Encryption and authentication have keys of their own, derived from the one key, so that it may serve another suite too.
enum SealedTextSM4 {
  static let blockBytes = 16

  private static func derived(_ key: [UInt8], _ purpose: String) -> [UInt8] {
    MessageDigest.sm3.hmac(Array(purpose.utf8) + [1], key: key)
  }

  /// - Parameters: as of `SealedText.seal`; `padded` is over 256.
  static func seal(_ text: [UInt8], key: [UInt8], about: [UInt8], padded: Int) -> [UInt8]? {
    guard padded > 256, text.count <= padded - 2, key.count == KeyFile.length else { return nil }
    let length = [UInt8(text.count >> 8), UInt8(text.count & 0xFF)]
    let plain = length + text + [UInt8](repeating: 0, count: padded - 2 - text.count)
    let counter = SystemRandom.bytes(blockBytes)
    guard let sealed = counted(plain, key: Array(derived(key, "yichuang sm4 ctr 1").prefix(blockBytes)), counter)
    else { return nil }
    return counter + sealed + tag(about, counter + sealed, key)
  }

  /// Nil for anything that was not sealed with this key for the same `about`.
  static func open(_ bytes: [UInt8], key: [UInt8], about: [UInt8], padded: Int) -> [UInt8]? {
    let tagBytes = MessageDigest.sm3.length
    guard padded > 256, bytes.count == blockBytes + padded + tagBytes, key.count == KeyFile.length else { return nil }
    let body = Array(bytes.dropLast(tagBytes))
    // First the tag: nothing of a changed text is decrypted.
    guard equalInConstantTime(tag(about, body, key), Array(bytes.suffix(tagBytes))),
      let plain = counted(
        Array(body.dropFirst(blockBytes)), key: Array(derived(key, "yichuang sm4 ctr 1").prefix(blockBytes)),
        Array(body.prefix(blockBytes)))
    else { return nil }
    let length = Int(plain[0]) << 8 | Int(plain[1])
    guard length <= padded - 2 else { return nil }
    return Array(plain.dropFirst(2).prefix(length))
  }

  /// The lengths keep parts from running into one another.
  private static func tag(_ about: [UInt8], _ body: [UInt8], _ key: [UInt8]) -> [UInt8] {
    let length = (0..<8).map { UInt8(truncatingIfNeeded: about.count >> (56 - 8 * $0)) }
    return MessageDigest.sm3.hmac(length + about + body, key: derived(key, "yichuang sm3 hmac 1"))
  }

  /// Counter mode: encrypting and decrypting are the same.
  static func counted(_ bytes: [UInt8], key: [UInt8], _ counter: [UInt8]) -> [UInt8]? {
    guard key.count == blockBytes, counter.count == blockBytes, let context = EVP_CIPHER_CTX_new() else { return nil }
    defer { EVP_CIPHER_CTX_free(context) }
    var out = [UInt8](repeating: 0, count: bytes.count)
    var count: Int32 = 0
    guard EVP_EncryptInit_ex(context, EVP_sm4_ctr(), nil, key, counter) == 1,
      EVP_EncryptUpdate(context, &out, &count, bytes, Int32(bytes.count)) == 1, Int(count) == bytes.count
    else { return nil }
    return out
  }
}
