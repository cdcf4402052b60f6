import Control
import Glibc
import Groundwork
import Hall
import JournalPostgres
import JournalSQLite
import Logging
import Ports
import Seal
import Settings
import Synchronization

/// A locked state folder with its journal opened and replayed: the first step of every start.
struct OpenedHall: Sendable {
  /// The state folder; held until the process ends.
  private let folder: any ClaimedFolder
  let storage: any JournalStorage
  let seal: HallSeal
  let journal: any JournalPort & JournalReading & SnapshotKeeping
  let opening: JournalOpening
  let restored: RestoredState
  /// Why nothing, or not everything, can be written now; nil when it can.
  let fault: JournalFault?
  /// The same journal in a hall with several machines.
  private(set) var shared: SharedJournal?
  /// Why this machine decides nothing yet, in a hall with several.
  private(set) var heldBack: JournalFault?
  var state: HallState { restored.state }

  var owner: JournalOwner { folder.owner }
  /// The path of the state folder.
  var path: String { folder.path }
  /// The catalogues that were published.
  var archive: any CatalogueKeeping { folder.catalogues(sealing: seal) }

  /// - Throws: `Exit` with the sentence for the operator.
  ///
  /// - Parameter settings: say whether several machines share a journal, and how it is reached.
  static func open(_ plan: Plan, _ settings: HallSettings, logger: Logger) async throws(Exit) -> OpenedHall {
    let shared = settings.shared
    let (path, owner) = (plan.stateFolder, plan.isTraining ? JournalOwner.training : shared == nil ? .hall : .replica)
    let folder: any ClaimedFolder
    let storage = storage(logger)
    let seal: HallSeal
    let journal: any StoredJournal
    let opening: JournalOpening
    let restored: RestoredState
    var isReadOnly = false
    do throws(StateFault) {
      do throws(StateFault) { folder = try storage.claim(path, of: owner) } catch {
        guard error.isReadOnly else { throw error }
        folder = try storage.claimForReading(path, of: owner)
        isReadOnly = true
      }
      if !isReadOnly { try folder.begin() }
    } catch { throw Exit(error) }
    if let trained = plan.trainedHall {
      seal = try Training.seal(of: trained)
    } else {
      do throws(KeyFault) { seal = try HallSeal(keyFile: folder.keyFile) } catch { throw Exit(error) }
    }
    if let shared {
      guard !isReadOnly else { throw Exit(StateFault.notWritable(path, EROFS)) }
      return try await open(folder, storage, seal, shared, digest: settings.digest, logger)
    }
    do throws(StateFault) {
      (journal, opening) = try openJournal(folder, seal, logger, &isReadOnly)
      restored = try await journal.restore()
    } catch {
      throw Exit(error)
    }
    return OpenedHall(
      folder: folder, storage: storage, seal: seal, journal: journal, opening: opening,
      restored: checked(restored, opening, logger),
      fault: isReadOnly ? .readOnly : await journal.isShort ? .full : nil)
  }

  private static func open(
    _ folder: any ClaimedFolder, _ storage: any JournalStorage, _ seal: HallSeal, _ shared: SharedSettings,
    digest: String, _ logger: Logger
  ) async throws(Exit) -> OpenedHall {
    var log = Logger(label: "yichuang.journal")
    log.logLevel = logger.logLevel
    let opened = try await openShared(folder, seal, shared, digest: digest, log)
    var hall = OpenedHall(
      folder: folder, storage: storage, seal: seal, journal: opened.journal, opening: opened.opening,
      restored: checked(opened.restored, opened.opening, logger), fault: opened.fault)
    (hall.shared, hall.heldBack) = (opened.journal, opened.heldBack)
    return hall
  }

  private static func checked(
    _ restored: RestoredState, _ opening: JournalOpening, _ logger: Logger
  ) -> RestoredState {
    var state = restored.state
    state.isAccepted = opening.condition == .intact
    state.epoch = max(state.epoch, opening.epoch)
    for violation in state.violations() {
      logger.critical("the journal gives a hall that cannot be", metadata: ["violation": "\(violation)"])
    }
    if !state.isAccepted {
      let condition = opening.condition
      logger.warning("\(Terminal.isChinese ? condition.chinese : condition.sentence)")
    }
    return RestoredState(state: state, replayed: restored.replayed)
  }

  /// Whether the state folder takes files now.
  var isWritable: Bool { folder.takesFiles }

  /// Looks whether the state folder's disk answers and takes writes.
  func diskLook() -> @Sendable () -> JournalFault? { folder.diskLook() }

