/// Where the scheduler listens.
package enum CUPSServer: Hashable, Sendable, CustomStringConvertible {
  /// What libcups finds by itself: `CUPS_SERVER`, client.conf, then the domain socket of the system.
  case system
  /// An absolute path.
  case socket(path: String)
  case host(String, port: Int)

  /// Reads `/path/of/socket`, `host`, `host:port` or `[v6 address]:port`; nil when it is none of them.
  package init?(_ text: String) {
    if text.hasPrefix("/") {
      self = .socket(path: text)
      return
    }
    var host = text[...]
    var port = 631
    if let colon = text.lastIndex(of: ":"), !text.hasSuffix("]") {
      guard let number = Int(text[text.index(after: colon)...]) else { return nil }
      host = text[..<colon]
      port = number
    }
    if host.hasPrefix("["), host.hasSuffix("]") { host = host.dropFirst().dropLast() }
    guard !host.isEmpty, (1...65_535).contains(port) else { return nil }
    self = .host(String(host), port: port)
  }

  package var description: String {
    switch self {
    case .system: "the system's CUPS"
    case .socket(let path): path
    case .host(let host, let port): host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)"
    }
  }
}
