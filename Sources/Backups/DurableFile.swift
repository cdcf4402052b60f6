import Glibc
import Groundwork
import Ports
import Seal

/// Whole files, written so that they are on the disk when a call returns, and read back from it.
package enum DurableFile {
  private static let chunk = 1 << 20

  /// Copies a file into a new one of mode 0600 that is complete and durable; an existing one is replaced.
  ///
  /// - Parameter words: for the target in a fault; its path where there are none.
  package static func copy(_ source: String, to target: String, words: String? = nil) throws(BackupFault) {
    let words = words ?? target
    let partial = target + ".partial"
    let from = open(source, O_RDONLY | O_NOFOLLOW | O_CLOEXEC)
    guard from >= 0 else { throw .reading(source, errno) }
    defer { close(from) }
    unlink(partial)
    let to = open(partial, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
    guard to >= 0 else { throw .writing(words, errno) }
    do throws(BackupFault) {
      defer { close(to) }
      try fill(to, from, source, words)
    } catch {
      unlink(partial)
      throw error
    }
    try rename(partial, to: target, words)
  }

  /// Writes a small file in the same way.
  package static func write(_ text: String, to target: String, words: String? = nil) throws(BackupFault) {
    let words = words ?? target
    let partial = target + ".partial"
    unlink(partial)
    let file = open(partial, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
    guard file >= 0 else { throw .writing(words, errno) }
    var error = FileWriting.write(Array(text.utf8), to: file)
    if error == 0 { error = FileWriting.sync(file) }
    close(file)
    guard error == 0 else {
      unlink(partial)
      throw .writing(words, error)
    }
    try rename(partial, to: target, words)
  }

  private static func rename(_ partial: String, to target: String, _ words: String) throws(BackupFault) {
    guard Glibc.rename(partial, target) == 0 else {
      let code = errno
      unlink(partial)
      throw .writing(words, code)
    }
    let folder = open(parent(of: target), O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard folder >= 0 else { throw .writing(words, errno) }
    defer { close(folder) }
    let error = FileWriting.sync(folder)
    guard error == 0 else { throw .writing(words, error) }
  }

  private static func fill(_ to: Int32, _ from: Int32, _ source: String, _ words: String) throws(BackupFault) {
    var buffer = [UInt8](repeating: 0, count: chunk)
    while true {
      let count = read(from, &buffer, buffer.count)
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw .reading(source, errno) }
      if count == 0 { break }
      let error = FileWriting.write(buffer.prefix(count), at: 0) { rest, _ in
        Glibc.write(to, rest.baseAddress, rest.count)
      }
      guard error == 0 else { throw .writing(words, error) }
    }
    let error = FileWriting.sync(to)
    guard error == 0 else { throw .writing(words, error) }
    // Drops the file from the page cache, so that the next read comes from the medium.
    posix_fadvise(to, 0, 0, POSIX_FADV_DONTNEED)
  }

  /// Size in bytes and SHA-256 of a regular file.
  package static func measure(_ path: String) throws(BackupFault) -> (size: Int64, digest: String) {
    let file = open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
    guard file >= 0 else { throw .reading(path, errno) }
    defer { close(file) }
    var status = stat()
    guard fstat(file, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { throw .reading(path, EISDIR) }
    let digest = StreamedDigest()
    var buffer = [UInt8](repeating: 0, count: chunk)
    var size: Int64 = 0
    while true {
      let count = read(file, &buffer, buffer.count)
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw .reading(path, errno) }
      if count == 0 { break }
      size += Int64(count)
      buffer.withUnsafeBytes { digest.add(UnsafeRawBufferPointer(rebasing: $0.prefix(count))) }
    }
    return (size, digest.end().hexadecimal)
  }

  /// The first bytes, `count` at most; nil when it cannot be read.
  package static func head(_ path: String, _ count: Int) -> [UInt8]? {
    let file = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
    guard file >= 0 else { return nil }
    defer { close(file) }
    var buffer = [UInt8](repeating: 0, count: count)
    let found = pread(file, &buffer, count, 0)
    return found < 0 ? nil : Array(buffer.prefix(found))
  }

  package static func parent(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  /// Bytes that are free for files on the file system of a path; nil when the system does not say.
  package static func free(at path: String) -> Int64? {
    var status = statvfs()
    guard statvfs(path, &status) == 0 else { return nil }
    return Int64(status.f_bavail) * Int64(status.f_frsize)
  }
}
