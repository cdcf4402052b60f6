/// One message between the daemon and `yichuang-readerd`, in either direction, as bytes.
///
/// A length of four bytes (big-endian, of all that follows), the version, the kind, then fields: each two bytes of
/// length and its bytes. The version detects a daemon and a reader process of different releases.
package struct LinkFrame: Hashable, Sendable {
  package static let version: UInt8 = 1
  /// The most bytes after the length. The longest message is a code's text, four bytes a character.
  package static let mostBytes = 8192
  package static let mostFields = 16

  package let kind: UInt8
  package let fields: [[UInt8]]

  package init(kind: UInt8, fields: [[UInt8]] = []) {
    self.kind = kind
    self.fields = fields
  }

  package enum Fault: Error, Hashable, Sendable {
    case version(UInt8)
    case length(Int)
    /// The fields do not fill the frame exactly, or there are too many.
    case fields
    /// A kind that this end does not accept, or wrong fields for it.
    case message(kind: UInt8)
  }

  /// The bytes of the frame; nil when it would exceed the other end's limit.
  package var bytes: [UInt8]? {
    var rest: [UInt8] = [Self.version, kind]
    for field in fields {
      guard let count = UInt16(exactly: field.count) else { return nil }
      rest += [UInt8(count >> 8), UInt8(count & 0xFF)] + field
    }
    guard rest.count <= Self.mostBytes, fields.count <= Self.mostFields else { return nil }
    let count = rest.count
    return [0, 0, UInt8(count >> 8), UInt8(count & 0xFF)] + rest
  }

  init(rest: ArraySlice<UInt8>) throws(Fault) {
    guard rest.count >= 2 else { throw .length(rest.count) }
    guard rest[rest.startIndex] == Self.version else { throw .version(rest[rest.startIndex]) }
    kind = rest[rest.startIndex + 1]
    var left = rest.dropFirst(2)
    var fields: [[UInt8]] = []
    while !left.isEmpty {
      guard left.count >= 2, fields.count < Self.mostFields else { throw .fields }
      let count = Int(left[left.startIndex]) << 8 | Int(left[left.startIndex + 1])
      left = left.dropFirst(2)
      guard left.count >= count else { throw .fields }
      fields.append(Array(left.prefix(count)))
      left = left.dropFirst(count)
    }
    self.fields = fields
  }
}

/// Splits received bytes into frames. Buffers at most one; after a fault nothing more is returned.
package struct LinkDecoder: Sendable {
  private var held: [UInt8] = []
  private var isBroken = false

  package init() {}

  package var heldBytes: Int { held.count }

  package mutating func take(_ bytes: some Sequence<UInt8>) throws(LinkFrame.Fault) -> [LinkFrame] {
    var frames: [LinkFrame] = []
    for byte in bytes where !isBroken {
      held.append(byte)
      guard held.count >= 4 else { continue }
      let count = held[0..<4].reduce(0) { $0 << 8 | Int($1) }
      guard (2...LinkFrame.mostBytes).contains(count) else { throw broken(.length(count)) }
      guard held.count == 4 + count else { continue }
      do throws(LinkFrame.Fault) { frames.append(try LinkFrame(rest: held[4...])) } catch { throw broken(error) }
      clear()
    }
    return frames
  }

  private mutating func broken(_ fault: LinkFrame.Fault) -> LinkFrame.Fault {
    isBroken = true
    clear()
    return fault
  }

  /// Overwrites the buffer, which may hold a card.
  private mutating func clear() {
    for index in held.indices { held[index] = 0 }
    held.removeAll(keepingCapacity: true)
  }
}
