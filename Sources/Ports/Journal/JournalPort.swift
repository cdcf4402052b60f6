package import Hall

/// The storage of events.
///
/// An append names the event that it follows. A journal that has grown meanwhile does not take it, so two writers never
/// interleave. On one machine the journal is alone: nobody else appends, and turns and news cost nothing. A journal that
/// several machines share is the other case. `JournalContract` in Tests/Kit tests every adapter against this contract.
package protocol JournalPort: Sendable {
  /// Whether other machines append to it too.
  var isShared: Bool { get }

  /// Appends events whose sequences follow `sequence` without a gap, all or none, and returns when they are durable.
  ///
  /// An append ends the turn that was taken for it. One without events does only that.
  ///
  /// - Parameter sequence: of the newest event that this journal has reported: by an append, a turn or `events`.
  /// - Throws: `JournalFault`. After `.full` and `.readOnly` nothing was written, and the journal can be used again
  ///   once `probe` succeeds. After `.cutOff` it is not known whether the events were written: once `probe` succeeds,
  ///   `events` says so for good. After any other fault it must not be used any more.
  @discardableResult
  func append(_ events: [RecordedEvent], after sequence: Int64) async throws(JournalFault) -> Appending

  /// Waits for this machine's turn: the next append, if it comes within a second, is not overtaken.
  ///
  /// A machine that lost a race takes its turn, so that a slow one is not overtaken for ever (starvation).
  ///
  /// - Returns: the durable events after `sequence`, in order.
  /// - Throws: `JournalFault`; then there is no turn, and nothing was written.
  func takeTurn(after sequence: Int64) async throws(JournalFault) -> [RecordedEvent]

  /// The durable events after `sequence`, in order: those that another writer appended, and after `.cutOff` perhaps our
  /// own.
  ///
  /// Whatever anybody was answered before this was asked is among them.
  /// - Throws: `JournalFault` when they cannot be read.
  func events(after sequence: Int64) async throws(JournalFault) -> [RecordedEvent]

  /// Notifications about the journal between two requests. They are hints, so that nobody waits for the next request. One reader.
  var news: AsyncStream<JournalNews> { get }

  /// Writes something durable that is not an event, to test whether writing works again.
  ///
  /// A shared journal connects anew. After that no append of an earlier connection can be written any more.
  ///
  /// - Returns: how much room there is.
  func probe() async throws(JournalFault) -> JournalRoom
}

/// A journal on one machine is alone: its turn is always now, and there are no news.
extension JournalPort {
  package var isShared: Bool { false }
  package func takeTurn(after sequence: Int64) async throws(JournalFault) -> [RecordedEvent] { [] }
  package var news: AsyncStream<JournalNews> { AsyncStream { $0.finish() } }
}

/// The outcome of an append.
package enum Appending: Hashable, Sendable {
  /// The events are durable.
  case written
  /// Another machine appended first. Nothing was written. What is newer, in order, never empty.
  case overtaken([RecordedEvent])
}

/// A notification about a shared journal between two requests.
package enum JournalNews: Hashable, Sendable {
  /// It has events up to this sequence.
  case grew(to: Int64)
  /// It cannot be reached.
  case cutOff
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
  /// The events do not follow the newest one that this journal has reported. Nothing was written. Its only writer has lost
  /// count.
  case conflict(expected: Int64, found: Int64)
  /// A shared journal cannot be reached. What was being appended may be written: `events` says so once `probe` succeeds.
  case cutOff
  /// A server answers that must not be used: an older copy of the journal, or another hall's. Staff decide. With the
  /// server's address and what is wrong with it.
  case behind(server: String, problem: String)
  /// The shared journal has lost events that this machine knows: it goes on after `sequence`. The process starts again.
  case rolledBack(to: Int64)

  /// The name that `behind` has where the server is right and this machine is not.
  package static let thisMachine = "this machine"

  /// The shared journal has a record of a newer program: this machine follows no further and decides nothing.
  package static func ofNewerProgram(_ sequence: Int64, event: String, version: Int) -> JournalFault {
    .behind(
      server: thisMachine,
      problem: "record \(sequence) is of a newer program (\(event), version \(version)): install the same release here")
  }

  /// True when the process must end and restart from the disk.
  package var isFatal: Bool {
    switch self {
    case .full, .readOnly, .delayed, .cutOff, .behind: false
    case .broken, .conflict, .rolledBack: true
    }
  }

  /// True when a shared journal cannot be used for now: whether the last append was written is found out later.
  package var isUnreachable: Bool {
    switch self {
    case .cutOff, .behind: true
    case .full, .readOnly, .delayed, .broken, .conflict, .rolledBack: false
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
