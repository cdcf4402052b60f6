import Glibc

/// Says to the daemon that an update is under way: an empty file of the state folder, which the operator's tool makes and removes.
///
/// It outlives the daemon's restart in the middle of the update. A tool that was killed leaves it behind, so its age is bounded.
package struct UpdateNotice: Sendable {
  package static let fileName = "update-running"
  /// Older than this it is not believed: half an hour in seconds. An update takes a minute or two.
  package static let believedSeconds = 1800
  private let path: String

  /// - Parameter stateFolder: without a slash at the end.
  package init(stateFolder: String) { path = stateFolder + "/" + Self.fileName }

  /// Makes it anew; false where the folder cannot be written, for an update does not depend on it.
  @discardableResult
  package func post() -> Bool {
    unlink(path)
    let file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o644)
    guard file >= 0 else { return false }
    close(file)
    return true
  }

  package func withdraw() { unlink(path) }

  /// Whether an update is under way.
  ///
  /// - Parameter now: the wall clock in seconds since 1970, the one that dates the file.
  package func isPosted(at now: Int64) -> Bool {
    var status = stat()
    guard lstat(path, &status) == 0 else { return false }
    return abs(now - Int64(status.st_mtim.tv_sec)) <= Self.believedSeconds
  }
}
