package import Control
import Glibc
import Ports

/// Why a backup, a drill or a restore did not succeed: one sentence that says what to do, in both languages.
package struct BackupFault: Error, Hashable, Sendable {
  package let status: ExitStatus
  package let english: String
  package let chinese: String

  package init(_ status: ExitStatus, _ english: String, zh chinese: String) {
    self.status = status
    self.english = english
    self.chinese = chinese
  }

  package var reply: ControlReply { ControlReply(status, english, zh: chinese) }

  /// A system call that failed on a target, or on a file or folder of this machine.
  static func writing(_ target: String, _ code: Int32) -> BackupFault {
    switch code {
    case ENOSPC, EDQUOT:
      BackupFault(
        .disk,
        "\(target) is full: remove what does not belong there, or take a larger one; the copies that were there are kept",
        zh: "\(target) 满了：删掉不相干的文件，或换大一点的；原有的备份都还在")
    case EIO, ENODEV, ENXIO, ENOENT, ENOTDIR, ENOTCONN, ESTALE, ESHUTDOWN, EROFS, EREMOTEIO:
      BackupFault(
        .disk,
        "\(target) went away or refuses writing (\(SystemError.english(code))): put it back in and run yichuangctl backup run again; the copies that were there are kept",
        zh: "\(target) 中途断开或不让写（\(SystemError.chinese(code))）：重新插好，再运行 yichuangctl backup run；原有的备份都还在")
    default:
      BackupFault(
        .disk, "\(target) cannot be written (\(SystemError.english(code))): look at its permissions and its disk",
        zh: "\(target) 写不了（\(SystemError.chinese(code))）：检查权限和磁盘")
    }
  }

  static func reading(_ path: String, _ code: Int32) -> BackupFault {
    BackupFault(
      .disk, "\(path) cannot be read (\(SystemError.english(code))): check the path, the permissions and the disk",
      zh: "\(path) 读不出来（\(SystemError.chinese(code))）：核对路径、权限和磁盘")
  }

  package static func damaged(_ path: String, _ what: String, zh chinese: String) -> BackupFault {
    BackupFault(
      .data, "\(path) is damaged (\(what)): take an older copy (yichuangctl backup list)",
      zh: "\(path) 已损坏（\(chinese)）：换一份早些的备份（yichuangctl backup list）")
  }
}
