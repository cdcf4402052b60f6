import Groundwork
import Hall
import Ports

/// The bytes of a checkpoint's slots; docs/DATA.md describes them.
///
/// All numbers are big-endian.
struct CheckpointCodec {
  /// Bytes of a slot: at most a sector, which a disk writes atomically.
  static let slotLength = 512
  private static let lanes = 26
  private static let digestLength = ChainPosition.digestLength
  /// Magic bytes of a whole slot and of a position; the last byte is the format's version.
  private static let wholeMark = Array("YCCKPT".utf8) + [0, 1]
  private static let positionMark = Array("YCPOSN".utf8) + [0, 1]

  let sealing: any Sealing

  /// A whole checkpoint, the `generation`-th that was written.
  func encode(_ checkpoint: Checkpoint, generation: UInt64) -> [UInt8] {
    var bytes = Self.wholeMark
    bytes.append(big: generation)
    bytes.append(big: UInt64(bitPattern: checkpoint.epoch))
    bytes.append(big: UInt64(bitPattern: checkpoint.position.sequence))
    bytes += checkpoint.position.digest
    bytes.append(UInt8(checkpoint.ceilings.days.count))
    for day in checkpoint.ceilings.days {
      bytes.append(big: UInt32(bitPattern: Int32(day.day.daysSinceEpoch)))
      for letter in 0..<Self.lanes {
        let lane = LaneLetter(String(UnicodeScalar(UInt8(65 + letter))))
        bytes.append(big: UInt16(lane.flatMap { day.lanes[$0] } ?? 0))
      }
    }
    return sealed(bytes)
  }

  /// A position reached after the `generation`-th whole checkpoint.
  func encode(_ position: ChainPosition, generation: UInt64) -> [UInt8] {
    var bytes = Self.positionMark
    bytes.append(big: generation)
    bytes.append(big: UInt64(bitPattern: position.sequence))
    bytes += position.digest
    return sealed(bytes)
  }

  /// nil when the slot is empty, torn or of another kind.
  func decodeWhole(_ slot: ArraySlice<UInt8>) -> (checkpoint: Checkpoint, generation: UInt64)? {
    guard var reader = open(slot, Self.wholeMark), let generation = reader.integer(UInt64.self),
      let epoch = reader.integer(UInt64.self), let sequence = reader.integer(UInt64.self),
      let digest = reader.bytes(Self.digestLength), let count = reader.bytes(1)?.first,
      count <= NumberCeilings.daysKept
    else { return nil }
    var days: [DayCeilings] = []
    for _ in 0..<count {
      guard let date = reader.integer(UInt32.self) else { return nil }
      var lanes: [LaneLetter: Int] = [:]
      for letter in 0..<Self.lanes {
        guard let ceiling = reader.integer(UInt16.self) else { return nil }
        if ceiling > 0, let lane = LaneLetter(String(UnicodeScalar(UInt8(65 + letter)))) { lanes[lane] = Int(ceiling) }
      }
      days.append(DayCeilings(day: CivilDate(daysSinceEpoch: Int(Int32(bitPattern: date))), lanes: lanes))
    }
    let position = ChainPosition(sequence: Int64(bitPattern: sequence), digest: digest)
    let checkpoint = Checkpoint(
      epoch: Int64(bitPattern: epoch), position: position, ceilings: NumberCeilings(days: days))
    return (checkpoint, generation)
  }

  /// nil when the slot is empty, torn or of another kind.
  func decodePosition(_ slot: ArraySlice<UInt8>) -> (position: ChainPosition, generation: UInt64)? {
    guard var reader = open(slot, Self.positionMark), let generation = reader.integer(UInt64.self),
      let sequence = reader.integer(UInt64.self), let digest = reader.bytes(Self.digestLength)
    else { return nil }
    return (ChainPosition(sequence: Int64(bitPattern: sequence), digest: digest), generation)
  }

  /// Pads a slot and puts the digest of its content at the end.
  private func sealed(_ content: [UInt8]) -> [UInt8] {
    precondition(content.count <= Self.slotLength - Self.digestLength, "a checkpoint fits into its slot")
    let padded = content + [UInt8](repeating: 0, count: Self.slotLength - Self.digestLength - content.count)
    return padded + sealing.digest(padded)
  }

  private func open(_ slot: ArraySlice<UInt8>, _ mark: [UInt8]) -> SlotParser? {
    guard slot.count == Self.slotLength, slot.starts(with: mark) else { return nil }
    let content = Array(slot.dropLast(Self.digestLength))
    guard sealing.digest(content).elementsEqual(slot.suffix(Self.digestLength)) else { return nil }
    return SlotParser(rest: content[mark.count...])
  }
}

private struct SlotParser {
  var rest: ArraySlice<UInt8>

  mutating func bytes(_ count: Int) -> [UInt8]? {
    guard rest.count >= count else { return nil }
    defer { rest = rest.dropFirst(count) }
    return Array(rest.prefix(count))
  }

  mutating func integer<Integer: FixedWidthInteger>(_: Integer.Type) -> Integer? {
    bytes(MemoryLayout<Integer>.size)?.reduce(0) { $0 << 8 | Integer(truncatingIfNeeded: $1) }
  }
}

extension [UInt8] {
  fileprivate mutating func append(big value: some FixedWidthInteger) {
    Swift.withUnsafeBytes(of: value.bigEndian) { self += $0 }
  }
}
