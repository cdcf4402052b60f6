import Glibc
import PrinterProtocols

/// The folder in which the backend and the daemon settle who decides about an attempt.
///
/// `UUID.claim` exists once, made by whoever is first: the backend (`sending`), which only then gives the printer the
/// first byte, or the daemon (`withdrawn`), after which nothing is ever sent. `UUID.done` says what the printer
/// confirmed. Both are on disk before anything is done on their word. While a backend lives it holds a lock on its
/// claim, so a claim that is neither locked nor done is one whose outcome nobody will ever know.
package struct ClaimsFolder: Sendable {
  package let path: String

  package static let usual = "/var/lib/yichuang-pos"

  /// The folder that the environment names (`YICHUANG_POS_CLAIMS`), or the usual one.
  package static var named: String {
    getenv("YICHUANG_POS_CLAIMS").map { String(cString: $0) }.flatMap { $0.isEmpty ? nil : $0 } ?? usual
  }

  /// Read and written by the daemon and the backend, which share a group.
  static let mode: mode_t = 0o660
  /// No file here is longer.
  static let longestFile = 512

  package init(path: String) { self.path = path }

  func claimPath(_ uuid: JobUUID) -> String { "\(path)/\(uuid.text).claim" }
  func donePath(_ uuid: JobUUID) -> String { "\(path)/\(uuid.text).done" }

  /// What is known about an attempt now.
  package func standing(of uuid: JobUUID) throws(ClaimsFault) -> ClaimStanding {
    guard let claim = try read(claimPath(uuid)) else {
      guard try usable() else { throw ClaimsFault(operation: "use \(path)", code: ENOTDIR) }
      return .free
    }
    if claim.text.hasPrefix(ClaimWord.withdrawn.rawValue + " ") { return .withdrawn }
    // In this order: a backend writes the done file before it ends.
    if let done = try read(donePath(uuid)),
      let method = done.text.split(whereSeparator: \.isWhitespace).first.flatMap({ CompletionMethod(doneWord: $0) })
    {
      return .done(method)
    }
    return .sending(isAlive: claim.isLocked)
  }

  private struct Content {
    let text: String
    /// By another process than this one.
    let isLocked: Bool
  }

  /// Nil when there is no such file.
  private func read(_ path: String) throws(ClaimsFault) -> Content? {
    let file = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)
    guard file >= 0 else {
      if errno == ENOENT { return nil }
      throw .last("open \(path)")
    }
    defer { close(file) }
    // Asked for before the content is read: what a backend did before it let go is then to be seen.
    let isLocked = flock(file, LOCK_SH | LOCK_NB) != 0 && errno == EWOULDBLOCK
    var buffer = [UInt8](repeating: 0, count: Self.longestFile)
    let count = Glibc.read(file, &buffer, buffer.count)
    guard count >= 0 else { throw .last("read \(path)") }
    return Content(text: String(decoding: buffer.prefix(count), as: UTF8.self), isLocked: isLocked)
  }

  /// Whether claims can be made here; a folder that is not there is no error but not usable.
  package func usable() throws(ClaimsFault) -> Bool {
    var about = stat()
    guard stat(path, &about) == 0 else {
      if errno == ENOENT { return false }
      throw .last("look at \(path)")
    }
    return about.st_mode & S_IFMT == S_IFDIR && access(path, R_OK | W_OK | X_OK) == 0
  }
}

/// What a claim begins with.
enum ClaimWord: String {
  case sending
  case withdrawn
}

extension ClaimsFault {
  static func last(_ operation: String) -> ClaimsFault { ClaimsFault(operation: operation, code: errno) }
}
