import GRDB
import Glibc
package import Ports

/// Copies a journal that is in use: `VACUUM INTO` from a reading connection inside the process that writes it.
///
/// Copying the files from outside could tear the database from its log. The copy has neither keys nor checkpoint, so
/// whoever has a backup has no key, and a restored journal is compared with the checkpoint that stayed. The published
/// catalogues are in a table of the copy, so that one file is the whole backup.
package enum JournalBackup {
  /// Copies the journal of a state folder that no other process uses; changes nothing in the folder.
  package static func copy(
    of folder: StateFolder, to path: String, sealing: any Sealing, withHead: Bool
  ) throws(StateFault) -> Verification {
    try copy(
      folder.journalFile, CatalogueArchive(stateFolder: folder.path, sealing: sealing), to: path, sealing: sealing,
      withHead: withHead)
  }

  /// - Parameter withHead: writes the copy's head beside it; false where the hall's key is not at hand.
  /// - Returns: the verification of the finished copy.
  /// - Throws: `StateFault.exists` when there is a file already; any other fault leaves no file.
  static func copy(
    _ journal: String, _ archive: CatalogueArchive, to path: String, sealing: any Sealing, withHead: Bool = true
  ) throws(StateFault) -> Verification {
    // SQLite would take a leftover log beside the copy for the copy's own.
    for suffix in ["", "-wal", "-journal", JournalHead.fileSuffix] where Files.exists(path + suffix) {
      throw .exists(path + suffix)
    }
    let partial = path + ".partial"
    unlink(partial)
    do throws(StateFault) {
      try write(journal, to: partial)
      try CatalogueCopies.put(archive, into: partial)
      let verification = try JournalVerifier.verify(partial, against: nil, sealing: sealing)
      if let problem = verification.problem { throw problem }
      if withHead, let head = verification.journalHead(sealing) {
        try Files.move(
          try Files.prepare(Array("\(head)\n".utf8), for: path + JournalHead.fileSuffix),
          to: path + JournalHead.fileSuffix)
      }
      try Files.move(partial, to: path)
      try Files.syncFolder(Files.parent(of: path))
      return verification
    } catch {
      for suffix in ["", "-wal", "-shm", "-journal"] { unlink(partial + suffix) }
      throw error
    }
  }

  private static func write(_ journal: String, to path: String) throws(StateFault) {
    let database = try JournalDatabase.openForReading(journal)
    defer { try? database.close() }
    // Created here with mode 0600, so that the copy is never open to others.
    try Files.createPrivate(path)
    do {
      try database.writeWithoutTransaction { try $0.execute(sql: "VACUUM INTO ?", arguments: [path]) }
      try own(path)
    } catch {
      throw JournalDatabase.fault(error, path, during: "copying the journal to")
    }
    try Files.syncFile(path)
  }

  /// The backup of a replica is a journal like any other: whoever restores it goes on alone.
  private static func own(_ path: String) throws {
    let copy = try DatabaseQueue(path: path)
    defer { try? copy.close() }
    try copy.writeWithoutTransaction { db in
      guard try Int.fetchOne(db, sql: "PRAGMA application_id") == JournalOwner.replica.applicationID else { return }
      try db.execute(sql: "PRAGMA application_id = \(JournalOwner.hall.applicationID)")
    }
  }
}
