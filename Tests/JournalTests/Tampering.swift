import Foundation
import GRDB
import Groundwork
import Ports

@testable import JournalSQLite

/// Modifications of a journal through SQLite, as somebody with the file could make them.
///
/// In a file of its own: GRDB's operators keep the testing macros from being compile-time constants.
extension TestHall {
  /// Runs SQL on the journal of a closed hall.
  func edit(_ sql: String) throws {
    let database = try DatabaseQueue(path: file("journal.sqlite"))
    try database.write { try $0.execute(sql: sql) }
    try database.close()
  }

  /// Rows of a table.
  func count(_ table: String) throws -> Int {
    let database = try DatabaseQueue(path: file("journal.sqlite"))
    defer { try? database.close() }
    return try database.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM \(table)") ?? 0 }
  }

  /// The stored digest of a record.
  func digest(of sequence: Int64) throws -> [UInt8] {
    let database = try DatabaseQueue(path: file("journal.sqlite"))
    defer { try? database.close() }
    return try database.read {
      [UInt8](try Data.fetchOne($0, sql: "SELECT digest FROM journal WHERE sequence = \(sequence)") ?? Data())
    }
  }

  /// Recomputes the hash chain for the present records.
  func rebuildChain() throws {
    let database = try DatabaseQueue(path: file("journal.sqlite"))
    try database.write { db in
      var chain = HashChain(after: .origin, sealing: seal)
      for row in try Row.fetchAll(db, sql: "SELECT sequence, body FROM journal ORDER BY sequence") {
        let digest = chain.take([UInt8](row[1] as Data))
        try db.execute(
          sql: "UPDATE journal SET digest = ? WHERE sequence = ?", arguments: [Data(digest), row[0] as Int64])
      }
    }
    try database.close()
  }

  /// Flips one bit of a record's body.
  func flipBit(of sequence: Int64, using random: inout SeededRandom) throws {
    let database = try DatabaseQueue(path: file("journal.sqlite"))
    try database.write { db in
      var body = try Data.fetchOne(db, sql: "SELECT body FROM journal WHERE sequence = \(sequence)") ?? Data()
      let bit = Int.random(in: 0..<(body.count * 8), using: &random)
      body[bit / 8] ^= 1 << (bit % 8)
      try db.execute(sql: "UPDATE journal SET body = ? WHERE sequence = ?", arguments: [body, sequence])
    }
    try database.close()
  }
}

/// How an append translates SQLite's errors.
enum SQLiteErrors {
  static func fault(_ code: Int32, _ systemError: Int32 = 0) -> JournalFault {
    JournalFault(DatabaseError(resultCode: ResultCode(rawValue: code), message: "planted"), systemError: systemError)
  }
}
