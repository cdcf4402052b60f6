import Control
import Glibc
import HallHTTP
import Logging
import Ports
import Settings

/// The listening sockets of the hall, taken over from systemd or bound.
///
/// systemd hands over sockets of a socket unit, and those that an earlier run gave it to keep (sd_listen_fds(3),
/// FDSTORE of sd_notify(3)). They belong to a listener by their address. While the daemon restarts, connections wait in
/// them and none is refused.
struct ListeningSockets: Sendable {
  let kiosk: Int32
  let hall: Int32
  /// Where the hall's door connects; nil without one.
  let door: Int32?

  /// - Parameters:
  ///   - kiosk, hall: the configured addresses; port 0 takes a free one.
  ///   - door: the path of the door's socket.
  /// - Throws: `Exit` when an address cannot be had.
  static func open(
    kiosk: Endpoint, hall: Endpoint, door: String?, _ notify: Notify, _ logger: Logger
  ) throws(Exit) -> ListeningSockets {
    var inherited = inherited()
    func socket(_ name: String, _ address: Endpoint) throws(Exit) -> Int32 {
      if address.port != 0, let taken = inherited.removeValue(forKey: address.description) { return taken.descriptor }
      let bound = try bind(address, name)
      notify.store(bound, name: storedName(address))
      return bound
    }
    let (kiosk, hall) = (try socket("kiosk", kiosk), try socket("hall", hall))
    // After the ports: only one daemon can have them, so an existing socket file is a leftover.
    var doorSocket: Int32?
    if let door {
      doorSocket = inherited.removeValue(forKey: door)?.descriptor
      if doorSocket == nil {
        let bound = try DoorSocket.bind(door)
        notify.store(bound, name: "listener-door")
        doorSocket = bound
      }
    }
    let sockets = ListeningSockets(kiosk: kiosk, hall: hall, door: doorSocket)
    for (address, other) in inherited {
      // Connections to it would never be accepted.
      logger.warning("systemd listens at an address that is not configured", metadata: ["address": "\(address)"])
      notify.removeStored(other.name)
      close(other.descriptor)
    }
    return sockets
  }

  // MARK: Private

  /// The name under which systemd keeps the socket; it may not contain a colon.
  private static func storedName(_ address: Endpoint) -> String {
    "listener-" + address.description.map { $0 == ":" ? "." : String($0) }.joined()
  }

  /// The listening sockets that systemd handed over, by address.
  private static func inherited() -> [String: (descriptor: Int32, name: String)] {
    defer { for name in ["LISTEN_PID", "LISTEN_FDS", "LISTEN_FDNAMES"] { unsetenv(name) } }
    guard variable("LISTEN_PID").flatMap({ Int32($0) }) == getpid(),
      let count = variable("LISTEN_FDS").flatMap({ Int32($0) }), (1...64).contains(count)
    else { return [:] }
    let names = variable("LISTEN_FDNAMES")?.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
    var found: [String: (descriptor: Int32, name: String)] = [:]
    for index in 0..<count {
      let descriptor = 3 + index
      _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
      var isListening: Int32 = 0
      var size = socklen_t(MemoryLayout<Int32>.size)
      getsockopt(descriptor, SOL_SOCKET, SO_ACCEPTCONN, &isListening, &size)
      guard isListening == 1, let address = address(of: descriptor) else {
        close(descriptor)
        continue
      }
      let name = names.flatMap { $0.indices.contains(Int(index)) ? $0[Int(index)] : nil } ?? ""
      // The same address twice is the same socket, from the socket unit and from the store.
      if let other = found.updateValue((descriptor, name), forKey: address) { close(other.descriptor) }
    }
    return found
  }

  private static func variable(_ name: String) -> String? { getenv(name).map { String(cString: $0) } }

  /// `127.0.0.1:7310`, or a path.
  private static func address(of descriptor: Int32) -> String? {
    DoorSocket.path(of: descriptor) ?? endpoint(of: descriptor)?.description
  }

  private static func endpoint(of descriptor: Int32) -> Endpoint? {
    var storage = sockaddr_storage()
    var size = socklen_t(MemoryLayout<sockaddr_storage>.size)
    let isRead = withUnsafeMutablePointer(to: &storage) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { getsockname(descriptor, $0, &size) == 0 }
    }
    guard isRead else { return nil }
    var host = [CChar](repeating: 0, count: 64)
    var port = [CChar](repeating: 0, count: 16)
    let isNamed = withUnsafePointer(to: &storage) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        getnameinfo($0, size, &host, 64, &port, 16, NI_NUMERICHOST | NI_NUMERICSERV) == 0
      }
    }
    guard isNamed, let number = Int(text(port)) else { return nil }
    return Endpoint(host: text(host), port: number)
  }

  private static func text(_ characters: [CChar]) -> String {
    String(decoding: characters.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
  }

  /// Binds and listens, because the server's own error is not a sentence for an operator.
  private static func bind(_ address: Endpoint, _ name: String) throws(Exit) -> Int32 {
    var descriptor: Int32 = -1
    guard let code = obstacle(address, &descriptor) else { return descriptor }
    let (remedy, chinese) =
      switch code {
      case EADDRINUSE:
        ("another program uses it: stop that one or choose another port", "被别的程序占用：停掉那个程序，或换一个端口")
      case EADDRNOTAVAIL, EAFNOSUPPORT:
        ("this machine has no address \(address.host): write 127.0.0.1", "本机没有地址 \(address.host)：写 127.0.0.1")
      default: (SystemError.english(code), "\(SystemError.chinese(code))：换一个端口（1024 以下要有权限）")
      }
    throw Exit(
      .taken, "port \(address.port) of the \(name) listener cannot be had: \(remedy)",
      zh: "监听地址 \(name) 的端口 \(address.port) 用不了，\(chinese)")
  }

  /// The error of listening there; nil when it works.
  private static func obstacle(_ endpoint: Endpoint, _ descriptor: inout Int32) -> Int32? {
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = UInt16(endpoint.port).bigEndian
    if inet_pton(AF_INET, endpoint.host, &address.sin_addr) == 1 { return failure(AF_INET, address, &descriptor) }
    var address6 = sockaddr_in6()
    address6.sin6_family = sa_family_t(AF_INET6)
    address6.sin6_port = UInt16(endpoint.port).bigEndian
    guard inet_pton(AF_INET6, endpoint.host, &address6.sin6_addr) == 1 else { return EADDRNOTAVAIL }
    return failure(AF_INET6, address6, &descriptor)
  }

  private static func failure<Address>(_ family: Int32, _ address: Address, _ descriptor: inout Int32) -> Int32? {
    descriptor = socket(family, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
    guard descriptor >= 0 else { return errno }
    var on: Int32 = 1
    setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &on, socklen_t(MemoryLayout<Int32>.size))
    let isBound = withUnsafePointer(to: address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        Glibc.bind(descriptor, $0, socklen_t(MemoryLayout<Address>.size)) == 0
      }
    }
    guard isBound, listen(descriptor, HallServer.backlog) == 0 else {
      let code = errno
      close(descriptor)
      return code
    }
    return nil
  }
}
