import CCrypto

/// SHA-256 (RFC 6234) of content that comes in parts, such as a large file.
package final class StreamedDigest {
  private let context: OpaquePointer

  package init() {
    guard let context = EVP_MD_CTX_new(), EVP_DigestInit_ex(context, EVP_sha256(), nil) == 1 else {
      preconditionFailure("libcrypto has no SHA256: the installation of libssl3 is broken")
    }
    self.context = context
  }

  deinit { EVP_MD_CTX_free(context) }

  package func add(_ part: UnsafeRawBufferPointer) {
    let done = EVP_DigestUpdate(context, part.baseAddress, part.count)
    precondition(done == 1, "libcrypto could not digest \(part.count) bytes")
  }

  /// The digest of all parts, 32 bytes; nothing may be added afterwards.
  package func end() -> [UInt8] {
    var size: UInt32 = 0
    return [UInt8](unsafeUninitializedCapacity: 32) { out, count in
      let done = EVP_DigestFinal_ex(context, out.baseAddress, &size)
      precondition(done == 1 && size == 32, "libcrypto could not end a digest")
      count = 32
    }
  }
}
