import Hall
import JournalCodec

/// A journal made of bytes that can fill up, break and be cut off in the middle of a write.
///
/// A batch is its records and then a mark; after a crash a tail without its mark is not part of the journal. What was
/// marked stays, byte for byte.
struct SimulatedDisk {
  private enum Entry {
    case record([UInt8])
    case mark
  }

  /// What becomes of the batch in flight when the process dies.
  enum Fate: CaseIterable {
    /// No byte of it reached the disk.
    case lost
    /// Some of it did, the last record perhaps in part, and no mark.
    case torn
    /// All of it did, but nobody was told.
    case landed
  }

  private var entries: [Entry] = []
  /// Records whose mark is there.
  private(set) var count = 0
  /// Records read back so far: bytes never change, so each is read once, and once more at the very end.
  private var readBack: [RecordedEvent] = []

  mutating func commit(_ records: [[UInt8]]) {
    entries += records.map { .record($0) }
    entries.append(.mark)
    count += records.count
  }

  /// A write that the crash cut off before its mark.
  mutating func tear(_ records: [[UInt8]], after whole: Int, bytes: Int) {
    entries += records.prefix(whole).map { .record($0) }
    if whole < records.count { entries.append(.record(Array(records[whole].prefix(bytes)))) }
  }

  /// The planted mistake of a journal that loses what it called durable.
  mutating func loseLastBatch() {
    guard case .mark = entries.last else { return }
    entries.removeLast()
    while case .record = entries.last {
      entries.removeLast()
      count -= 1
    }
    readBack.removeAll()
  }

  /// Opens the journal after a crash: drops a tail without its mark and reads every record back.
  ///
  /// - Parameter believesTornTail: the planted mistake of a reader that takes the tail for whole.
  /// - Throws: `RecordCodec.Fault` when a record that the journal had called durable cannot be read.
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
