import ArgumentParser
import Control
import Foundation
import Glibc
import Groundwork
import Hall
import JournalPostgres
import Logging
import Ports
import Seal
import Settings

struct FoundCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "found", abstract: "Makes the shared journal of this machine's own; once, with the day closed.",
    discussion: """
      Run it as root on the machine with PostgreSQL, with the daemon stopped. It makes the database, the schema, this machine's role, an \
      authority with the server's certificate and the rules by which nothing comes in as plain text. This machine's journal is verified \
      before and after, and is the copy of the shared one from then on. It may be run again after a failure.
      """)
  @OptionGroup var administrator: AdminOptions
  @OptionGroup var options: SharedOptions

  func run() async throws {
    try await options.give { try await Self.found(administrator, options, isRescue: false) }
  }

  static func found(
    _ administrator: AdminOptions, _ options: SharedOptions, isRescue: Bool
  ) async throws -> ControlReply {
    let (settings, shared) = try options.settings()
    try options.refuseDaemon()
    let path = options.state.folder
    let isNew = !FileManager.default.fileExists(atPath: path)
    defer { StateOwner(path, isNew: isNew)?.settle() }
    let folder = try Journals.storage.claim(path, of: isRescue ? .replica : .hall)
    return try await Founding(
      settings: settings, shared: shared, admin: administrator.admin, folder: folder, isRescue: isRescue
    ).run()
  }
}

struct RescueCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rescue",
    abstract: "Makes a lost shared journal anew from this machine's copy; numbers go on above those given.",
    discussion: """
      For a database that is lost with its disk. Choose the machine whose copy has most records (each says so: yichuangctl head). What \
      only another machine had is lost. PostgreSQL has to be new there: afterwards each other machine needs a new file to join with.
      """)
  @OptionGroup var administrator: AdminOptions
  @OptionGroup var options: SharedOptions

  func run() async throws {
    try await options.give { try await FoundCommand.found(administrator, options, isRescue: true) }
  }
}

struct InviteCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "invite", abstract: "Makes the file with which another machine joins; carry it there by hand.",
    discussion: """
      Run it as root on the machine with PostgreSQL. The file has the machine's password, the hall's key and what the keys of its data follow from: whoever has it can be that \
      machine. Remove it once the machine has joined. Making it again ends an earlier password.
      """)
  @Argument(help: "The machine's name, as `shared: machine` of its configuration says it.")
  var machine: String
  @Argument(help: "The file to make.")
  var file: String
  @OptionGroup var administrator: AdminOptions
  @OptionGroup var options: SharedOptions

  func run() async throws {
    try await options.give {
      let (_, shared) = try options.settings()
      guard SharedSettings.isName(machine), machine != shared.machine else {
        throw SharedFault(
          .usage, "another machine's name: at most 24 small letters, digits and hyphens",
          zh: "写另一台机器的名字：最多 24 个小写字母、数字和连字符")
      }
      guard let key = try HallKey.load(at: options.state.folder + "/" + HallKey.fileName) else {
        throw SharedFault(.folder, "there is no hall.key here", zh: "这里没有大厅的密钥 hall.key")
      }
      let path = absolutePath(file)
      if access(path, F_OK) == 0 { throw StateFault.exists(path) }
      try await administrator.admin.requirePrimary()
      let look = try shared.look()
      let (fence, head) = (try look.fence(), try look.head())
      let password = PostgresAdmin.newPassword()
      try await administrator.admin.enrol(
        SharedSettings.role(of: machine), password: password, in: shared.database)
      let authority = FileManager.default.contents(atPath: shared.authority).map { String(decoding: $0, as: UTF8.self) }
      try JoinFile(
        machine: machine, database: shared.database, password: password, hosts: shared.hosts.map(\.text),
        authority: authority ?? "", hallKey: key.hexadecimal,
        keys: try HallChains.export(from: options.state.folder + "/" + DayKeys.folderName),
        system: fence.system, timeline: fence.timeline, head: head.sequence, digest: head.digest.hexadecimal
      ).write(to: path)
      return ControlReply(
        .done,
        "\(path) lets \(machine) join: carry it there by hand (yichuangctl shared join FILE), and remove it afterwards",
        zh: "\(machine) 用 \(path) 加入：人工带过去（yichuangctl shared join 文件），用完删掉", ["file": .text(path)])
    }
  }
}

