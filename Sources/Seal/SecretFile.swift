import Glibc
import Ports
import Synchronization

/// A small file in the state folder for keyed digests of secrets, of mode 0600.
///
/// It is replaced atomically, so a read after a crash returns what one `save` wrote. When writing fails, what was
/// saved before stays.
package final class SecretFile: SecretStore {
  /// Bytes: larger files are neither read nor written.
  static let largest = 256 << 10

  private let path: String
  private let report: @Sendable (_ what: String, _ path: String) -> Void
  /// One writer at a time.
  private let writing = Mutex(false)

  /// - Parameter report: called with what is wrong with the file, in words, and its path.
  package init(path: String, report: @escaping @Sendable (_ what: String, _ path: String) -> Void) {
    self.path = path
    self.report = report
  }

  /// The bytes that were saved last; nil when there are none, or when somebody besides the owner may read or write the
  /// file.
  package func load() -> [UInt8]? {
    let file = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
    guard file >= 0 else { return nil }
    defer { close(file) }
    var about = stat()
    guard fstat(file, &about) == 0, about.st_mode & S_IFMT == S_IFREG, about.st_mode & 0o077 == 0,
      about.st_size <= Self.largest
    else {
      report("a file of digests is not the daemon's own and is left alone", path)
      return nil
    }
    var bytes = [UInt8](repeating: 0, count: Int(about.st_size))
    let count = bytes.withUnsafeMutableBytes { read(file, $0.baseAddress, $0.count) }
    return count == bytes.count ? bytes : nil
  }

  @discardableResult
  package func save(_ bytes: [UInt8]) -> Bool {
    guard bytes.count <= Self.largest else { return false }
    return writing.withLock { _ in
      let fresh = path + ".new"
      unlink(fresh)
      let file = open(fresh, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
      guard file >= 0 else { return complain("opened") }
      let isDurable = FileWriting.write(bytes, to: file) == 0 && FileWriting.sync(file) == 0
      close(file)
      guard isDurable, rename(fresh, path) == 0 else {
        unlink(fresh)
        return complain("written")
      }
      return syncFolder() || complain("made durable")
    }
  }

  /// The new name is durable when its folder is.
  private func syncFolder() -> Bool {
    let folder = path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
    let descriptor = open(folder.isEmpty ? "/" : folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { return false }
    defer { close(descriptor) }
    return FileWriting.sync(descriptor) == 0
  }

  private func complain(_ what: String) -> Bool {
    report("a file of digests cannot be \(what): errno \(errno)", path)
    return false
  }
}
