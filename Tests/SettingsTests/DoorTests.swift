import FileKit
import Settings
import Testing
import YAMLDocuments

@Suite("The door's settings")
struct DoorTests {
  private static let door = """
    door:
      origins: ['https://192.168.1.10:7443', 'https://Yichuang.local:7443']
      plain_port: 7381
      connections_per_address: 200
      client_certificates: true

    """

  private static func file(_ door: String) -> String {
    ConfigurationTests.good.replacing("listeners:\n", with: door + "listeners:\n")
  }

  @Test("a good section says where the hall is shown")
  func reads() throws {
    let door = try #require(try Reference.require(try Scratch().configuration(Self.file(Self.door))).door)
    #expect(door.origins == ["https://192.168.1.10:7443", "https://yichuang.local:7443"])
    #expect(door.authorities == ["192.168.1.10:7443", "yichuang.local:7443"])
    #expect(door.port == 7443 && door.plainPort == 7381 && door.perAddress == 200 && door.needsClientCertificate)
    #expect(door.socket == DoorSettings.usualSocket && door.certificate == "/etc/yichuang/door/hall.crt")
  }

  @Test("a file without it has no door; the rest of the section has defaults, and 443 is not said")
  func defaults() throws {
    #expect(try Reference.require(try Scratch().configuration(ConfigurationTests.good)).door == nil)
    let short = Self.file("door: {origins: ['https://hall.gov.cn']}\n")
    let door = try #require(try Reference.require(try Scratch().configuration(short)).door)
    #expect(door.origins == ["https://hall.gov.cn"] && door.port == 443)
    #expect(door.plainPort == 7380 && door.perAddress == 128 && !door.needsClientCertificate)
  }

  @Test(
    "each fault stands at its line and says what to write",
    arguments: [
      ("'https://192.168.1.10:7443'", "'http://192.168.1.10:7443'", "“http://192.168.1.10:7443”"),
      ("'https://192.168.1.10:7443'", "'https://192.168.1.10:7443/'", "“https://192.168.1.10:7443/”"),
      ("'https://192.168.1.10:7443'", "'https://192.168.1.256:7443'", "“https://192.168.1.256:7443”"),
      ("'https://192.168.1.10:7443'", "'https://192.168.1.010:7443'", "“https://192.168.1.010:7443”"),
      ("'https://192.168.1.10:7443'", "'https://:7443'", "“https://:7443”"),
      ("'https://192.168.1.10:7443'", "'https://a b:7443'", "“https://a b:7443”"),
      ("'https://192.168.1.10:7443'", "'https://a;}:7443'", "“https://a;}:7443”"),
      ("'https://192.168.1.10:7443'", "'https://[fd00::1]:7443'", "“https://[fd00::1]:7443”"),
      ("'https://192.168.1.10:7443'", "'https://192.168.1.10:80'", "“https://192.168.1.10:80”"),
      ("'https://192.168.1.10:7443'", "'https://192.168.1.10:7444'", "the ports 7444 and 7443"),
      ("'https://192.168.1.10:7443'", "'https://yichuang.LOCAL:7443'", "yichuang.local stands here twice"),
      ("plain_port: 7381", "plain_port: 7443", "`plain_port` is the port of the addresses"),
      ("plain_port: 7381", "plain_port: 80", "“80”"),
      ("connections_per_address: 200", "connections_per_address: 2", "“2”"),
      ("client_certificates: true", "client_certificates: perhaps", "“perhaps”"),
      ("client_certificates: true", "client_certificate: true", "`client_certificate` is not known"),
      ("client_certificates: true", "socket: door.sock", "“door.sock”"),
      ("client_certificates: true", "folder: '/etc/a;b'", "“/etc/a;b”"),
    ])
  func faults(from: String, to: String, says: String) throws {
    let section = Self.door.replacing(from, with: to)
    let loaded = try Scratch().configuration(Self.file(section))
    #expect(loaded.value == nil)
    #expect(loaded.faults.count == 1, "\(loaded.faults)")
    let fault = try #require(loaded.faults.first)
    #expect(fault.what.contains(says), "\(fault.what)")
    #expect(!fault.remedy.isEmpty && !fault.line(inChinese: true).isEmpty)
  }

  @Test("a section without an address is a fault")
  func empty() throws {
    #expect(try Scratch().configuration(Self.file("door: {plain_port: 7381}\n")).value == nil)
    #expect(try Scratch().configuration(Self.file("door: {origins: []}\n")).value == nil)
  }
}
