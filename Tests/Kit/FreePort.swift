import Glibc

/// A TCP port of the loopback address at which nobody listens now, for programs that cannot choose one themselves.
package func freePort() throws -> Int {
  let file = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
  guard file >= 0 else { throw NeverHappened("no socket: \(errno)") }
  defer { close(file) }
  var address = sockaddr_in()
  address.sin_family = sa_family_t(AF_INET)
  address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
  var length = socklen_t(MemoryLayout<sockaddr_in>.size)
  let isBound = withUnsafeMutablePointer(to: &address) { pointer in
    pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
      bind(file, pointer, length) == 0 && getsockname(file, pointer, &length) == 0
    }
  }
  guard isBound else { throw NeverHappened("no port: \(errno)") }
  return Int(UInt16(bigEndian: address.sin_port))
}
