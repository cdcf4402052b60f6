import Foundation
import GRDB
import Groundwork
import Hall
import JournalCodec
import Ports

/// Where a journal begins whose oldest days have left: the last record that left, and the hall's state after it.
///
/// It stands in the journal's own file, so that removing records and moving the beginning are one transaction, and a
/// backup has both. Replaying from it gives the state that replaying every record gave.
struct JournalBase: Sendable {
  let position: ChainPosition
  let state: HallState

  private static let table = "base"

  /// The beginning of the chain; `origin` while nothing has left.
  static func position(_ db: Database) throws -> ChainPosition {
    guard try db.tableExists(table), let row = try Row.fetchOne(db, sql: "SELECT sequence, digest FROM \(table)") else {
      return .origin
    }
    return ChainPosition(sequence: row[0], digest: [UInt8](row[1] as Data))
  }

  /// nil while nothing has left.
  ///
  /// - Throws: `StateFault.damaged` when it is not what was written, `.newerFormat` for a layout of a newer program.
  static func read(_ db: Database, _ path: String, _ sealing: any Sealing) throws -> JournalBase? {
    guard try db.tableExists(table),
      let row = try Row.fetchOne(db, sql: "SELECT sequence, digest, layout, state, seal FROM \(table)")
    else { return nil }
    let position = ChainPosition(sequence: row[0], digest: [UInt8](row[1] as Data))
    let (layout, bytes, seal): (Int, [UInt8], [UInt8]) = (row[2], [UInt8](row[3] as Data), [UInt8](row[4] as Data))
    guard (1...StateCodec.layout).contains(layout) else {
      throw StateFault.newerFormat(path, found: layout, known: StateCodec.layout)
    }
    guard self.seal(position, layout, bytes, sealing) == seal,
      let state = try? StateCodec.decode(bytes[...], layout: layout),
      state.sequence == position.sequence
    else { throw StateFault.damaged(path, detail: "the state with which it begins is not what was written") }
    return JournalBase(position: position, state: state)
  }

  /// The digest of the state, as `RecordsLeft.carried` has it.
  func carried(_ sealing: any Sealing) -> String {
    sealing.digest { add in
      add(Array("\(StateCodec.layout),".utf8)[...])
      StateCodec.encode(state, to: add)
    }.hexadecimal
  }

  /// The digest of the stored state; nil while nothing has left.
  static func carried(_ db: Database, _ sealing: any Sealing) throws -> String? {
    guard try db.tableExists(table), let row = try Row.fetchOne(db, sql: "SELECT layout, state FROM \(table)") else {
      return nil
    }
    return carried(row[0], [UInt8](row[1] as Data), sealing)
  }

  private static func carried(_ layout: Int, _ state: [UInt8], _ sealing: any Sealing) -> String {
    sealing.digest { add in
      add(Array("\(layout),".utf8)[...])
      add(state[...])
    }.hexadecimal
  }

  /// Within the transaction that removes the segments before it.
  func write(_ db: Database, _ sealing: any Sealing) throws {
    try db.execute(
      sql: """
        CREATE TABLE IF NOT EXISTS \(Self.table) (
          id INTEGER PRIMARY KEY CHECK (id = 1),
          sequence INTEGER NOT NULL,
          digest BLOB NOT NULL,
          layout INTEGER NOT NULL,
          state BLOB NOT NULL,
          seal BLOB NOT NULL
        ) STRICT
        """)
    let bytes = StateCodec.encode(state)
    try db.execute(
      sql: "INSERT OR REPLACE INTO \(Self.table) VALUES (1, ?, ?, ?, ?, ?)",
      arguments: [
        position.sequence, Data(position.digest), StateCodec.layout, Data(bytes),
        Data(Self.seal(position, StateCodec.layout, bytes, sealing)),
      ])
    // Older programs cannot read a journal that does not begin with its first record, and say so.
    try db.execute(sql: "PRAGMA user_version = \(JournalDatabase.formatWithBase)")
  }

  /// A plain digest: a backup is verified without the hall's key.
  private static func seal(
    _ position: ChainPosition, _ layout: Int, _ state: [UInt8], _ sealing: any Sealing
  ) -> [UInt8] {
    sealing.digest { add in
      add(Array("\(position.sequence),\(layout),".utf8)[...])
      add(position.digest[...])
      add(state[...])
    }
  }
}
