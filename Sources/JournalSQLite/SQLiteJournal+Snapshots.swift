import GRDB
package import Hall
import JournalCodec
package import Ports

extension SQLiteJournal {
  package nonisolated func keepSnapshot(of state: HallState) async throws(StateFault) {
    let (folder, snapshots) = (folder, snapshots)
    try await Care.work(on: Care.snapshots) { () throws(StateFault) in
      try snapshots.keep(state, digest: Self.digest(of: state.sequence, in: folder))
    }
  }

  private static func digest(of sequence: Int64, in folder: StateFolder) throws(StateFault) -> [UInt8] {
    let path = folder.journalFile
    let database = try JournalDatabase.openForReading(path, of: folder.owner)
    defer { try? database.close() }
    do {
      guard let position = try database.read({ try JournalInspection.position($0, at: sequence) }) else {
        throw StateFault.badRecord(sequence: sequence, problem: "is missing")
      }
      return position.digest
    } catch {
      throw JournalDatabase.fault(error, path, during: "reading")
    }
  }

  package nonisolated func verifySkipped() async throws(StateFault) -> Int64 {
    guard let snapshot = await snapshot else { return 0 }
    let skipped = SkippedRecords(folder.journalFile, of: folder.owner, sealing: sealing, snapshot: snapshot)
    let result = await withTaskCancellationHandler {
      await Care.result(on: Care.verification) { () throws(StateFault) in try skipped.verify() }
    } onCancel: {
      skipped.stop()
    }
    do throws(StateFault) {
      let count = try result.get()
      await forgetSnapshot()
      return count
    } catch {
      if case .snapshotDiffers = error { snapshots.discard() }
      throw error
    }
  }

  private func forgetSnapshot() { snapshot = nil }

  /// The digest of a record in the hash chain.
  func digest(of sequence: Int64) throws(StateFault) -> [UInt8] {
    try Self.digest(of: sequence, in: folder)
  }
}
