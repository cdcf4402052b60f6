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

  /// Removes the closed business days that are older than so many days, each exported to a file first. Appends are held
  /// up for some milliseconds at a time. The newest closed days stay, whatever their dates.
  ///
  /// - Parameter tell: notes what leaves in the journal, right before it is removed; where it throws, all stays.
  /// - Returns: how many records were removed.
  func retire(
    keeping days: Int, telling tell: @Sendable (RecordsLeft) async throws(StateFault) -> Void
  ) async throws(StateFault) -> Int64
}

/// The hall's state at start.
package struct RestoredState: Sendable {
  package let state: HallState
  /// Records that were read for it: those after the snapshot, or all.
  package let replayed: Int64

  package init(state: HallState, replayed: Int64) {
    self.state = state
    self.replayed = replayed
  }
}
