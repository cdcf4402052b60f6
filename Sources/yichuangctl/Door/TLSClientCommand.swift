import ArgumentParser
import Control
import Foundation

/// Certificates of clerks' computers, for halls that let in only computers that they know.
struct TLSClientCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "client", abstract: "Certificates of computers: issues, lists and revokes them.",
    discussion: "They count where the configuration says `client_certificates: true` under `door`.",
    subcommands: [Issue.self, List.self, Revoke.self])

  struct Issue: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "issue", abstract: "Issues a certificate as a PKCS#12 file and prints the passphrase that opens it.")
    @Argument(help: "The computer's name: letters, digits, hyphens, dots and underscores.")
    var name: String
    @Option(help: "Where the file goes (default: NAME.p12 here).")
    var out: String?
    @OptionGroup var folder: TLSOptions
    @OptionGroup var answer: AnswerOptions

    func validate() throws { try TLSClientCommand.check(name) }

    func run() async throws {
      try await answer.giveTLS { () async throws(TLSFault) in
        try folder.make()
        let file = absolutePath(out ?? "\(name).p12")
        let passphrase = try await ClientCertificates(folder.path).issue(name, into: file)
        return ControlReply(
          "\(file) is the certificate of \(name); the passphrase is \(passphrase)\nIt is not kept anywhere: write it down, import the file, delete both.",
          zh: "\(name) 的证书在 \(file)，口令是 \(passphrase)\n口令不会保存：现在抄下，导入后把文件和口令都删掉。",
          ["file": .text(file), "passphrase": .text(passphrase)])
      }
    }
  }

  struct List: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "list", abstract: "Lists the computers that have a certificate, and those whose was revoked.")
    @OptionGroup var folder: TLSOptions
    @OptionGroup var answer: AnswerOptions

    func run() async throws {
      let entries = ClientCertificates(folder.path).entries
      let lines = entries.map { entry in
        let state = Terminal.isChinese ? (entry.isRevoked ? "已吊销" : "有效") : entry.isRevoked ? "revoked" : "valid"
        return "\(entry.name)  \(entry.until)  \(state)"
      }
      try answer.give(
        ControlReply(
          entries.isEmpty ? "no computer has a certificate" : lines.joined(separator: "\n"),
          zh: entries.isEmpty ? "还没有电脑领证书" : lines.joined(separator: "\n"),
          [
            "clients": .list(
              entries.map { entry in
                .object([
                  "name": .text(entry.name), "until": .text(entry.until), "revoked": .flag(entry.isRevoked),
                  "serial": .text(entry.serial),
                ])
              })
          ]))
    }
  }

  struct Revoke: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "revoke", abstract: "Takes a computer's certificate back, and cuts its connections.",
      discussion:
        "The door starts anew, so that connections of that computer end; the pages of the others connect again by themselves."
    )
    @Argument(help: "The computer's name.")
    var name: String
    @Option(help: "The hall's configuration.")
    var config = ConfigurationOptions.usual
    @OptionGroup var folder: TLSOptions
    @OptionGroup var answer: AnswerOptions

    func validate() throws { try TLSClientCommand.check(name) }

    func run() async throws {
      try await answer.giveTLS { () async throws(TLSFault) in
        try await ClientCertificates(folder.path).revoke(name)
        let files = DoorFiles(config: config, tls: folder)
        try await files.prove()
        let isTaken = try files.write().isChanged
        if isTaken { try await DoorService.restart() }
        return ControlReply(
          "the certificate of \(name) is revoked", zh: "\(name) 的证书已吊销", ["in_force": .flag(isTaken)])
      }
    }
  }

  static func check(_ name: String) throws {
    let isPlain = name.utf8.allSatisfy {
      (0x30...0x39).contains($0) || (0x41...0x5A).contains($0) || (0x61...0x7A).contains($0)
        || [0x2D, 0x2E, 0x5F].contains($0)
    }
    guard isPlain, (1...40).contains(name.utf8.count), !name.hasPrefix("."), !name.hasPrefix("-") else {
      throw ValidationError("a computer's name is 1 to 40 letters, digits, hyphens, dots and underscores")
    }
  }
}

/// The certificates of computers, with the register of `openssl ca` (`index.txt`).
struct ClientCertificates {
  /// Days of validity of a computer's certificate: three years.
  static let days = 1096
  private static let passphraseLength = 20

  struct Entry: Hashable, Sendable {
    let name: String
    /// `2029-11-30`.
    let until: String
    let isRevoked: Bool
    let serial: String
  }

  let folder: String
  private let openssl = OpenSSL()

  init(_ tls: String) { folder = tls }

  var authority: CertificateAuthority { CertificateAuthority(folder, "clients-ca", openssl) }
  private var register: String { folder + "/clients" }
  private var index: String { register + "/index.txt" }
  /// The list of revoked certificates (CRL), which the door reads; valid as long as the authority.
  var revocations: String { folder + "/clients.crl" }

