package import Hall

/// Snapshots of the hall's state beside the journal, so that a start replays days and not years.
package protocol SnapshotKeeping: Sendable {
  /// Stores the state after one of the journal's records, durably. Appends are not held up.
  ///
  /// - Parameter state: accepted by staff, and the result of the journal's records alone.
  func keepSnapshot(of state: HallState) async throws(StateFault)

  /// Verifies the records that the start did not read because it began with a snapshot, while the hall is open.
  ///
  /// Ends early when its task is cancelled.
  /// - Returns: how many were verified; 0 when the start read all.
  /// - Throws: the first fault; the snapshots are removed when they have another state than the records.
  func verifySkipped() async throws(StateFault) -> Int64

  /// Removes the closed business days whose time is over, each exported to a file first, and the exports whose time is
  /// over. Appends are held up for some milliseconds at a time. The newest closed days stay, whatever their dates.
  ///
  /// - Parameter tell: notes what leaves in the journal, right before it is removed; where it throws, all stays.
  func retire(
    keeping rule: RetentionRule, telling tell: @Sendable (RecordsLeft) async throws(StateFault) -> Void
  ) async throws(StateFault) -> RetiredDays
}

/// How long closed business days stay. Their age counts from the earliest of the last three closed days.
package struct RetentionRule: Hashable, Sendable {
  /// Days in the journal.
  package let days: Int
  /// Days from the business day until the file that it was exported to is removed.
  package let exportDays: Int

  package init(days: Int, exportDays: Int) {
    self.days = days
    self.exportDays = exportDays
  }
}

/// The records and files that a call of `retire` removed.
package struct RetiredDays: Hashable, Sendable {
  /// Records of the journal.
  package var records: Int64 = 0
  /// Names of exports, the oldest first.
  package var exports: [String] = []

  package init() {}
}

/// The hall's state at start.
package struct RestoredState: Sendable {
  package private(set) var state: HallState
  /// Records that were read for it: those after the snapshot, or all.
  package private(set) var replayed: Int64

  package init(state: HallState, replayed: Int64) {
    self.state = state
    self.replayed = replayed
  }

  /// Adds the next record.
  package mutating func add(_ recorded: RecordedEvent) {
    state.evolve(recorded)
    replayed += 1
  }
}
