import CCrypto
package import Groundwork
import Glibc

/// What an X.509 certificate says: until when it holds, for whom, and its fingerprints (RFC 5280).
///
/// Read only. Certificates are made by the `openssl` program (`yichuangctl tls`).
package struct Certificate: Hashable, Sendable {
  package let from: Timestamp
  /// The last moment at which it holds.
  package let until: Timestamp
  /// SHA-256 over its DER form, which browsers of NSS and Chromium show.
  package let sha256: [UInt8]
  /// SHA-1 over the same, the only one that the certificate dialog of Windows shows (指纹).
  package let sha1: [UInt8]
  package let der: [UInt8]

  /// Bytes of a file that are read at most.
  static let largest = 64 << 10

  /// The first certificate of PEM text; nil when there is none that can be read.
  package init?(pem: [UInt8]) {
    guard let parsed = Self.parse(pem) else { return nil }
    defer { X509_free(parsed) }
    guard let from = Self.time(X509_get0_notBefore(parsed)), let until = Self.time(X509_get0_notAfter(parsed)) else {
      return nil
    }
    self.from = from
    self.until = until
    sha256 = Self.digest(parsed, EVP_sha256())
    sha1 = Self.digest(parsed, EVP_sha1())
    let length = i2d_X509(parsed, nil)
    guard length > 0 else { return nil }
    der = [UInt8](unsafeUninitializedCapacity: Int(length)) { out, count in
      var position = out.baseAddress
      i2d_X509(parsed, &position)
      count = Int(length)
    }
  }

  /// The certificate in a file; nil when there is none.
  package init?(file: String) {
    guard let bytes = Self.bytes(file) else { return nil }
    self.init(pem: bytes)
  }

  /// Whether browsers take a certificate for this host: an IPv4 address or a name among its subject alternative names.
  package static func isFor(_ host: String, pem: [UInt8]) -> Bool {
    guard let parsed = parse(pem) else { return false }
    defer { X509_free(parsed) }
    return X509_check_ip_asc(parsed, host, 0) == 1
      || X509_check_host(parsed, host, host.utf8.count, UInt32(X509_CHECK_FLAG_NEVER_CHECK_SUBJECT), nil) == 1
  }

  /// Whether a private key belongs to a certificate, both in PEM.
  package static func matches(_ pem: [UInt8], key: [UInt8]) -> Bool {
    guard let parsed = parse(pem) else { return false }
    defer { X509_free(parsed) }
    guard let memory = BIO_new_mem_buf(key, Int32(key.count)) else { return false }
    defer { BIO_free(memory) }
    guard let secret = PEM_read_bio_PrivateKey(memory, nil, nil, nil) else { return false }
    defer { EVP_PKEY_free(secret) }
    return X509_check_private_key(parsed, secret) == 1
  }

  /// A small file whole; nil when it cannot be read or is larger than a certificate with its chain.
  package static func bytes(_ path: String) -> [UInt8]? {
    let file = open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { return nil }
    defer { close(file) }
    var about = stat()
    guard fstat(file, &about) == 0, about.st_mode & S_IFMT == S_IFREG, about.st_size <= largest else { return nil }
    var bytes = [UInt8](repeating: 0, count: Int(about.st_size))
    let count = bytes.withUnsafeMutableBytes { read(file, $0.baseAddress, $0.count) }
    return count == bytes.count ? bytes : nil
  }

  private static func parse(_ pem: [UInt8]) -> OpaquePointer? {
    guard pem.count <= largest, let memory = BIO_new_mem_buf(pem, Int32(pem.count)) else { return nil }
    defer { BIO_free(memory) }
    return PEM_read_bio_X509(memory, nil, nil, nil)
  }

  private static func time(_ time: UnsafePointer<ASN1_TIME>?) -> Timestamp? {
    var parts = tm()
    guard let time, ASN1_TIME_to_tm(time, &parts) == 1 else { return nil }
    return Timestamp(milliseconds: Int64(timegm(&parts)) * 1000)
  }

  private static func digest(_ certificate: OpaquePointer, _ algorithm: OpaquePointer?) -> [UInt8] {
    var length: UInt32 = 0
    return [UInt8](unsafeUninitializedCapacity: Int(EVP_MAX_MD_SIZE)) { out, count in
      count = X509_digest(certificate, algorithm, out.baseAddress, &length) == 1 ? Int(length) : 0
    }
  }
}
