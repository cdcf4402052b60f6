/// Replaces a card module's answers about a card, byte for byte, by those of a fictitious card.
///
/// For transcripts: they leave the hall, so they must not contain personal data. Kept are preambles and lengths of
/// frames, status bytes, the module's own number, and whether check bytes are right. Text becomes that of a synthetic
/// card of the same kind, the same for the same person during this object's life. Photo, fingerprints and everything
/// else become zeros. Truncated or damaged data counts as personal too.
package struct CardScrubber: Sendable {
  /// Persons by what identifies them, with their index in order of appearance.
  private var people: [String: Int] = [:]
  /// Facts that a reader of the transcript needs and that the replaced text no longer shows.
  private var notes: [String] = []

  package init() {}

  /// Returns the notes on replacements since the last call.
  package mutating func takeNotes() -> [String] {
    defer { notes = [] }
    return notes
  }

  /// - Parameters:
  ///   - bytes: everything that came between two commands, in one piece.
  ///   - command: the command before them.
  /// - Returns: the same number of bytes.
  package mutating func scrub(_ bytes: [UInt8], answering command: SAMCommand?) -> [UInt8] {
    var scrubbed: [UInt8] = []
    var at = 0
    while at < bytes.count {
      guard let header = Self.header(bytes[at...]) else {
        scrubbed.append(Self.noise(bytes[at]))
        at += 1
        continue
      }
      guard SAMFrame.Direction.replies.lengths.contains(header.length) else {
        // Not a frame, and must not become one.
        scrubbed += bytes[at..<(at + header.count - 2)] + [0xFF, 0xFF]
        at += header.count
        continue
      }
      let start = at + header.count
      var end = min(bytes.count, start + header.length)
      let isSound = end - start == header.length && bytes[(start - 2)..<end].reduce(0, ^) == 0
      if !isSound { end = Self.nextHeader(bytes, start..<end) ?? end }
      scrubbed += bytes[at..<start] + frame(bytes[start..<end], header.length, isSound: isSound, command)
      at = end
    }
    return scrubbed
  }

  /// Body and check byte of a frame, or as much of them as there is.
  private mutating func frame(
    _ bytes: ArraySlice<UInt8>, _ length: Int, isSound: Bool, _ command: SAMCommand?
  ) -> [UInt8] {
    let isComplete = bytes.count == length
    let body = Array(isComplete ? bytes.dropLast() : bytes)
    let status = Array(body.prefix(3))
    var result = status + data(Array(body.dropFirst(3)), of: length - 4, command)
    guard isComplete else { return result }
    let check = result.reduce(UInt8(length >> 8) ^ UInt8(length & 0xFF), ^)
    result.append(isSound ? check : check ^ 0x55)
    return result
  }

  /// The data after the status bytes; `count` is the length that the frame announces.
  private mutating func data(_ data: [UInt8], of count: Int, _ command: SAMCommand?) -> [UInt8] {
    if command == .identity, count == SAMIdentity.byteCount { return data }
    func word(_ offset: Int) -> Int { offset + 1 < data.count ? Int(data[offset]) << 8 | Int(data[offset + 1]) : -1 }
    let words: Int
    if word(0) == CardText.byteCount, count == 4 + word(0) + word(2) {
      words = 4
    } else if word(0) == CardText.byteCount, word(4) >= 0, count == 6 + word(0) + word(2) + word(4) {
      words = 6
    } else {
      return [UInt8](repeating: 0, count: data.count)
    }
    let text = text(Array(data.dropFirst(words).prefix(CardText.byteCount)))
    let rest = max(0, data.count - words - CardText.byteCount)
    return Array(data.prefix(words)) + text + [UInt8](repeating: 0, count: rest)
  }

  private mutating func text(_ bytes: [UInt8]) -> [UInt8] {
    guard bytes.count == CardText.byteCount else {
      return Array(SyntheticCard.text(.resident).bytes.prefix(bytes.count))
    }
    guard let card = try? CardText(bytes) else {
      notes.append("a card's text of an unknown kind")
      var blank = (0..<CardText.byteCount).map { $0 % 2 == 0 ? UInt8(0x20) : 0 }
      for offset in CardText.letterOffset..<(CardText.letterOffset + 2) { blank[offset] = bytes[offset] }
      return blank
    }
    let who = card.kind.rawValue + card.number + card.name
    let variant = people[who] ?? people.count
    people[who] = variant
    let doubts = card.doubts.map(\.rawValue).joined(separator: " ")
    notes.append("a card's text (\(card.kind.rawValue)), doubts: \(doubts.isEmpty ? "none" : doubts)")
    return SyntheticCard.text(card.kind, variant: variant).bytes
  }

  /// Preamble and length at the beginning of the bytes; the first AA may be missing, as in `SAMFrameParser`.
  private static func header(_ bytes: ArraySlice<UInt8>) -> (count: Int, length: Int)? {
    for mark in [SAMFrame.preamble[...], SAMFrame.preamble.dropFirst()] where bytes.starts(with: mark) {
      let at = bytes.startIndex + mark.count
      return at + 1 < bytes.endIndex ? (count: mark.count + 2, length: Int(bytes[at]) << 8 | Int(bytes[at + 1])) : nil
    }
    return nil
  }

  private static func nextHeader(_ bytes: [UInt8], _ range: Range<Int>) -> Int? {
    range.first { bytes[$0] == 0xAA && header(bytes[$0...]) != nil }
  }

  /// Bytes outside a frame may be the rest of one, so they are replaced too.
  private static func noise(_ byte: UInt8) -> UInt8 { [0x00, 0xAA, 0xFF].contains(byte) ? byte : 0x2E }
}
