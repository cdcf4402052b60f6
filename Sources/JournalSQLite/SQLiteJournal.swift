import GRDB
import Groundwork
import JournalCodec
package import Logging
package import Ports

/// The journal on SQLite: appends in batches, each one durable transaction, on a thread of its own.
///
/// One connection writes and checkpoints the WAL. Reading connections exist beside it in the same process, for backups
/// and verification.
package actor SQLiteJournal: StoredJournal {
  /// SQLite blocks its thread, so it has one outside the cooperative pool.
  private let executor = QueueExecutor(label: "journal")
  package nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

  let folder: StateFolder
  let sealing: any Sealing
  let log: Logger
  let knobs: TestKnobs
  let database: DatabaseQueue
  let checkpoint: CheckpointFile
  /// The newest durable record.
  var head: ChainPosition
  /// False until staff accept a journal that was not intact; until then only an acceptance is appended.
  var isAccepted: Bool
  /// Set by the first fault after which the content on disk is unknown; no handle is used afterwards.
  var fault: JournalFault?
  let mover: WALCheckpointer
  let reserve: Reserve
  /// The disk was full, and there is no room for the reserve yet.
  package internal(set) var isShort: Bool
  /// Whether the next probe has to write.
  var isTrialDue = false
  let snapshots: Snapshots
  /// The snapshot with which the start began; nil when it reads every record, and once those before it are verified.
  var snapshot: SnapshotCodec.Snapshot?

  init(
    folder: StateFolder, sealing: any Sealing, log: Logger, knobs: TestKnobs, database: DatabaseQueue,
    checkpoint: CheckpointFile, head: ChainPosition, isAccepted: Bool, snapshots: Snapshots,
    snapshot: SnapshotCodec.Snapshot?, isShort: Bool, fault: JournalFault? = nil
  ) {
    self.folder = folder
    self.sealing = sealing
    self.log = log
    self.knobs = knobs
    self.database = database
    self.checkpoint = checkpoint
    self.head = head
    self.isAccepted = isAccepted
    self.snapshots = snapshots
    self.snapshot = snapshot
    mover = WALCheckpointer(log: log, syncDelay: knobs.syncDelay)
    reserve = Reserve(stateFolder: folder.path)
    self.isShort = isShort
    self.fault = fault
    isTrialDue = isShort
    mover.hurries(isShort)
  }

  /// Opens the journal of a state folder; creates it when there is none and there never was one.
  ///
  /// Blocks while SQLite checks its structure: for use at start only.
  /// - Throws: `StateFault`, with a sentence that says what to do.
  package static func open(
    stateFolder folder: StateFolder, sealing: any Sealing, log: Logger = Logger(label: "journal")
  ) throws(StateFault) -> (journal: SQLiteJournal, opening: JournalOpening) {
    try open(stateFolder: folder, sealing: sealing, log: log, knobs: .fromEnvironment())
  }

  /// Opens it, on a full disk with the room of the reserve.
  static func open(
    stateFolder folder: StateFolder, sealing: any Sealing, log: Logger, knobs: TestKnobs
  ) throws(StateFault) -> (journal: SQLiteJournal, opening: JournalOpening) {
    let reserve = Reserve(stateFolder: folder.path)
    do throws(StateFault) {
      let opened = try openNow(folder, sealing, log, knobs)
      if !reserve.make() { log.warning("there is no room for the reserve", metadata: ["path": "\(reserve.path)"]) }
      return opened
    } catch {
      guard reserve.isHeld, reserve.free.map({ $0 < Reserve.smallest }) == true, reserve.release() else { throw error }
      log.warning("the disk is full: the reserve is given up")
      return try openNow(folder, sealing, log, knobs, isShort: true)
    }
  }

  private static func openNow(
    _ folder: StateFolder, _ sealing: any Sealing, _ log: Logger, _ knobs: TestKnobs, isShort: Bool = false
  ) throws(StateFault) -> (journal: SQLiteJournal, opening: JournalOpening) {
    for warning in knobs.warnings + [folder.warning].compactMap({ $0 }) { log.warning("\(warning)") }
    try folder.begin()
    let snapshots = Snapshots(folder: folder, sealing: sealing, log: log)
    var snapshot: SnapshotCodec.Snapshot?
    let database = try JournalDatabase.open(
      folder.journalFile, of: folder.owner, synchronousIsNormal: knobs.synchronousIsNormal,
      isVerifiedLater: { db in
        snapshot = try snapshots.fitting(db)
        return snapshot != nil
      })
    let checkpoint: CheckpointFile
    let opening: JournalOpening
    let isOfEarlierRelease: Bool
    do {
      let (regime, head) = try database.read { db in
        (try SQLiteRegime.describe(db), try JournalInspection.head(db))
      }
      log.info("\(regime)")
      let reading: CheckpointReading
      (checkpoint, reading) = try CheckpointFile.open(
        folder.checkpointFile, sealing: sealing, fresh: head.sequence == 0 && folder.firstStart.isPossible,
        syncDelay: knobs.syncDelay)
      isOfEarlierRelease = reading.isOfEarlierRelease
      opening = try database.read {
        try JournalInspection.compare($0, head, with: reading, folder.firstStart, folder.journalFile, sealing)
      }
      if opening.condition != .intact, snapshot != nil {
        snapshot = nil
        try database.read { try JournalDatabase.checkStructure($0, folder.journalFile) }
      }
    } catch {
      throw JournalDatabase.fault(error, folder.journalFile, during: "reading")
    }
    if isOfEarlierRelease {
      log.notice("the checkpoint of an earlier release is taken over: this is said once in the life of a hall")
    }
    if !opening.damage.isEmpty {
      log.error(
        "the checkpoint's file is not as it was written; the rest of it holds, and it is written anew",
        metadata: ["damaged": "\(opening.damage.joined(separator: ", "))", "kept": "\(folder.checkpointFile).damaged"])
    }
    let head = ChainPosition(sequence: opening.lastSequence, digest: opening.lastDigest)
    if opening.condition == .intact {
      var next = checkpoint.checkpoint
      next.position = head
      next.isClosed = false
      do { try checkpoint.keep(next) } catch { throw JournalDatabase.fault(error, folder.checkpointFile) }
    } else {
      log.warning(
        "the journal is not the one that the checkpoint remembers",
        metadata: [
          "condition": "\(opening.condition)", "last": "\(opening.lastSequence)",
        ])
    }
    try folder.firstStart.end()
    let journal = SQLiteJournal(
      folder: folder, sealing: sealing, log: log, knobs: knobs, database: database, checkpoint: checkpoint, head: head,
      isAccepted: opening.condition == .intact, snapshots: snapshots, snapshot: snapshot, isShort: isShort)
    return (journal, opening)
  }

  /// The newest durable sequence.
  package var lastSequence: Int64 { head.sequence }

  /// Closes the journal: checkpoints the WAL and makes the position durable.
  package func close() {
    if fault == nil, isAccepted {
      var last = checkpoint.checkpoint
      // Not the checkpoint's own position, which stays behind where the file system refused the newest one: the records
      // after it would be taken for somebody else's.
      last.position = head
      last.isClosed = true
      try? checkpoint.keep(last)
    }
    fault = fault ?? .broken(detail: "the journal is closed")
    // If the WAL cannot be checkpointed now, the next opening does it.
    try? database.close()
  }
}
