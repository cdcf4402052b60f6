import CCrypto

/// A message digest of libcrypto, fetched once: fetching an algorithm takes longer than digesting a short record.
struct MessageDigest: @unchecked Sendable {
  // Proof: the pointee is an EVP_MD that was fetched once, lives as long as the process and is never written again;
  // OpenSSL documents fetched algorithms as immutable and shareable between threads (crypto(7), ALGORITHM FETCHING).
  private let algorithm: OpaquePointer
  /// Bytes of a digest.
  let length: Int

  /// SHA-256 (RFC 6234).
  static let sha256 = MessageDigest("SHA256", length: 32)
  /// SM3 (GB/T 32905-2016).
  static let sm3 = MessageDigest("SM3", length: 32)

  private init(_ name: String, length: Int) {
    guard let algorithm = EVP_MD_fetch(nil, name, nil) else {
      preconditionFailure("libcrypto has no \(name): the installation of libssl3 is broken")
    }
    self.algorithm = algorithm
    self.length = length
  }

  func digest(_ bytes: [UInt8]) -> [UInt8] {
    var size: UInt32 = 0
    return [UInt8](unsafeUninitializedCapacity: length) { out, count in
      let done = bytes.withUnsafeBytes {
        EVP_Digest($0.baseAddress, $0.count, out.baseAddress, &size, algorithm, nil)
      }
      precondition(done == 1 && Int(size) == length, "libcrypto could not digest \(bytes.count) bytes")
      count = length
    }
  }

  /// HMAC (RFC 2104).
  func hmac(_ bytes: [UInt8], key: [UInt8]) -> [UInt8] {
    var size: UInt32 = 0
    return [UInt8](unsafeUninitializedCapacity: length) { out, count in
      let done = bytes.withUnsafeBufferPointer {
        HMAC(algorithm, key, Int32(key.count), $0.baseAddress, $0.count, out.baseAddress, &size)
      }
      precondition(done != nil && Int(size) == length, "libcrypto could not digest \(bytes.count) bytes")
      count = length
    }
  }
}

/// Compares in constant time: the duration does not show where two secrets differ. False at once for different lengths.
func equalInConstantTime(_ a: [UInt8], _ b: [UInt8]) -> Bool {
  a.count == b.count && CRYPTO_memcmp(a, b, a.count) == 0
}

/// Random bytes of libcrypto's generator, which the kernel seeds.
enum SystemRandom {
  static func bytes(_ count: Int) -> [UInt8] {
    [UInt8](unsafeUninitializedCapacity: count) { out, made in
      precondition(RAND_bytes(out.baseAddress, Int32(count)) == 1, "libcrypto has no random bytes")
      made = count
    }
  }
}
