/// What looking a whole journal through came to.
package struct Verification: Hashable, Sendable {
  /// Records that were read and found as they were written, from the first on.
  package let records: Int64
  /// The digest of the last of them, in hexadecimal: what an outside note can be compared with.
  package let headDigest: String
  /// Business days in the journal.
  package let segments: Int
  /// The first thing that is wrong; nil when all is as it was written.
  package let problem: StateFault?
  package let checkpoint: CheckpointVerdict
  /// Versions of the catalogue that were published and whose content is missing or changed, in order; the records are none
  /// the worse for it.
  package var lostCatalogues: [String] = []

  package var isSound: Bool { problem == nil && checkpoint.isSound && lostCatalogues.isEmpty }
}

/// How the checkpoint beside a journal stands to it.
package enum CheckpointVerdict: Hashable, Sendable {
  /// The record that it remembers is there, and the same.
  case agrees
  /// It remembers a later record than the journal has.
  case remembersMore(sequence: Int64)
  /// The record that it remembers is another one.
  case differs(sequence: Int64)
  case missing
  case unreadable
  /// There is none to look at: a backup.
  case notLookedAt

  package var isSound: Bool { self == .agrees || self == .notLookedAt }

  package var sentence: String {
    switch self {
    case .agrees: "the checkpoint agrees"
    case .remembersMore(let sequence): "the checkpoint remembers record \(sequence), which is missing"
    case .differs(let sequence): "the checkpoint remembers another record \(sequence)"
    case .missing: "there is no checkpoint"
    case .unreadable: "the checkpoint cannot be read"
    case .notLookedAt: "a copy has no checkpoint"
    }
  }

  package var chinese: String {
    switch self {
    case .agrees: "检查点相符"
    case .remembersMore(let sequence): "检查点记得第 \(sequence) 条记录，账本里却没有"
    case .differs(let sequence): "检查点记得的第 \(sequence) 条记录与账本里的不同"
    case .missing: "没有检查点"
    case .unreadable: "检查点读不出来"
    case .notLookedAt: "副本没有检查点"
    }
  }
}
