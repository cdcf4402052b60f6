package import Hall

/// A record as a journal has it: its event, its bytes, and its digest in the hash chain.
///
/// The bytes are kept as they are. An event that an earlier release wrote is encoded differently today, and its digest is
/// over the bytes of then.
package struct StoredRecord: Hashable, Sendable {
  package let event: RecordedEvent
  package let body: [UInt8]
  /// 32 bytes.
  package let digest: [UInt8]

  package init(event: RecordedEvent, body: [UInt8], digest: [UInt8]) {
    self.event = event
    self.body = body
    self.digest = digest
  }

  package var position: ChainPosition { ChainPosition(sequence: event.sequence, digest: digest) }
}

/// A machine's own copy of a shared journal.
package protocol ReplicaKeeping: Sendable {
  /// The newest record of the copy.
  var position: ChainPosition { get async }

  /// Adds records that follow the copy's newest one without a gap, all or none, and returns when they are durable.
  ///
  /// - Throws: `JournalFault`; `.broken` for a record that is not in the hash chain. After `.full` and `.readOnly` the same
  ///   records may be given again.
  func take(_ records: [StoredRecord]) async throws(JournalFault)
}
