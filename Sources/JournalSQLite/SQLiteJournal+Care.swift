package import Ports

extension SQLiteJournal {
  /// Verifies the whole journal while it is in use, on a connection of its own that does not block appends.
  ///
  /// Records that are appended meanwhile are not verified.
  package nonisolated func verify() async throws(StateFault) -> Verification {
    let reading = try await look()
    let (journal, sealing, archive) = (folder.journalFile, sealing, archive)
    return try await Care.work(on: Care.requested) { () throws(StateFault) in
      try JournalVerifier.verify(journal, against: reading, sealing: sealing, keptIn: archive)
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
