import Glibc

extension DeviceLink {
  /// Milliseconds between two tries at a device that another process has open.
  static let busyPause = 50

  /// Opens the connection to a printer within so many milliseconds. Resolving a host name comes first and may take
  /// longer; addresses need none.
  package static func open(_ location: DeviceAddress.Location, milliseconds: Int) throws(LinkFault) -> DeviceLink {
    let deadline = Monotonic.now() + milliseconds
    switch location {
    case .network(let host, let port): return try connect(host, port, by: deadline)
    case .printerNode(let path): return try node(path, line: nil, by: deadline)
    case .serial(let path, let line): return try node(path, line: line, by: deadline)
    }
  }

  /// A node under /dev. usblp allows one opener at a time, so a busy one is tried again: it may be the daemon's idle
  /// probe.
  private static func node(_ path: String, line: SerialLine?, by deadline: Int) throws(LinkFault) -> DeviceLink {
    while true {
      let descriptor = Glibc.open(path, O_RDWR | O_NONBLOCK | O_NOCTTY | O_CLOEXEC)
      if descriptor >= 0 {
        let link = DeviceLink(descriptor: descriptor, isSocket: false)
        if let line { try line.apply(to: descriptor) }
        link.drain()
        return link
      }
      guard errno == EBUSY else { throw .unreachable("\(path): errno \(errno)") }
      guard Monotonic.now() < deadline else { throw .busy }
      usleep(useconds_t(busyPause * 1_000))
    }
  }

  private static func connect(_ host: String, _ port: Int, by deadline: Int) throws(LinkFault) -> DeviceLink {
    var hints = addrinfo()
    hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
    hints.ai_flags = AI_NUMERICSERV
    var found: UnsafeMutablePointer<addrinfo>?
    let result = getaddrinfo(host, String(port), &hints, &found)
    guard result == 0 else { throw .unreachable("\(host): \(String(cString: gai_strerror(result)))") }
    defer { freeaddrinfo(found) }
    var fault = LinkFault.unreachable("\(host): no address")
    var next = found
    while let address = next {
      next = address.pointee.ai_next
      do { return try connect(address.pointee, by: deadline) } catch { fault = error }
    }
    throw fault
  }

  private static func connect(_ address: addrinfo, by deadline: Int) throws(LinkFault) -> DeviceLink {
    let descriptor = socket(
      address.ai_family, Int32(SOCK_STREAM.rawValue | SOCK_NONBLOCK.rawValue | SOCK_CLOEXEC.rawValue), 0)
    guard descriptor >= 0 else { throw .unreachable("socket: errno \(errno)") }
    let link = DeviceLink(descriptor: descriptor, isSocket: true)
    var yes: Int32 = 1
    setsockopt(descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, &yes, socklen_t(MemoryLayout<Int32>.size))
    if Glibc.connect(descriptor, address.ai_addr, address.ai_addrlen) == 0 { return link }
    guard errno == EINPROGRESS else { throw .unreachable("errno \(errno)") }
    while true {
      var wanted = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
      let left = deadline - Monotonic.now()
      guard left > 0 else { throw .unreachable("no answer") }
      guard poll(&wanted, 1, Int32(clamping: left)) > 0 else { continue }
      var code: Int32 = 0
      var length = socklen_t(MemoryLayout<Int32>.size)
      getsockopt(descriptor, SOL_SOCKET, SO_ERROR, &code, &length)
      guard code == 0 else { throw .unreachable("errno \(code)") }
      link.watchForSilence()
      return link
    }
  }

  /// TCP keep-alive: detects within seconds that the other end has lost cable or power.
  private func watchForSilence() {
    let settings: [(Int32, Int32, Int32)] = [
      (SOL_SOCKET, SO_KEEPALIVE, 1), (Int32(IPPROTO_TCP), TCP_KEEPIDLE, 3), (Int32(IPPROTO_TCP), TCP_KEEPINTVL, 1),
      (Int32(IPPROTO_TCP), TCP_KEEPCNT, 4),
    ]
    for (level, name, value) in settings { set(level, name, value) }
  }
}
