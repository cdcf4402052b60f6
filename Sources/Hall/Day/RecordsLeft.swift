package import Groundwork

/// The oldest closed business days leave the journal: noted right before their records are removed.
///
/// It makes the removal a part of the hash chain. A head that was kept elsewhere later covers what left and the state that
/// was carried over.
package struct RecordsLeft: Hashable, Sendable {
  /// The records that leave.
  package let first: Int64
  package let last: Int64
  /// The business days of the first and the last segment that leave.
  package let from: CivilDate
  package let through: CivilDate
  /// The rule: how many days a closed day stays.
  package let keepDays: Int
  /// The head of the record `last`, as `yichuangctl verify EXPORT --head` takes it.
  package let head: String
  /// SHA-256, in hexadecimal, of the state that is carried over to the journal's new beginning.
  package let carried: String
  /// The names of the files in the folder of exports, one for each segment.
  package let exports: [String]

  package init(
    first: Int64, last: Int64, from: CivilDate, through: CivilDate, keepDays: Int, head: String, carried: String,
    exports: [String]
  ) {
    self.first = first
    self.last = last
    self.from = from
    self.through = through
    self.keepDays = keepDays
    self.head = head
    self.carried = carried
    self.exports = exports
  }
}

extension HallState {
  /// Without an effect where the same was noted already, because an earlier removal was interrupted.
  func decideNoteDeparture(_ left: RecordsLeft, _ envelope: Envelope) throws(Refusal) -> Decision {
    guard envelope.actor == .system else { throw .request(.coordinatorOnly) }
    return Decision(days.left == left ? [] : [.day(.recordsLeft(left))], .done)
  }
}
