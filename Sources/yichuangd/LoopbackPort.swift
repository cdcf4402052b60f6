import Control
import Glibc

/// Says before anything is opened whether a port can be had, because what the server says later is no sentence for an
/// operator.
enum LoopbackPort {
  /// - Throws: `Exit` when somebody listens there already, or the port needs rights.
  static func probe(_ port: Int, _ name: String) throws(Exit) {
    guard port != 0 else { return }
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
    guard descriptor >= 0 else { return }
    defer { close(descriptor) }
    var on: Int32 = 1
    setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &on, socklen_t(MemoryLayout<Int32>.size))
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = UInt16(port).bigEndian
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    let bound = withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
    guard bound != 0 else { return }
    let code = errno
    let remedy =
      code == EADDRINUSE
      ? "another program uses it: stop that one or choose another port" : String(cString: strerror(code))
    throw Exit(.taken, "port \(port) of the \(name) listener cannot be had: \(remedy)")
  }
}
