import Glibc

/// A system error number in words (errno(3)).
package enum SystemError {
  package static func english(_ code: Int32) -> String { String(cString: strerror(code)) }

  /// In Chinese for errors that an operator can meet and resolve; the system's own words for the rest.
  package static func chinese(_ code: Int32) -> String {
    switch code {
    case EACCES, EPERM: "没有权限"
    case ENOENT: "不存在"
    case EISDIR: "是文件夹"
    case ENOTDIR: "路径中有一段不是文件夹"
    case ENOSPC: "磁盘已满"
    case EDQUOT: "超出磁盘配额"
    case EROFS: "磁盘只读"
    case EIO: "磁盘读写出错"
    case EEXIST: "已经存在"
    case EBUSY: "正被占用"
    case EMFILE, ENFILE: "打开的文件太多"
    case ENOMEM: "内存不足"
    case EADDRINUSE: "已被占用"
    case ECONNREFUSED: "连接被拒绝"
    default: english(code)
    }
  }
}
