import CCrypto

/// Short texts under AES-256-GCM (NIST SP 800-38D): 12 bytes of random nonce, the padded text, 16 bytes of tag.
///
/// Every text is padded to the same length, so that its length tells nothing.
enum SealedText {
  private static let nonceBytes = 12
  private static let tagBytes = 16
  /// Bytes of a padded text, those with its length included, where the caller names no other number.
  static let padded = 180

  /// - Parameters:
  ///   - text: shorter than `padded` by one byte, or by two where that is over 256.
  ///   - about: what the text belongs to; opening it needs the same.
  ///   - padded: the length of every text of this kind.
  /// - Returns: nil for a longer text.
  static func seal(_ text: [UInt8], key: [UInt8], about: [UInt8], padded: Int = padded) -> [UInt8]? {
    let digits = padded > 256 ? 2 : 1
    guard text.count <= padded - digits, key.count == KeyFile.length, let context = EVP_CIPHER_CTX_new() else {
      return nil
    }
    defer { EVP_CIPHER_CTX_free(context) }
    let length = digits == 2 ? [UInt8(text.count >> 8), UInt8(text.count & 0xFF)] : [UInt8(text.count)]
    let plain = length + text + [UInt8](repeating: 0, count: padded - digits - text.count)
    let nonce = SystemRandom.bytes(nonceBytes)
    var sealed = [UInt8](repeating: 0, count: padded)
    var tag = [UInt8](repeating: 0, count: tagBytes)
    var (count, rest): (Int32, Int32) = (0, 0)
    guard EVP_EncryptInit_ex(context, EVP_aes_256_gcm(), nil, key, nonce) == 1,
      EVP_EncryptUpdate(context, nil, &count, about, Int32(about.count)) == 1,
      EVP_EncryptUpdate(context, &sealed, &count, plain, Int32(plain.count)) == 1, count == Int32(padded),
      EVP_EncryptFinal_ex(context, nil, &rest) == 1,
      EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_GET_TAG, Int32(tagBytes), &tag) == 1
    else { return nil }
    return nonce + sealed + tag
  }

  /// Nil for anything that was not sealed with this key for the same `about`.
  static func open(_ bytes: [UInt8], key: [UInt8], about: [UInt8], padded: Int = padded) -> [UInt8]? {
    guard bytes.count == nonceBytes + padded + tagBytes, key.count == KeyFile.length,
      let context = EVP_CIPHER_CTX_new()
    else { return nil }
    defer { EVP_CIPHER_CTX_free(context) }
    let nonce = Array(bytes.prefix(nonceBytes))
    let sealed = Array(bytes.dropFirst(nonceBytes).prefix(padded))
    var tag = Array(bytes.suffix(tagBytes))
    var plain = [UInt8](repeating: 0, count: padded)
    var (count, rest): (Int32, Int32) = (0, 0)
    guard EVP_DecryptInit_ex(context, EVP_aes_256_gcm(), nil, key, nonce) == 1,
      EVP_DecryptUpdate(context, nil, &count, about, Int32(about.count)) == 1,
      EVP_DecryptUpdate(context, &plain, &count, sealed, Int32(sealed.count)) == 1,
      EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_SET_TAG, Int32(tagBytes), &tag) == 1,
      // The tag is wrong: another key, another date, or a changed byte.
      EVP_DecryptFinal_ex(context, nil, &rest) == 1
    else { return nil }
    let digits = padded > 256 ? 2 : 1
    let length = plain.prefix(digits).reduce(0) { $0 << 8 | Int($1) }
    guard length <= padded - digits else { return nil }
    return Array(plain.dropFirst(digits).prefix(length))
  }
}