struct JoinCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "join", abstract: "This machine joins the hall's shared journal with a file from `shared invite`.",
    discussion:
      "Run it as root, with the daemon stopped. A journal of this machine's own is never mixed in: it has to be moved aside."
  )
  @Argument(help: "The file from `yichuangctl shared invite`.")
  var file: String
  @OptionGroup var options: SharedOptions

  func run() async throws {
    try await options.give { try await join(try JoinFile.read(absolutePath(file))) }
  }

  private func join(_ file: JoinFile) async throws -> ControlReply {
    let (_, shared) = try options.settings()
    try options.refuseDaemon()
    guard file.machine == shared.machine else {
      throw SharedFault(
        .refused, "the file is for \(file.machine), and `shared: machine` says \(shared.machine)",
        zh: "这个文件是给 \(file.machine) 的，配置里 shared 的 machine 写的是 \(shared.machine)")
    }
    guard let key = JoinFile.bytes(file.hallKey), key.count == HallKey.length, let digest = JoinFile.bytes(file.digest)
    else { throw SharedFault(.data, "the file to join with is damaged", zh: "加入用的文件坏了：重新生成") }
    try makeFiles(file, shared)
    // Checked before anything is changed here: the file is good, and the server is the one that it names.
    let look = try shared.look(password: file.password)
    guard try look.fence().system == file.system,
      try look.has(ChainPosition(sequence: file.head, digest: digest))
    else {
      throw SharedFault(
        .refused, "\(look.host) is another cluster than the one that the file names",
        zh: "\(look.host) 不是加入文件里写的那个数据库：核对主机地址，或重新生成加入文件")
    }
    let path = options.state.folder
    let isNew = !FileManager.default.fileExists(atPath: path)
    defer { StateOwner(path, isNew: isNew)?.settle() }
    let folder = try Journals.storage.claim(path, of: .replica)
    try keepKey(key, folder)
    try HallChains.bring(file.keys, into: folder.path + "/" + DayKeys.folderName)
    try await settleCopy(folder, HallSeal(key: HallKey(bytes: key)), look)
    try ClusterFile(stateFolder: folder.path).keep(
      .init(fence: ClusterFence(system: file.system, timeline: file.timeline)))
    return ControlReply(
      .done,
      "\(shared.machine) has joined: start the daemon (systemctl start yichuangd), and remove the file to join with",
      zh: "\(shared.machine) 已加入：启动服务（systemctl start yichuangd），并删掉加入用的文件",
      ["machine": .text(shared.machine), "head": .number(file.head)])
  }

  private func makeFiles(_ file: JoinFile, _ shared: SharedSettings) throws {
    do {
      try FileManager.default.createDirectory(
        atPath: shared.folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o750])
    } catch {
      throw SharedFault(
        .folder, "\(shared.folder) cannot be made: run it as root (sudo)", zh: "\(shared.folder) 建不了：用 sudo 运行")
    }
    OwnGroup.give(shared.folder)
    if !file.authority.isEmpty { try DurableText.write(file.authority, to: shared.authority, mode: 0o644) }
    try DurableText.write(file.password + "\n", to: shared.passwordFile, mode: 0o640)
    OwnGroup.give(shared.passwordFile)
  }

  /// Keeps the hall's key. Codes, badges and idempotency keys are the same on all machines only under the same key.
  private func keepKey(_ key: [UInt8], _ folder: any ClaimedFolder) throws {
    if let own = try HallKey.load(at: folder.keyFile) {
      if own.hexadecimal == key.hexadecimal { return }
      let kept = folder.keyFile + ".before-joining"
      guard rename(folder.keyFile, kept) == 0 else { throw StateFault.notWritable(folder.keyFile, errno) }
    }
    try HallKey.keep(key, at: folder.keyFile)
  }

  /// Keeps an earlier copy where it agrees with the shared journal, and else discards it, so that it is fetched anew. A folder
  /// with a journal of its own is refused.
  private func settleCopy(_ folder: any ClaimedFolder, _ seal: HallSeal, _ look: SharedLook) async throws {
    let (copy, _) = try folder.openReplica(sealing: seal)
    let position = await copy.position
    await copy.close()
    if try !look.has(position) { try folder.discardReplica(sealing: seal) }
  }
}

