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
  /// Parts of the checkpoint's file that are not as they were written, for the log; the rest of it holds.
  package let damage: [String]

  package init(
    lastSequence: Int64, lastDigest: [UInt8], epoch: Int64, condition: Condition, damage: [String] = []
  ) {
    self.lastSequence = lastSequence
    self.lastDigest = lastDigest
    self.epoch = epoch
    self.condition = condition
    self.damage = damage
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
    /// The journal has no record and no checkpoint says that it never had one, but the state folder was in use: with
    /// the names of what shows it. What was issued is not known.
    case vanished(traces: [String])
  }

  /// A floor above every number that a hall can have issued since its last backup: the proposal to staff when the
  /// journal is `unanchored`.
  package static let unanchoredFloor = 1000

  /// The floor of a lane of which the copy knows the last number of today, or, before the first, the one before it begins.
  ///
  /// The smallest thousand that leaves 500 numbers for what was given after the copy. A hall that was restored once today has
  /// numbers above 1000 already, and the second restore begins above 2000.
  package static func floor(above last: Int) -> Int {
    (last + 500 + unanchoredFloor - 1) / unanchoredFloor * unanchoredFloor
  }
}

extension JournalOpening.Condition {
  /// What is wrong and what to do, for the operator; empty for `intact`.
  package var sentence: String {
    switch self {
    case .intact: ""
    case .shorter(let sequence, _, _):
      """
      the journal ends before record \(sequence), which it had: no number is issued. Put the whole journal back \
      (yichuangctl restore FILE), or go on with this one: yichuangctl accept-journal
      """
    case .differs(let sequence, _, _):
      """
      record \(sequence) of the journal is not the one that the checkpoint remembers: no number is issued. Put the \
      journal back (yichuangctl restore FILE), or go on with this one: yichuangctl accept-journal
      """
    case .unanchored:
      """
      no checkpoint shows that this journal is whole: no number is issued. If it is the newest there is, go on with it: \
      yichuangctl accept-journal
      """
    case .vanished(let traces):
      """
      this hall was in use before (\(traces.joined(separator: ", "))), but its journal is gone: no number is issued. Put \
      a backup in its place (yichuangctl restore FILE), or, if there is none, go on without: yichuangctl accept-journal; \
      today's numbers then begin above \(JournalOpening.unanchoredFloor)
      """
    }
  }

  /// The same in Chinese.
  package var chinese: String {
    switch self {
    case .intact: ""
    case .shorter(let sequence, _, _):
      "账本在第 \(sequence) 条记录之前就断了，原来是有的：暂不发号。把完整的账本放回来（yichuangctl restore 文件名），"
        + "或就用这一本：yichuangctl accept-journal"
    case .differs(let sequence, _, _):
      "账本第 \(sequence) 条记录与检查点记得的不同：暂不发号。把账本恢复回来（yichuangctl restore 文件名），"
        + "或就用这一本：yichuangctl accept-journal"
    case .unanchored:
      "没有能用的检查点证明这本账本完整：暂不发号。确认它是最新的，再运行 yichuangctl accept-journal"
    case .vanished(let traces):
      "这个大厅以前用过（有 \(traces.joined(separator: "、"))），账本却不见了：暂不发号。用备份恢复（yichuangctl restore 文件名）；"
        + "没有备份，就运行 yichuangctl accept-journal，今天的号从 \(JournalOpening.unanchoredFloor) 之后编"
    }
  }
}
