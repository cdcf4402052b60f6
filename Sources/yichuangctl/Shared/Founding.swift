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

/// Makes a shared journal from this machine's own journal or, in `rescue`, from its copy of a lost shared journal.
struct Founding {
  let settings: HallSettings
  let shared: SharedSettings
  let admin: PostgresAdmin
  let folder: any ClaimedFolder
  /// Whether a lost shared journal is made anew from this machine's copy.
  let isRescue: Bool

  /// The state of this machine's journal, after every record was verified.
  private struct Source {
    let head: ChainPosition
    let epoch: Int64
    let ceilings: NumberCeilings
    let lastAt: Timestamp
    let seal: HallSeal
  }

  func run() async throws -> ControlReply {
    let source = try await source()
    try await admin.requirePrimary()
    try await makeDatabase()
    let password = PostgresAdmin.newPassword()
    try await admin.enrol(shared.role, password: password, in: shared.database)
    try makeFolder(shared.folder)
    try DurableText.write(password + "\n", to: shared.passwordFile, mode: 0o640)
    OwnGroup.give(shared.passwordFile)
    let needsRestart = try await ServerEncryption(shared: shared, admin: admin).setUp()
    if needsRestart, shared.hosts.allSatisfy({ !$0.isLocal }) {
      // PostgreSQL has to be restarted before it listens for other machines. This is left to the administrator, because other
      // halls may use the server.
      throw SharedFault(
        .unavailable,
        "PostgreSQL has to be started again before it listens for other machines: systemctl restart postgresql, then this command once more",
        zh: "PostgreSQL 要重新启动才会接受别的机器：systemctl restart postgresql，再运行一次这个命令")
    }
    let fence = try await bring(source, password)
    // Two days back, because no machine's date and no reservation is earlier.
    let today = ZoneOffset.beijing.civil(.present).date
    try HallChains.found(
      in: folder.path + "/" + DayKeys.folderName, daysOpened: try Journals.storage.daysOpened(in: folder.path),
      date: today.adding(days: -2))
    try folder.assign(to: .replica)
    try ClusterFile(stateFolder: folder.path).keep(.init(fence: fence))
    let count = source.head.sequence
    return ControlReply(
      .done,
      "the shared journal has \(count) records, verified there; this machine's journal is its copy now. Start the daemon (systemctl start yichuangd), and invite the other machines (yichuangctl shared invite MACHINE FILE)",
      zh:
        "共用账本已建好，\(count) 条记录，在那边逐条核对过；本机的账本从此是它的副本。启动服务（systemctl start yichuangd），再给别的机器生成加入文件（yichuangctl shared invite 机器名 文件）",
      ["records": .number(count), "system": .text(fence.system), "timeline": .number(fence.timeline)])
  }

  /// Opens the journal as the daemon does, verifies all of it, and closes it.
  private func source() async throws -> Source {
    let seal = try HallSeal(keyFile: folder.keyFile)
    let (journal, opening) = try folder.openJournal(sealing: seal)
    guard opening.condition == .intact else {
      await journal.close()
      throw SharedFault(
        .data, "this journal is not whole: \(opening.condition.sentence)", zh: "这本账本不完整：\(opening.condition.chinese)")
    }
    let verification = try await journal.verify(against: nil)
    guard verification.isSound else {
      await journal.close()
      throw SharedFault(reply: ControlReply(verification))
    }
    let state = try await journal.restore().state
    let (head, epoch, ceilings) = (await journal.position, await journal.epoch, await journal.ceilings)
    await journal.close()
    guard isRescue || state.day == nil else {
      throw SharedFault(
        .refused, "the business day is open: close it first (yichuangctl day close)",
        zh: "营业日还开着：先关日（yichuangctl day close）")
    }
    return Source(
      head: head, epoch: max(epoch, state.epoch), ceilings: ceilings, lastAt: state.lastAt, seal: seal)
  }

  private func makeDatabase() async throws {
    let name = shared.database
    if try await admin.run("SELECT 1 FROM pg_database WHERE datname = '\(name)'").isEmpty {
      try await admin.run("CREATE DATABASE \(name) ENCODING 'UTF8' TEMPLATE template0")
    }
    let schema = try ShareFolder.find().shared + "/schema-1.sql"
    guard let text = FileManager.default.contents(atPath: schema) else {
      throw SharedFault(.installation, "\(schema) is missing", zh: "缺少 \(schema)：重新安装")
    }
    // Checked under the lock, so that of two commands at once the second one finds the schema of the first.
    try await admin.change(
      """
      SELECT to_regclass('yc.records') IS NULL AS missing \\gset
      \\if :missing
      \(String(decoding: text, as: UTF8.self))
      \\endif
      """, in: name)
  }

