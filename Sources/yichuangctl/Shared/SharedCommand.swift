import ArgumentParser
import Control
import Foundation
import JournalPostgres
import Groundwork
import Ports
import Seal
import Settings
import YAMLDocuments

/// Commands for the shared journal of a hall with several machines.
struct SharedCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "shared", abstract: "Several machines in one hall: the journal that they share on PostgreSQL.",
    discussion: """
      On the machine with the database: found, invite MACHINE FILE for each other one, leave MACHINE. On each other machine: join FILE. \
      The configuration of each has a section `shared` (docs/OPERATING.md, Several machines).
      """,
    subcommands: [
      FoundCommand.self, InviteCommand.self, JoinCommand.self, SharedStatusCommand.self, AdoptCommand.self,
      LeaveCommand.self, RescueCommand.self, EndCommand.self, ServerCertificateCommand.self,
    ])
}

/// Why something about the shared journal could not be done, for the person at the terminal.
struct SharedFault: Error {
  let reply: ControlReply

  init(reply: ControlReply) { self.reply = reply }

  init(_ status: ExitStatus, _ sentence: String, zh: String) { reply = ControlReply(status, sentence, zh: zh) }

  /// The fault for an error of any step of a command.
  init(_ error: any Error) {
    switch error {
    case let fault as SharedFault: self = fault
    case let fault as TLSFault: self.init(reply: fault.reply)
    case let fault as StateFault: self.init(reply: ControlReply(fault))
    case let fault as KeyFault: self.init(.disk, fault.description, zh: fault.description)
    case let fault as SharedLook.Failed:
      self.init(
        .unavailable, "the shared journal cannot be reached: \(fault.description)",
        zh: "连不上共用账本（\(fault.description)）：看数据库那台机器开着没有、网络通不通")
    case let fault as JournalFault:
      self.init(.unavailable, "the shared journal: \(fault)", zh: "共用账本：\(fault)")
    default: self.init(.bug, "\(error)", zh: "\(error)")
    }
  }
}

/// The options of all commands about the shared journal.
struct SharedOptions: ParsableArguments {
  @Option(help: "The hall's configuration.")
  var config = ConfigurationOptions.usual
  @OptionGroup var state: StateOptions
  @OptionGroup var answer: AnswerOptions

  /// The configuration and its section `shared`.
  func settings() throws(SharedFault) -> (HallSettings, SharedSettings) {
    let settings: HallSettings
    do throws(TLSFault) { settings = try ConfigurationOptions.settings(config) } catch {
      throw SharedFault(reply: error.reply)
    }
    guard let shared = settings.shared else {
      throw SharedFault(
        .configuration, "\(config) has no `shared`: write one (packaging/yichuang.yaml.example)",
        zh: "\(config) 没有 shared 一节：照样例写上")
    }
    return (settings, shared)
  }

  /// Refuses while the daemon of this machine runs, because its files are changed.
  func refuseDaemon() throws(SharedFault) {
    guard state.ask(ControlRequest(.status)) == nil else {
      throw SharedFault(
        .taken, "the daemon runs: stop it first (systemctl stop yichuangd)",
        zh: "服务开着：先停掉（systemctl stop yichuangd）")
    }
  }

  func give(_ body: () async throws -> ControlReply) async throws {
    let reply: ControlReply
    do { reply = try await body() } catch { reply = SharedFault(error).reply }
    try answer.give(reply)
  }
}

extension SharedSettings {
  /// How this machine connects.
  func server(password: String? = nil) throws(StateFault) -> PostgresServer {
    let known: String?
    if let password { known = password } else { known = try SharedSecret.read(passwordFile) }
    return PostgresServer(
      hosts: hosts.map { PostgresServer.Node(address: $0.address, port: $0.port) }, database: database, role: role,
      password: known, rootCertificate: authority, release: ProductVersion.current)
  }
}

extension SharedSettings {
  /// A look at the shared journal beside a running daemon.
  func look(password: String? = nil) throws -> SharedLook {
    let server = try server(password: password)
    return try SharedLook(server)
  }
}

/// Names and numbers of the shared journal, as `status` tells them.
struct SharedStatusCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "status", abstract: "Which machines there are, who is silent since when, and how far each copy is.")
  @OptionGroup var options: SharedOptions

  func run() async throws {
    try await options.give {
      let (settings, shared) = try options.settings()
      let look = try shared.look()
      let (fence, head, peers) = (try look.fence(), try look.head(), try look.peers())
      var english = ["\(look.host) has the journal up to record \(head.sequence), timeline \(fence.timeline)"]
      var chinese = ["账本在 \(look.host)，到第 \(head.sequence) 条记录，时间线 \(fence.timeline)"]
      var list: [ControlValue] = []
      let servers = SharedServers(look)
      english += servers.english
      chinese += servers.chinese
      for machine in peers.machines {
        let name = SharedSettings.machine(of: machine.role)
        let isSilent = machine.silent >= SharedPeers.silence
        let differs = !peers.adopted.isEmpty && !machine.configuration.isEmpty && machine.configuration != peers.adopted
        let seconds = machine.silent / 1000
        let isOlder = machine.reads < peers.machines.map(\.reads).max() ?? 0
        english.append(
          "\(name): \(isSilent ? "silent for \(seconds) s" : "there"), its copy up to \(machine.head)"
            + (isOlder ? ", an older program (\(machine.release)): update it" : "")
            + (differs ? ", another configuration: it decides nothing" : ""))
        chinese.append(
          "\(name)：\(isSilent ? "失联 \(seconds) 秒" : "在线")，副本到第 \(machine.head) 条"
            + (isOlder ? "，程序较旧（\(machine.release)），请升级" : "")
            + (differs ? "，配置和大厅的不一致，只看不办" : ""))
        list.append(
          .object([
            "machine": .text(name), "silent_seconds": .number(seconds), "is_silent": .flag(isSilent),
            "head": .number(machine.head), "release": .text(machine.release),
            "reads_format": .number(Int64(machine.reads)), "configuration_differs": .flag(differs),
          ]))
      }
      let ahead = abs(peers.clockAhead)
      if ahead > 2_000 {
        english.append("this machine's clock is \(ahead / 1000) s from the server's")
        chinese.append("本机时钟和账本服务器差 \(ahead / 1000) 秒")
      }
      return ControlReply(
        .done, english.joined(separator: "\n"), zh: chinese.joined(separator: "\n"),
        [
          "server": .text("\(look.host)"), "head": .number(head.sequence), "timeline": .number(fence.timeline),
          "system": .text(fence.system), "machines": .list(list), "servers": servers.details,
          "configuration_is_adopted": .flag(peers.adopted == settings.digest),
          "clock_ahead_milliseconds": .number(peers.clockAhead),
        ])
    }
  }
}

/// Makes the configuration of this machine the hall's.
struct AdoptCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "adopt",
    abstract: "This machine's configuration becomes the hall's; machines with another one follow and decide nothing.")
  @OptionGroup var options: SharedOptions

  func run() async throws {
    try await options.give {
      let (settings, shared) = try options.settings()
      try shared.look().adopt(settings.digest)
      return ControlReply(
        .done, "the hall works by this configuration (\(settings.digest)); bring the same file to every machine",
        zh: "大厅按本机这份配置办（\(settings.digest)）；把同样的文件放到每台机器上并重新载入", ["configuration": .text(settings.digest)])
    }
  }
}
