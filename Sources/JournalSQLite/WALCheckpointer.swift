import GRDB
import Logging
import Ports
import Synchronization

/// Checkpoints SQLite's write-ahead log into the database between commits, when it has grown enough.
///
/// SQLite's automatic checkpoint runs inside a commit and drops its errors. After a failed sync the next one may
/// succeed although pages are lost, so here an error ends the use of the journal.
final class WALCheckpointer: Sendable {
  /// Pages of the WAL after which it is checkpointed: SQLite's own default.
  private static let due = 1000
  /// The same where the log should not grow: a quarter of a megabyte.
  private static let dueInHurry = 64

  private let state = Mutex((pages: 0, due: WALCheckpointer.due, fault: JournalFault?.none))
  private let log: Logger
  private let syncDelay: SyncDelay

  init(log: Logger, syncDelay: SyncDelay) {
    self.log = log
    self.syncDelay = syncDelay
  }

  /// The error of a checkpoint, if there was one.
  var fault: JournalFault? { state.withLock { $0.fault } }

  /// Whether the log should not grow, because the disk is full; then it is checkpointed at the next commit, and often.
  func hurries(_ inHurry: Bool) {
    state.withLock { state in
      state.due = inHurry ? Self.dueInHurry : Self.due
      if inHurry { state.pages = Self.due }
    }
  }

  /// Counts a commit of `bytes` bytes and schedules a checkpoint when it is due.
  ///
  /// Returns at once; the checkpoint runs in the connection's queue.
  func note(bytes: Int, in database: DatabaseQueue) {
    let isDue = state.withLock { state in
      // Estimate: the pages that the records fill, and two that change with every commit.
      state.pages += 2 + bytes / 3500
      guard state.pages >= state.due else { return false }
      state.pages = 0
      return true
    }
    guard isDue else { return }
    database.asyncWriteWithoutTransaction { db in self.move(db) }
  }

  private func move(_ db: Database) {
    do {
      _ = try db.checkpoint(.passive)
      // One sync for the log, one for the database.
      syncDelay.wait()
      syncDelay.wait()
    } catch {
      let fault = JournalFault(error, systemError: db.fileError)
      if !fault.isFatal || (error as? DatabaseError)?.resultCode == .SQLITE_BUSY {
        // Nothing is lost: the records stay in the WAL until the next checkpoint.
        log.notice("the journal's log could not be moved yet", metadata: ["fault": "\(fault)"])
      } else {
        log.error("moving the journal's log failed", metadata: ["error": "\(error)"])
        state.withLock { $0.fault = .broken(detail: "moving the journal's log failed") }
      }
    }
  }
}
