import GRDB

/// Which of SQLite's known defects the linked library has.
///
/// From 3.7.0 to 3.51.2 a write-ahead log can be corrupted when two connections write or checkpoint at the same moment
/// (fixed in 3.51.3, 2026-03-13). The journal has one such connection in one process, so the defect cannot occur.
enum SQLiteRegime {
  static func describe(_ db: Database) throws -> String {
    let version = try String.fetchOne(db, sql: "SELECT sqlite_version()") ?? "unknown"
    let needsOneWriter = version.split(separator: ".").compactMap { Int($0) }.lexicographicallyPrecedes([3, 51, 3])
    return needsOneWriter
      ? "SQLite \(version): has the WAL-reset defect, kept off by one connection that writes and checkpoints"
      : "SQLite \(version): without the WAL-reset defect"
  }
}
