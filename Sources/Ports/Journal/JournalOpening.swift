package import Groundwork
package import Hall

/// The result of opening the journal.
package struct JournalOpening: Hashable, Sendable {
  /// 0 when the journal is empty.
  package let lastSequence: Int64
  package let lastDigest: [UInt8]
  /// The highest known epoch; an acceptance takes a higher one.
  package let epoch: Int64
  package let condition: Condition

  package init(lastSequence: Int64, lastDigest: [UInt8], epoch: Int64, condition: Condition) {
    self.lastSequence = lastSequence
    self.lastDigest = lastDigest
    self.epoch = epoch
    self.condition = condition
  }

  /// Whether the journal matches the checkpoint.
  ///
  /// Unless it is `intact`, nothing may be issued until staff accept it. Numbering then continues above the ceilings.
  package enum Condition: Hashable, Sendable {
    case intact
    /// Records are missing from its end: it was truncated, replaced by an older copy, or removed. `ceilings` are the
    /// highest numbers that may have been issued on `day`.
    case shorter(checkpointSequence: Int64, ceilings: [LaneLetter: Int], day: CivilDate?)
    /// It is long enough, but the record at the checkpoint's sequence has another digest.
    case differs(at: Int64, ceilings: [LaneLetter: Int], day: CivilDate?)
    /// There is no checkpoint, or none that can be read, beside a journal with records: a backup on a new machine. No
    /// ceiling is known, and numbers may have been issued that are not in this journal.
    case unanchored
  }

  /// A floor above every number that a hall can have issued since its last backup: the proposal to staff when the
  /// journal is `unanchored`.
  package static let unanchoredFloor = 1000
}
