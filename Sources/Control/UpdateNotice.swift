import Glibc

/// Tells the daemon that an update is under way: an empty file in the state folder, which the operator's tool makes and
/// removes.
///
/// It survives the daemon's restart during the update. A killed tool leaves it behind, so its age is bounded.
package struct UpdateNotice: Sendable {
  package static let fileName = "update-running"
  /// Seconds after which it is ignored: half an hour. An update takes a minute or two.
  package static let believedSeconds = 1800
  private let path: String

  /// - Parameter stateFolder: without a slash at the end.
  package init(stateFolder: String) { path = stateFolder + "/" + Self.fileName }

  /// Makes it anew. False where the folder cannot be written, which does not stop an update.
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
  /// - Parameter now: the wall clock in seconds since 1970, which also sets the file's modification time.
  package func isPosted(at now: Int64) -> Bool {
    var status = stat()
    guard lstat(path, &status) == 0 else { return false }
    return abs(now - Int64(status.st_mtim.tv_sec)) <= Self.believedSeconds
  }
}
