import Control
import Foundation
import Groundwork
import Seal

/// One of the hall's own certificate authorities: a key that root alone reads, and what `openssl ca` needs beside it.
///
/// The hall's authority (`ca`) can issue certificates for its own addresses and names only, by critical name constraints (RFC
/// 5280 §4.2.1.10). A stolen key is therefore of no use for another site. Certificates of clients have an authority of their
/// own (`clients-ca`), which no browser trusts.
struct CertificateAuthority {
  enum Kind {
    case hall(hosts: [String])
    case clients
  }

  static let years = 10
  /// Seconds by which validity begins earlier, so that a computer with a late clock accepts a new certificate.
  private static let earlierSeconds: Int64 = 86_400

  /// `/etc/yichuang/tls`
  let folder: String
  /// `ca` or `clients-ca`.
  let name: String
  let openssl: OpenSSL

  init(_ folder: String, _ name: String, _ openssl: OpenSSL = OpenSSL()) {
    self.folder = folder
    self.name = name
    self.openssl = openssl
  }

  var certificateFile: String { "\(folder)/\(name).crt" }
  var keyFile: String { "\(folder)/\(name).key" }
  var certificate: Certificate? { Certificate(file: certificateFile) }
  /// Whether it was made.
  var isThere: Bool { access(keyFile, F_OK) == 0 && certificate != nil }

  /// Makes key and certificate, and replaces earlier ones.
  func make(_ kind: Kind, title: String) async throws(TLSFault) {
    let work = try OpenSSLFolder(in: folder)
    defer { work.remove() }
    let settings = try work.settings(title: title, extensions: Self.extensions(kind))
    try await openssl.makeKey(work.file("key"))
    try await openssl.run(["req", "-new", "-config", settings, "-key", work.file("key"), "-out", work.file("csr")])
    try await openssl.run(
      ["ca", "-batch", "-selfsign", "-notext", "-config", settings, "-extensions", "made"]
        + ["-keyfile", work.file("key"), "-in", work.file("csr"), "-out", work.file("crt")]
        + Self.period(days: 365 * Self.years))
    // The key is written last: without it `isThere` is false, and both are made again.
    try TLSFile.adopt(work.file("crt"), as: certificateFile, mode: 0o644)
    try TLSFile.adopt(work.file("key"), as: keyFile, mode: 0o600)
  }

  /// Signs a request.
  ///
  /// - Parameter database: of issued certificates, `openssl ca`'s `index.txt`; a temporary one when nil.
  func sign(
    _ request: String, extensions: [String], days: Int, database: String? = nil, into certificate: String
  ) async throws(TLSFault) {
    let work = try OpenSSLFolder(in: folder)
    defer { work.remove() }
    let settings = try work.settings(title: "-", extensions: extensions, database: database)
    try await openssl.run(
      ["ca", "-batch", "-notext", "-config", settings, "-extensions", "made"]
        + ["-cert", certificateFile, "-keyfile", keyFile, "-in", request, "-out", certificate] + Self.period(days: days)
    )
  }

  /// The validity: from a day ago until so many days from now.
  static func period(days: Int) -> [String] {
    let format = DateFormatter()
    format.locale = Locale(identifier: "en_US_POSIX")
    format.timeZone = TimeZone(secondsFromGMT: 0)
    format.dateFormat = "yyyyMMddHHmmss'Z'"
    let start = Date().addingTimeInterval(-Double(earlierSeconds))
    return ["-startdate", format.string(from: start), "-days", "\(days)"]
  }

  private static func extensions(_ kind: Kind) -> [String] {
    let common = ["basicConstraints = critical,CA:TRUE,pathlen:0", "keyUsage = critical,keyCertSign,cRLSign"]
    switch kind {
    case .clients: return common + ["extendedKeyUsage = clientAuth", "subjectKeyIdentifier = hash"]
    case .hall(let hosts):
      let permitted = hosts.map { host in
        CertificateAuthority.isAddress(host) ? "permitted;IP:\(host)/255.255.255.255" : "permitted;DNS:\(host)"
      }
      // Without a permitted name every name would be permitted.
      let names = hosts.allSatisfy(CertificateAuthority.isAddress) ? ["permitted;DNS:yichuang.invalid"] : []
      let addresses = hosts.contains(where: CertificateAuthority.isAddress) ? [] : ["excluded;IP:0.0.0.0/0.0.0.0"]
      return common + [
        "extendedKeyUsage = serverAuth", "subjectKeyIdentifier = hash",
        "nameConstraints = critical,\((permitted + names + addresses).joined(separator: ","))",
      ]
    }
  }

  static func isAddress(_ host: String) -> Bool {
    var address = in_addr()
    return inet_pton(AF_INET, host, &address) == 1
  }
}

/// A folder for one run of `openssl`, in the folder of the keys, which only root can read.
struct OpenSSLFolder {
  let path: String

  init(in folder: String) throws(TLSFault) {
    var template = Array((folder + "/work.XXXXXX").utf8CString)
    guard mkdtemp(&template) != nil else {
      let why = String(cString: strerror(errno))
      throw TLSFault(
        .folder, "\(folder) cannot be written: \(why); run it as root", zh: "\(folder) 写不了（\(why)）：用 sudo 运行")
    }
    path = String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
  }

  func file(_ name: String) -> String { path + "/" + name }
  func remove() { try? FileManager.default.removeItem(atPath: path) }

  /// Writes the settings of `openssl req` and `openssl ca`, and returns the file's path.
  ///
  /// - Parameter title: the common name; only letters, digits, spaces and a few signs are kept.
  func settings(title: String, extensions: [String], database: String? = nil) throws(TLSFault) -> String {
    let index = database ?? file("index.txt")
    if access(index, F_OK) != 0 { try TLSFile.write([], index, mode: 0o600) }
    let kept = title.unicodeScalars.filter {
      $0.properties.isAlphabetic || " 0123456789-_.（）".unicodeScalars.contains($0)
    }
    let lines =
      [
        "[ca]", "default_ca = own", "[own]", "database = \(index)",
        "new_certs_dir = \(database.map { ($0 as NSString).deletingLastPathComponent } ?? path)",
        "rand_serial = yes", "default_md = sha256", "default_days = 396", "default_crl_days = 3650", "policy = any",
        "unique_subject = no", "copy_extensions = none", "[any]",
        "commonName = supplied", "[req]", "distinguished_name = dn", "prompt = no", "utf8 = yes",
        "string_mask = utf8only", "[dn]", "CN = \(String(String.UnicodeScalarView(kept)).prefix(60))", "[made]",
      ] + extensions
    try TLSFile.write(Array((lines.joined(separator: "\n") + "\n").utf8), file("settings"), mode: 0o600)
    return file("settings")
  }
}
