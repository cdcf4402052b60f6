import Foundation
import GRDB
import Groundwork
import Hall

/// One segment a business day: where it begins and ends, what the chain came to, and what the day came to.
///
/// Segments are made of the same transaction as the records they are about. They let whole old days leave when their
/// retention ends: the head digest of the last one that left is where the chain of the rest begins.
enum Segments {
  static func note(_ recorded: RecordedEvent, digest: [UInt8], in db: Database) throws {
    switch recorded.event {
    case .day(.dayOpened(let opened)):
      // What happened between two days belongs to the later one.
      let first = try Int64.fetchOne(db, sql: "SELECT max(last) + 1 FROM segments") ?? 1
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
