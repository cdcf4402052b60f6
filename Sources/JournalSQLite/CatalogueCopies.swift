import Foundation
import GRDB
import Glibc
import Groundwork
import Hall
import Ports

/// The published catalogues inside a backup: a table with the files' contents, so that a backup is one file.
enum CatalogueCopies {
  private static let table = "catalogues"

  /// Adds every version that the copied journal names and whose file still has its digest.
  static func put(_ archive: CatalogueArchive, into backup: String) throws(StateFault) {
    do {
      let database = try DatabaseQueue(path: backup)
      defer { try? database.close() }
      try database.write { db in
        try db.execute(
          sql: "CREATE TABLE \(table) (version TEXT PRIMARY KEY, content TEXT NOT NULL, body BLOB NOT NULL) STRICT")
        for (version, content) in try published(db, backup, archive.sealing) {
          guard let bytes = archive.bytes(version, sealed: content) else { continue }
          try db.execute(
            sql: "INSERT INTO \(table) VALUES (?, ?, ?)", arguments: [version, content, Data(bytes)])
        }
      }
      // A backup can be read from a read-only medium: rollback-journal mode creates no log file for reading.
      try database.writeWithoutTransaction { try JournalDatabase.leaveLogMode($0, backup) }
    } catch {
      throw JournalDatabase.fault(error, backup, during: "putting the catalogues into")
    }
    try Files.syncFile(backup)
  }

  /// Moves the versions of a restored journal into the archive and drops the table.
  static func take(outOf journal: String, into archive: CatalogueArchive) throws(StateFault) {
    do {
      let database = try DatabaseQueue(path: journal)
      defer {
        try? database.close()
        for suffix in ["-wal", "-shm"] { unlink(journal + suffix) }
      }
      guard try database.read({ try $0.tableExists(table) }) else { return }
      let rows = try database.read { try Row.fetchAll($0, sql: "SELECT version, content, body FROM \(table)") }
      for row in rows {
        let (version, content, body): (String, String, Data) = (row[0], row[1], row[2])
        if archive.bytes(version, sealed: content) == nil { try archive.put([UInt8](body), as: version) }
      }
      try database.writeWithoutTransaction { db in
        try db.execute(sql: "DROP TABLE \(table)")
        try JournalDatabase.leaveLogMode(db, journal)
      }
    } catch {
      throw JournalDatabase.fault(error, journal, during: "taking the catalogues out of")
    }
    try Files.syncFile(journal)
  }

  /// Published versions that are neither in the archive nor in the database itself.
  static func lost(
    _ published: [String: String], _ archive: CatalogueArchive?, in db: Database, _ sealing: any Sealing
  ) throws -> [String] {
    let isWithin = try archive == nil && db.tableExists(table)
    return try published.filter { version, content in
      if let archive { return archive.bytes(version, sealed: content) == nil }
      guard isWithin,
        let body = try Data.fetchOne(db, sql: "SELECT body FROM \(table) WHERE version = ?", arguments: [version])
      else { return true }
      return sealing.digest([UInt8](body)).hexadecimal != content
    }.keys.sorted()
  }

  /// Each version with the digest of its latest publication.
  private static func published(
    _ db: Database, _ path: String, _ sealing: any Sealing
  ) throws -> [String: String] {
    let base = try JournalBase.read(db, path, sealing)?.state.catalogue.published ?? []
    // Publications are rare and their bodies are canonical JSON, so SQLite's JSON functions can find them; likewise
    // acceptances.
    let rows = try Row.fetchAll(
      db,
      sql: """
        SELECT body ->> '$.e.version', body ->> '$.e.content' FROM journal
        WHERE body ->> '$.t' = 'cataloguePublished' ORDER BY sequence
        """)
    return Dictionary(base.map { ($0.version, $0.content) } + rows.map { ($0[0], $0[1]) }) { $1 }
  }
}
