package import Groundwork
package import Hall

/// What was found when the journal was opened.
package struct JournalOpening: Hashable, Sendable {
  /// 0 when the journal is empty.
  package let lastSequence: Int64
  package let lastDigest: [UInt8]
  /// The highest epoch that is known; an acceptance takes a higher one.
  package let epoch: Int64
  package let condition: Condition

  /// Whether the journal is the one that the checkpoint remembers.
  ///
  /// Unless it is `intact`, nothing may be issued until
  /// staff accept it, and numbering goes on above the ceilings.
  package enum Condition: Hashable, Sendable {
    case intact
    /// Records that were there are missing from its end: it was truncated, replaced by an older copy, or removed.
    /// `ceilings` are the highest numbers that may have been given on `day`.
    case shorter(checkpointSequence: Int64, ceilings: [LaneLetter: Int], day: CivilDate?)
    /// It is as long as it should be, but the record that the checkpoint remembers is another one.
    case differs(at: Int64, ceilings: [LaneLetter: Int], day: CivilDate?)
    /// There is no checkpoint, or none that can be read, beside a journal with records: a backup on a new machine. No
    /// ceiling is known, and numbers may have been given that this journal does not know.
    case unanchored
  }

  /// A floor that is above every number a hall can have given since its last backup: what to offer staff when the
  /// journal is `unanchored`.
  package static let unanchoredFloor = 1000
}
