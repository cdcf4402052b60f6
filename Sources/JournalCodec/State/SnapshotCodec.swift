import Groundwork
package import Hall

/// A state with the record after which it holds, as a file: three lines.
///
/// The first names the format, the layout of the state, the record's sequence and its digest in the hash chain; the
/// second is the seal over the first and the third; the third is the state (`StateCodec`).
package enum SnapshotCodec {
  package static let format = 1

  package struct Snapshot: Sendable {
    /// The digest of the record `state.sequence`.
    package let digest: [UInt8]
    package let state: HallState

    package init(digest: [UInt8], state: HallState) {
      self.digest = digest
      self.state = state
    }
  }

  /// Why a file cannot be used.
  package enum Fault: Error, Equatable, Sendable, CustomStringConvertible {
    case otherFormat
    case otherLayout(Int)
    /// Changed after it was written, or written under another key.
    case otherSeal
    case unreadable

    package var description: String {
      switch self {
      case .otherFormat: "it has another format"
      case .otherLayout(let layout): "it has layout \(layout) of the state, this program has \(StateCodec.layout)"
      case .otherSeal: "it was changed after it was written, or written under another key"
      case .unreadable: "it cannot be read"
      }
    }
  }

  /// A keyed digest of 32 bytes of what is given to it in parts.
  package typealias Seal = ((@escaping (ArraySlice<UInt8>) -> Void) -> Void) -> [UInt8]

  /// - Parameter put: takes a part of the file and the offset at which it stands; the seal is the last one.
  package static func encode(
    _ snapshot: Snapshot, seal: Seal, to put: @escaping (_ part: ArraySlice<UInt8>, _ offset: Int64) -> Void
  ) {
    var record = RecordWriter()
    record.object { record in
      record.put("snapshot", format)
      record.put("layout", StateCodec.layout)
      record.put("sequence", snapshot.state.sequence)
      record.put("digest", hexadecimal: snapshot.digest)
    }
    let head = record.bytes + [newline]
    put(head[...], 0)
    var offset = Int64(head.count + 65)
    let digest = seal { add in
      add([0])
      add(head[...])
      StateCodec.encode(snapshot.state) { part in
        add(part)
        put(part, offset)
        offset += Int64(part.count)
      }
    }
    var line: [UInt8] = []
    line.append(hexadecimal: digest)
    line.append(newline)
    put(line[...], Int64(head.count))
  }

  package static func decode(_ bytes: [UInt8], seal: Seal) throws(Fault) -> Snapshot {
    guard let first = bytes.firstIndex(of: newline), first <= longestHead, bytes.count > first + 66,
      bytes[first + 65] == newline
    else { throw .unreadable }
    let (head, state) = (bytes[..<first], bytes[(first + 66)...])
    let (sequence, digest) = try read(head)
    // The zero byte separates domains: the same key seals requests' bodies, and none of them begins with one.
    let found = seal { add in
      add([0])
      add(bytes[...first])
      add(state)
    }
    guard [UInt8](hexadecimal: String(decoding: bytes[(first + 1)...(first + 64)], as: UTF8.self)) == found else {
      throw .otherSeal
    }
    guard let state = try? StateCodec.decode(state), state.sequence == sequence else { throw .unreadable }
    return Snapshot(digest: digest, state: state)
  }

  private static func read(_ head: ArraySlice<UInt8>) throws(Fault) -> (Int64, digest: [UInt8]) {
    let read: (format: Int, layout: Int, sequence: Int64, digest: [UInt8])
    do throws(RecordCodec.Fault) {
      read = try head.withUnsafeBufferPointer { (head) throws(RecordCodec.Fault) in
        var record = RecordScanner(UnsafeRawBufferPointer(head), sequence: 0)
        return try record.object { (record) throws(RecordCodec.Fault) in
          (
            try record.int("snapshot"), try record.int("layout"), try record.integer("sequence"),
            try record.hexadecimal("digest")
          )
        }
      }
    } catch { throw .otherFormat }
    guard read.format == format else { throw .otherFormat }
    guard read.layout == StateCodec.layout else { throw .otherLayout(read.layout) }
    return (read.sequence, read.digest)
  }

  private static let longestHead = 512
  private static let newline = UInt8(ascii: "\n")
}
