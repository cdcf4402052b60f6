import Glibc
package import Ports

/// The folder with a hall's state, locked for this process until it is released or the process ends.
///
/// | file | what it is |
/// | --- | --- |
/// | `journal.sqlite`, `-wal`, `-shm` | the journal |
/// | `checkpoint` | the journal's last known head, and the ceilings of numbers |
/// | `hall.key` | the hall's own key, kept by `Seal` |
/// | `lock` | locked while a process works here; holds its id |
/// | `training` | only in the folder of a training (演练); see `JournalOwner` |
package final class StateFolder: Sendable {
  /// Without a slash at the end.
  package let path: String
  package let owner: JournalOwner
  /// A warning for the operator; nil when there is none.
  package let warning: String?
  private let lock: StateLock
  /// What was here when the folder was claimed.
  let firstStart: FirstStart

  private init(path: String, owner: JournalOwner, warning: String?, lock: StateLock, firstStart: FirstStart) {
    self.path = path
    self.owner = owner
    self.warning = warning
    self.lock = lock
    self.firstStart = firstStart
  }

  /// Locks the folder for this process; creates it, with mode 0700, when its parent exists.
  ///
  /// - Throws: `StateFault` when there is no such folder, it cannot be written, another process holds it, or it is not
  ///   this owner's.
  package static func claim(_ path: String, of owner: JournalOwner = .hall) throws(StateFault) -> StateFolder {
    let path = path.count > 1 && path.hasSuffix("/") ? String(path.dropLast()) : path
    try make(path)
    try check(path, owner)
    let lock = try StateLock.take(path + "/lock")
    var status = stat()
    let loose = stat(path, &status) == 0 && status.st_mode & 0o077 != 0
    if owner == .training { try writeMarker(path) }
    return StateFolder(
      path: path, owner: owner,
      warning: loose ? "others may look into the state folder \(path): chmod 700 \(path)" : nil, lock: lock,
      firstStart: try FirstStart(in: path))
  }

  /// Writes the marker of a first start, where this is one; called before the first file of a hall is made here.
  package func begin() throws(StateFault) { try firstStart.begin() }

  /// Locks a folder on a read-only file system, without writing anything.
  ///
  /// The lock is the same, so another daemon is kept out; whoever holds it in this way never writes.
  package static func claimForReading(
    _ path: String, of owner: JournalOwner = .hall
  ) throws(StateFault) -> StateFolder {
    let path = path.count > 1 && path.hasSuffix("/") ? String(path.dropLast()) : path
    try check(path, owner)
    return StateFolder(
      path: path, owner: owner, warning: nil, lock: try StateLock.takeForReading(path + "/lock"),
      firstStart: try FirstStart(in: path))
  }

  /// Before the lock, so that not even a lock file is made in a folder of somebody else.
  private static func check(_ path: String, _ owner: JournalOwner) throws(StateFault) {
    switch (owner, Files.exists(path + "/" + JournalOwner.markerFile)) {
    case (.hall, false), (.replica, false), (.training, true): return
    case (.hall, true), (.replica, true): throw StateFault.ofTraining(path)
    case (.training, false):
      // A new folder, or one whose training was killed before it wrote its mark.
      if try Files.names(in: path).contains(where: { !["lock", JournalOwner.markerFile + ".new"].contains($0) }) {
        throw StateFault.ofHall(path)
      }
    }
  }

  private static func writeMarker(_ path: String) throws(StateFault) {
    let file = path + "/" + JournalOwner.markerFile
    guard !Files.exists(file) else { return }
    try Files.move(try Files.prepare(Array(JournalOwner.markerText.utf8), for: file), to: file)
    try Files.syncFolder(path)
  }

  /// Whether a file can be made in the folder; tried out, because a damaged file system still says that it is writable.
  package var takesFiles: Bool {
    let trial = file("trial")
    let descriptor = open(trial, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard descriptor >= 0 else { return false }
    defer { close(descriptor) }
    return unlink(trial) == 0
  }

  /// The path of a file in the folder.
  package func file(_ name: String) -> String { "\(path)/\(name)" }

  package var journalFile: String { file("journal.sqlite") }
  package var checkpointFile: String { file("checkpoint") }
  package var keyFile: String { file("hall.key") }

  /// Whether another folder with its own lock lies at the path now: the file system was mounted anew.
  var isReplaced: Bool { lock.isReplaced(by: file("lock")) }

  private static func make(_ path: String) throws(StateFault) {
    var status = stat()
    if stat(path, &status) == 0 {
      guard status.st_mode & S_IFMT == S_IFDIR else { throw .notAFolder(path) }
    } else {
      guard errno == ENOENT || errno == ENOTDIR else { throw .notWritable(path, errno) }
      guard mkdir(path, 0o700) == 0 else {
        if errno == ENOENT || errno == ENOTDIR { throw .missing(path) }
        throw .notWritable(path, errno)
      }
      try Files.syncFolder(Files.parent(of: path))
    }
    guard access(path, R_OK | W_OK | X_OK) == 0 else { throw .notWritable(path, errno) }
  }
}
