import FileKit
import Settings
import Testing
import YAMLDocuments

@Suite("The journal of several machines in the settings")
struct SharedSectionTests {
  private static let shared = """
    shared:
      machine: back-office
      hosts: ['192.168.1.10', 'journal.local:5433', '/run/postgresql:5434']
      database: hall
      folder: /etc/yichuang/own
      doors: ['https://192.168.1.10:7443', 'https://Hall.local']

    """

  private static func file(_ shared: String, machine: String? = "back-office") -> String {
    let good = ConfigurationTests.good.replacing("listeners:\n", with: shared + "listeners:\n")
    guard let machine else { return good }
    return good.replacing("- {id: kiosk-1,", with: "- {id: kiosk-1, machine: \(machine),")
      .replacing("- {id: kiosk-2,", with: "- {id: kiosk-2, machine: upstairs,")
  }

  @Test("a good section says how this machine reaches the journal, and which kiosks are its own")
  func reads() throws {
    let settings = try Reference.require(try Scratch().configuration(Self.file(Self.shared)))
    let shared = try #require(settings.shared)
    #expect(shared.machine == "back-office" && shared.role == "yc_back_office")
    #expect(SharedSettings.machine(of: shared.role) == "back-office")
    #expect(shared.hosts.map(\.address) == ["192.168.1.10", "journal.local", "/run/postgresql"])
    #expect(shared.hosts.map(\.port) == [5432, 5433, 5434])
    #expect(shared.database == "hall" && shared.authority == "/etc/yichuang/own/ca.crt")
    #expect(shared.doors == ["https://192.168.1.10:7443", "https://hall.local"])
    #expect(settings.ownKiosks.map(\.id) == ["kiosk-1"] && settings.othersKiosks.map(\.machine) == ["upstairs"])
    let other = try Reference.require(try Scratch().configuration(Self.file(Self.shared, machine: "door")))
    #expect(other.ownKiosks.isEmpty && other.othersKiosks.map(\.machine) == ["door", "upstairs"])
  }

  @Test("a hall on one machine has no such section, and all kiosks")
  func alone() throws {
    let settings = try Reference.require(try Scratch().configuration(ConfigurationTests.good))
    #expect(settings.shared == nil && settings.ownKiosks == settings.kiosks)
  }

  @Test("what belongs to one machine makes no difference to the digest; what decides does")
  func digest() throws {
    func digest(_ text: String) throws -> String { try Reference.require(try Scratch().configuration(text)).digest }
    let one = try digest(Self.file(Self.shared))
    let sameElsewhere = Self.file(Self.shared.replacing("machine: back-office", with: "machine: door"))
    #expect(try digest(sameElsewhere.replacing("listeners:\n", with: "# a comment\nlisteners:\n")) == one)
    #expect(try digest(Self.file(Self.shared, machine: "door")) != one)
  }

  @Test(
    "each fault stands at its line and says what to write",
    arguments: [
      ("machine: back-office", "machine: Back Office", "“Back Office”"),
      ("machine: back-office", "machine: owner", "“owner”"),
      ("  machine: back-office\n", "", "`machine` is missing"),
      ("'192.168.1.10'", "'192.168.1.300'", "“192.168.1.300”"),
      ("'192.168.1.10'", "'192.168.1.10:0'", "“192.168.1.10:0”"),
      ("'192.168.1.10'", "'a;b'", "“a;b”"),
      ("'192.168.1.10'", "'journal.local:5433'", "stands here twice"),
      ("database: hall", "database: 'hall;'", "“hall;”"),
      ("folder: /etc/yichuang/own", "folder: own", "`folder` is “own”"),
      ("'https://Hall.local'", "'http://hall.local'", "“http://hall.local”"),
      ("database: hall", "databases: hall", "`databases` is not known"),
    ])
  func faults(from: String, to: String, says: String) throws {
    let loaded = try Scratch().configuration(Self.file(Self.shared.replacing(from, with: to)))
    #expect(loaded.value == nil)
    #expect(loaded.faults.count == 1, "\(loaded.faults)")
    let fault = try #require(loaded.faults.first)
    #expect(fault.what.contains(says), "\(fault.what)")
    #expect(!fault.remedy.isEmpty && !fault.line(inChinese: true).isEmpty)
  }

  @Test("a kiosk that does not say at which machine it stands is a fault only where there are several")
  func machines() throws {
    let loaded = try Scratch().configuration(Self.file(Self.shared, machine: nil))
    #expect(loaded.value == nil && loaded.faults.count == 2)
    #expect(loaded.faults.first?.what.contains("at which machine") == true)
  }
}
