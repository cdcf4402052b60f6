import Hall
import JournalCodec

/// A journal in memory whose disk can fill up, fail, and tear a write.
///
/// A batch is its records and then a commit mark; after a crash a tail without its mark is not part of the journal.
/// What was marked stays, byte for byte.
struct SimulatedDisk {
  private enum Entry {
    case record([UInt8])
    case mark
  }

  /// The fate of the batch in flight when the process dies.
  enum Fate: CaseIterable {
    /// No byte of it reached the disk.
    case lost
    /// Some of it did, the last record perhaps in part, without the commit mark.
    case torn
    /// All of it did, but no caller was answered.
    case landed
  }

  private var entries: [Entry] = []
  /// Records with a commit mark.
  private(set) var count = 0
  /// Records decoded so far. Bytes never change, so each is decoded once, and once more at the very end.
  private var readBack: [RecordedEvent] = []

  mutating func commit(_ records: [[UInt8]]) {
    entries += records.map { .record($0) }
    entries.append(.mark)
    count += records.count
  }

  /// A write that a crash cut off before its commit mark.
  mutating func tear(_ records: [[UInt8]], after whole: Int, bytes: Int) {
    entries += records.prefix(whole).map { .record($0) }
    if whole < records.count { entries.append(.record(Array(records[whole].prefix(bytes)))) }
  }

  /// The planted mistake of a journal that loses what it acknowledged.
  mutating func loseLastBatch() {
    guard case .mark = entries.last else { return }
    entries.removeLast()
    while case .record = entries.last {
      entries.removeLast()
      count -= 1
    }
    readBack.removeAll()
  }

  /// Opens the journal after a crash: drops a tail without a commit mark and decodes every record.
  ///
  /// - Parameter believesTornTail: the planted mistake of accepting the torn tail.
  /// - Throws: `RecordCodec.Fault` when an acknowledged record cannot be decoded.
  mutating func open(afresh: Bool = false, believesTornTail: Bool = false) throws -> [RecordedEvent] {
    if afresh { readBack.removeAll() }
    let end =
      believesTornTail
      ? entries.count : (entries.lastIndex(where: { if case .mark = $0 { true } else { false } }) ?? -1) + 1
    entries.removeSubrange(end...)
    var sequence = 0
    for entry in entries {
      guard case .record(let bytes) = entry else { continue }
      sequence += 1
      if sequence <= readBack.count { continue }
      readBack.append(try RecordCodec.decode(bytes, sequence: Int64(sequence)))
    }
    count = sequence
    return readBack
  }
}
