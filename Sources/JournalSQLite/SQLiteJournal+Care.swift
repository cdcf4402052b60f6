import GRDB
package import Ports

extension SQLiteJournal {
  /// Verifies the whole journal while it is in use, on a connection of its own that does not block appends.
  ///
  /// Records that are appended meanwhile are not verified.
  package nonisolated func verify(against head: JournalHead? = nil) async throws(StateFault) -> Verification {
    let reading = try await look()
    let (journal, sealing, archive) = (folder.journalFile, sealing, archive)
    return try await Care.work(on: Care.requested) { () throws(StateFault) in
      try JournalVerifier.verify(journal, against: reading, sealing: sealing, keptIn: archive, head: head)
    }
  }

  package func journalHead() async throws(StateFault) -> JournalHead { try headNow() }

  // Not async, so that GRDB's blocking calls are chosen; they keep the actor's order.
  private func headNow() throws(StateFault) -> JournalHead {
    do {
      let day = try database.read { try JournalInspection.lastDay($0) }
      return JournalHead(sequence: head.sequence, digest: head.digest, day: day, sealing: sealing)
    } catch {
      throw JournalDatabase.fault(error, folder.journalFile, during: "reading")
    }
  }

  /// Copies the journal while it is in use into a new file, and verifies the copy.
  ///
  /// - Returns: the verification of the copy; a copy that fails is removed.
  package nonisolated func backup(to path: String) async throws(StateFault) -> Verification {
    let (journal, sealing, archive) = (folder.journalFile, sealing, archive)
    return try await Care.work(on: Care.requested) { () throws(StateFault) in
      try JournalBackup.copy(journal, archive, to: path, sealing: sealing)
    }
  }

  private nonisolated var archive: CatalogueArchive { CatalogueArchive(stateFolder: folder.path, sealing: sealing) }

  /// The checkpoint as it stands on disk, between two appends. A position is written after its records are durable, so a
  /// later reader finds them.
  private func look() throws(StateFault) -> CheckpointReading { try checkpoint.look() }
}
