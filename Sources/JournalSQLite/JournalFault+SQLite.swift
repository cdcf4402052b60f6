import GRDB
import Glibc
import Ports

extension JournalFault {
  /// What an error of SQLite means for somebody who appends.
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
      // The message names SQLite's objection and never a value.
      self = .broken(detail: "SQLite \(error.extendedResultCode.rawValue): \(error.message ?? "no message")")
    }
  }
}
