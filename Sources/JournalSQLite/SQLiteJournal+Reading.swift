import GRDB
import JournalCodec
package import Logging
package import Ports

extension SQLiteJournal {
  /// Opens a journal on a read-only file system, without writing anything.
  ///
  /// It is replayed and verified as usual. It refuses every append and probe with `readOnly`, also when the file system is
  /// writable again.
  ///
  /// SQLite reads the write-ahead log with an index of its own in memory where it cannot use the shared one
  /// (https://www.sqlite.org/wal.html, "Read-Only Databases").
  /// - Throws: `StateFault`; also where the log's files are missing.
  package static func openForReading(
    stateFolder folder: StateFolder, sealing: any Sealing, log: Logger
  ) throws(StateFault) -> (journal: SQLiteJournal, opening: JournalOpening) {
    let database = try JournalDatabase.openForReading(folder.journalFile, of: folder.owner)
    let snapshots = Snapshots(folder: folder, sealing: sealing, log: log)
    let (checkpoint, reading) = try CheckpointFile.openForReading(folder.checkpointFile, sealing: sealing)
    var snapshot: SnapshotCodec.Snapshot?
    let opening: JournalOpening
    do {
      opening = try database.read { db in
        let head = try JournalInspection.head(db)
        let opening = try JournalInspection.compare(
          db, head, with: reading, folder.firstStart, folder.journalFile, sealing)
        if opening.condition == .intact { snapshot = try snapshots.fitting(db) }
        if snapshot == nil { try JournalDatabase.checkStructure(db, folder.journalFile) }
        return opening
      }
    } catch {
      throw JournalDatabase.fault(error, folder.journalFile, during: "reading")
    }
    let journal = SQLiteJournal(
      folder: folder, sealing: sealing, log: log, knobs: .none, database: database, checkpoint: checkpoint,
      head: ChainPosition(sequence: opening.lastSequence, digest: opening.lastDigest),
      isAccepted: opening.condition == .intact, snapshots: snapshots, snapshot: snapshot, isShort: false,
      fault: .readOnly)
    return (journal, opening)
  }
}
