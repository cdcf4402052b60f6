import Dispatch

extension SQLiteJournal {
  /// Looks the whole journal through while it is in use, beside the appends and not in their way.
  ///
  /// What is appended meanwhile is not looked at.
  package nonisolated func verify() async throws(StateFault) -> Verification {
    let found = await found
    let (journal, sealing, archive) = (folder.journalFile, sealing, archive)
    return try await Care.work { () throws(StateFault) in
      try JournalVerifier.verify(journal, against: found, sealing: sealing, keptIn: archive)
    }
  }

  /// Copies the journal while it is in use into a file that does not exist yet, and verifies the copy.
  ///
  /// - Returns: what verifying the copy came to: it is sound, or there is none.
  package nonisolated func backup(to path: String) async throws(StateFault) -> Verification {
    let (journal, sealing, archive) = (folder.journalFile, sealing, archive)
    return try await Care.work { () throws(StateFault) in
      try JournalBackup.copy(journal, archive, to: path, sealing: sealing)
    }
  }

  private nonisolated var archive: CatalogueArchive { CatalogueArchive(stateFolder: folder.path, sealing: sealing) }

  /// What the checkpoint says now. A position is noted after its records are durable, so a reader that begins later
  /// finds them.
  private var found: CheckpointFile.Found { .checkpoint(checkpoint.checkpoint) }
}

/// Long reading, on a thread of its own at low priority.
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
