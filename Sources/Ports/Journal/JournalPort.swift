package import Hall

/// The storage of events.
///
/// An append names the event that it follows. A journal that has grown meanwhile refuses, so two writers never
/// interleave.
package protocol JournalPort: Sendable {
  /// Appends events whose sequences follow `sequence` without a gap, all or none, and returns when they are durable.
  ///
  /// - Throws: `JournalFault`. After `.full` and `.readOnly` nothing was written, and the journal can be used again
  ///   once `probe` succeeds; after any other fault it must not be used any more.
  func append(_ events: [RecordedEvent], after sequence: Int64) async throws(JournalFault)

  /// The durable events after `sequence`, in order: those that another writer appended.
  ///
  /// - Throws: `JournalFault` when they cannot be read.
  func events(after sequence: Int64) async throws(JournalFault) -> [RecordedEvent]

  /// Writes something durable that is not an event, to test whether writing works again.
  ///
  /// - Returns: how much room there is.
  func probe() async throws(JournalFault) -> JournalRoom
}

/// The room that a journal has to write in.
package enum JournalRoom: Hashable, Sendable {
  case ample
  /// The disk is full, and the journal writes where its reserve was: enough to finish what has begun.
  case reserve
}

/// Writing the journal failed.
package enum JournalFault: Error, Hashable, Sendable {
  /// No space is left. Nothing was written.
  case full
  /// The disk is read-only. Nothing was written.
  case readOnly
  /// A write has not ended in time, as on a frozen file system. It may still become durable; until it ends nothing else is
  /// taken.
  case delayed
  /// A write or a sync failed; the content of the disk is unknown until the journal is opened again.
  case broken(detail: String)
  /// Another writer appended first. Nothing was written. After reading `events(after:)` and deciding again, appending
  /// is possible.
  case conflict(expected: Int64, found: Int64)

  /// True when the process must end and restart from the disk.
  package var isFatal: Bool {
    switch self {
    case .full, .readOnly, .delayed, .conflict: false
    case .broken: true
    }
  }
}

/// The operations on a whole journal, independent of its storage: replay, verification, backup.
package protocol JournalReading: Sendable {
  /// Replays all records from the first: verifies them and folds them into a state.
  ///
  /// - Parameter take: called in the order of the records, one at a time.
  /// - Throws: `StateFault.badRecord` naming the first record that is missing, changed, out of order or damaged,
  ///   `.newerRecord` for one of a newer program.
  func replay<State: Sendable>(
    into initial: State, _ take: @escaping @Sendable (inout State, RecordedEvent) -> Void
  ) async throws(StateFault) -> State

  /// Verifies the whole journal while it is in use, without blocking appends; records appended meanwhile are not verified.
  ///
  /// - Parameter head: one that was kept elsewhere, to compare the records with; nil for none.
  func verify(against head: JournalHead?) async throws(StateFault) -> Verification

  /// The head of the newest durable record, for keeping elsewhere.
  func journalHead() async throws(StateFault) -> JournalHead

  /// Copies the journal while it is in use into a new file, and verifies the copy.
  ///
  /// - Returns: the verification of the copy; a copy that fails is removed.
  func backup(to path: String) async throws(StateFault) -> Verification

  /// Closes it; nothing is appended afterwards.
  func close() async
}
