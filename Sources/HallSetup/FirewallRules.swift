/// The packet filter of a hall's machine, as a file for nft(8).
///
/// Incoming: the door's ports from private networks, the shared journal's ports where this machine serves it, and SSH from
/// the networks that were named. Outgoing: printers, backup targets, the shared journal's servers, DNS and NTP; the
/// system's updates only where they were asked for. The hall has a table of its own and changes no other table.
package struct FirewallRules: Hashable, Sendable {
  /// An address and port that this machine connects to.
  package struct Destination: Hashable, Sendable, Comparable {
    /// An IPv4 or IPv6 address. Nil for a name, which is filtered as any private address, because a packet filter does not
    /// resolve names.
    package let address: String?
    package let port: Int

    package init(host: String, port: Int) {
      address = FirewallRules.family(host) == nil ? nil : host
      self.port = port
    }

    package static func < (a: Destination, b: Destination) -> Bool {
      (a.address ?? "", a.port) < (b.address ?? "", b.port)
    }
  }

  package static let table = "yichuang"
  /// RFC 1918 and RFC 3927; RFC 4193 and RFC 4291 §2.5.6. A hall's door is for no other network.
  private static let hall4 = "{ 10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16, 169.254.0.0/16 }"
  private static let hall6 = "{ fc00::/7, fe80::/10 }"

  /// The door's ports; empty without one.
  package let doorPorts: [Int]
  /// The ports at which this machine serves the shared journal, or the monitor of its servers, to the hall's other
  /// machines; empty for most.
  package let journalPorts: [Int]
  /// The networks from which the machine is administered over SSH.
  package let administrators: [String]
  package let destinations: [Destination]
  /// Whether root and apt may get the system's updates over HTTP.
  package let updates: Bool

  package init(
    doorPorts: [Int], journalPorts: [Int] = [], administrators: [String], destinations: [Destination], updates: Bool
  ) {
    self.doorPorts = doorPorts
    self.journalPorts = Set(journalPorts).sorted()
    self.administrators = administrators
    self.destinations = Set(destinations).sorted()
    self.updates = updates
  }

  /// The family of an address or a network (`192.168.1.0/24`): `ip` or `ip6`; nil for any other text.
  package static func family(_ text: String) -> String? {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    guard let address = parts.first, parts.count <= 2 else { return nil }
    let isFour = isIPv4(address)
    guard isFour || isIPv6(address) else { return nil }
    if parts.count == 2 {
      guard let length = Int(parts[1]), (1...(isFour ? 32 : 128)).contains(length) else { return nil }
    }
    return isFour ? "ip" : "ip6"
  }

  private static func isIPv4(_ text: Substring) -> Bool {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    return parts.count == 4
      && parts.allSatisfy { part in
        (1...3).contains(part.count) && part.allSatisfy(\.isNumber) && (UInt16(part) ?? 256) < 256
      }
  }

  private static func isIPv6(_ text: Substring) -> Bool {
    let groups = text.split(separator: ":", omittingEmptySubsequences: false)
    return (3...8).contains(groups.count) && text.contains("::") == (groups.count < 8)
      && groups.allSatisfy { $0.count <= 4 && $0.allSatisfy { $0.isASCII && $0.isHexDigit } }
      && text.ranges(of: "::").count <= 1
  }

  package var text: String {
    """
    # The packet filter of the hall's machine, made by `yichuangctl firewall on`; what is changed here is gone with the next one.
    table inet \(Self.table)
    delete table inet \(Self.table)
    table inet \(Self.table) {
      chain input {
        type filter hook input priority filter; policy drop;
        iif "lo" accept
        ct state established,related accept
        ct state invalid drop
        # An address by DHCP; echo, and what IPv6 needs of its neighbours.
        udp sport 67 udp dport 68 accept
        ip6 saddr fe80::/10 udp dport 546 accept
        icmp type { echo-request, destination-unreachable, time-exceeded, parameter-problem } limit rate 50/second accept
        icmpv6 type { echo-request, destination-unreachable, packet-too-big, time-exceeded, parameter-problem, nd-router-advert, \
    nd-neighbor-solicit, nd-neighbor-advert } limit rate 100/second accept

    """ + input + """
      }
      chain forward {
        type filter hook forward priority filter; policy drop;
      }
      chain output {
        type filter hook output priority filter; policy drop;
        oif "lo" accept
        ct state established,related accept
        udp sport 68 udp dport 67 accept
        udp sport 546 udp dport 547 accept
        icmp type echo-request accept
        icmpv6 type { echo-request, nd-router-solicit, nd-neighbor-solicit, nd-neighbor-advert, mld2-listener-report } accept
        # Names and time.
        udp dport { 53, 123 } accept
        tcp dport 53 accept

      """ + output + """
            # Refused at once: no program waits for an answer that cannot come.
            reject with icmpx admin-prohibited
          }
        }

        """
  }

  private var input: String {
    var lines: [String] = []
    for (what, served) in [("# The door.", doorPorts), ("# The shared journal of the hall's machines.", journalPorts)]
    where !served.isEmpty {
      let ports = "{ " + served.map(String.init).joined(separator: ", ") + " }"
      lines += [what, "ip saddr \(Self.hall4) tcp dport \(ports) accept"]
      lines.append("ip6 saddr \(Self.hall6) tcp dport \(ports) accept")
    }
    for network in administrators {
      if let family = Self.family(network) { lines.append("\(family) saddr \(network) tcp dport 22 accept") }
    }
    return lines.map { "    \($0)\n" }.joined()
  }

  private var output: String {
    var lines = destinations.isEmpty ? [] : ["# Printers, places of archives, the servers of the shared journal."]
    for one in destinations {
      if let address = one.address, let family = Self.family(address) {
        lines.append("\(family) daddr \(address) tcp dport \(one.port) accept")
      } else {
        lines.append("ip daddr \(Self.hall4) tcp dport \(one.port) accept")
        lines.append("ip6 daddr \(Self.hall6) tcp dport \(one.port) accept")
      }
    }
    if updates {
      lines += ["# The system's updates.", "meta skuid { \"root\", \"_apt\" } tcp dport { 80, 443 } accept"]
    }
    return lines.map { "    \($0)\n" }.joined()
  }
}
