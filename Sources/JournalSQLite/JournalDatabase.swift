import GRDB
import GRDBSQLite
import Glibc
import Ports

/// Opens SQLite as the journal needs it: write-ahead log, a sync for every commit, one writing connection.
enum JournalDatabase {
  /// `user_version` of a file that begins with its first record.
  static let format = 1
  /// `user_version` of a file whose oldest days have left; the highest format that this program reads.
  static let formatWithBase = 2

  /// Opens the journal for writing; creates it when there is none.
  ///
  /// - Parameter isVerifiedLater: whether the check of SQLite's structure, which reads the whole file, may wait.
  static func open(
    _ path: String, of owner: JournalOwner = .hall, synchronousIsNormal: Bool = false,
    isVerifiedLater: (Database) throws -> Bool = { _ in false }
  ) throws(StateFault) -> DatabaseQueue {
    try Files.createPrivate(path)
    do {
      var configuration = Configuration()
      configuration.label = "journal"
      configuration.busyMode = .immediateError
      let queue = try DatabaseQueue(path: path, configuration: configuration)
      try queue.writeWithoutTransaction { db in
        try checkFormat(db, path, of: owner)
        // Read to the end of the statement: the file is changed after its one row, and only the last step reports an error of that.
        guard try String.fetchAll(db, sql: "PRAGMA journal_mode = WAL") == ["wal"] else {
          throw StateFault.failed(path, during: "opening", detail: "no write-ahead log on this file system")
        }
        try keepLogFile(db, path)
        // Last, and outside a transaction: GRDB sets NORMAL by itself when it turns the write-ahead log on, and SQLite
        // ignores the setting inside a transaction. NORMAL does not sync on commit: a power cut loses tickets.
        try db.execute(sql: "PRAGMA synchronous = \(synchronousIsNormal ? "NORMAL" : "FULL")")
        let level = try Int.fetchOne(db, sql: "PRAGMA synchronous")
        guard level == (synchronousIsNormal ? 1 : 2) else {
          throw StateFault.failed(path, during: "opening", detail: "synchronous is \(level ?? -1) instead of FULL")
        }
        // The WAL is checkpointed by `WALCheckpointer`, where errors are seen.
        try db.execute(sql: "PRAGMA wal_autocheckpoint = 0")
        try db.execute(sql: "PRAGMA journal_size_limit = 67108864")
        if try !(db.tableExists("journal") && isVerifiedLater(db)) { try checkStructure(db, path) }
        try db.inTransaction(.immediate) {
          if try Int.fetchOne(db, sql: "PRAGMA user_version") == 0 {
            try db.execute(sql: "PRAGMA user_version = \(format)")
          }
          try db.execute(sql: schema(of: owner))
          return .commit
        }
      }
      try Files.syncFolder(Files.parent(of: path))
      return queue
    } catch {
      throw fault(error, path, during: "opening")
    }
  }

  /// - Throws: `StateFault.damaged` when SQLite finds its own structure damaged.
  static func checkStructure(_ db: Database, _ path: String) throws {
    let verdict = try String.fetchOne(db, sql: "PRAGMA quick_check(1)") ?? "no answer"
    guard verdict == "ok" else { throw StateFault.damaged(path, detail: verdict) }
  }

  /// Opens a journal for reading only.
  ///
  /// It never checkpoints, so it may be used beside the writing connection.
  static func openForReading(
    _ path: String, of owner: JournalOwner = .hall
  ) throws(StateFault) -> DatabaseQueue {
    guard Files.exists(path) else { throw .failed(path, during: "opening", detail: Files.text(ENOENT)) }
    do {
      var configuration = Configuration()
      configuration.readonly = true
      configuration.label = "journal-reading"
      let queue = try DatabaseQueue(path: path, configuration: configuration)
      try queue.read { try checkFormat($0, path, of: owner, readsReplicas: owner == .hall) }
      return queue
    } catch {
      throw fault(error, path, during: "opening")
    }
  }

