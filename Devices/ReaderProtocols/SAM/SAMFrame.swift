/// One frame of the card module (SAM_A, in older papers SAM_V), in either direction.
///
/// On the wire: AA AA AA 96 69, a length of two bytes (big-endian, counting everything after itself), the body, and the
/// XOR of length and body. Source: GA/T 467-2019, business terminal interface.
package struct SAMFrame: Hashable, Sendable {
  package static let preamble: [UInt8] = [0xAA, 0xAA, 0xAA, 0x96, 0x69]

  /// The direction of a stream, which determines the possible lengths.
  package enum Direction: Hashable, Sendable {
    /// To the module: command, parameter, data.
    case commands
    /// From the module: three status bytes, data.
    case replies

    /// The valid values of the length, which counts the body and the check byte.
    package var lengths: ClosedRange<Int> {
      switch self {
      case .commands: 3...64
      // Text 256, photo 1024, fingerprints 1024 with their lengths, status and check byte.
      case .replies: 4...0x090A
      }
    }
  }

  /// The bytes between length and check byte.
  ///
  /// For a reply with a photo or fingerprints it ends before these: they are dropped here.
  package let body: [UInt8]
  /// Bytes of photo and fingerprints that were dropped.
  package let droppedCount: Int

  package init(body: [UInt8], droppedCount: Int = 0) {
    self.body = body
    self.droppedCount = droppedCount
  }

  /// The frame's bytes on the wire; empty for a body of more than 65,534 bytes, which cannot be sent.
  package static func bytes(body: [UInt8]) -> [UInt8] {
    guard let length = UInt16(exactly: body.count + 1) else { return [] }
    let counted = [UInt8(length >> 8), UInt8(length & 0xFF)] + body
    return preamble + counted + [counted.reduce(0, ^)]
  }

  /// How many bytes of a reply's body may be kept: all of it, unless its lengths announce a photo. Of a long one with
  /// inconsistent lengths only the status.
  static func keptCount(ofReply body: ArraySlice<UInt8>) -> Int {
    func word(_ offset: Int) -> Int {
      Int(body[body.startIndex + offset]) << 8 | Int(body[body.startIndex + offset + 1])
    }
    // The longest reply without a photo: four appended addresses.
    let longestPlain = 3 + 4 * SAMReply.addressBytes
    guard body.count > 7 else { return body.count }
    if body.count == 7 + word(3) + word(5) { return 7 + word(3) }
    if body.count > 9, body.count == 9 + word(3) + word(5) + word(7) { return 9 + word(3) }
    return body.count <= longestPlain ? body.count : 3
  }
}
