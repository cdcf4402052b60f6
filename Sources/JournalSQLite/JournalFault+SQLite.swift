import GRDB
import GRDBSQLite
import Glibc
import Ports

extension JournalFault {
  /// Translates an error of SQLite for appending.
  ///
  /// - Parameter systemError: the system's error number behind it (`Database.logError`, `fileError`); 0 when there is none.
  init(_ error: any Error, systemError: Int32 = 0) {
    guard let error = error as? DatabaseError else {
      self = .broken(detail: "\(error)")
      return
    }
    switch (error.resultCode, error.extendedResultCode) {
    case (.SQLITE_FULL, _): self = .full
    case (_, .SQLITE_READONLY_DBMOVED): self = .broken(detail: "the journal's file was moved or removed while in use")
    case (.SQLITE_READONLY, _): self = .readOnly
    case (_, .SQLITE_IOERR_WRITE):
      // SQLite tells only ENOSPC apart. A write that the file system refused has changed nothing; a sync that failed is
      // never one of these.
      self = Self.refusal(systemError) ?? Self.other(error)
    default: self = Self.other(error)
    }
  }

  /// The fault of a write that the file system refused as a whole; nil for an error after which the content is unknown.
  static func refusal(_ systemError: Int32) -> JournalFault? {
    switch systemError {
    case ENOSPC, EDQUOT: .full
    case EROFS: .readOnly
    default: nil
    }
  }

  private static func other(_ error: DatabaseError) -> JournalFault {
    // SQLite's message names tables and columns, never values.
    .broken(detail: "SQLite \(error.extendedResultCode.rawValue): \(error.message ?? "no message")")
  }
}

extension Database {
  /// The system's error number of the last write to the write-ahead log that failed; commits write nowhere else.
  ///
  /// `sqlite3_system_errno` does not return it: the error of a commit is not stored there.
  var logError: Int32 {
    var file: UnsafeMutablePointer<sqlite3_file>?
    guard sqlite3_file_control(sqliteConnection, "main", SQLITE_FCNTL_JOURNAL_POINTER, &file) == SQLITE_OK, let file,
      let control = file.pointee.pMethods?.pointee.xFileControl
    else { return 0 }
    var number: CInt = 0
    return control(file, SQLITE_FCNTL_LAST_ERRNO, &number) == SQLITE_OK ? number : 0
  }

  /// The same for the database file, which only WAL checkpoints write.
  var fileError: Int32 {
    var number: CInt = 0
    let code = sqlite3_file_control(sqliteConnection, "main", SQLITE_FCNTL_LAST_ERRNO, &number)
    return code == SQLITE_OK ? number : 0
  }

  /// Runs `body`, and translates the error of a commit in it.
  func translatingFaults<Result>(_ body: () throws -> Result) throws -> Result {
    do { return try body() } catch { throw JournalFault(error, systemError: logError) }
  }
}
