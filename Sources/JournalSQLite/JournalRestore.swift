import GRDB
import Glibc
package import Ports

/// Puts a backup in the place of a journal.
///
/// The checkpoint stays as it is. So the next opening sees that records are missing, nothing is issued until staff accept
/// the journal, and no number that was given after the backup is given again. The catalogues that the backup carries are put
/// beside those that are there.
package enum JournalRestore {
  package struct Report: Hashable, Sendable {
    /// What the restored journal is.
    package let verification: Verification
    /// Where the journal that was there lies now; nil when there was none.
    package let replaced: String?
  }

  /// - Parameter force: replaces a journal that has records; it is kept beside the restored one.
  /// - Throws: `StateFault.journalHasRecords` without force; `.badRecord` and its like when the backup is not sound.
  package static func restore(
    _ backup: String, into folder: StateFolder, sealing: any Sealing, force: Bool = false
  ) throws(StateFault) -> Report {
    let verification = try JournalVerifier.verify(backup: backup, sealing: sealing)
    if let problem = verification.problem { throw problem }
    let journal = folder.journalFile
    if !force, let count = records(in: journal), count > 0 {
      throw .journalHasRecords(journal, count: count)
    }
    let fresh = journal + ".restoring"
    try copy(backup, to: fresh)
    try CatalogueCopies.take(
      outOf: fresh, into: CatalogueArchive(stateFolder: folder.path, sealing: sealing))
    let replaced = try moveAside(journal)
    try Files.move(fresh, to: journal)
    try Files.syncFolder(folder.path)
    return Report(verification: verification, replaced: replaced)
  }

  /// nil when there is no journal; a journal that cannot be read counts as one with a record.
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

  private static func copy(_ from: String, to path: String) throws(StateFault) {
    let source = open(from, O_RDONLY | O_CLOEXEC)
    guard source >= 0 else { throw .failed(from, during: "opening", detail: Files.text(errno)) }
    defer { close(source) }
    let target = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
    guard target >= 0 else { throw .notWritable(path, errno) }
    defer { close(target) }
    var buffer = [UInt8](repeating: 0, count: 1 << 20)
    while true {
      let count = read(source, &buffer, buffer.count)
      guard count >= 0 else { throw .failed(from, during: "reading", detail: Files.text(errno)) }
      if count == 0 { break }
      guard write(target, buffer, count) == count else { throw .notWritable(path, errno) }
    }
    guard fsync(target) == 0 else { throw .failed(path, during: "syncing", detail: Files.text(errno)) }
  }

  /// Moves a journal with its log out of the way, so that SQLite can still open both together.
  private static func moveAside(_ journal: String) throws(StateFault) -> String? {
    unlink(journal + "-shm")
    guard Files.exists(journal) else {
      // A log without its database must not be taken for the restored one's.
      unlink(journal + "-wal")
      return nil
    }
    var number = 1
    while Files.exists("\(journal).replaced-\(number)") { number += 1 }
    let kept = "\(journal).replaced-\(number)"
    // The log first: a crash in between leaves the old database without its log, never the new one with a strange log.
    if Files.exists(journal + "-wal") { try Files.move(journal + "-wal", to: kept + "-wal") }
    try Files.move(journal, to: kept)
    return kept
  }
}
