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
  private static let wholeWord = Array("YCCKPT".utf8)
  private static let positionWord = Array("YCPOSN".utf8)

  /// How a slot is sealed; the raw value is the format's version, the last of its magic bytes.
  enum Format: UInt8 {
    /// SHA-256, which anybody can compute: of earlier releases.
    case plain = 1
    /// HMAC-SHA-256 under a key that is derived from the hall's.
    case keyed
  }

  let sealing: any Sealing
  let format: Format

  init(sealing: any Sealing, format: Format = .keyed) {
    self.sealing = sealing
    self.format = format
  }

  private var wholeMark: [UInt8] { Self.wholeWord + [0, format.rawValue] }
  private var positionMark: [UInt8] { Self.positionWord + [0, format.rawValue] }

  /// Whether a slot says that it is of this format; its seal is not looked at.
  func claims(_ slot: ArraySlice<UInt8>) -> Bool { slot.starts(with: wholeMark) || slot.starts(with: positionMark) }

  /// A whole checkpoint, the `generation`-th that was written.
  func encode(_ checkpoint: Checkpoint, generation: UInt64) -> [UInt8] {
    var bytes = wholeMark
    bytes.append(big: generation)
    bytes.append(big: UInt64(bitPattern: checkpoint.epoch))
    bytes.append(big: UInt64(bitPattern: checkpoint.position.sequence))
    bytes += checkpoint.position.digest
    if format == .keyed { bytes.append(checkpoint.isClosed ? 1 : 0) }
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
    var bytes = positionMark
    bytes.append(big: generation)
    bytes.append(big: UInt64(bitPattern: position.sequence))
    bytes += position.digest
    return sealed(bytes)
  }

  /// nil when the slot is empty, torn or of another kind.
  func decodeWhole(_ slot: ArraySlice<UInt8>) -> (checkpoint: Checkpoint, generation: UInt64)? {
    guard var reader = open(slot, wholeMark), let generation = reader.integer(UInt64.self),
      let epoch = reader.integer(UInt64.self), let sequence = reader.integer(UInt64.self),
      let digest = reader.bytes(Self.digestLength),
      let isClosed = format == .keyed ? reader.bytes(1)?.first : 0, let count = reader.bytes(1)?.first,
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
      epoch: Int64(bitPattern: epoch), position: position, ceilings: NumberCeilings(days: days),
      isClosed: isClosed == 1)
    return (checkpoint, generation)
  }

  /// nil when the slot is empty, torn or of another kind.
  func decodePosition(_ slot: ArraySlice<UInt8>) -> (position: ChainPosition, generation: UInt64)? {
    guard var reader = open(slot, positionMark), let generation = reader.integer(UInt64.self),
      let sequence = reader.integer(UInt64.self), let digest = reader.bytes(Self.digestLength)
    else { return nil }
    return (ChainPosition(sequence: Int64(bitPattern: sequence), digest: digest), generation)
  }

  private func seal(_ content: [UInt8]) -> [UInt8] {
    switch format {
    case .plain: sealing.digest(content)
    case .keyed: sealing.keyedDigest(content, for: .checkpoint)
    }
  }

  /// Pads a slot and puts the seal of its content at the end.
  private func sealed(_ content: [UInt8]) -> [UInt8] {
    precondition(content.count <= Self.slotLength - Self.digestLength, "a checkpoint fits into its slot")
    let padded = content + [UInt8](repeating: 0, count: Self.slotLength - Self.digestLength - content.count)
    return padded + seal(padded)
  }

  private func open(_ slot: ArraySlice<UInt8>, _ mark: [UInt8]) -> SlotParser? {
    guard slot.count == Self.slotLength, slot.starts(with: mark) else { return nil }
    let content = Array(slot.dropLast(Self.digestLength))
    guard seal(content).elementsEqual(slot.suffix(Self.digestLength)) else { return nil }
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
