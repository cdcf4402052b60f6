import ArgumentParser
import Backups
import Control
import Foundation
import HallSetup
import Settings
import YAMLDocuments

/// The packet filter of the hall's machine.
struct FirewallCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "firewall", abstract: "Lets in the hall's door and nothing else, and out what is configured.",
    discussion: """
      The rules are a table of nftables of their own, made of the configuration: the door's ports for private networks, and the shared \
      journal's where this machine serves it; out to that journal's servers, the printers of CUPS, the places of backups, name \
      servers and time servers. After a change of one of them: firewall on, again.
      """,
    subcommands: [On.self, Off.self, Show.self])

  static let unit = "yichuang-firewall.service"
  static let file = "/etc/yichuang/firewall.nft"

  struct On: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "on", abstract: "Writes the rules, and has them in force now and after every start.")
    @Option(
      name: .customLong("ssh"),
      help: ArgumentHelp("From where this machine is administered over SSH; may be repeated.", valueName: "network"))
    var administrators: [String] = []
    @Flag(help: "Nobody administers this machine over SSH.")
    var noSSH = false
    @Option(
      help: ArgumentHelp(
        "The monitor of the shared journal's servers; this machine serves it where the address is its own.",
        valueName: "address[:port]"))
    var monitor: String?
    @Flag(help: "Root and apt may get the system's updates over HTTP and HTTPS.")
    var updates = false
    @Flag(help: "Only print the rules.")
    var dryRun = false
    @Option(help: "The hall's configuration.")
    var config = ConfigurationOptions.usual
    @OptionGroup var answer: AnswerOptions

    func validate() throws {
      if let wrong = administrators.first(where: { FirewallRules.family($0) == nil }) {
        throw ValidationError("--ssh \(wrong): write an address or a network, such as 192.168.1.0/24")
      }
      if let monitor, FirewallPlan.monitor(monitor) == nil {
        throw ValidationError("--monitor \(monitor): write an address, such as 192.168.1.12, or with a port behind it")
      }
    }

    func run() async throws {
      try await answer.giveTLS { () async throws(TLSFault) in
        let rules = try await FirewallPlan(config: config).rules(
          administrators, monitor: monitor.flatMap(FirewallPlan.monitor), updates: updates)
        if dryRun { return ControlReply(rules.text, ["rules": .text(rules.text)]) }
        if administrators.isEmpty, !noSSH, Machine.listens(port: 22) {
          throw TLSFault(
            .usage,
            "SSH is served here: say from where it is used (--ssh 192.168.1.0/24), or that it is not (--no-ssh)",
            zh: "这台机器开着 SSH：写明从哪里管理（--ssh 192.168.1.0/24），不用就写 --no-ssh")
        }
        return try await takeIntoUse(rules)
      }
    }

    private func takeIntoUse(_ rules: FirewallRules) async throws(TLSFault) -> ControlReply {
      guard access("/usr/sbin/nft", X_OK) == 0 else {
        throw TLSFault(
          .installation, "nftables is missing: apt install nftables, then once more",
          zh: "缺少 nftables：先 apt install nftables，再运行一次")
      }
      let trial = FirewallCommand.file + ".trial"
      try TLSFile.write(Array(rules.text.utf8), trial, mode: 0o640)
      defer { unlink(trial) }
      // Nothing is put in force or kept before the kernel has checked all of it.
      if let fault = await Machine.failure("/usr/sbin/nft", "-c", "-f", trial) {
        throw TLSFault(.bug, "nft does not take the rules: \(fault)", zh: "nft 不接受这些规则：\(fault)")
      }
      try TLSFile.write(Array(rules.text.utf8), FirewallCommand.file, mode: 0o640)
      for words in [["daemon-reload"], ["enable", FirewallCommand.unit], ["restart", FirewallCommand.unit]] {
        if let fault = await Machine.failure("/usr/bin/systemctl", words) {
          throw TLSFault(
            .unavailable, "the rules are written, but not in force: \(fault)", zh: "规则已写好，但没有生效：\(fault)")
        }
      }
      return ControlReply(
        "the firewall is on: in only \(FirewallPlan.words(rules)), now and after every start",
        zh: "防火墙已打开：只放进 \(FirewallPlan.chinese(rules))，现在起生效，开机自动打开",
        [
          "file": .text(FirewallCommand.file), "ports": .list(rules.doorPorts.map { .number(Int64($0)) }),
          "journal_ports": .list(rules.journalPorts.map { .number(Int64($0)) }),
          "ssh": .list(administrators.map(ControlValue.text)), "updates": .flag(updates),
        ])
    }
  }

  struct Off: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "off", abstract: "Takes the rules away.")
    @OptionGroup var answer: AnswerOptions

    func run() async throws {
      if let fault = await Machine.failure("/usr/bin/systemctl", "disable", "--now", FirewallCommand.unit) {
        return try answer.give(
          ControlReply(.unavailable, "the firewall does not end: \(fault)", zh: "防火墙没有关掉：\(fault)"))
      }
      unlink(FirewallCommand.file)
      try answer.give(ControlReply("the firewall is off", zh: "防火墙已关"))
    }
  }

  struct Show: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "show", abstract: "The rules that are in force, with what they refused.")
    @OptionGroup var answer: AnswerOptions

    func run() async throws {
      guard let rules = await Machine.output("/usr/sbin/nft", "list", "table", "inet", FirewallRules.table) else {
        return try answer.give(
          ControlReply(
            .unavailable, "no rules are in force, or this is not root: yichuangctl firewall on",
            zh: "没有生效的规则，或不是 root：yichuangctl firewall on", ["on": false]))
      }
      try answer.give(ControlReply(rules, ["on": true, "rules": .text(rules)]))
    }
  }
}