  /// Something made of the journal's records, which each question brings up to date.
  func follow<Folded: Sendable>(
    into initial: Folded, _ take: @escaping @Sendable (inout Folded, RecordedEvent) -> Void
  ) -> @Sendable () async throws(StateFault) -> Folded {
    storage.follow(folder.journalFile, of: owner, sealing: seal, into: initial, take)
  }

  /// Finds a case that ended long ago, by its code.
  var endedCases: @Sendable (PublicCode, ZoneOffset) async throws(StateFault) -> HallState? {
    storage.endedCases(in: folder.journalFile, of: owner)
  }

  /// How the state folder is mounted now.
  var mount: FolderMount? { FolderMount(of: folder.path) }

  /// Where the journals of this machine are stored. The adapter is chosen here and nowhere else in the daemon.
  private static func storage(_ logger: Logger) -> any JournalStorage {
    var log = Logger(label: "yichuang.journal")
    log.logLevel = logger.logLevel
    return SQLiteStorage(log: log)
  }

  private static func openJournal(
    _ folder: any ClaimedFolder, _ seal: HallSeal, _ log: Logger, _ isReadOnly: inout Bool
  ) throws(StateFault) -> (any StoredJournal, JournalOpening) {
    if !isReadOnly {
      do throws(StateFault) { return try folder.openJournal(sealing: seal) } catch {
        // What a hall without a journal writes once it may, as its security log, would be traces of a lost one.
        guard error.isReadOnly, !folder.isFirstStart else { throw error }
        isReadOnly = true
      }
    }
    guard !folder.isFirstStart else { throw .notWritable(folder.path, EROFS) }
    log.error("the state folder is read-only: the hall shows what is known and takes no commands")
    return try folder.openJournalForReading(sealing: seal)
  }
}

extension StateFault {
  /// The file system is read-only.
  fileprivate var isReadOnly: Bool { if case .notWritable(_, EROFS) = self { true } else { false } }
}

extension Exit {
  init(_ fault: StateFault) { self.init(ExitStatus(fault), fault.description, zh: fault.chinese) }

  init(_ fault: KeyFault) {
    let path = fault.path
    let chinese =
      switch fault.problem {
      case .unreadable(let code): "密钥 \(path) 读不出来（\(SystemError.chinese(code))）：把它交给服务的用户"
      case .unwritable(let code): "密钥 \(path) 写不了（\(SystemError.chinese(code))）：检查状态文件夹能否写、磁盘是否已满"
      case .wrongLength: "密钥 \(path) 不是 32 字节，已损坏：把它移走，启动时会重新生成（此前发出的重试请求会被拒绝）"
      case .openToOthers: "密钥 \(path) 别人也能读：chmod 600 \(path)"
      case .destroyed: "密钥 \(path) 到期已销毁"
      }
    self.init(.disk, fault.description, zh: chinese)
  }
}

/// Every active version of the catalogue, so that an old notice can be shown and printed again unchanged.
///
/// Versions of this run and requested ones are in memory; others are read from the state folder, if their file still
/// has its digest.
final class CatalogueStore: Sendable {
  private struct Content {
    var sealed: [String: String]
    var read: [String: Catalogue] = [:]
  }

  private let archive: any CatalogueKeeping
  private let content: Mutex<Content>

  init(_ hall: OpenedHall) {
    archive = hall.archive
    content = Mutex(Content(sealed: Dictionary(hall.state.catalogue.published.map { ($0.version, $0.content) }) { $1 }))
  }

  /// Stores a version on disk.
  ///
  /// - Returns: the digest of the stored content, for the event that publishes it.
  func keep(_ catalogue: Catalogue) throws(StateFault) -> String {
    let sealed = try archive.keep(catalogue, sealed: content.withLock { $0.sealed[catalogue.version] })
    content.withLock { content in
      content.sealed[catalogue.version] = sealed
      content.read[catalogue.version] = catalogue
    }
    return sealed
  }

  /// Nil when it was never published here, or its file has another digest.
  func catalogue(_ version: String) -> Catalogue? {
    let (known, sealed) = content.withLock { ($0.read[version], $0.sealed[version]) }
    if let known { return known }
    guard let sealed, let catalogue = archive.catalogue(version, sealed: sealed) else { return nil }
    content.withLock { $0.read[version] = catalogue }
    return catalogue
  }
}

extension SecretFile {
  /// A file of the state folder: `pages.secrets`, `sessions.secrets`.
  convenience init(_ hall: OpenedHall, _ name: String) { self.init(folder: hall.path, name) }

  convenience init(folder: String, _ name: String) {
    let logger = Logger(label: "yichuang.http")
    self.init(path: "\(folder)/\(name).secrets") { what, path in
      logger.warning("\(what)", metadata: ["path": "\(path)"])
    }
  }
}