  /// All that were issued, in that order.
  var entries: [Entry] {
    guard let text = try? String(contentsOfFile: index, encoding: .utf8) else { return [] }
    return text.split(whereSeparator: \.isNewline).compactMap { line in
      // Status, end, revocation, serial, file, subject (openssl-ca(1), FILES).
      let fields = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
      guard fields.count == 6, fields[1].count >= 6, let name = fields[5].components(separatedBy: "/CN=").last else {
        return nil
      }
      let date = fields[1].count > 13 ? fields[1] : "20" + fields[1]
      return Entry(
        name: name, until: "\(date.prefix(4))-\(date.dropFirst(4).prefix(2))-\(date.dropFirst(6).prefix(2))",
        isRevoked: fields[0] == "R", serial: fields[3])
    }
  }

  /// - Returns: the passphrase of the file.
  func issue(_ name: String, into file: String) async throws(TLSFault) -> String {
    try TLSFile.makeFolder(register, mode: 0o700)
    if !authority.isThere { try await authority.make(.clients, title: "一窗 电脑证书") }
    guard !entries.contains(where: { $0.name == name && !$0.isRevoked }) else {
      throw TLSFault(
        .refused, "\(name) has a certificate: revoke it first, or take another name", zh: "\(name) 已有证书：先吊销，或换个名字")
    }
    guard access(file, F_OK) != 0 else {
      throw TLSFault(.folder, "\(file) is there already: name another with --out", zh: "\(file) 已经存在：用 --out 另写一个")
    }
    let work = try OpenSSLFolder(in: folder)
    defer { work.remove() }
    try await openssl.makeKey(work.file("key"))
    let settings = try work.settings(title: name, extensions: [])
    try await openssl.run(["req", "-new", "-config", settings, "-key", work.file("key"), "-out", work.file("csr")])
    try await authority.sign(
      work.file("csr"),
      extensions: [
        "basicConstraints = critical,CA:FALSE", "keyUsage = critical,digitalSignature", "extendedKeyUsage = clientAuth",
        "subjectKeyIdentifier = hash", "authorityKeyIdentifier = keyid",
      ], days: Self.days, database: index, into: work.file("crt"))
    let passphrase = Self.passphrase()
    try TLSFile.write(Array(passphrase.utf8), work.file("pass"), mode: 0o600)
    // 3DES and SHA-1, because Windows before 2019 reads nothing else. The passphrase has 100 bits, and the file is deleted
    // after the import.
    try await openssl.run(
      ["pkcs12", "-export", "-inkey", work.file("key"), "-in", work.file("crt"), "-name", name]
        + ["-keypbe", "PBE-SHA1-3DES", "-certpbe", "PBE-SHA1-3DES", "-macalg", "sha1"]
        + ["-passout", "file:" + work.file("pass"), "-out", work.file("p12")])
    if access(revocations, F_OK) != 0 { try await list(work) }
    guard let bytes = FileManager.default.contents(atPath: work.file("p12")) else {
      throw TLSFault(.folder, "\(work.path) cannot be read", zh: "\(work.path) 读不了")
    }
    try TLSFile.write(Array(bytes), file, mode: 0o600)
    return passphrase
  }

  func revoke(_ name: String) async throws(TLSFault) {
    guard let entry = entries.first(where: { $0.name == name && !$0.isRevoked }) else {
      throw TLSFault(
        .refused, "no valid certificate has the name \(name): yichuangctl tls client list",
        zh: "没有叫 \(name) 的有效证书：yichuangctl tls client list")
    }
    let work = try OpenSSLFolder(in: folder)
    defer { work.remove() }
    let settings = try work.settings(title: "-", extensions: [], database: index)
    try await openssl.run(
      ["ca", "-config", settings, "-cert", authority.certificateFile, "-keyfile", authority.keyFile, "-revoke"]
        + ["\(register)/\(entry.serial).pem"])
    try await list(work)
  }

  private func list(_ work: OpenSSLFolder) async throws(TLSFault) {
    let settings = try work.settings(title: "-", extensions: [], database: index)
    try await openssl.run(
      ["ca", "-gencrl", "-config", settings, "-cert", authority.certificateFile, "-keyfile", authority.keyFile]
        + ["-crldays", "\(365 * CertificateAuthority.years)", "-out", work.file("crl")])
    try TLSFile.adopt(work.file("crl"), as: revocations, mode: 0o600)
  }

  /// Letters and digits that are not mistaken for each other; five bits each.
  private static func passphrase() -> String {
    let letters = Array("ABCDEFGHJKLMNPQRSTUVWXYZ23456789")
    return String((0..<passphraseLength).map { _ in letters[Int.random(in: 0..<letters.count)] })
  }
}
