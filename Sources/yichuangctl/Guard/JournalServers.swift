import Glibc
import HallSetup
import Settings

/// The servers of the shared journal, as the packet filter sees them: those of this machine, and those elsewhere.
struct JournalServers {
  /// The ports of this machine's own.
  private(set) var served: [Int] = []
  private(set) var others: [FirewallRules.Destination] = []

  init(_ shared: SharedSettings?, monitor: FirewallRules.Destination?) {
    let own = Self.ownAddresses()
    for host in shared?.hosts ?? [] where !host.isLocal {
      if Self.addresses(of: host.address).isDisjoint(with: own) {
        others.append(FirewallRules.Destination(host: host.address, port: host.port))
      } else {
        served.append(host.port)
      }
    }
    guard let monitor else { return }
    if let address = monitor.address, own.contains(address) {
      served.append(monitor.port)
    } else {
      others.append(monitor)
    }
  }

  /// The addresses of this machine's network cards. Its own loopback is open in any case.
  private static func ownAddresses() -> Set<String> {
    var first: UnsafeMutablePointer<ifaddrs>?
    guard getifaddrs(&first) == 0 else { return [] }
    defer { freeifaddrs(first) }
    var found: Set<String> = []
    for one in sequence(first: first, next: { $0?.pointee.ifa_next }) {
      guard let one, let address = one.pointee.ifa_addr, (one.pointee.ifa_flags & UInt32(IFF_LOOPBACK)) == 0
      else { continue }
      if let text = text(of: address) { found.insert(text) }
    }
    return found
  }

  /// The addresses of a host's name or address; a name is resolved by /etc/hosts and DNS.
  private static func addresses(of host: String) -> Set<String> {
    var hints = addrinfo()
    hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
    var first: UnsafeMutablePointer<addrinfo>?
    guard getaddrinfo(host, nil, &hints, &first) == 0 else { return [host] }
    defer { freeaddrinfo(first) }
    var found: Set<String> = []
    for one in sequence(first: first, next: { $0?.pointee.ai_next }) {
      if let address = one?.pointee.ai_addr, let text = text(of: address) { found.insert(text) }
    }
    return found
  }

  private static func text(of address: UnsafeMutablePointer<sockaddr>) -> String? {
    let length: Int
    switch Int32(address.pointee.sa_family) {
    case AF_INET: length = MemoryLayout<sockaddr_in>.size
    case AF_INET6: length = MemoryLayout<sockaddr_in6>.size
    default: return nil
    }
    var name = [CChar](repeating: 0, count: 64)
    guard getnameinfo(address, socklen_t(length), &name, socklen_t(name.count), nil, 0, NI_NUMERICHOST) == 0 else {
      return nil
    }
    // A link-local address has the network card's name behind a percent sign.
    let text = String(decoding: name.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    return text.split(separator: "%").first.map(String.init)
  }
}
