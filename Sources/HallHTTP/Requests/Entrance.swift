import HTTPTypes
import Hummingbird
import NIOCore

/// The way by which requests reach a listener, which decides what of a request is trusted.
///
/// A proxy's header is trusted only where nobody but the proxy can connect.
enum Entrance: Sendable {
  /// A port of this machine. `publicAddress` is the address of the operator's TLS proxy in front of it; nil without one.
  case loopback(ListeningPort, publicAddress: PublicAddress?)
  /// The hall's door (`yichuang-door`), which ends TLS and connects by a socket that only it may open.
  case door([PublicAddress])

  /// Whether pages came over TLS: cookies are then `Secure` and have the `__Host-` prefix.
  var isDoor: Bool {
    if case .door = self { true } else { false }
  }

  /// Whether a `Host` header names this listener.
  func isHost(_ host: String) -> Bool {
    switch self {
    case .loopback(let port, let publicAddress): Self.isOwn(host, port) || publicAddress?.isHost(host) == true
    case .door(let addresses): addresses.contains { $0.isHost(host) }
    }
  }

  /// Whether an `Origin` is that of a page of this listener, opened at `host`.
  func isOrigin(_ origin: String, of host: String) -> Bool {
    switch self {
    case .loopback(let port, let publicAddress):
      if let publicAddress, publicAddress.isHost(host) { return origin.lowercased() == publicAddress.origin }
      return origin.hasPrefix("http://") && Self.isOwn(String(origin.dropFirst(7)), port)
    case .door(let addresses):
      return addresses.contains { $0.isHost(host) && $0.origin == origin.lowercased() }
    }
  }

  /// The address of the client for whom the door sends a request.
  ///
  /// - Returns: nil at a loopback listener, where the connection's own address is the client's.
  /// - Throws: 400 when the door does not name exactly one address.
  func client(of request: Request) throws(Problem) -> String? {
    guard isDoor else { return nil }
    let named = request.headers[values: .xForwardedFor]
    guard named.count == 1, let address = try? SocketAddress(ipAddress: named[0], port: 0), let text = address.ipAddress
    else {
      throw .badRequest(
        "bad_request", "转发的请求没有写清来自哪台电脑：重新生成入口配置（yichuangctl door write）。",
        "A request of the door names one address in X-Forwarded-For: write its configuration again (yichuangctl door write)."
      )
    }
    return text
  }

  /// `127.0.0.1:7310`, `localhost:7310`, `[::1]:7310`, and the configured address.
  private static func isOwn(_ host: String, _ port: ListeningPort) -> Bool {
    let configured = port.host.contains(":") ? "[\(port.host)]" : port.host
    return ["127.0.0.1", "localhost", "[::1]", configured].contains { "\($0):\(port.number)" == host.lowercased() }
  }
}
