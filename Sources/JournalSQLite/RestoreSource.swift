import GRDB
import Glibc
import Ports

/// The source of a restore: a backup, a journal that was moved aside (`.replaced-N`), or copied files of a hall.
///
/// A journal in use is two files: the database and its write-ahead log (`-wal`), which holds the newest records. Both
/// are copied before anything is read, so the source is not changed and may be on a read-only medium.
struct RestoreSource {
  let path: String

  /// Suffixes of the files that belong to a SQLite database. `-shm` is recreated from the log.
  private static let companions = ["-wal", "-journal"]

  /// Copies the source to `target` as one file in rollback-journal mode, with the log merged.
  ///
  /// - Throws: `StateFault.inUse` when a hall works on it, `.copiedWithoutLog` and `.changedWhileCopied` when the
  ///   source may be incomplete.
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

  /// Removes a copy and SQLite's files beside it.
  static func remove(_ copy: String) {
    for suffix in ["", "-wal", "-shm", "-journal"] { unlink(copy + suffix) }
  }

  /// Size and modification time of each file, to detect a writer during the copy.
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

  /// The state folder's lock is held while a daemon or the tool works there.
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

/// Size and modification time: they change when a file is written.
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
