/// A position in the hash chain: a record's sequence and its digest.
package struct ChainPosition: Hashable, Sendable {
  /// 0 before the first record.
  package let sequence: Int64
  /// 32 bytes; zeros before the first record.
  package let digest: [UInt8]

  package init(sequence: Int64, digest: [UInt8]) {
    self.sequence = sequence
    self.digest = digest
  }

  package static let digestLength = 32
  package static let origin = ChainPosition(sequence: 0, digest: [UInt8](repeating: 0, count: digestLength))
}

/// The hash chain of the records: each digest covers the previous digest, the record's number and its bytes.
///
/// `digest(n) = SHA-256(digest(n-1) ‖ n as 8 bytes, big-endian ‖ body)`, so a record that is missing, changed or out of
/// order is detected at itself. Every journal has this chain, whatever stores it, so their records can be compared.
package struct HashChain: Sendable {
  package private(set) var position: ChainPosition
  private let sealing: any Sealing
  /// The digest's input buffer, reused: a start digests every record of the journal.
  private var input: [UInt8] = []

  package init(after position: ChainPosition, sealing: any Sealing) {
    self.position = position
    self.sealing = sealing
  }

  /// Adds the next record and returns its digest.
  @discardableResult
  package mutating func take(_ body: [UInt8]) -> [UInt8] { body.withUnsafeBytes { take($0) } }

  /// The same for bytes in a buffer.
  @discardableResult
  package mutating func take(_ body: UnsafeRawBufferPointer) -> [UInt8] {
    let sequence = position.sequence + 1
    input.removeAll(keepingCapacity: true)
    input.append(contentsOf: position.digest)
    withUnsafeBytes(of: sequence.bigEndian) { input.append(contentsOf: $0) }
    input.append(contentsOf: body)
    let digest = sealing.digest(input)
    position = ChainPosition(sequence: sequence, digest: digest)
    return digest
  }
}
