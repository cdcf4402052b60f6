import Glibc
import Settings

/// Asks one of the hall's own listeners for a page.
enum PageProbe {
  private static let seconds = 3

  /// The status of the answer; nil when there was none within three seconds. Source: RFC 9112 §4.
  static func status(_ path: String, at listener: Endpoint) -> Int? {
    let isSix = listener.host.contains(":")
    let file = socket(isSix ? AF_INET6 : AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
    guard file >= 0 else { return nil }
    defer { close(file) }
    var patience = timeval(tv_sec: seconds, tv_usec: 0)
    setsockopt(file, SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
    setsockopt(file, SOL_SOCKET, SO_SNDTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
    guard reach(file, listener, isSix) else { return nil }
    let request = Array("GET \(path) HTTP/1.1\r\nHost: \(listener)\r\nConnection: close\r\n\r\n".utf8)
    guard send(file, request, request.count, Int32(MSG_NOSIGNAL)) == request.count else { return nil }
    var line = [UInt8](repeating: 0, count: 12)
    var count = 0
    while count < line.count {
      let got = recv(file, &line[count], line.count - count, 0)
      guard got > 0 else { return nil }
      count += got
    }
    let text = String(decoding: line, as: UTF8.self)
    return text.hasPrefix("HTTP/1.1 ") ? Int(text.dropFirst(9)) : nil
  }

  private static func reach(_ file: Int32, _ listener: Endpoint, _ isSix: Bool) -> Bool {
    let port = in_port_t(listener.port).bigEndian
    if isSix {
      var address = sockaddr_in6()
      address.sin6_family = sa_family_t(AF_INET6)
      address.sin6_port = port
      guard inet_pton(AF_INET6, listener.host, &address.sin6_addr) == 1 else { return false }
      return withUnsafePointer(to: &address) { pointer in
        pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
          connect(file, $0, socklen_t(MemoryLayout<sockaddr_in6>.size)) == 0
        }
      }
    }
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = port
    guard inet_pton(AF_INET, listener.host, &address.sin_addr) == 1 else { return false }
    return withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        connect(file, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
      }
    }
  }
}
