/// Finds frames in the bytes from a card module, in pieces of any size.
///
/// Noise before a frame is dropped. An apparent frame with a wrong length or check byte is dropped byte by byte, so
/// that a frame within or after it is found. At most one frame is buffered; its bytes are overwritten after use,
/// because they were a card's text and photo.
package struct SAMFrameParser: Sendable {
  package enum Outcome: Hashable, Sendable {
    case frame(SAMFrame)
    /// A whole frame with a wrong check byte: bytes were changed or lost.
    case damaged
  }

  /// The first AA is not required: modules lose it, and the four bytes after it are rare enough.
  private static let preamble = SAMFrame.preamble.dropFirst()

  private let direction: SAMFrame.Direction
  private var held: [UInt8] = []

  package init(_ direction: SAMFrame.Direction) { self.direction = direction }

  /// Bytes buffered for an incomplete frame; never more than the longest frame.
  package var heldBytes: Int { held.count }

  /// Takes received bytes and returns what is complete now.
  package mutating func take(_ bytes: some Sequence<UInt8>) -> [Outcome] {
    var outcomes: [Outcome] = []
    for byte in bytes {
      held.append(byte)
      if mayEnd { outcomes += scan() }
    }
    return outcomes
  }

  /// Nothing more comes for now: an incomplete frame was none, or was cut off. Returns the frames after its beginning.
  package mutating func silence() -> [Outcome] {
    var outcomes: [Outcome] = []
    while !held.isEmpty {
      drop(1)
      outcomes += scan()
    }
    return outcomes
  }

  /// Drops the buffer.
  package mutating func clear() { drop(held.count) }

  /// Whether the newest byte can complete something, so that a long frame is not scanned at every byte.
  private var mayEnd: Bool {
    guard held.count >= 7, let length = heldLength else { return true }
    return !direction.lengths.contains(length) || held.count >= 6 + length
  }

  /// The length after the preamble at the beginning of `held`; nil without a preamble or while it is incomplete.
  private var heldLength: Int? {
    held.count >= 6 && held.starts(with: Self.preamble) ? Int(held[4]) << 8 | Int(held[5]) : nil
  }

  private mutating func scan() -> [Outcome] {
    var outcomes: [Outcome] = []
    while true {
      drop(distanceToMark())
      guard let length = heldLength else { return outcomes }
      guard direction.lengths.contains(length) else {
        drop(1)
        continue
      }
      guard held.count >= 6 + length else { return outcomes }
      if held[4..<(6 + length)].reduce(0, ^) == 0 {
        let body = held[6..<(5 + length)]
        let kept = direction == .replies ? SAMFrame.keptCount(ofReply: body) : body.count
        outcomes.append(.frame(SAMFrame(body: Array(body.prefix(kept)), droppedCount: body.count - kept)))
        drop(6 + length)
      } else {
        outcomes.append(.damaged)
        drop(1)
      }
    }
  }

  /// Bytes before the first position at which a preamble is or may still come.
  private func distanceToMark() -> Int {
    for start in held.indices where held[start] == 0xAA {
      let there = held[start...].prefix(Self.preamble.count)
      if there.elementsEqual(Self.preamble.prefix(there.count)) { return start }
    }
    return held.count
  }

  /// Drops the first `count` bytes and overwrites them.
  private mutating func drop(_ count: Int) {
    guard count > 0 else { return }
    let rest = held.count - count
    for index in 0..<rest { held[index] = held[index + count] }
    for index in rest..<held.count { held[index] = 0 }
    held.removeLast(count)
  }
}
