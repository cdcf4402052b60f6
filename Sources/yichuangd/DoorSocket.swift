import Control
import Glibc
import HallHTTP
import Ports

/// The socket by which the hall's door connects.
///
/// Its folder belongs to the daemon and the door's group, with the setgid bit (systemd/yichuang.tmpfiles). The socket
/// therefore gets that group, which the daemon could not set itself: its user namespace has no other group than its own.
/// Nobody else can enter the folder.
enum DoorSocket {
  /// Binds and listens; an earlier run's socket is replaced.
  ///
  /// - Throws: `Exit` when the folder is missing or is not the daemon's.
  static func bind(_ path: String) throws(Exit) -> Int32 {
    guard var address = address(path) else { throw refusal(path, ENAMETOOLONG) }
    let descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
    guard descriptor >= 0 else { throw refusal(path, errno) }
    unlink(path)
    let isBound = withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        Glibc.bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size)) == 0
      }
    }
    // Nobody can connect before it listens, so the mode between bind and chmod does not matter.
    guard isBound, chmod(path, 0o660) == 0, listen(descriptor, HallServer.backlog) == 0 else {
      let code = errno
      close(descriptor)
      throw refusal(path, code)
    }
    return descriptor
  }

  /// The path of a socket that is bound in the file system; nil for any other.
  static func path(of descriptor: Int32) -> String? {
    var address = sockaddr_un()
    var size = socklen_t(MemoryLayout<sockaddr_un>.size)
    let isRead = withUnsafeMutablePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { getsockname(descriptor, $0, &size) == 0 }
    }
    guard isRead, address.sun_family == sa_family_t(AF_UNIX) else { return nil }
    let path = withUnsafeBytes(of: address.sun_path) { bytes in
      String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
    }
    return path.isEmpty ? nil : path
  }

  /// nil for a path that a socket cannot have (107 bytes; unix(7)).
  private static func address(_ path: String) -> sockaddr_un? {
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    let bytes = Array(path.utf8)
    guard bytes.count < MemoryLayout.size(ofValue: address.sun_path) else { return nil }
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: bytes) }
    return address
  }

  private static func refusal(_ path: String, _ code: Int32) -> Exit {
    Exit(
      .folder,
      "the door's socket \(path) cannot be made: \(SystemError.english(code)); systemd-tmpfiles --create makes its folder",
      zh: "入口的套接字 \(path) 建不了（\(SystemError.chinese(code))）：运行 systemd-tmpfiles --create 建好它的文件夹")
  }
}