  /// Switches to rollback-journal mode, in which the database is one file without a log, as a backup is.
  static func leaveLogMode(_ db: Database, _ path: String) throws {
    guard try String.fetchAll(db, sql: "PRAGMA journal_mode = DELETE") == ["delete"] else {
      throw StateFault.failed(path, during: "ending the write-ahead log of", detail: "it is in use")
    }
  }

  /// Keeps the log file, empty, when the last connection closes. A journal without one is then known to be an
  /// incomplete copy.
  private static func keepLogFile(_ db: Database, _ path: String) throws {
    var keeps: CInt = 1
    let code = sqlite3_file_control(db.sqliteConnection, "main", SQLITE_FCNTL_PERSIST_WAL, &keeps)
    guard code == SQLITE_OK else { throw StateFault.failed(path, during: "opening", detail: "SQLite \(code)") }
  }

  /// - Parameter readsReplicas: whether the copy of a shared journal will do: whoever only reads finds the hall's records there.
  static func checkFormat(
    _ db: Database, _ path: String, of owner: JournalOwner = .hall, readsReplicas: Bool = false
  ) throws {
    let application = try Int.fetchOne(db, sql: "PRAGMA application_id") ?? 0
    let format = try Int.fetchOne(db, sql: "PRAGMA user_version") ?? 0
    if application == 0, format == 0, try Int.fetchOne(db, sql: "SELECT count(*) FROM sqlite_schema") == 0 { return }
    let isReplica = readsReplicas && application == JournalOwner.replica.applicationID
    guard isReplica || application == owner.applicationID else {
      throw owner.fault(of: path, with: application) ?? StateFault.notAJournal(path)
    }
    guard (Self.format...formatWithBase).contains(format) else {
      throw StateFault.newerFormat(path, found: format, known: formatWithBase)
    }
  }

  /// docs/DATA.md describes the tables.
  private static func schema(of owner: JournalOwner) -> String {
    """
    PRAGMA application_id = \(owner.applicationID);
    CREATE TABLE IF NOT EXISTS journal (
      sequence INTEGER PRIMARY KEY,
      body BLOB NOT NULL,
      digest BLOB NOT NULL
    ) STRICT;
    CREATE TABLE IF NOT EXISTS segments (
      first INTEGER PRIMARY KEY,
      day TEXT NOT NULL,
      opened INTEGER NOT NULL,
      last INTEGER,
      head BLOB,
      issued INTEGER,
      finished INTEGER,
      abandoned INTEGER,
      closed INTEGER,
      notices INTEGER
    ) STRICT;
    CREATE TABLE IF NOT EXISTS probe (
      id INTEGER PRIMARY KEY CHECK (id = 1),
      count INTEGER NOT NULL
    ) STRICT;
    """
  }

  /// Translates a fault of writing for opening.
  static func fault(_ fault: JournalFault, _ path: String) -> StateFault {
    switch fault {
    case .full: .notWritable(path, ENOSPC)
    case .readOnly: .notWritable(path, EROFS)
    case .delayed, .broken, .conflict, .cutOff, .behind, .rolledBack:
      .failed(path, during: "writing", detail: "\(fault)")
    }
  }

  /// Translates an error of SQLite for opening, reading or copying a journal.
  static func fault(_ error: any Error, _ path: String, during: String) -> StateFault {
    if let fault = error as? StateFault { return fault }
    guard let error = error as? DatabaseError else {
      return .failed(path, during: during, detail: "\(error)")
    }
    // SQLite's message names tables and columns, never values.
    let detail = error.message ?? "SQLite \(error.extendedResultCode.rawValue)"
    switch error.resultCode {
    case .SQLITE_NOTADB: return .notAJournal(path)
    case .SQLITE_CORRUPT: return .damaged(path, detail: detail)
    case .SQLITE_READONLY: return .notWritable(path, EROFS)
    case .SQLITE_FULL: return .notWritable(path, ENOSPC)
    default: return .failed(path, during: during, detail: detail)
    }
  }
}
