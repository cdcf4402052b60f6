import Control
import Foundation
import Glibc
import Settings

/// TLS for the hall's PostgreSQL: an authority of its own, a certificate for the server, and rules that refuse plain-text
/// connections.
struct ServerEncryption {
  /// Days of validity of the server's certificate. `shared certificate` makes another one.
  private static let days = 3_650
  private static let begin = "# yichuang: begin. Written by `yichuangctl shared found`."
  private static let end = "# yichuang: end."

  let shared: SharedSettings
  let admin: PostgresAdmin

  /// Makes what is missing and configures PostgreSQL.
  ///
  /// - Returns: whether PostgreSQL has to be started again for it to listen.
  func setUp() async throws -> Bool {
    let hosts = shared.hosts.filter { !$0.isLocal }.map(\.address)
    if !hosts.isEmpty { try await certificate(for: hosts) }
    try await writeRules(isEncrypted: !hosts.isEmpty)
    return try await admin.run("SELECT count(*) FROM pg_settings WHERE pending_restart").first.flatMap { Int($0) } ?? 0
      > 0
  }

  /// Makes another certificate, for the hosts that the configuration names now. Open connections are not closed.
  ///
  /// - Throws: `SharedFault` where the hall's authority is not on this machine, or no host needs one.
  func renew() async throws {
    let hosts = shared.hosts.filter { !$0.isLocal }.map(\.address)
    guard !hosts.isEmpty else {
      throw SharedFault(
        .usage, "no host of the configuration is reached over a network", zh: "配置里没有经网络连接的主机")
    }
    guard CertificateAuthority(shared.folder, "ca").isThere else {
      throw SharedFault(
        .folder, "the hall's authority (ca.key) is not in \(shared.folder): run it on the machine that founded",
        zh: "\(shared.folder) 里没有大厅的证书机构密钥（ca.key）：到 shared found 的那台机器上运行")
    }
    try await certificate(for: hosts)
    try await admin.run("SELECT pg_reload_conf()")
  }

  private func certificate(for hosts: [String]) async throws {
    let folder = shared.folder
    let authority = CertificateAuthority(folder, "ca")
    if !authority.isThere { try await authority.make(.hall(hosts: hosts), title: "一窗 共用账本") }
    let work = try OpenSSLFolder(in: folder)
    defer { work.remove() }
    let names = hosts.map { (CertificateAuthority.isAddress($0) ? "IP:" : "DNS:") + $0 }.joined(separator: ",")
    let settings = try work.settings(title: "yichuang journal", extensions: [])
    let openssl = OpenSSL()
    try await openssl.makeKey(work.file("key"))
    try await openssl.run(["req", "-new", "-config", settings, "-key", work.file("key"), "-out", work.file("csr")])
    try await authority.sign(
      work.file("csr"),
      extensions: [
        "basicConstraints = critical,CA:FALSE", "keyUsage = critical,digitalSignature", "extendedKeyUsage = serverAuth",
        "subjectKeyIdentifier = hash", "authorityKeyIdentifier = keyid", "subjectAltName = \(names)",
      ], days: Self.days, into: work.file("crt"))
    guard let data = try await admin.run("SHOW data_directory").first else { return }
    for (made, name) in [("key", "yichuang-server.key"), ("crt", "yichuang-server.crt")] {
      let target = data + "/" + name
      guard let bytes = FileManager.default.contents(atPath: work.file(made)) else { continue }
      try TLSFile.write(Array(bytes), target, mode: 0o600)
      admin.give(target)
    }
    try await admin.run("ALTER SYSTEM SET ssl_cert_file = 'yichuang-server.crt'")
    try await admin.run("ALTER SYSTEM SET ssl_key_file = 'yichuang-server.key'")
    try await admin.run("ALTER SYSTEM SET ssl = on")
    try await admin.run("ALTER SYSTEM SET ssl_min_protocol_version = 'TLSv1.3'")
    // Only the default is changed, with which PostgreSQL listens on this machine alone. Another value stays as it is.
    if try await admin.run("SHOW listen_addresses").first == "localhost" {
      try await admin.run("ALTER SYSTEM SET listen_addresses = '*'")
    }
  }

  /// Puts the hall's rules before all others of pg_hba.conf, because the first matching rule decides. Without the `hostnossl`
  /// rule a later one could admit plain-text connections.
  private func writeRules(isEncrypted: Bool) async throws {
    guard let path = try await admin.run("SHOW hba_file").first,
      let text = FileManager.default.contents(atPath: path).map({ String(decoding: $0, as: UTF8.self) })
    else {
      throw SharedFault(
        .folder, "pg_hba.conf cannot be read: run it as root (sudo)", zh: "pg_hba.conf 读不了：用 sudo 运行")
    }
    var rest: [Substring] = []
    var isOwn = false
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      if line.hasPrefix("# yichuang: begin") { isOwn = true }
      if !isOwn { rest.append(line) }
      if line.hasPrefix("# yichuang: end") { isOwn = false }
    }
    let rules =
      [
        Self.begin, "local \(shared.database) +yc_machine scram-sha-256",
        "hostssl \(shared.database) +yc_machine all scram-sha-256",
      ] + (isEncrypted ? ["hostnossl all all all reject"] : []) + [Self.end]
    var status = stat()
    let isKnown = stat(path, &status) == 0
    try TLSFile.write(
      Array((rules + rest.map(String.init)).joined(separator: "\n").utf8), path,
      mode: isKnown ? status.st_mode & 0o777 : 0o640)
    if isKnown { chown(path, status.st_uid, status.st_gid) }
    try await admin.run("SELECT pg_reload_conf()")
  }
}
