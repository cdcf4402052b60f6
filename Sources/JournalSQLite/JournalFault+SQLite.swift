import GRDB
import Glibc
import Ports

extension JournalFault {
  /// Translates an error of SQLite for appending.
  init(_ error: any Error) {
    guard let error = error as? DatabaseError else {
      self = .broken(detail: "\(error)")
      return
    }
    switch (error.resultCode, error.extendedResultCode) {
    case (.SQLITE_FULL, _): self = .full
    case (_, .SQLITE_READONLY_DBMOVED): self = .broken(detail: "the journal's file was moved or removed while in use")
    case (.SQLITE_READONLY, _): self = .readOnly
    default:
      // SQLite's message names tables and columns, never values.
      self = .broken(detail: "SQLite \(error.extendedResultCode.rawValue): \(error.message ?? "no message")")
    }
  }
}
