package import Glibc
import Ports

/// Replaces a file by a new text: written beside it, synced, checked, and only then renamed.
///
/// The former file is kept as `FILE.1`.
package struct FileReplacement {
  package struct Fault: Error, Hashable, Sendable {
    package let path: String
    package let code: Int32

    package var english: String {
      "\(path) cannot be written (\(SystemError.english(code))): nothing was changed; mend that and run setup again"
    }
    package var chinese: String {
      "\(path) 写不了（\(SystemError.chinese(code))）：什么也没有改，处理好以后再运行一次 setup"
    }
    /// The same fault where other files have been written already.
    package var unwritten: String {
      "\(path) cannot be written (\(SystemError.english(code))): mend that and run setup again; all else is written"
    }
    package var unwrittenChinese: String {
      "\(path) 写不了（\(SystemError.chinese(code))）：处理好以后再运行一次 setup，其余都已写好"
    }
  }

  /// The path of the file that is replaced.
  package let path: String
  /// Whether there was a file before.
  private let isReplacement: Bool
  /// The path of the new file until `commit`.
  package var fresh: String { path + ".new" }
  /// The path of the former file after `commit`.
  package var former: String { path + ".1" }

  /// Writes the text beside the file, with the owner and mode of the present one.
  ///
  /// - Parameter group: who may read a file that is new, by name; nobody else where there is no such group.
  package init(_ text: String, at path: String, mode: mode_t = 0o640, group: String? = "yichuang") throws(Fault) {
    self.path = path
    unlink(path + ".new")
    let file = open(path + ".new", O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard file >= 0 else { throw Fault(path: path, code: errno) }
    var there = stat()
    let isThere = stat(path, &there) == 0
    isReplacement = isThere
    var code = FileWriting.write(Array(text.utf8), to: file)
    if code == 0 {
      let owner = isThere ? there.st_uid : geteuid()
      let members = isThere ? there.st_gid : group.flatMap(Self.group) ?? getegid()
      // Only root can give a file to another owner.
      if fchown(file, owner, members) != 0, geteuid() == 0 { code = errno }
      if code == 0, fchmod(file, isThere ? there.st_mode & 0o777 : mode) != 0 { code = errno }
    }
    if code == 0 { code = FileWriting.sync(file) }
    close(file)
    guard code == 0 else {
      unlink(path + ".new")
      throw Fault(path: path, code: code)
    }
  }

  private static func group(_ name: String) -> gid_t? { getgrnam(name)?.pointee.gr_gid }

  /// Takes the new file into use; durable when this returns.
  package func commit() throws(Fault) {
    var there = stat()
    if stat(path, &there) == 0 {
      unlink(former)
      guard link(path, former) == 0 else { throw drop(errno) }
    }
    guard rename(fresh, path) == 0 else { throw drop(errno) }
    let folder = path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
    let descriptor = open(folder.isEmpty ? "/" : folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { throw Fault(path: path, code: errno) }
    defer { close(descriptor) }
    let code = FileWriting.sync(descriptor)
    guard code == 0 else {
      takeBack()
      throw Fault(path: path, code: code)
    }
  }

  /// Removes the new file; the present one does not change.
  package func abandon() { unlink(fresh) }

  /// Puts the former file back after `commit`; where there was none, the new file is removed.
  package func takeBack() {
    if isReplacement { rename(former, path) } else { unlink(path) }
  }

  private func drop(_ code: Int32) -> Fault {
    abandon()
    return Fault(path: path, code: code)
  }
}
