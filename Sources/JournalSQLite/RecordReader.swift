import Foundation
import GRDB
import Hall
import Ports
import Wire

/// Reads records in order and checks each against the chain.
struct RecordReader {
  let sealing: any Sealing

  /// - Returns: where the journal ends.
  /// - Throws: `StateFault.badRecord` at the first record that is not as it was written.
  @discardableResult
  func read(_ db: Database, _ each: (RecordedEvent, ChainPosition) throws -> Void) throws -> ChainPosition {
    var chain = RecordChain(after: .origin, sealing: sealing)
    let rows = try Row.fetchCursor(db, sql: "SELECT sequence, body, digest FROM journal ORDER BY sequence")
    while let row = try rows.next() {
      let expected = chain.position.sequence + 1
      let sequence: Int64 = row[0]
      guard sequence == expected else { throw StateFault.badRecord(sequence: expected, problem: "is missing") }
      let body = try row.withUnsafeData(atIndex: 1) { [UInt8]($0 ?? Data()) }
      let digest = chain.take(body)
      let isAsWritten = try row.withUnsafeData(atIndex: 2) { $0.map { $0.elementsEqual(digest) } ?? false }
      guard isAsWritten else {
        throw StateFault.badRecord(sequence: sequence, problem: "was changed after it was written")
      }
      do {
        try each(try RecordCodec.decode(body, sequence: sequence), chain.position)
      } catch RecordCodec.Fault.unknownEvent(let name, let version) {
        throw StateFault.badRecord(
          sequence: sequence, problem: "is a \(name) of version \(version), which this program does not know")
      } catch let fault as RecordCodec.Fault {
        throw StateFault.badRecord(sequence: sequence, problem: "cannot be read (\(fault))")
      }
    }
    return chain.position
  }
}
