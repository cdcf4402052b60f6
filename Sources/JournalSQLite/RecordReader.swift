import Foundation
import GRDB
import Hall
import Ports
import Wire

/// A record as it lies in the journal, its digest found right.
struct StoredRecord: Sendable {
  let position: ChainPosition
  let body: [UInt8]

  /// - Throws: `StateFault.badRecord` when this program cannot read it.
  func decoded() throws(StateFault) -> RecordedEvent {
    do {
      return try RecordCodec.decode(body, sequence: position.sequence)
    } catch {
      switch error {
      case .unknownEvent(let name, let version):
        throw .badRecord(
          sequence: position.sequence,
          problem: "is a \(name) of version \(version), which this program does not know")
      case .damaged(let detail): throw .badRecord(sequence: position.sequence, problem: "cannot be read (\(detail))")
      }
    }
  }
}

/// Reads records in order and checks each against the chain.
struct RecordReader {
  let sealing: any Sealing

  /// - Returns: where the journal ends.
  /// - Throws: `StateFault.badRecord` at the first record that is not as it was written.
  @discardableResult
  func read(_ db: Database, _ each: (StoredRecord) throws -> Void) throws -> ChainPosition {
    var chain = RecordChain(after: .origin, sealing: sealing)
    let rows = try Row.fetchCursor(db, sql: "SELECT sequence, body, digest FROM journal ORDER BY sequence")
    while let row = try rows.next() {
      let expected = chain.position.sequence + 1
      let sequence: Int64 = row[0]
      guard sequence == expected else { throw StateFault.badRecord(sequence: expected, problem: "is missing") }
      let body = try row.withUnsafeData(atIndex: 1) { Self.bytes($0) }
      let digest = chain.take(body)
      guard try row.withUnsafeData(atIndex: 2, { Self.bytes($0) }) == digest else {
        throw StateFault.badRecord(sequence: sequence, problem: "was changed after it was written")
      }
      try each(StoredRecord(position: chain.position, body: body))
    }
    return chain.position
  }

  /// Copies without the element-wise detour that a general sequence takes.
  private static func bytes(_ data: Data?) -> [UInt8] { data?.withUnsafeBytes { [UInt8]($0) } ?? [] }
}
