import Glibc

/// The hall's own key: 32 random bytes in a file of mode 0600, made once.
///
/// It lies beside the journal and outside of it and of every backup: whoever has a copy of the journal cannot try out
/// request bodies against the digests in it.
package struct HallKey: Sendable {
  package static let length = 32
  /// The file's name in the state folder.
  package static let fileName = "hall.key"

  let bytes: [UInt8]
  /// True when this run made it.
  package let isNew: Bool

  /// A key from bytes at hand: for tests.
  package init(bytes: [UInt8]) {
    precondition(bytes.count == Self.length, "a hall's key has 32 bytes")
    self.bytes = bytes
    isNew = false
  }

  private init(bytes: [UInt8], isNew: Bool) {
    self.bytes = bytes
    self.isNew = isNew
  }

  /// Reads the key, or makes it when there is no file.
  ///
  /// The caller holds the state folder's lock, so that two daemons never make two keys.
  package static func load(orCreateAt path: String) throws(KeyFault) -> HallKey {
    if let bytes = try read(path) { return HallKey(bytes: bytes, isNew: false) }
    let bytes = SystemRandom.bytes(length)
    try write(bytes, to: path)
    return HallKey(bytes: bytes, isNew: true)
  }

  /// nil when there is no file.
  private static func read(_ path: String) throws(KeyFault) -> [UInt8]? {
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

  /// Writes beside the final name and renames, so that a power cut leaves a whole key or none.
  private static func write(_ bytes: [UInt8], to path: String) throws(KeyFault) {
    let fresh = path + ".new"
    let file = open(fresh, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
    guard file >= 0 else { throw KeyFault(path: path, problem: .unwritable(errno)) }
    let written = Glibc.write(file, bytes, bytes.count) == bytes.count && fsync(file) == 0
    let error = errno
    close(file)
    guard written else {
      unlink(fresh)
      throw KeyFault(path: path, problem: .unwritable(error))
    }
    guard rename(fresh, path) == 0 else { throw KeyFault(path: path, problem: .unwritable(errno)) }
    let parent = path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
    let folder = open(parent.isEmpty ? "/" : parent, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard folder >= 0 else { throw KeyFault(path: path, problem: .unwritable(errno)) }
    defer { close(folder) }
    guard fsync(folder) == 0 else { throw KeyFault(path: path, problem: .unwritable(errno)) }
  }
}

/// The hall's key can be neither read nor made.
package struct KeyFault: Error, Hashable, Sendable, CustomStringConvertible {
  package enum Problem: Hashable, Sendable {
    case unreadable(Int32)
    case unwritable(Int32)
    case wrongLength
    /// Others than its owner may read or write the file.
    case openToOthers
  }

  package let path: String
  package let problem: Problem

  package var description: String {
    switch problem {
    case .unreadable(let code):
      "the hall's key \(path) cannot be read (\(sentence(code))): give it to the daemon's user"
    case .unwritable(let code):
      "the hall's key \(path) cannot be made (\(sentence(code))): make the state folder writable and its disk not full"
    case .wrongLength:
      """
      the hall's key \(path) has not 32 bytes: it is damaged; move it aside and a new one is made \
      (retries of requests that were sent before that are refused)
      """
    case .openToOthers: "the hall's key \(path) can be read by others: chmod 600 \(path)"
    }
  }

  private func sentence(_ code: Int32) -> String { String(cString: strerror(code)) }
}
