import Dispatch
import GRDB
package import Hall
import Synchronization

extension SQLiteJournal {
  /// Goes through all records from the first, verifying the chain, and folds them into a state.
  ///
  /// One thread reads and verifies, another decodes and folds: a start with a year of records takes seconds.
  /// - Parameter take: called in the order of the records, one at a time.
  /// - Throws: `StateFault.badRecord` naming the first record that is missing, changed, out of place or unreadable.
  package func replay<State: Sendable>(
    into initial: State, _ take: @escaping @Sendable (inout State, RecordedEvent) -> Void
  ) throws(StateFault) -> State {
    let folding = Folding(initial, take)
    do {
      try database.read { db in
        var batch: [StoredRecord] = []
        _ = try RecordReader(sealing: sealing).read(db) { stored in
          batch.append(stored)
          guard batch.count >= Folding<State>.batch else { return }
          folding.add(batch)
          batch.removeAll(keepingCapacity: true)
        }
        folding.add(batch)
      }
    } catch {
      // An unreadable record stands before the one at which reading stopped.
      _ = try folding.finish()
      throw JournalDatabase.fault(error, folder.journalFile, during: "reading")
    }
    return try folding.finish()
  }
}

/// Folds batches of records in order, on a thread of its own.
private final class Folding<State: Sendable>: Sendable {
  static var batch: Int { 512 }

  private let progress: Mutex<(state: State, fault: StateFault?)>
  private let take: @Sendable (inout State, RecordedEvent) -> Void
  private let queue = DispatchQueue(label: "journal-replay")
  /// Keeps the reader from running ahead of memory.
  private let room = DispatchSemaphore(value: 16)

  init(_ initial: State, _ take: @escaping @Sendable (inout State, RecordedEvent) -> Void) {
    progress = Mutex((initial, nil))
    self.take = take
  }

  func add(_ records: [StoredRecord]) {
    room.wait()
    queue.async { [self] in
      fold(records)
      room.signal()
    }
  }

  private func fold(_ records: [StoredRecord]) {
    progress.withLock { progress in
      guard progress.fault == nil else { return }
      do throws(StateFault) {
        for record in records { take(&progress.state, try record.decoded()) }
      } catch {
        progress.fault = error
      }
    }
  }

  /// Waits for what was added.
  func finish() throws(StateFault) -> State {
    queue.sync {}
    let (state, fault) = progress.withLock { ($0.state, $0.fault) }
    if let fault { throw fault }
    return state
  }
}
