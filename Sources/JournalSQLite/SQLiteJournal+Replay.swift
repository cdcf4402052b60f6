import GRDB
package import Hall

extension SQLiteJournal {
  /// Goes through all records from the first, verifying the chain, and folds them into a state.
  ///
  /// - Throws: `StateFault.badRecord` naming the first record that is missing, changed, out of place or unreadable.
  package func replay<State: Sendable>(
    into initial: State, _ take: @Sendable (inout State, RecordedEvent) -> Void
  ) throws(StateFault) -> State {
    var state = initial
    do {
      try database.read { db in
        _ = try RecordReader(sealing: sealing).read(db) { recorded, _ in take(&state, recorded) }
      }
    } catch {
      throw JournalDatabase.fault(error, folder.journalFile, during: "reading")
    }
    return state
  }
}
