import Glibc

/// A call on a socket failed.
package struct SocketError: Error, Hashable, Sendable, CustomStringConvertible {
  package let operation: String
  /// errno.
  package let code: Int32

  static func last(_ operation: String) -> SocketError { SocketError(operation: operation, code: errno) }
  package var description: String { "\(operation): errno \(code)" }
}

/// A file descriptor that is closed with its last reference.
final class Socket: Sendable {
  let descriptor: Int32

  init(descriptor: Int32) { self.descriptor = descriptor }
  deinit { close(descriptor) }

  /// Listens on 127.0.0.1; port 0 takes a free one.
  static func listen(port: Int) throws(SocketError) -> Socket {
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
    guard descriptor >= 0 else { throw .last("socket") }
    let listener = Socket(descriptor: descriptor)
    var yes: Int32 = 1
    setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &yes, socklen_t(MemoryLayout<Int32>.size))
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = UInt16(truncatingIfNeeded: port).bigEndian
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    let bound = withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
    guard bound == 0, Glibc.listen(descriptor, 8) == 0 else { throw .last("bind") }
    return listener
  }

  func localPort() throws(SocketError) -> Int {
    var address = sockaddr_in()
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let result = withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { getsockname(descriptor, $0, &length) }
    }
    guard result == 0 else { throw .last("getsockname") }
    return Int(UInt16(bigEndian: address.sin_port))
  }

  func accept() -> Socket? {
    let peer = Glibc.accept(descriptor, nil, nil)
    guard peer >= 0 else { return nil }
    _ = fcntl(peer, F_SETFD, FD_CLOEXEC)
    // TCP_NODELAY: an answer is sent at once, even while an earlier one is not acknowledged.
    var yes: Int32 = 1
    setsockopt(peer, Int32(IPPROTO_TCP), TCP_NODELAY, &yes, socklen_t(MemoryLayout<Int32>.size))
    return Socket(descriptor: peer)
  }

  /// Both ends of a pseudo-terminal in raw mode, and the path of the one that others open.
  static func terminal() throws(SocketError) -> (master: Socket, slave: Socket, name: String) {
    var ends: (Int32, Int32) = (-1, -1)
    var name = [CChar](repeating: 0, count: 64)
    var settings = termios()
    cfmakeraw(&settings)
    guard openpty(&ends.0, &ends.1, &name, &settings, nil) == 0 else { throw .last("openpty") }
    let (master, slave) = (Socket(descriptor: ends.0), Socket(descriptor: ends.1))
    for end in [ends.0, ends.1] { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    guard fcntl(ends.0, F_SETFL, O_NONBLOCK) == 0 else { throw .last("fcntl") }
    let path = String(decoding: name.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    return (master, slave, path)
  }

  /// Received bytes, at most `limit`; empty at the end of the stream, nil when the connection is broken.
  func receive(limit: Int) -> [UInt8]? {
    var buffer = [UInt8](repeating: 0, count: limit)
    var count = recv(descriptor, &buffer, limit, Int32(MSG_DONTWAIT))
    if count < 0, errno == ENOTSOCK { count = read(descriptor, &buffer, limit) }
    return count < 0 ? nil : Array(buffer.prefix(count))
  }

  /// Sends an answer; if nobody reads, it is lost.
  func send(_ bytes: [UInt8]) {
    guard Glibc.send(descriptor, bytes, bytes.count, Int32(MSG_NOSIGNAL | MSG_DONTWAIT)) < 0, errno == ENOTSOCK else {
      return
    }
    _ = write(descriptor, bytes, bytes.count)
  }

  /// From now on closing the socket resets the connection instead of ending it.
  func breakOnClose() {
    var linger = linger(l_onoff: 1, l_linger: 0)
    setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &linger, socklen_t(MemoryLayout<Glibc.linger>.size))
  }
}

/// Wakes a thread that waits in `poll`.
final class Waker: Sendable {
  let reader: Socket
  private let writer: Socket

  init() throws(SocketError) {
    var ends: [Int32] = [0, 0]
    guard pipe(&ends) == 0 else { throw .last("pipe") }
    for end in ends {
      _ = fcntl(end, F_SETFD, FD_CLOEXEC)
      _ = fcntl(end, F_SETFL, O_NONBLOCK)
    }
    reader = Socket(descriptor: ends[0])
    writer = Socket(descriptor: ends[1])
  }

  func wake() {
    var byte: UInt8 = 1
    _ = write(writer.descriptor, &byte, 1)
  }

  func drain() {
    var buffer = [UInt8](repeating: 0, count: 64)
    while read(reader.descriptor, &buffer, buffer.count) > 0 {}
  }
}
