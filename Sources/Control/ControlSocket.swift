import Glibc
import Ports

/// The socket's name in the state folder, its limits, and the calls that both ends share.
package enum ControlSocket {
  package static let fileName = "control.sock"
  /// Bytes of one line, its end included.
  static let longestLine = 262_144

  /// Why a request over the socket failed.
  package enum Fault: Error, Hashable, Sendable, CustomStringConvertible {
    /// sun_path holds 107 bytes (unix(7)).
    case pathTooLong(String)
    /// Nobody listens: no daemon runs on this state folder.
    case nobodyThere
    /// The system's error number, and the call that failed.
    case failed(during: String, Int32)
    /// The other end did not answer in time, closed early, or sent something other than one line of JSON.
    case noAnswer

    package var description: String {
      switch self {
      case .pathTooLong(let path): "the path \(path) is too long for a socket (107 bytes): use a shorter state folder"
      case .nobodyThere: "no daemon runs on this state folder"
      case .failed(let during, let code) where code == EACCES || code == EPERM:
        "\(during) failed (\(SystemError.english(code))): run it as root (sudo) or as the daemon's user"
      case .failed(let during, let code): "\(during) failed (\(SystemError.english(code)))"
      case .noAnswer: "the daemon gave no answer in time"
      }
    }

    package var chinese: String {
      switch self {
      case .pathTooLong(let path): "路径 \(path) 太长，套接字最多 107 个字节：换一个短些的状态文件夹"
      case .nobodyThere: "这个状态文件夹上没有运行服务"
      case .failed(_, let code) where code == EACCES || code == EPERM:
        "没有权限连接服务：请用 root（sudo）或服务自己的用户运行"
      case .failed(_, let code): "连接服务失败（\(SystemError.chinese(code))）：看服务的日志（journalctl -u yichuangd）"
      case .noAnswer: "服务没有按时回答：稍后再试；仍不行，看服务的日志（journalctl -u yichuangd）"
      }
    }
  }

  static func withAddress<T>(_ path: String, _ body: (UnsafePointer<sockaddr>, socklen_t) -> T) throws(Fault) -> T {
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    let bytes = Array(path.utf8)
    guard bytes.count < MemoryLayout.size(ofValue: address.sun_path) else { throw .pathTooLong(path) }
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: bytes) }
    return withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { body($0, socklen_t(MemoryLayout<sockaddr_un>.size)) }
    }
  }

  static func stream() throws(Fault) -> Int32 {
    let descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
    guard descriptor >= 0 else { throw .failed(during: "making a socket", errno) }
    return descriptor
  }

  /// Sets the timeout of each read and each write on the socket.
  static func setPatience(_ descriptor: Int32, seconds: Int) {
    var time = timeval(tv_sec: seconds, tv_usec: 0)
    for option in [SO_RCVTIMEO, SO_SNDTIMEO] {
      setsockopt(descriptor, SOL_SOCKET, option, &time, socklen_t(MemoryLayout<timeval>.size))
    }
  }

  /// One line without its end; nil when it does not arrive in time, or is too long.
  static func readLine(_ descriptor: Int32) -> [UInt8]? {
    var line: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 4096)
    while line.count < longestLine {
      let count = recv(descriptor, &buffer, buffer.count, 0)
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { return nil }
      line += buffer[..<count]
      if let end = line.firstIndex(of: UInt8(ascii: "\n")) { return Array(line[..<end]) }
    }
    return nil
  }

  static func writeLine(_ bytes: [UInt8], _ descriptor: Int32) -> Bool {
    let line = bytes + [UInt8(ascii: "\n")]
    var sent = 0
    while sent < line.count {
      let count = line[sent...].withUnsafeBytes { send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { return false }
      sent += count
    }
    return true
  }
}
