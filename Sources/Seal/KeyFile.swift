import Glibc
import Ports

/// A key of 32 random bytes in a file of mode 0600: reading, creating and destroying it.
enum KeyFile {
  static let length = 32

  /// nil when there is no file.
  static func read(_ path: String) throws(KeyFault) -> [UInt8]? {
    let file = open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else {
      if errno == ENOENT { return nil }
      throw KeyFault(path: path, problem: .unreadable(errno))
    }
    defer { close(file) }
    var status = stat()
    guard fstat(file, &status) == 0 else { throw KeyFault(path: path, problem: .unreadable(errno)) }
    guard status.st_mode & 0o077 == 0 else { throw KeyFault(path: path, problem: .openToOthers) }
    // One byte more than a key has, to notice a longer file.
    var buffer = [UInt8](repeating: 0, count: length + 1)
    let count = Glibc.read(file, &buffer, buffer.count)
    guard count >= 0 else { throw KeyFault(path: path, problem: .unreadable(errno)) }
    guard count == length else { throw KeyFault(path: path, problem: .wrongLength) }
    return Array(buffer.prefix(length))
  }

  /// Creates a key: written under a temporary name and renamed, so that a power cut leaves a whole key or none.
  static func make(_ path: String) throws(KeyFault) -> [UInt8] {
    let bytes = SystemRandom.bytes(length)
    try put(bytes, path)
    return bytes
  }

  /// Returns when the file is durable.
  static func put(_ bytes: [UInt8], _ path: String) throws(KeyFault) {
    let fresh = path + ".new"
    let file = open(fresh, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
    guard file >= 0 else { throw KeyFault(path: path, problem: .unwritable(errno)) }
    var error = FileWriting.write(bytes, to: file)
    if error == 0 { error = FileWriting.sync(file) }
    close(file)
    guard error == 0 else {
      unlink(fresh)
      throw KeyFault(path: path, problem: .unwritable(error))
    }
    guard rename(fresh, path) == 0 else { throw KeyFault(path: path, problem: .unwritable(errno)) }
    try syncFolder(of: path)
  }

  /// Overwrites a key in place and removes the file; a missing file is no error. An SSD may keep the overwritten block:
  /// a disk that leaves the hall is wiped or destroyed (docs/DATA.md).
  static func destroy(_ path: String) throws(KeyFault) {
    let file = open(path, O_WRONLY | O_CLOEXEC)
    guard file >= 0 else {
      if errno == ENOENT { return }
      throw KeyFault(path: path, problem: .unwritable(errno))
    }
    let nothing = [UInt8](repeating: 0, count: length)
    var error = FileWriting.write(nothing, to: file)
    if error == 0 { error = FileWriting.sync(file) }
    close(file)
    guard error == 0 else { throw KeyFault(path: path, problem: .unwritable(error)) }
    guard unlink(path) == 0 else { throw KeyFault(path: path, problem: .unwritable(errno)) }
    try syncFolder(of: path)
  }

  private static func syncFolder(of path: String) throws(KeyFault) {
    let parent = path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
    let folder = open(parent.isEmpty ? "/" : parent, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard folder >= 0 else { throw KeyFault(path: path, problem: .unwritable(errno)) }
    defer { close(folder) }
    let error = FileWriting.sync(folder)
    guard error == 0 else { throw KeyFault(path: path, problem: .unwritable(error)) }
  }
}
