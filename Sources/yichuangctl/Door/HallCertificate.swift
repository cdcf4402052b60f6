import Control
import Foundation
import Groundwork
import Seal

/// The door's server certificate: issued by the hall's own authority, for the hall's addresses and names.
struct HallCertificate {
  /// Days of validity, one of them before it is made. Browsers accept at most 398 (CA/Browser Forum).
  static let days = 397
  /// It is renewed when fewer days are left.
  static let renewDays = 120

  let folder: String
  let openssl = OpenSSL()

  var authority: CertificateAuthority { CertificateAuthority(folder, "ca", openssl) }
  var file: String { folder + "/hall.crt" }
  var keyFile: String { folder + "/hall.key" }

  /// The certificate in use; nil without one, or when its key is not beside it.
  var current: Certificate? {
    guard let pem = Certificate.bytes(file), let key = Certificate.bytes(keyFile), Certificate.matches(pem, key: key)
    else {
      return nil
    }
    return Certificate(pem: pem)
  }

  /// Why a new one is due; nil while the present one is good.
  func reason(hosts: [String], now: Timestamp) -> String? {
    guard let current, let pem = Certificate.bytes(file) else { return "missing" }
    if current.daysLeft(now) < Self.renewDays { return "ends" }
    return hosts.allSatisfy { Certificate.isFor($0, pem: pem) } ? nil : "hosts"
  }

  /// Issues a new one with a new key.
  func issue(hosts: [String]) async throws(TLSFault) {
    let work = try OpenSSLFolder(in: folder)
    defer { work.remove() }
    let names = hosts.map { (CertificateAuthority.isAddress($0) ? "IP:" : "DNS:") + $0 }.joined(separator: ",")
    try await openssl.makeKey(work.file("key"))
    // The common name is not a host name: OpenSSL also checks one that looks like a host name against the name constraints.
    let settings = try work.settings(title: "一窗 入口", extensions: [])
    try await openssl.run(["req", "-new", "-config", settings, "-key", work.file("key"), "-out", work.file("csr")])
    try await authority.sign(
      work.file("csr"),
      extensions: [
        "basicConstraints = critical,CA:FALSE", "keyUsage = critical,digitalSignature", "extendedKeyUsage = serverAuth",
        "subjectKeyIdentifier = hash", "authorityKeyIdentifier = keyid", "subjectAltName = \(names)",
      ], days: Self.days - 1, into: work.file("crt"))
    do {
      try await openssl.run([
        "verify", "-x509_strict", "-purpose", "sslserver", "-CAfile", authority.certificateFile, work.file("crt"),
      ])
    } catch {
      throw TLSFault(
        .refused,
        "the hall's authority may not speak for \(hosts.joined(separator: ", ")): give the machine its earlier address again, or make a new one with `yichuangctl tls init --new-authority` and enrol every computer again",
        zh:
          "本厅的根证书管不到 \(hosts.joined(separator: "、"))：把本机地址改回原来的，或用 yichuangctl tls init --new-authority 另建一个，每台电脑重新安装证书"
      )
    }
    try TLSFile.adopt(work.file("key"), as: keyFile, mode: 0o600)
    try TLSFile.adopt(work.file("crt"), as: file, mode: 0o644)
  }
}

extension Certificate {
  /// Whole days until it ends; negative afterwards.
  func daysLeft(_ now: Timestamp) -> Int64 {
    let left = until.since(now)
    return left < 0 ? -1 : left / 86_400_000
  }

  /// The date of its last day in Beijing, `2027-12-31`.
  var lastDay: String { ZoneOffset.beijing.civil(until).date.description }

  /// SHA-256 in groups of four digits, as it is read aloud and compared.
  var fingerprint: String { Self.grouped(sha256) }
  /// SHA-1, which Windows shows.
  var thumbprint: String { Self.grouped(sha1) }

  private static func grouped(_ bytes: [UInt8]) -> String {
    let digits = Array(bytes.hexadecimal.uppercased())
    return stride(from: 0, to: digits.count, by: 4).map { String(digits[$0..<min($0 + 4, digits.count)]) }
      .joined(separator: " ")
  }
}

extension Timestamp {
  /// The machine's clock.
  static var present: Timestamp { Timestamp(milliseconds: Int64(Date().timeIntervalSince1970 * 1000)) }
}
