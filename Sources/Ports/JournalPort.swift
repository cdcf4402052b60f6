package import Hall

/// The one place where events are kept.
///
/// Whoever appends says after which event; a journal that has moved on refuses, so two writers can never interleave.
package protocol JournalPort: Sendable {
  /// Appends events whose sequences follow `sequence` without a gap, all or none, and returns when they are durable.
  ///
  /// - Throws: `JournalFault`. After `.full` and `.readOnly` nothing was written and the journal goes on once `probe` succeeds;
  ///   after any other fault it must not be used any more.
  func append(_ events: [RecordedEvent], after sequence: Int64) async throws(JournalFault)

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
  /// Somebody else appended.
  case conflict(expected: Int64, found: Int64)

  /// True when the process must end and start again from what is on disk.
  package var isFatal: Bool {
    switch self {
    case .full, .readOnly: false
    case .broken, .conflict: true
    }
  }
}
