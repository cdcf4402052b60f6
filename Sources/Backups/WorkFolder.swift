import Control
import Foundation
import Glibc

/// A private folder for one run, below the folder of backups.
///
/// It is removed at the end of the run. What a killed run left is removed by the next one.
package final class WorkFolder {
  /// Without a slash at the end.
  package let path: String
  private let lock: Int32

  /// - Parameter base: made with mode 0700 where it is missing.
  package init(in base: String) throws(BackupFault) {
    guard mkdir(base, 0o700) == 0 || errno == EEXIST else { throw .writing(base, errno) }
    lock = open(base + "/lock", O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0o600)
    guard lock >= 0 else { throw .writing(base, errno) }
    guard flock(lock, LOCK_EX | LOCK_NB) == 0 else {
      close(lock)
      throw BackupFault(
        .taken, "another backup, drill or restore is at work: try again when it has ended",
        zh: "正有另一个备份、演练或恢复在做：等它结束再试")
    }
    path = base + "/work"
    try? FileManager.default.removeItem(atPath: path)
    guard mkdir(path, 0o700) == 0 else {
      let code = errno
      close(lock)
      throw .writing(path, code)
    }
  }

  deinit {
    try? FileManager.default.removeItem(atPath: path)
    close(lock)
  }

  /// The path of something in it.
  package func file(_ name: String) -> String { path + "/" + name }

  /// Removes what is in it.
  package func empty() throws(BackupFault) {
    try? FileManager.default.removeItem(atPath: path)
    guard mkdir(path, 0o700) == 0 else { throw .writing(path, errno) }
  }

  package func makeFolder(_ name: String) throws(BackupFault) -> String {
    guard mkdir(file(name), 0o700) == 0 else { throw .writing(file(name), errno) }
    return file(name)
  }
}
