import GRDB
import Glibc
package import Ports

/// Replaces a journal by a backup.
///
/// The checkpoint stays. The next opening therefore detects the missing records, nothing is issued until staff accept
/// the journal, and no number that was issued after the backup is issued again. The backup's catalogues are added to
/// the archive.
package enum JournalRestore {
  /// - Parameter force: replaces a journal that has records; it is kept beside the restored one.
  /// - Throws: `StateFault.journalHasRecords` without force; `.badRecord` and the other faults of verification when the
  ///   source is damaged; `.inUse`, `.copiedWithoutLog` and `.changedWhileCopied` when the source may be incomplete.
  package static func restore(
    _ source: String, into folder: StateFolder, sealing: any Sealing, force: Bool = false
  ) throws(StateFault) -> RestoredJournal {
    let journal = folder.journalFile
    guard !Files.isSame(source, journal) else { throw .isTheJournal(journal) }
    let fresh = journal + ".restoring"
    try RestoreSource(path: source).copy(to: fresh)
    do throws(StateFault) {
      let verification = try prepare(fresh, for: folder, sealing)
      if !force, let count = records(in: journal), count > 0 {
        throw .journalHasRecords(journal, count: count)
      }
      try forgetEmptyCheckpoint(folder, sealing)
      let replaced = try moveAside(journal)
      try Files.move(fresh, to: journal)
      try Files.syncFolder(folder.path)
      return RestoredJournal(verification: verification, replaced: replaced)
    } catch {
      RestoreSource.remove(fresh)
      throw error
    }
  }

  /// Removes the checkpoint of a hall that never had a record, as the first start of a new machine leaves it.
  ///
  /// An empty checkpoint fits any journal, so numbers that were given after the backup would be given again.
  private static func forgetEmptyCheckpoint(_ folder: StateFolder, _ sealing: any Sealing) throws(StateFault) {
    guard case .checkpoint(let known) = try CheckpointFile.look(at: folder.checkpointFile, sealing: sealing).found,
      known.position.sequence == 0, known.ceilings.days.isEmpty
    else { return }
    guard unlink(folder.checkpointFile) == 0 else { throw .notWritable(folder.checkpointFile, errno) }
    try Files.syncFolder(folder.path)
  }

  /// Verifies the copy as copied, and again after the conversion to one file.
  private static func prepare(
    _ fresh: String, for folder: StateFolder, _ sealing: any Sealing
  ) throws(StateFault) -> Verification {
    let given = try JournalVerifier.verify(backup: fresh, sealing: sealing)
    if let problem = given.problem { throw problem }
    let archive = CatalogueArchive(stateFolder: folder.path, sealing: sealing)
    try CatalogueCopies.take(outOf: fresh, into: archive)
    let written = try JournalVerifier.verify(fresh, against: nil, sealing: sealing, keptIn: archive)
    if let problem = written.problem { throw problem }
    guard (written.records, written.headDigest) == (given.records, given.headDigest) else {
      throw .damaged(fresh, detail: "the copy is not what was read")
    }
    return written
  }

  /// nil when there is no journal; an unreadable journal counts as one with a record.
  private static func records(in path: String) -> Int64? {
    guard Files.size(path) ?? 0 > 0 else { return nil }
    do {
      let database = try JournalDatabase.openForReading(path)
      defer { try? database.close() }
      return try database.read { try Int64.fetchOne($0, sql: "SELECT count(*) FROM journal") } ?? 0
    } catch {
      return 1
    }
  }

  /// Moves a journal and its log aside, so that SQLite can still open both together.
  private static func moveAside(_ journal: String) throws(StateFault) -> String? {
    unlink(journal + "-shm")
    guard Files.exists(journal) else {
      // SQLite must not take a log without its database for the restored one's.
      unlink(journal + "-wal")
      return nil
    }
    var number = 1
    while Files.exists("\(journal).replaced-\(number)") { number += 1 }
    let kept = "\(journal).replaced-\(number)"
    // The log first: a crash in between leaves the old database without its log, never the new database with the old
    // log.
    if Files.exists(journal + "-wal") { try Files.move(journal + "-wal", to: kept + "-wal") }
    try Files.move(journal, to: kept)
    return kept
  }
}
