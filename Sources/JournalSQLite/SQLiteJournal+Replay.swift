import Foundation
import GRDB
package import Hall
import JournalCodec
import Logging
package import Ports

extension SQLiteJournal {
  /// Replays all records from the first: verifies the hash chain and folds the events into a state.
  ///
  /// One thread reads and verifies, a second decodes, a third folds, so that a start uses several processors.
  /// - Parameter take: called in the order of the records, one at a time.
  /// - Throws: `StateFault.badRecord` naming the first record that is missing, changed, out of order or unreadable.
  package func replay<State: Sendable>(
    into initial: State, _ take: @escaping @Sendable (inout State, RecordedEvent) -> Void
  ) throws(StateFault) -> State {
    try replay(into: initial, after: nil, take)
  }

  /// The hall's state: the snapshot's with the records after it, or, without a snapshot, that of all records.
  ///
  /// - Throws: as `replay`, for the records that it reads.
  package func restore() throws(StateFault) -> RestoredState {
    let start = Date()
    let (from, initial) = try beginning()
    let state = try replay(into: initial, after: from) { $0.evolve($1) }
    let replayed = state.sequence - from.sequence
    log.info(
      "the journal is replayed",
      metadata: [
        "snapshot": "\(from.sequence)", "records": "\(replayed)",
        "ms": "\(Int(Date().timeIntervalSince(start) * 1000))",
      ])
    return RestoredState(state: state, replayed: replayed)
  }

  private func beginning() throws(StateFault) -> (ChainPosition, HallState) {
    if let snapshot {
      return (ChainPosition(sequence: snapshot.state.sequence, digest: snapshot.digest), snapshot.state)
    }
    do {
      let base = try database.read { try JournalBase.read($0, folder.journalFile, sealing) }
      return (base?.position ?? .origin, base?.state ?? HallState())
    } catch {
      throw JournalDatabase.fault(error, folder.journalFile, during: "reading")
    }
  }

  private func replay<State: Sendable>(
    into initial: State, after start: ChainPosition?,
    _ take: @escaping @Sendable (inout State, RecordedEvent) -> Void
  ) throws(StateFault) -> State {
    do {
      return try database.read { db in
        try RecordParser(sealing: sealing).fold(db, after: start, into: initial, take)
      }
    } catch {
      throw JournalDatabase.fault(error, folder.journalFile, during: "reading")
    }
  }
}
