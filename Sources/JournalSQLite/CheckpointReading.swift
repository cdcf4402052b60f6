import Glibc
import Ports

/// What a checkpoint's file says, and which parts of it are not as they were written.
struct CheckpointReading: Hashable {
  enum Found: Hashable {
    /// There is no file.
    case nothing
    /// There is a file, but none of its whole slots is valid.
    case unreadable
    case checkpoint(Checkpoint)
  }

  let found: Found
  /// The generation of the newest whole slot; 0 where there is none.
  let generation: UInt64
  /// The parts that are not as they were written, in words for the log; the rest of the file holds.
  let damage: [String]
  /// Whether a whole slot is among them, so that the newest ceilings and the newest epoch may be lost.
  let hasLostWhole: Bool
  /// Whether it is of a release that had no key for it.
  private(set) var isOfEarlierRelease = false

  static let nothing = CheckpointReading(found: .nothing, generation: 0, damage: [], hasLostWhole: false)

  /// Each slot has a file-system block of its own.
  static let stride = 4096
  static let length = 3 * stride

  private init(found: Found, generation: UInt64, damage: [String], hasLostWhole: Bool) {
    self.found = found
    self.generation = generation
    self.damage = damage
    self.hasLostWhole = hasLostWhole
  }

  /// Every byte counts: the slots, and the zeros between them.
  ///
  /// - Parameter bytes: the whole file, with a byte more where it is longer than it should be.
  init(of bytes: [UInt8], _ codec: CheckpointCodec) {
    let whole = bytes + [UInt8](repeating: 0, count: max(0, Self.length - bytes.count))
    let slots = (0..<3).map { whole[($0 * Self.stride)..<($0 * Self.stride + CheckpointCodec.slotLength)] }
    let read = (0..<2).map { slot in
      // Generations alternate between the two slots, so one in the wrong slot was copied there.
      codec.decodeWhole(slots[slot]).flatMap { $0.generation % 2 == UInt64(slot) ? $0 : nil }
    }
    guard let newest = read.compactMap({ $0 }).max(by: { $0.generation < $1.generation }) else {
      self.init(found: .unreadable, generation: 0, damage: [], hasLostWhole: true)
      return
    }
    var checkpoint = newest.checkpoint
    var damage: [String] = []
    let other = Int(newest.generation + 1) % 2
    let isFirst = newest.generation == 1 && Self.isZero(slots[other])
    if !isFirst, read[other]?.generation != newest.generation - 1 { damage.append("slot \(other)") }
    let position = codec.decodePosition(slots[2])
    if let position, position.generation >= newest.generation {
      // One of a later generation than both whole slots: the newest of these was lost or replaced by an older one.
      if position.generation > newest.generation, damage.isEmpty { damage.append("slot \(other)") }
      if position.position.sequence > checkpoint.position.sequence { checkpoint.position = position.position }
    }
    let hasLostWhole = !damage.isEmpty
    if position == nil, !Self.isZero(slots[2]) { damage.append("slot 2") }
    let gaps = (0..<3).map { ($0 * Self.stride + CheckpointCodec.slotLength)..<(($0 + 1) * Self.stride) }
    if !gaps.allSatisfy({ Self.isZero(whole[$0]) }) { damage.append("bytes between the slots") }
    if bytes.count != Self.length { damage.append("length") }
    self.init(
      found: .checkpoint(checkpoint), generation: newest.generation, damage: damage, hasLostWhole: hasLostWhole)
  }

  /// Reads a file, also one of an earlier release where this hall never had another.
  ///
  /// - Parameter isKeyed: the hall had a checkpoint under its key before; a plain one is then somebody else's.
  static func read(_ bytes: [UInt8], sealing: any Sealing, isKeyed: Bool) -> CheckpointReading {
    let codec = CheckpointCodec(sealing: sealing)
    let reading = CheckpointReading(of: bytes, codec)
    let claims = [0, stride, 2 * stride].contains { codec.claims(bytes.dropFirst($0)) }
    guard reading.found == .unreadable, !isKeyed, !claims else { return reading }
    var earlier = CheckpointReading(of: bytes, CheckpointCodec(sealing: sealing, format: .plain))
    earlier.isOfEarlierRelease = earlier.found != .unreadable
    return earlier
  }

  private static let zeros = [UInt8](repeating: 0, count: stride)

  private static func isZero(_ bytes: ArraySlice<UInt8>) -> Bool {
    bytes.withUnsafeBytes { bytes in
      guard let start = bytes.baseAddress else { return true }
      return memcmp(start, zeros, min(bytes.count, zeros.count)) == 0
    }
  }
}