struct LeaveCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "leave", abstract: "A machine may not come any more: its role is revoked and its connections end.",
    discussion:
      "Run it as root on the machine with PostgreSQL. Of a machine that was stolen the hall's key is known: see docs/OPERATING.md."
  )
  @Argument(help: "The machine's name.")
  var machine: String
  @OptionGroup var administrator: AdminOptions
  @OptionGroup var options: SharedOptions

  func run() async throws {
    try await options.give {
      let (_, shared) = try options.settings()
      guard SharedSettings.isName(machine) else {
        throw SharedFault(.usage, "no machine is called \(machine)", zh: "没有叫 \(machine) 的机器")
      }
      try await administrator.admin.requirePrimary()
      try await administrator.admin.revoke(SharedSettings.role(of: machine), in: shared.database)
      return ControlReply(.done, "\(machine) has left", zh: "\(machine) 已退出", ["machine": .text(machine)])
    }
  }
}

/// Returns to one machine.
struct EndCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "end", abstract: "Takes the journal back to this machine alone; once, with the day closed.",
    discussion: """
      Run it with this machine's daemon stopped, after the last day. The other machines decide nothing from then on. Then take `shared` \
      out of the configuration and start the daemon.
      """)
  @OptionGroup var options: SharedOptions

  func run() async throws { try await options.give { try await end() } }

  private func end() async throws -> ControlReply {
    let (_, shared) = try options.settings()
    try options.refuseDaemon()
    let path = options.state.folder
    defer { StateOwner(path)?.settle() }
    let folder = try Journals.storage.claim(path, of: .replica)
    guard let key = try HallKey.load(at: folder.keyFile), let known = try ClusterFile(stateFolder: path).read() else {
      throw SharedFault(.folder, "this machine has no copy of a shared journal", zh: "本机没有共用账本的副本")
    }
    let seal = HallSeal(key: key)
    let look = try shared.look()
    // From here on no machine decides, because no configuration has this digest.
    try look.adopt("ended")
    let (copy, _) = try folder.openReplica(sealing: seal)
    let journal = PostgresJournal(
      try shared.server(), head: await copy.position, fence: known.fence, sealing: seal, log: Logger(label: "shared"),
      keep: { _ in })
    _ = try await journal.probe()
    while case let records = try await journal.nextPage(), !records.isEmpty { try await copy.take(records) }
    await journal.close()
    let state = try await copy.restore().state
    let verification = try await copy.verify(against: nil)
    let position = await copy.position
    await copy.close()
    guard verification.isSound, try look.head() == position else {
      throw SharedFault(
        .data, "this machine's copy is not the shared journal to its end: run it again", zh: "本机的副本和共用账本的末尾对不上：再运行一次")
    }
    guard state.day == nil else {
      throw SharedFault(
        .refused, "the business day is open: start the daemon, `yichuangctl shared adopt`, and close it first",
        zh: "营业日还开着：启动服务，运行 yichuangctl shared adopt，先关日")
    }
    try folder.assign(to: .hall)
    try HallChains.endDays(in: path + "/" + DayKeys.folderName)
    guard unlink(path + "/" + ClusterFile.name) == 0 else { throw StateFault.notWritable(path, errno) }
    return ControlReply(
      .done,
      "\(position.sequence) records are this machine's alone; take `shared` out of the configuration and start the daemon. The other machines decide nothing any more: stop them",
      zh: "\(position.sequence) 条记录已收回本机；从配置里去掉 shared 一节再启动服务。别的机器不再受理：把它们停掉",
      ["records": .number(position.sequence)])
  }
}