  /// Copies every record unchanged, reads all of them back and verifies them, and then appends the acceptance of a new epoch.
  private func bring(_ source: Source, _ password: String) async throws -> ClusterFence {
    let server = try shared.server(password: password)
    let (journal, witness) = (reader(server, source.seal), reader(server, source.seal))
    let fence: Result<ClusterFence, any Error>
    do { fence = .success(try await bring(source, by: journal, witness)) } catch { fence = .failure(error) }
    await witness.close()
    await journal.close()
    return try fence.get()
  }

  private func reader(_ server: PostgresServer, _ seal: HallSeal) -> PostgresJournal {
    PostgresJournal(
      server, head: .origin, fence: nil, sealing: seal, log: Logger(label: "shared"), keep: { _ in })
  }

  private func bring(
    _ source: Source, by journal: PostgresJournal, _ witness: PostgresJournal
  ) async throws -> ClusterFence {
    _ = try await journal.probe()
    // Records that an earlier attempt has copied have to be the same.
    while case let records = try await journal.nextPage(), !records.isEmpty {}
    let present = await journal.position
    try checkSame(present, source)
    var position = present
    while position.sequence < source.head.sequence {
      let page = try folder.page(after: position, sealing: source.seal)
      guard !page.isEmpty else { break }
      try await journal.bring(page)
      position = await journal.position
    }
    _ = try await witness.probe()
    while case let records = try await witness.nextPage(), !records.isEmpty {}
    guard await witness.position == source.head, let fence = await witness.fence else {
      throw SharedFault(
        .data, "the shared journal does not end as this one: nothing was changed here; drop the database and try again",
        zh: "共用账本的末尾与本机账本对不上：本机没有改动；删掉那个数据库再试")
    }
    let latest = isRescue ? source.ceilings.latest : nil
    let floors = (latest?.lanes ?? [:]).sorted { $0.key < $1.key }.map { LaneStart(lane: $0.key, first: $0.value) }
    let accepted = JournalAccepted(epoch: source.epoch + 1, floors: floors, day: latest?.day)
    _ = try await witness.append(
      [
        RecordedEvent(
          sequence: source.head.sequence + 1, at: max(.present, source.lastAt), actor: .operator,
          event: .day(.journalAccepted(accepted)), answer: nil)
      ], after: source.head.sequence)
    return fence
  }

  private func checkSame(_ present: ChainPosition, _ source: Source) throws {
    let isPrefix: Bool
    if present.sequence == 0 {
      isPrefix = true
    } else if present.sequence > source.head.sequence {
      isPrefix = false
    } else {
      let before = present.sequence - 1
      isPrefix = try digest(at: present.sequence, after: before, source) == present.digest
    }
    guard isPrefix else {
      throw SharedFault(
        .refused,
        "the database \(shared.database) has a shared journal already, with other records: join it, or name another database",
        zh: "数据库 \(shared.database) 里已经有一本共用账本，记录不同：加入它，或换一个数据库名")
    }
  }

  /// The digest of a record of this machine's journal.
  private func digest(at sequence: Int64, after: Int64, _ source: Source) throws -> [UInt8]? {
    var position = ChainPosition.origin
    while position.sequence < sequence {
      let page = try folder.page(after: position, sealing: source.seal)
      guard !page.isEmpty else { return nil }
      let index = Int(sequence - position.sequence) - 1
      if index < page.count { return page[index].digest }
      position = ChainPosition(sequence: position.sequence + Int64(page.count), digest: page[page.count - 1].digest)
    }
    return nil
  }

  private func makeFolder(_ path: String) throws {
    do {
      try FileManager.default.createDirectory(
        atPath: path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o750])
      OwnGroup.give(path)
    } catch {
      throw SharedFault(.folder, "\(path) cannot be made: run it as root (sudo)", zh: "\(path) 建不了：用 sudo 运行")
    }
  }
}

/// The daemon's group, which reads the files of the configuration folder.
enum OwnGroup {
  static func give(_ path: String) {
    guard geteuid() == 0, let group = getgrnam("yichuang") else { return }
    chown(path, 0, group.pointee.gr_gid)
  }
}
