import Foundation
import GRDB
import Groundwork
import Hall
import Ports

/// One segment per business day: its first and last record, the head of the hash chain, and the day's totals.
///
/// Segments are written in the same transaction as the records they describe. They allow old days to be removed when
/// their retention ends: the head digest of the last removed segment is where the remaining chain begins.
enum Segments {
  static func note(_ recorded: RecordedEvent, digest: [UInt8], in db: Database) throws {
    switch recorded.event {
    case .day(.dayOpened(let opened)):
      // Records between two days belong to the later one.
      let first =
        try Int64.fetchOne(db, sql: "SELECT max(last) + 1 FROM segments") ?? JournalBase.position(db).sequence + 1
      try db.execute(
        sql: "INSERT OR REPLACE INTO segments (first, day, opened) VALUES (?, ?, ?)",
        arguments: [first, opened.day.description, recorded.sequence])
    case .day(.dayClosed(let closed)):
      let totals = closed.totals
      try db.execute(
        sql: """
          UPDATE segments SET last = ?, head = ?, issued = ?, finished = ?, abandoned = ?, closed = ?, notices = ?
          WHERE last IS NULL
          """,
        arguments: [
          recorded.sequence, Data(digest), totals.issued, totals.finished, totals.abandoned, totals.closed,
          totals.notices,
        ])
    default: break
    }
  }
}