/// Makes the firewall's rules from the machine's configuration.
struct FirewallPlan {
  let config: String

  private static func doorPorts(_ settings: HallSettings?) -> [Int] {
    guard let settings, let door = settings.door else { return [] }
    return [door.port, door.plainPort] + [settings.training.doorPort].compactMap(\.self)
  }

  func rules(
    _ administrators: [String], monitor: FirewallRules.Destination?, updates: Bool
  ) async throws(TLSFault) -> FirewallRules {
    let settings = FileManager.default.fileExists(atPath: config) ? try ConfigurationOptions.settings(config) : nil
    let servers = JournalServers(settings?.shared, monitor: monitor)
    return FirewallRules(
      doorPorts: Self.doorPorts(settings), journalPorts: servers.served, administrators: administrators,
      destinations: await printers() + archives() + hallOfTheScreen() + servers.others, updates: updates)
  }

  /// `address` or `address:port`, with PostgreSQL's usual port.
  static func monitor(_ text: String) -> FirewallRules.Destination? {
    if FirewallRules.family(text) != nil, !text.contains("/") {
      return .init(host: text, port: SharedSettings.usualPort)
    }
    let parts = text.split(separator: ":")
    guard parts.count == 2, let port = Int(parts[1]), (1...65_535).contains(port),
      FirewallRules.family(String(parts[0])) == "ip", !parts[0].contains("/")
    else { return nil }
    return .init(host: String(parts[0]), port: port)
  }

  /// The printers of CUPS that are in the network.
  private func printers() async -> [FirewallRules.Destination] {
    let listed = await Machine.output("/usr/bin/lpstat", "-v") ?? ""
    return listed.split(separator: "\n").compactMap { line in
      // device for kiosk-1: yichuang-pos://192.168.1.50/?model=generic-80
      guard let uri = line.split(separator: " ").last.map(String.init) else { return nil }
      return Self.destination(uri)
    }
  }

  /// Host and port of a device's URI; nil for a printer that is not in the network.
  static func destination(_ uri: String) -> FirewallRules.Destination? {
    guard let parts = URLComponents(string: uri), let host = parts.host, !host.isEmpty else { return nil }
    let usual = ["ipp": 631, "ipps": 631, "http": 80, "https": 443, "lpd": 515]
    return FirewallRules.Destination(
      host: host.trimmingCharacters(in: ["[", "]"]), port: parts.port ?? usual[parts.scheme ?? ""] ?? 9100)
  }

  /// Where archives go by SFTP.
  private func archives() -> [FirewallRules.Destination] {
    let path = (config as NSString).deletingLastPathComponent + "/backup.yaml"
    guard let settings = BackupSettings.load(path).value else { return [] }
    return settings.targets.compactMap { target in
      guard case .sftp(let account, _, let port) = target else { return nil }
      return FirewallRules.Destination(host: account.split(separator: "@").last.map(String.init) ?? account, port: port)
    }
  }

  /// The hall whose board this machine's screen shows, where that is another machine.
  private func hallOfTheScreen() -> [FirewallRules.Destination] {
    guard let page = ScreenFiles(root: "").page(), let parts = URLComponents(string: page), let host = parts.host,
      !["127.0.0.1", "localhost", "[::1]"].contains(host)
    else { return [] }
    return [FirewallRules.Destination(host: host, port: parts.port ?? (parts.scheme == "https" ? 443 : 80))]
  }

  static func words(_ rules: FirewallRules) -> String {
    let parts = [("the door", rules.doorPorts), ("the shared journal", rules.journalPorts)].filter { !$0.1.isEmpty }
    return parts.isEmpty
      ? "answers to what this machine asked"
      : parts.map { "\($0.0) (\($0.1.map(String.init).joined(separator: ", ")))" }.joined(separator: " and ")
  }

  static func chinese(_ rules: FirewallRules) -> String {
    let parts = [("加密入口", rules.doorPorts), ("共用账本", rules.journalPorts)].filter { !$0.1.isEmpty }
    return parts.isEmpty
      ? "本机自己发起的往来"
      : parts.map { "\($0.0)（端口 \($0.1.map(String.init).joined(separator: "、"))）" }.joined(separator: "和")
  }
}
