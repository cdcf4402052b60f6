import Foundation
import HallSetup
import Testing

/// Goal: what `yichuangctl firewall` and `yichuangctl usb` write. Method: the text; Tests/network and Tests/usb-kernel have the kernel judge it.
@Suite("rules of the hall's machine")
struct MachineRulesTests {
  @Test(
    "addresses and networks are told from names",
    arguments: [
      ("192.168.1.50", "ip"), ("10.0.0.0/8", "ip"), ("fd00::5", "ip6"), ("fe80::/10", "ip6"), ("printer.local", nil),
      ("256.1.1.1", nil),
      ("1.2.3", nil), ("10.0.0.0/33", nil), ("10.0.0.0/", nil), ("fd00::5::1", nil), ("fd00:5", nil), ("", nil),
      ("1.2.3.4; accept", nil),
    ] as [(String, String?)])
  func families(text: String, expected: String?) { #expect(FirewallRules.family(text) == expected) }

  @Test("without a door nobody comes in, and without SSH nobody administers")
  func nothing() {
    let text = FirewallRules(doorPorts: [], administrators: [], destinations: [], updates: false).text
    #expect(!text.contains("tcp dport { ") && !text.contains("dport 22") && !text.contains("skuid"))
    #expect(text.components(separatedBy: "policy drop;").count == 4)
  }

  @Test("the door is for private networks, a printer is one address, a name is any private one")
  func something() {
    let destinations = [("192.168.1.50", 9100), ("printer", 631), ("fd00::7", 22), ("192.168.1.50", 9100)].map {
      FirewallRules.Destination(host: $0.0, port: $0.1)
    }
    let text = FirewallRules(
      doorPorts: [7443, 7380], administrators: ["192.168.1.7", "fd00::/64"], destinations: destinations, updates: true
    ).text
    #expect(
      text.contains(
        "ip saddr { 10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16, 169.254.0.0/16 } tcp dport { 7443, 7380 } accept\n"))
    #expect(
      text.contains("ip saddr 192.168.1.7 tcp dport 22 accept\n")
        && text.contains("ip6 saddr fd00::/64 tcp dport 22 accept\n"))
    #expect(text.components(separatedBy: "ip daddr 192.168.1.50 tcp dport 9100 accept\n").count == 2)
    #expect(text.contains("169.254.0.0/16 } tcp dport 631 accept\n") && !text.contains("printer"))
    #expect(text.contains("ip6 daddr fd00::7 tcp dport 22 accept\n"))
    #expect(text.contains("meta skuid { \"root\", \"_apt\" } tcp dport { 80, 443 } accept\n"))
  }

  @Test("the shared journal's port is open to private networks on the machine that serves it, and nowhere else")
  func sharedJournal() {
    let hall = "{ 10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16, 169.254.0.0/16 }"
    let server = FirewallRules(
      doorPorts: [7443], journalPorts: [5433, 5432, 5432], administrators: [], destinations: [], updates: false
    ).text
    #expect(server.contains("ip saddr \(hall) tcp dport { 7443 } accept\n"))
    #expect(server.contains("ip saddr \(hall) tcp dport { 5432, 5433 } accept\n"))
    let other = FirewallRules(
      doorPorts: [7443], administrators: [], destinations: [.init(host: "192.168.1.10", port: 5432)], updates: false
    ).text
    #expect(!other.contains("dport { 543") && other.contains("ip daddr 192.168.1.10 tcp dport 5432 accept\n"))
  }

  @Test("unknown keyboards are refused before spares are let in, and what is plugged in comes first")
  func usb() {
    let policy = USBPolicy(
      present: "allow id 1d6b:0002 serial \"x\"\nblock id dead:beef\n", readers: ["1eab:0c06", "0400:*", "1eab:0c06"])
    #expect(policy.count == 1)
    let rules = policy.text.split(separator: "\n").filter { !$0.hasPrefix("#") }
    #expect(
      rules == [
        "allow id 1d6b:0002 serial \"x\"", "reject with-interface one-of { 03:00:01 03:01:01 }",
        "allow with-interface match-all { 07:*:* }", "allow id 0400:*", "allow id 1eab:0c06",
      ])
  }
}
