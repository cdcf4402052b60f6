package import Hall
package import Logging
package import Ports

/// The journal of a machine in a hall with several: the shared one, and this machine's own copy of it.
///
/// The copy takes each record before anybody on this machine is told of it. So what a machine has said to anybody is in its
/// copy, also where the server of the shared journal is lost with its disk. `yichuangctl shared rescue` founds a new journal
/// from the copy that has most. A start replays the copy, and asks the shared journal for the rest.
///
/// A copy that cannot be written because its disk is full does not hold the hall up. It takes the same records later, or the
/// next start fetches them.
package actor SharedJournal: JournalPort, JournalReading, SnapshotKeeping {
  package typealias Replica = JournalReading & SnapshotKeeping & ReplicaKeeping & Sendable

  /// Records that wait for a full disk; more are fetched by the next start.
  static let mostWaiting = 20_000

  package nonisolated var isShared: Bool { true }
  package nonisolated let news: AsyncStream<JournalNews>

  let shared: PostgresJournal
  private let replica: any Replica
  private let log: Logger
  /// Records that the copy could not take yet.
  private var waiting: [StoredRecord] = []
  /// The copy stays behind until the next start.
  private var isGivenUp = false

  /// - Parameters:
  ///   - shared: its head is the copy's newest record.
  ///   - replica: this machine's copy.
  package init(_ shared: PostgresJournal, replica: any Replica, log: Logger) async {
    self.shared = shared
    self.replica = replica
    self.log = log
    news = shared.news
    await shared.beginCopying()
  }

  /// The machines of the hall, as the server reported them last; nil before the first time.
  package nonisolated var peers: SharedPeers? { shared.peers }

  /// The server that must not be used, while no other one is; see `PostgresJournal.refusedServer`.
  package nonisolated var refusedServer: RefusedServer? { shared.refusedServer }

  /// Reports this machine's configuration to the others from the next beat on.
  package nonisolated func work(by configuration: String) { shared.work(by: configuration) }

  /// Adopts a configuration for the hall; see `PostgresJournal.adopt`.
  package func adopt(_ configuration: String, replaces: Bool) async throws(JournalFault) -> String {
    try await shared.adopt(configuration, replaces: replaces)
  }

  @discardableResult
  package func append(_ events: [RecordedEvent], after sequence: Int64) async throws(JournalFault) -> Appending {
    let result = try await shared.append(events, after: sequence)
    try await copy()
    return result
  }

  /// The copy takes what comes with a turn after the append that ends it: a turn lasts a second at most.
  package func takeTurn(after sequence: Int64) async throws(JournalFault) -> [RecordedEvent] {
    try await shared.takeTurn(after: sequence)
  }

  package func events(after sequence: Int64) async throws(JournalFault) -> [RecordedEvent] {
    let events = try await shared.events(after: sequence)
    try await copy()
    return events
  }

  package func probe() async throws(JournalFault) -> JournalRoom { try await shared.probe() }

  private func copy() async throws(JournalFault) {
    waiting += await shared.takeUntaken()
    guard !waiting.isEmpty, !isGivenUp else {
      waiting = []
      return
    }
    let records = waiting
    waiting = []
    do throws(JournalFault) {
      try await replica.take(records)
    } catch {
      guard !error.isFatal else { throw error }
      log.warning(
        "this machine's copy of the shared journal stays behind",
        metadata: ["records": "\(records.count)", "fault": "\(error)"])
      if records.count <= Self.mostWaiting { waiting = records } else { isGivenUp = true }
    }
  }

  package func replay<State: Sendable>(
    into initial: State, _ take: @escaping @Sendable (inout State, RecordedEvent) -> Void
  ) async throws(StateFault) -> State {
    try await replica.replay(into: initial, take)
  }

  package func verify(against head: JournalHead?) async throws(StateFault) -> Verification {
    try await replica.verify(against: head)
  }

  package func journalHead() async throws(StateFault) -> JournalHead { try await replica.journalHead() }

  package func backup(to path: String) async throws(StateFault) -> Verification { try await replica.backup(to: path) }

  package func keepSnapshot(of state: HallState) async throws(StateFault) { try await replica.keepSnapshot(of: state) }

  package func verifySkipped() async throws(StateFault) -> Int64 { try await replica.verifySkipped() }

  /// Nothing leaves a shared journal: it begins with its first record on every machine.
  package func retire(
    keeping rule: RetentionRule, telling tell: @Sendable (RecordsLeft) async throws(StateFault) -> Void
  ) async throws(StateFault) -> RetiredDays {
    RetiredDays()
  }

  package func close() async {
    await shared.close()
    await replica.close()
  }
}
