import FoundationEssentials
import Glibc
package import Logging
import Synchronization

/// A small file of the state folder for keyed digests of secrets, readable by the daemon alone (0600).
///
/// Replaced as a whole: what is read after a crash is what one `save` wrote. A file that cannot be written costs a sign-in after the next
/// start, never the request at hand.
package final class SecretFile: Sendable {
  /// No more is read or written.
  static let largest = 256 << 10

  private let path: String
  private let logger: Logger
  /// One writer at a time.
  private let writing = Mutex(false)

  package init(path: String, logger: Logger) {
    self.path = path
    self.logger = logger
  }

  /// The bytes that were saved last; nil when there are none, or when others may read or write the file.
  func load() -> [UInt8]? {
    let file = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
    guard file >= 0 else { return nil }
    defer { close(file) }
    var about = stat()
    guard fstat(file, &about) == 0, about.st_mode & S_IFMT == S_IFREG, about.st_mode & 0o077 == 0,
      about.st_size <= Self.largest
    else {
      logger.warning("a file of digests is not the daemon's own and is left alone", metadata: ["path": "\(path)"])
      return nil
    }
    var bytes = [UInt8](repeating: 0, count: Int(about.st_size))
    let count = bytes.withUnsafeMutableBytes { read(file, $0.baseAddress, $0.count) }
    return count == bytes.count ? bytes : nil
  }

  func save(_ bytes: [UInt8]) {
    guard bytes.count <= Self.largest else { return }
    writing.withLock { _ in
      let fresh = path + ".new"
      unlink(fresh)
      let file = open(fresh, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
      guard file >= 0 else { return complain("opened") }
      let written = bytes.withUnsafeBytes { write(file, $0.baseAddress, $0.count) }
      let isDurable = written == bytes.count && fsync(file) == 0
      close(file)
      guard isDurable, rename(fresh, path) == 0 else {
        unlink(fresh)
        return complain("written")
      }
    }
  }

  private func complain(_ what: String) {
    logger.warning("a file of digests cannot be \(what)", metadata: ["path": "\(path)", "errno": "\(errno)"])
  }
}

/// What of a kiosk's page outlives a restart: which secret it has, as a keyed digest.
struct KeptPage: Codable {
  let kiosk: String
  let digest: [UInt8]

  /// Empty for a file that is none of ours.
  static func read(_ bytes: [UInt8]?) -> [KeptPage] {
    bytes.flatMap { try? JSONDecoder().decode([KeptPage].self, from: Data($0)) } ?? []
  }

  static func write(_ pages: [KeptPage]) -> [UInt8] {
    (try? JSONEncoder().encode(pages)).map { [UInt8]($0) } ?? []
  }
}
