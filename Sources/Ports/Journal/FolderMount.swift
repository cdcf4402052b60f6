import Glibc

/// How a folder is mounted for this process.
///
/// systemd gives a unit mounts of its own. Where the machine's root was read-only at that moment, the unit's mounts stay so when
/// the root takes writes again, and only a new start gets others.
package struct FolderMount: Hashable, Sendable {
  /// This process may not write there, whatever the file system says.
  let isMountReadOnly: Bool
  let isFileSystemReadOnly: Bool

  init(isMountReadOnly: Bool, isFileSystemReadOnly: Bool) {
    self.isMountReadOnly = isMountReadOnly
    self.isFileSystemReadOnly = isFileSystemReadOnly
  }

  /// - Returns: nil where the kernel does not say.
  package init?(of folder: String) {
    let descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    guard let about = Self.text("/proc/self/fdinfo/\(descriptor)"), let mounts = Self.text("/proc/self/mountinfo")
    else { return nil }
    let id = about.split(separator: "\n").first { $0.hasPrefix("mnt_id:") }?.dropFirst(7).filter { $0.isNumber }
    guard let id else { return nil }
    self.init(id: String(id), in: mounts)
  }

  /// - Parameters:
  ///   - id: of the mount.
  ///   - mounts: as /proc/self/mountinfo has them: `36 35 98:0 / /mnt ro,noatime master:1 - ext4 /dev/root rw,errors=continue`
  ///     (proc_pid_mountinfo(5)).
  init?(id: String, in mounts: String) {
    guard let line = mounts.split(separator: "\n").first(where: { $0.prefix { $0 != " " } == id }) else { return nil }
    let words = line.split(separator: " ")
    guard words.count > 6, let dash = words.dropFirst(6).firstIndex(of: "-"), dash + 3 < words.count else { return nil }
    func isReadOnly(_ options: Substring) -> Bool { options.split(separator: ",").contains("ro") }
    self.init(isMountReadOnly: isReadOnly(words[5]), isFileSystemReadOnly: isReadOnly(words[dash + 3]))
  }

  /// Whether the file system, which was read-only, takes writes now and only this process's own mount does not.
  package func isMended(by now: FolderMount?) -> Bool {
    guard let now else { return false }
    return isFileSystemReadOnly && !now.isFileSystemReadOnly && now.isMountReadOnly
  }

  /// Files in /proc have no size.
  private static func text(_ path: String) -> String? {
    let file = open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { return nil }
    defer { close(file) }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 14)
    while true {
      let count = read(file, &buffer, buffer.count)
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { return nil }
      if count == 0 { return String(decoding: bytes, as: UTF8.self) }
      bytes += buffer.prefix(count)
    }
  }
}
