import Control
import Glibc
import Ports

/// Says before anything is opened whether a port can be had, because what the server says later is no sentence for an
/// operator.
enum LoopbackPort {
  /// - Parameter host: an address of 127.0.0.0/8, or `::1`.
  /// - Throws: `Exit` when somebody listens there already, the machine has no such address, or the port needs rights.
  static func probe(_ host: String, _ port: Int, _ name: String) throws(Exit) {
    guard port != 0, let code = obstacle(host, port) else { return }
    let (remedy, chinese) =
      switch code {
      case EADDRINUSE:
        ("another program uses it: stop that one or choose another port", "被别的程序占用：停掉那个程序，或换一个端口")
      case EADDRNOTAVAIL, EAFNOSUPPORT:
        ("this machine has no address \(host): write 127.0.0.1", "本机没有地址 \(host)：写 127.0.0.1")
      default: (SystemError.english(code), "\(SystemError.chinese(code))：换一个端口（1024 以下要有权限）")
      }
    throw Exit(
      .taken, "port \(port) of the \(name) listener cannot be had: \(remedy)",
      zh: "监听地址 \(name) 的端口 \(port) 用不了，\(chinese)")
  }

  /// The error of binding there; nil when it works.
  private static func obstacle(_ host: String, _ port: Int) -> Int32? {
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = UInt16(port).bigEndian
    if inet_pton(AF_INET, host, &address.sin_addr) == 1 { return failure(AF_INET, address) }
    var address6 = sockaddr_in6()
    address6.sin6_family = sa_family_t(AF_INET6)
    address6.sin6_port = UInt16(port).bigEndian
    guard inet_pton(AF_INET6, host, &address6.sin6_addr) == 1 else { return EADDRNOTAVAIL }
    return failure(AF_INET6, address6)
  }

  private static func failure<Address>(_ family: Int32, _ address: Address) -> Int32? {
    let descriptor = socket(family, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
    guard descriptor >= 0 else { return errno }
    defer { close(descriptor) }
    var on: Int32 = 1
    setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &on, socklen_t(MemoryLayout<Int32>.size))
    let bound = withUnsafePointer(to: address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(descriptor, $0, socklen_t(MemoryLayout<Address>.size))
      }
    }
    return bound == 0 ? nil : errno
  }
}
