import GRDB
import GRDBSQLite
import Hall
import Ports
import JournalCodec

/// Reads records in order and verifies each against the hash chain.
struct RecordParser {
  let sealing: any Sealing

  /// - Parameters:
  ///   - start: the record after which reading begins; nil where the journal begins.
  ///   - last: the last record to read; nil reads to the end.
  ///   - each: called with each verified record; its bytes are valid only during the call.
  /// - Returns: the last record read.
  /// - Throws: `StateFault.badRecord` at the first record that fails.
  @discardableResult
  func read(
    _ db: Database, after start: ChainPosition? = nil, through last: Int64? = nil,
    _ each: (ChainPosition, UnsafeRawBufferPointer) throws -> Void
  ) throws -> ChainPosition {
    let start = try start ?? JournalBase.position(db)
    var chain = HashChain(after: start, sealing: sealing)
    // Uses SQLite's statement directly: a start reads every record, and GRDB's row objects took as long as all the
    // rest.
    let lower = start == .origin ? Int64.min : start.sequence + 1
    let statement = try db.makeStatement(
      sql: """
        SELECT sequence, body, digest FROM journal WHERE sequence BETWEEN \(lower) AND \(last ?? Int64.max) ORDER BY sequence
        """)
    let row = statement.sqliteStatement
    defer { sqlite3_reset(row) }
    while true {
      let code = sqlite3_step(row)
      if code == SQLITE_DONE { return chain.position }
      guard code == SQLITE_ROW else {
        throw DatabaseError(resultCode: ResultCode(rawValue: code), message: db.lastErrorMessage)
      }
      let expected = chain.position.sequence + 1
      let sequence = sqlite3_column_int64(row, 0)
      guard sequence == expected else { throw StateFault.badRecord(sequence: expected, problem: "is missing") }
      let body = Self.bytes(row, 1)
      guard chain.take(body).elementsEqual(Self.bytes(row, 2)) else {
        throw StateFault.badRecord(sequence: sequence, problem: "was changed after it was written")
      }
      try each(chain.position, body)
    }
  }

  /// A column's bytes, valid until the next step.
  private static func bytes(_ row: OpaquePointer, _ column: Int32) -> UnsafeRawBufferPointer {
    let start = sqlite3_column_blob(row, column)
    return UnsafeRawBufferPointer(start: start, count: start == nil ? 0 : Int(sqlite3_column_bytes(row, column)))
  }
}

extension RecordDecoder {
  /// - Throws: `StateFault.newerRecord` for a record of a newer program, `.badRecord` for one that cannot be decoded.
  mutating func record(_ body: UnsafeRawBufferPointer, _ sequence: Int64) throws(StateFault) -> RecordedEvent {
    do {
      return try decode(body, sequence: sequence)
    } catch {
      switch error {
      case .unknownEvent(let name, let version):
        throw .newerRecord(sequence: sequence, event: name, version: version)
      case .damaged(let detail): throw .badRecord(sequence: sequence, problem: "cannot be read (\(detail))")
      }
    }
  }
}
