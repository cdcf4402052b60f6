import Glibc

/// A file that holds room on the disk (`reserve` in the state folder), given up when the disk is full, so that what has
/// begun can be finished.
struct Reserve: Sendable {
  /// Ten thousand steps of tickets, or the rest of any day.
  static let bytes: Int64 = 4 << 20
  /// Room that must be left beside it, so that a disk on which it just fits is not full again at once.
  static let margin: Int64 = 4 << 20
  /// A start that fails with less room than this is tried again without the reserve.
  static let smallest: Int64 = 1 << 20

  let path: String

  init(stateFolder: String) { path = stateFolder + "/reserve" }

  var isHeld: Bool { Files.size(path) == Self.bytes }

  /// Bytes that are free on the disk for this process; nil when that cannot be told.
  var free: Int64? {
    var about = statvfs()
    guard statvfs(Files.parent(of: path), &about) == 0 else { return nil }
    return Int64(about.f_bavail) * Int64(about.f_frsize)
  }

  /// Makes it where there is room for it and the margin.
  ///
  /// - Returns: whether it is there now.
  func make() -> Bool {
    if isHeld { return true }
    guard let free, free >= Self.bytes + Self.margin else { return false }
    let file = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard file >= 0 else { return false }
    defer { close(file) }
    // Blocks that are really allocated: a sparse file would hold nothing.
    var code: Int32
    repeat { code = posix_fallocate(file, 0, off_t(Self.bytes)) } while code == EINTR
    if code != 0 { unlink(path) }
    return code == 0
  }

  /// Gives the room up.
  ///
  /// - Returns: whether there was any.
  @discardableResult
  func release() -> Bool {
    guard unlink(path) == 0 else { return false }
    // A file system may give freed blocks out only once their removal is durable.
    try? Files.syncFolder(Files.parent(of: path))
    return true
  }
}
