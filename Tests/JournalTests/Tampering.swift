import Foundation
import GRDB
import Groundwork
import Ports

@testable import JournalSQLite

/// What somebody with the file can do to a journal through SQLite.
///
/// In a file of its own: GRDB's operators keep the testing macros from being compile-time constants.
extension TestHall {
  /// Runs statements on the journal of a hall that is closed.
  func edit(_ sql: String) throws {
    let database = try DatabaseQueue(path: file("journal.sqlite"))
    try database.write { try $0.execute(sql: sql) }
    try database.close()
  }

  /// Makes the chain fit whatever the records say now.
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

/// What an append makes of SQLite's errors.
enum SQLiteErrors {
  static func fault(_ code: Int32) -> JournalFault {
    JournalFault(DatabaseError(resultCode: ResultCode(rawValue: code), message: "planted"))
  }
}
