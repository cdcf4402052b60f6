import Glibc
import Ports

/// An advisory lock on a file (flock(2)); the kernel releases it when the process ends.
///
/// Two daemons on one journal could issue the same number, so the second one must not even open it.
final class StateLock: Sendable {
  private let file: Int32

  private init(file: Int32) { self.file = file }

  deinit { close(file) }

  /// - Throws: `StateFault.held` with the holder's process id from the file.
  static func take(_ path: String) throws(StateFault) -> StateLock {
    // O_CLOEXEC: a child (cups tools, espeak-ng) that outlives the daemon must not keep the lock.
    let file = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    guard file >= 0 else { throw .notWritable(path, errno) }
    try lock(file, path)
    let text = Array("\(getpid())\n".utf8)
    // The process id is only for the next one's error message; the lock itself is the kernel's.
    _ = ftruncate(file, 0)
    _ = FileWriting.write(text, to: file, at: 0)
    return StateLock(file: file)
  }

  /// The same lock where nothing can be written; there has to be a lock file.
  static func takeForReading(_ path: String) throws(StateFault) -> StateLock {
    let file = open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { throw .notWritable(path, EROFS) }
    try lock(file, path)
    return StateLock(file: file)
  }

  private static func lock(_ file: Int32, _ path: String) throws(StateFault) {
    // Between fork and exec a child of another process holds its open files; retrying for a moment tells that from a
    // second daemon.
    var tries = 0
    while flock(file, LOCK_EX | LOCK_NB) != 0, errno == EWOULDBLOCK, tries < 50 {
      tries += 1
      usleep(20_000)
    }
    guard tries < 50, flock(file, LOCK_EX | LOCK_NB) == 0 else {
      let error = errno
      let holder = holder(of: file)
      close(file)
      if error == EWOULDBLOCK { throw .held(folder: Files.parent(of: path), by: holder) }
      throw .notWritable(path, error)
    }
  }

  /// Whether the file at the path is another one than this; false when there is none.
  func isReplaced(by path: String) -> Bool {
    var (own, there) = (stat(), stat())
    guard fstat(file, &own) == 0, stat(path, &there) == 0 else { return false }
    return (own.st_dev, own.st_ino) != (there.st_dev, there.st_ino)
  }

  private static func holder(of file: Int32) -> Int32? {
    var buffer = [UInt8](repeating: 0, count: 16)
    let count = pread(file, &buffer, buffer.count, 0)
    guard count > 0 else { return nil }
    return Int32(String(decoding: buffer.prefix(count).prefix { $0 != 10 }, as: UTF8.self))
  }
}
