import Foundation
import GRDB
package import Hall
package import Ports

extension SQLiteJournal {
  /// Rows that are removed in one transaction: some milliseconds.
  private static let step = 1000

  package nonisolated func retire(
    keeping rule: RetentionRule, telling tell: @Sendable (RecordsLeft) async throws(StateFault) -> Void
  ) async throws(StateFault) -> RetiredDays {
    var retired = RetiredDays()
    // What staff have not accepted may be somebody else's journal.
    guard await isAccepted else { return retired }
    // The exports would take the room in which the day is finished.
    guard await !isShort, await fault == nil else { return retired }
    let retirement = Retirement(folder: folder, sealing: sealing)
    while true {
      let leaving = try await Care.work(on: Care.snapshots) { () throws(StateFault) in
        try retirement.prepare(keeping: rule.days)
      }
      // Noted in the journal before anything is removed: after a crash in between the same is only noted again.
      if let leaving { try await tell(leaving.left) }
      do {
        if let leaving { try await begin(at: leaving.base) }
        // Removes also what an interrupted run left.
        while case let count = try await removeLeftovers(), count > 0 { retired.records += count }
      } catch {
        throw .failed(folder.journalFile, during: "removing old days from", detail: "\(error)")
      }
      if leaving == nil { break }
    }
    retired.exports = try await Care.work(on: Care.snapshots) { () throws(StateFault) in
      try retirement.removeExports(keeping: rule.exportDays)
    }
    return retired
  }

  /// Moves the journal's beginning: one transaction, after which the records before it do not count any more.
  func begin(at base: JournalBase) throws(JournalFault) {
    Failpoint.beforeBase.reach()
    try change { db in
      guard try JournalBase.position(db).sequence < base.position.sequence else { return }
      try base.write(db, sealing)
      try db.execute(
        sql: "DELETE FROM segments WHERE last <= ?", arguments: [base.position.sequence])
    }
    Failpoint.afterBase.reach()
  }

  /// Removes some of the records before the journal's beginning.
  private func removeLeftovers() throws(JournalFault) -> Int64 {
    var count: Int64 = 0
    try change { db in
      let base = try JournalBase.position(db)
      guard base != .origin else { return }
      try db.execute(
        sql: """
          DELETE FROM journal WHERE sequence IN (
            SELECT sequence FROM journal WHERE sequence <= ? ORDER BY sequence LIMIT \(Self.step))
          """, arguments: [base.sequence])
      count = Int64(db.changesCount)
    }
    Failpoint.betweenRemovals.reach()
    return count
  }

  /// A transaction beside the appends; what leaves is overwritten in the file.
  private func change(_ body: (Database) throws -> Void) throws(JournalFault) {
    if let fault = fault ?? mover.fault { throw fault }
    do {
      try database.writeWithoutTransaction { db in
        try db.execute(sql: "PRAGMA secure_delete = ON")
        defer { try? db.execute(sql: "PRAGMA secure_delete = OFF") }
        try db.translatingFaults {
          try db.inTransaction(.immediate) {
            try body(db)
            return .commit
          }
        }
      }
    } catch {
      let fault = error as? JournalFault ?? JournalFault(error)
      if fault.isFatal { self.fault = fault }
      throw fault
    }
    mover.note(bytes: Self.step * 400, in: database)
  }
}
