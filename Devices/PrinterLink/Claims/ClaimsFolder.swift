import Glibc
import PrinterProtocols

/// The folder in which backend and daemon settle who decides about an attempt.
///
/// `UUID.claim` exists once and is created by whoever is first. That is the backend (`sending`), which only then sends
/// the first byte, or the daemon (`withdrawn`), after which nothing is ever sent. `UUID.done` records the printer's
/// confirmation. Both are durable before anybody acts on them. A living backend holds a lock on its claim, so the
/// outcome of a claim that is neither locked nor done will never be known.
package struct ClaimsFolder: Sendable {
  package let path: String

  package static let usual = "/var/lib/yichuang-pos"

  /// The folder in the environment (`YICHUANG_POS_CLAIMS`), or the default.
  package static var named: String {
    getenv("YICHUANG_POS_CLAIMS").map { String(cString: $0) }.flatMap { $0.isEmpty ? nil : $0 } ?? usual
  }

  /// Read and written by the daemon and the backend, which share a group.
  static let mode: mode_t = 0o660
  /// Bytes; no file here is longer.
  static let longestFile = 512

  package init(path: String) { self.path = path }

  func claimPath(_ uuid: JobUUID) -> String { "\(path)/\(uuid.text).claim" }
  func donePath(_ uuid: JobUUID) -> String { "\(path)/\(uuid.text).done" }

  /// The present standing of an attempt.
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
    /// By another process.
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
    // Tested before reading: everything that a backend wrote before it released the lock is then visible.
    let isLocked = flock(file, LOCK_SH | LOCK_NB) != 0 && errno == EWOULDBLOCK
    var buffer = [UInt8](repeating: 0, count: Self.longestFile)
    let count = Glibc.read(file, &buffer, buffer.count)
    guard count >= 0 else { throw .last("read \(path)") }
    return Content(text: String(decoding: buffer.prefix(count), as: UTF8.self), isLocked: isLocked)
  }

  /// Whether claims can be made here. A missing folder is not an error, but not usable.
  package func usable() throws(ClaimsFault) -> Bool {
    var about = stat()
    guard stat(path, &about) == 0 else {
      if errno == ENOENT { return false }
      throw .last("look at \(path)")
    }
    return about.st_mode & S_IFMT == S_IFDIR && access(path, R_OK | W_OK | X_OK) == 0
  }
}

/// The first word of a claim file.
enum ClaimWord: String {
  case sending
  case withdrawn
}

extension ClaimsFault {
  static func last(_ operation: String) -> ClaimsFault { ClaimsFault(operation: operation, code: errno) }
}
