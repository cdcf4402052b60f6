/// Finds frames in the bytes that come from a card module, however they were cut into transfers.
///
/// Noise before a frame is dropped. What looked like a frame and has a wrong length or check byte is given up from its
/// second byte on, so that a frame behind it, or within it, is found. Holds at most one frame; what it held is
/// overwritten as soon as it is done with, because it was a card's text and photo.
package struct SAMFrameParser: Sendable {
  package enum Outcome: Hashable, Sendable {
    case frame(SAMFrame)
    /// A whole frame whose check byte does not fit: something was changed or lost on the way.
    case damaged
  }

  /// The first AA is not insisted on: modules lose it, and the four bytes after it are rare enough.
  private static let mark = SAMFrame.preamble.dropFirst()

  private let direction: SAMFrame.Direction
  private var held: [UInt8] = []

  package init(_ direction: SAMFrame.Direction) { self.direction = direction }

  /// Bytes held back because their frame is not complete; never more than the longest frame.
  package var heldBytes: Int { held.count }

  /// Takes what arrived and gives what is complete now.
  package mutating func take(_ bytes: some Sequence<UInt8>) -> [Outcome] {
    var outcomes: [Outcome] = []
    for byte in bytes {
      held.append(byte)
      if mayEnd { outcomes += scan() }
    }
    return outcomes
  }

  /// Nothing more comes for now: what waits for the rest of a frame was none, or was cut off. Gives the frames behind its
  /// beginning.
  package mutating func silence() -> [Outcome] {
    var outcomes: [Outcome] = []
    while !held.isEmpty {
      drop(1)
      outcomes += scan()
    }
    return outcomes
  }

  /// Forgets what is held.
  package mutating func clear() { drop(held.count) }

  /// Whether the newest byte can make a difference, so that a long frame is not looked through at every byte.
  private var mayEnd: Bool {
    guard held.count >= 7, let length = heldLength else { return true }
    return !direction.lengths.contains(length) || held.count >= 6 + length
  }

  /// The length that stands after the mark at the beginning of `held`; nil when no mark is there or it is not complete.
  private var heldLength: Int? {
    held.count >= 6 && held.starts(with: Self.mark) ? Int(held[4]) << 8 | Int(held[5]) : nil
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

  /// How many bytes stand before the first place where a mark is or may still become one.
  private func distanceToMark() -> Int {
    for start in held.indices where held[start] == 0xAA {
      let there = held[start...].prefix(Self.mark.count)
      if there.elementsEqual(Self.mark.prefix(there.count)) { return start }
    }
    return held.count
  }

  /// Drops the first `count` bytes and leaves nothing of them behind.
  private mutating func drop(_ count: Int) {
    guard count > 0 else { return }
    let rest = held.count - count
    for index in 0..<rest { held[index] = held[index + count] }
    for index in rest..<held.count { held[index] = 0 }
    held.removeLast(count)
  }
}
