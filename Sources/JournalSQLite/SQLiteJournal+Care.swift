import Dispatch
package import Ports

extension SQLiteJournal {
  /// Verifies the whole journal while it is in use, on a connection of its own that does not block appends.
  ///
  /// Records that are appended meanwhile are not verified.
  package nonisolated func verify() async throws(StateFault) -> Verification {
    let found = await found
    let (journal, sealing, archive) = (folder.journalFile, sealing, archive)
    return try await Care.work { () throws(StateFault) in
      try JournalVerifier.verify(journal, against: found, sealing: sealing, keptIn: archive)
    }
  }

  /// Copies the journal while it is in use into a new file, and verifies the copy.
  ///
  /// - Returns: the verification of the copy; a copy that fails is removed.
  package nonisolated func backup(to path: String) async throws(StateFault) -> Verification {
    let (journal, sealing, archive) = (folder.journalFile, sealing, archive)
    return try await Care.work { () throws(StateFault) in
      try JournalBackup.copy(journal, archive, to: path, sealing: sealing)
    }
  }

  private nonisolated var archive: CatalogueArchive { CatalogueArchive(stateFolder: folder.path, sealing: sealing) }

  /// The present checkpoint. A position is written after its records are durable, so a later reader finds them.
  private var found: CheckpointFile.Found { .checkpoint(checkpoint.checkpoint) }
}

/// Long reads, on a thread of their own at low priority.
private enum Care {
  private static let queue = DispatchQueue(label: "journal-care", qos: .utility)

  static func work<Answer: Sendable>(
    _ body: @escaping @Sendable () throws(StateFault) -> Answer
  ) async throws(StateFault) -> Answer {
    let result: Result<Answer, StateFault> = await withCheckedContinuation { continuation in
      queue.async {
        do throws(StateFault) { continuation.resume(returning: .success(try body())) } catch {
          continuation.resume(returning: .failure(error))
        }
      }
    }
    return try result.get()
  }
}
