import ArgumentParser
import Control
import Foundation
import Groundwork
import Seal

struct TLSCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "tls", abstract: "Makes and renews the certificates of the hall's door.",
    discussion: """
      The hall has an authority of its own, which speaks for its own addresses only. Its key stays on this machine and is root's; \
      neither the daemon nor the door can read it. docs/OPERATING.md tells the whole way.
      """,
    subcommands: [Init.self, Show.self, Renew.self, Fingerprint.self, TLSClientCommand.self])

  struct Init: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "init",
      abstract: "Makes the hall's authority and its first certificate; what is there already stays.")
    @Option(help: "An IPv4 address of this machine that browsers show; may be given several times.")
    var address: [String] = []
    @Option(help: "A name of this machine; may be given several times (yichuang.local when left out).")
    var name: [String] = []
    @Option(help: "The hall's name, which stands in the authority's name.")
    var hall: String?
    @Flag(help: "Make a new authority: every computer has to be enrolled again.")
    var newAuthority = false
    @OptionGroup var folder: TLSOptions
    @OptionGroup var answer: AnswerOptions

    func validate() throws {
      guard !address.isEmpty else { throw ValidationError("name the machine's --address, such as 192.168.1.10") }
      try TLSOptions.check(addresses: address, names: name)
    }

    func run() async throws {
      try await answer.giveTLS { () async throws(TLSFault) in
        let hosts = address + (name.isEmpty ? ["yichuang.local"] : name)
        try folder.make()
        let certificate = folder.certificate
        let isNew = newAuthority || !certificate.authority.isThere
        if isNew, let other = await NameOwner.conflict(hosts.filter { !address.contains($0) }, address) {
          throw NameOwner.fault(other.name, other.address)
        }
        if isNew {
          try await certificate.authority.make(.hall(hosts: hosts), title: "一窗 \(hall ?? "便民服务中心") 证书")
        }
        if isNew || certificate.reason(hosts: hosts, now: .present) != nil {
          try await certificate.issue(hosts: hosts)
        }
        try folder.keep(hosts: hosts)
        return try folder.report(
          isNew ? "the hall has its own authority and a certificate" : "the hall's authority stays",
          isNew ? "本厅的根证书和入口证书已建好" : "本厅的根证书保持不变")
      }
    }
  }

  struct Show: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "show", abstract: "Until when the certificates hold, for whom, and the authority's fingerprints.")
    @OptionGroup var folder: TLSOptions
    @OptionGroup var answer: AnswerOptions

    func run() async throws {
      try await answer.giveTLS { () async throws(TLSFault) in
        try folder.report("the hall's certificate", "入口证书")
      }
    }
  }

  struct Renew: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "renew",
      abstract: "Issues a new certificate when fewer than 120 days are left or the addresses changed.")
    @Flag(help: "Issue one in any case.")
    var force = false
    @Option(help: "The hall's configuration, whose `door` says the addresses.")
    var config = ConfigurationOptions.usual
    @OptionGroup var folder: TLSOptions
    @OptionGroup var answer: AnswerOptions

    func run() async throws {
      try await answer.giveTLS { () async throws(TLSFault) in
        let certificate = folder.certificate
        guard certificate.authority.isThere else { throw TLSOptions.nothing }
        let hosts = ConfigurationOptions.doorHosts(config) ?? folder.hosts
        guard !hosts.isEmpty else { throw TLSOptions.nothing }
        guard force || certificate.reason(hosts: hosts, now: .present) != nil else {
          return try folder.report("nothing to do: the certificate holds", "不用续期：证书还有效")
        }
        try await certificate.issue(hosts: hosts)
        try folder.keep(hosts: hosts)
        return try folder.report("a new certificate is there", "已换发新证书")
      }
    }
  }

  struct Fingerprint: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "fingerprint",
      abstract: "The slip to compare with when a computer is enrolled: print it, keep it at the desk.")
    @OptionGroup var folder: TLSOptions
    @OptionGroup var answer: AnswerOptions

    func run() async throws {
      try await answer.giveTLS { () async throws(TLSFault) in
        guard let authority = folder.certificate.authority.certificate else { throw TLSOptions.nothing }
        let slip = """
          本厅根证书指纹（安装证书时逐组核对）
          Windows“指纹”（SHA-1）
          \(authority.thumbprint)
          其他浏览器（SHA-256）
          \(authority.fingerprint)
          """
        return ControlReply(slip, zh: slip, TLSOptions.details(authority))
      }
    }
  }
}

