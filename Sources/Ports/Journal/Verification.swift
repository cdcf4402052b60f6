package import Groundwork

/// The result of verifying a whole journal.
package struct Verification: Hashable, Sendable {
  /// Records that passed, counted from the first that is there.
  package let records: Int64
  /// Records before them, which have left when their retention ended.
  package let removed: Int64
  /// The digest of the last of them, in hexadecimal, for comparison with a copy kept elsewhere.
  package let headDigest: String
  /// Business days in the journal.
  package let segments: Int
  /// The first fault; nil when there is none.
  package let problem: StateFault?
  package let checkpoint: CheckpointVerdict
  /// Published versions of the catalogue whose file is missing or changed, in order. The records themselves are not
  /// affected.
  package var lostCatalogues: [String] = []

  /// The business day that was opened last; nil when there is none among the records.
  package var lastDay: CivilDate?
  /// What a head that was kept elsewhere says; nil when none was given.
  package var head: HeadVerdict?

  package init(
    records: Int64, removed: Int64 = 0, headDigest: String, segments: Int, problem: StateFault?,
    checkpoint: CheckpointVerdict,
    lostCatalogues: [String] = []
  ) {
    self.records = records
    self.removed = removed
    self.headDigest = headDigest
    self.segments = segments
    self.problem = problem
    self.checkpoint = checkpoint
    self.lostCatalogues = lostCatalogues
  }

  package var isSound: Bool { problem == nil && checkpoint.isSound && lostCatalogues.isEmpty && head?.isFound ?? true }

  /// The head of what was verified; nil when a record in it is not what was written.
  package func journalHead(_ sealing: any Sealing) -> JournalHead? {
    guard problem == nil, let digest = [UInt8](hexadecimal: headDigest) else { return nil }
    return JournalHead(sequence: removed + records, digest: digest, day: lastDay, sealing: sealing)
  }
}

/// The result of comparing the checkpoint with the journal.
package enum CheckpointVerdict: Hashable, Sendable {
  /// The checkpoint's record is there, with the same digest.
  case agrees
  /// The checkpoint's sequence is beyond the journal's last record.
  case remembersMore(sequence: Int64)
  /// The checkpoint's record has another digest.
  case differs(sequence: Int64)
  /// It agrees, but these parts of its file are not as they were written.
  case damaged(parts: [String])
  case missing
  case unreadable
  /// There is none: a backup.
  case notLookedAt

  package var isSound: Bool { self == .agrees || self == .notLookedAt }

  package var sentence: String {
    switch self {
    case .agrees: "the checkpoint agrees"
    case .remembersMore(let sequence): "the checkpoint remembers record \(sequence), which is missing"
    case .differs(let sequence): "the checkpoint does not remember record \(sequence) as it is"
    case .damaged(let parts):
      "the checkpoint agrees, but its file is not as it was written (\(parts.joined(separator: ", ")))"
    case .missing: "there is no checkpoint"
    case .unreadable: "the checkpoint cannot be read, or another hall.key wrote it"
    case .notLookedAt: "a copy has no checkpoint"
    }
  }

  package var chinese: String {
    switch self {
    case .agrees: "检查点相符"
    case .remembersMore(let sequence): "检查点记得第 \(sequence) 条记录，账本里却没有"
    case .differs(let sequence): "第 \(sequence) 条记录与检查点记得的不同"
    case .damaged(let parts): "检查点相符，但它的文件与写入时不一样（\(parts.joined(separator: ", "))）"
    case .missing: "没有检查点"
    case .unreadable: "检查点读不出来，或者不是用这把 hall.key 写的"
    case .notLookedAt: "副本没有检查点"
    }
  }
}
