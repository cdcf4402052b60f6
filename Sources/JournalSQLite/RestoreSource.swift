import GRDB
import Glibc
import Ports

/// What a restore is given: a backup, a journal that was kept beside (`.replaced-N`), or the files of a hall that was copied.
///
/// A journal in use is two files: the database and its write-ahead log (`-wal`), which holds the newest records. Both are
/// copied before anything is read, so the source stays as it is and may lie on a read-only stick.
struct RestoreSource {
  let path: String

  /// Files that belong to a SQLite database, by what stands behind its name. `-shm` is made anew from the log.
  private static let companions = ["-wal", "-journal"]

  /// Copies the source to `target` as one file in rollback mode: the log is moved into it.
  ///
  /// - Throws: `StateFault.inUse` when a hall works on it, `.copiedWithoutLog` and `.changedWhileCopied` when it cannot hold
  ///   everything that it should.
  func copy(to target: String) throws(StateFault) {
    try refuseInUse()
    let before = try look()
    if try isInLogMode(), Files.size(path + "-wal") == nil { throw .copiedWithoutLog(path) }
    Self.remove(target)
    do throws(StateFault) {
      try Files.copy(path, to: target)
      for companion in Self.companions where Files.exists(path + companion) {
        try Files.copy(path + companion, to: target + companion)
      }
      guard try look() == before else { throw .changedWhileCopied(path) }
      try moveLog(of: target)
      try Files.syncFile(target)
    } catch {
      Self.remove(target)
      throw error
    }
  }

  /// Removes a copy with everything that SQLite may have put beside it.
  static func remove(_ copy: String) {
    for suffix in ["", "-wal", "-shm", "-journal"] { unlink(copy + suffix) }
  }

  /// Size and change of each file: a copy of a journal that somebody writes meanwhile is no copy.
  private func look() throws(StateFault) -> [String: FileState] {
    var states: [String: FileState] = [:]
    for name in [path] + Self.companions.map({ path + $0 }) { states[name] = FileState(name) }
    guard states[path] != nil else { throw .failed(path, during: "opening", detail: Files.text(ENOENT)) }
    return states
  }

  /// Whether the database's header asks for a write-ahead log. Source: SQLite file format §1.3.3, bytes 18 and 19.
  private func isInLogMode() throws(StateFault) -> Bool {
    let header = try Files.head(path, count: 20)
    return header.count == 20 && header[18] == 2
  }

  /// The lock of a state folder is held as long as a daemon or the tool works there.
  private func refuseInUse() throws(StateFault) {
    guard path.hasSuffix("/journal.sqlite") else { return }
    let lock = open(Files.parent(of: path) + "/lock", O_RDONLY | O_CLOEXEC)
    guard lock >= 0 else { return }
    defer { close(lock) }
    if flock(lock, LOCK_SH | LOCK_NB) != 0, errno == EWOULDBLOCK { throw .inUse(path) }
  }

  private func moveLog(of copy: String) throws(StateFault) {
    do {
      let database = try DatabaseQueue(path: copy)
      defer { try? database.close() }
      try database.writeWithoutTransaction { db in
        try JournalDatabase.checkFormat(db, copy)
        try JournalDatabase.leaveLogMode(db, copy)
      }
    } catch {
      throw JournalDatabase.fault(error, copy, during: "reading")
    }
    for suffix in ["-wal", "-shm", "-journal"] { unlink(copy + suffix) }
  }
}

/// What tells that a file was written: its size and the moment of its last change.
private struct FileState: Hashable {
  let size: Int64
  let seconds: Int
  let nanoseconds: Int

  init?(_ path: String) {
    var status = stat()
    guard stat(path, &status) == 0 else { return nil }
    size = Int64(status.st_size)
    seconds = status.st_mtim.tv_sec
    nanoseconds = status.st_mtim.tv_nsec
  }
}