/// The folder of keys and certificates.
struct TLSOptions: ParsableArguments {
  @Option(help: "The folder of keys and certificates.")
  var tls = "/etc/yichuang/tls"

  var path: String { absolutePath(tls) }
  var certificate: HallCertificate { HallCertificate(folder: path) }
  private var hostFile: String { path + "/hosts" }

  /// The addresses and names of the latest certificate, as `init` or `renew` was told them.
  var hosts: [String] {
    Certificate.bytes(hostFile).map {
      String(decoding: $0, as: UTF8.self).split(whereSeparator: \.isNewline).map(String.init)
    } ?? []
  }

  func keep(hosts: [String]) throws(TLSFault) {
    try TLSFile.write(Array((hosts.joined(separator: "\n") + "\n").utf8), hostFile, mode: 0o600)
  }

  /// Makes the folder, for root alone.
  func make() throws(TLSFault) {
    try TLSFile.makeFolder(path, mode: 0o700)
    chmod(path, 0o700)
  }

  static let nothing = TLSFault(
    .refused, "the hall has no certificates yet: yichuangctl tls init --address ADDRESS",
    zh: "本厅还没有证书：先运行 yichuangctl tls init --address 本机地址")

  func report(_ sentence: String, _ chinese: String) throws(TLSFault) -> ControlReply {
    guard let authority = certificate.authority.certificate, let current = certificate.current else {
      throw Self.nothing
    }
    let (left, hosts) = (current.daysLeft(.present), hosts)
    var details = Self.details(authority)
    details["until"] = .text(current.lastDay)
    details["days_left"] = .number(left)
    details["hosts"] = .list(hosts.map(ControlValue.text))
    details["authority_until"] = .text(authority.lastDay)
    return ControlReply(
      """
      \(sentence): for \(hosts.joined(separator: ", ")), until \(current.lastDay) (\(left) days)
      the authority until \(authority.lastDay)
      SHA-256 \(authority.fingerprint)
      SHA-1   \(authority.thumbprint)
      """,
      zh: """
        \(chinese)：用于 \(hosts.joined(separator: "、"))，到 \(current.lastDay)（还有 \(left) 天）
        根证书到 \(authority.lastDay)
        指纹 SHA-256 \(authority.fingerprint)
        指纹 SHA-1（Windows 显示） \(authority.thumbprint)
        """, details)
  }

  static func details(_ authority: Certificate) -> [String: ControlValue] {
    ["sha256": .text(authority.sha256.hexadecimal), "sha1": .text(authority.sha1.hexadecimal)]
  }

  static func check(addresses: [String], names: [String]) throws {
    for address in addresses where !CertificateAuthority.isAddress(address) {
      throw ValidationError("--address is an IPv4 address such as 192.168.1.10, not \(address)")
    }
    for name in names {
      let isPlain = name.utf8.allSatisfy {
        (0x30...0x39).contains($0) || (0x61...0x7A).contains($0) || $0 == 0x2D || $0 == 0x2E
      }
      guard isPlain, (1...190).contains(name.utf8.count), !CertificateAuthority.isAddress(name) else {
        throw ValidationError("--name is a host's name in small letters such as yichuang.local, not \(name)")
      }
    }
  }
}

extension AnswerOptions {
  /// Prints the answer of `body`, or its fault.
  func giveTLS(_ body: () async throws(TLSFault) -> ControlReply) async throws {
    let reply: ControlReply
    do throws(TLSFault) { reply = try await body() } catch { reply = error.reply }
    try give(reply)
  }
}
