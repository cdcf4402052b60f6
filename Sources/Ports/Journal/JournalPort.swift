package import Hall

/// Where events are kept.
///
/// Whoever appends says after which event; a journal that has moved on refuses, so two writers never interleave.
package protocol JournalPort: Sendable {
  /// Appends events whose sequences follow `sequence` without a gap, all or none, and returns when they are durable.
  ///
  /// - Throws: `JournalFault`. After `.full` and `.readOnly` nothing was written and the journal goes on once `probe` succeeds;
  ///   after any other fault it must not be used any more.
  func append(_ events: [RecordedEvent], after sequence: Int64) async throws(JournalFault)

  /// The events after `sequence` that are durable, in order: what somebody else appended.
  ///
  /// - Throws: `JournalFault` when they cannot be read.
  func events(after sequence: Int64) async throws(JournalFault) -> [RecordedEvent]

  /// Writes something durable that is no event, to find out whether writing works again.
  func probe() async throws(JournalFault)
}

/// The world failed while the journal was written.
package enum JournalFault: Error, Hashable, Sendable {
  /// No space is left. Nothing was written.
  case full
  /// The disk can be read only. Nothing was written.
  case readOnly
  /// A write or a sync failed; what is on disk is not known until the journal is opened again.
  case broken(detail: String)
  /// Somebody else appended first. Nothing was written; who reads `events(after:)` and decides again may append after them.
  case conflict(expected: Int64, found: Int64)

  /// True when the process must end and start again from what is on disk.
  package var isFatal: Bool {
    switch self {
    case .full, .readOnly, .conflict: false
    case .broken: true
    }
  }
}

/// A journal as it is opened, gone through, verified and copied, whatever keeps it.
package protocol JournalReading: Sendable {
  /// Goes through all records from the first, verifying them, and folds them into a state.
  ///
  /// - Parameter take: called in the order of the records, one at a time.
  /// - Throws: `StateFault.badRecord` naming the first record that is missing, changed, out of order or damaged,
  ///   `.newerRecord` for one of a newer program.
  func replay<State: Sendable>(
    into initial: State, _ take: @escaping @Sendable (inout State, RecordedEvent) -> Void
  ) async throws(StateFault) -> State

  /// Verifies the whole journal while it is in use, without blocking appends; records appended meanwhile are not verified.
  func verify() async throws(StateFault) -> Verification

  /// Copies the journal while it is in use into a new file, and verifies the copy.
  ///
  /// - Returns: the verification of the copy; a copy that fails is removed.
  func backup(to path: String) async throws(StateFault) -> Verification

  /// Ends its use; nothing is appended afterwards.
  func close() async
}
