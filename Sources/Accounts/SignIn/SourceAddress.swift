import Glibc
import Groundwork

/// A client's address as attempts are counted: an IPv4 address, or the first 64 bits of an IPv6 address, because a
/// machine chooses the rest itself (RFC 4941).
enum SourceAddress {
  static func counted(_ address: String) -> String {
    guard address.contains(":") else { return address }
    // A zone (`fe80::1%eth0`) is not part of the address.
    let plain = address.split(separator: "%").first.map(String.init) ?? address
    var bytes = [UInt8](repeating: 0, count: 16)
    guard inet_pton(AF_INET6, plain, &bytes) == 1 else { return address }
    let isMapped = bytes[..<10].allSatisfy { $0 == 0 } && bytes[10] == 0xFF && bytes[11] == 0xFF
    if isMapped { return bytes[12...].map(String.init).joined(separator: ".") }
    // Loopback stays itself.
    if bytes[..<15].allSatisfy({ $0 == 0 }) { return plain }
    return Array(bytes[..<8]).hexadecimal + "/64"
  }
}
