import FileKit
import Groundwork
import Hall
import Settings
import Testing
import YAMLDocuments

@Suite("The settings of a training")
struct TrainingSectionTests {
  private static let section = """
    training:
      kiosk: '127.0.0.3:7500'
      hall: '127.0.0.3:7501'
      state: /var/lib/other
      minutes: 90
      training_printer: {queue: practice, server: '/run/cups/cups.sock', paper_mm: 58}

    """

  private static func file(_ section: String) -> String {
    ConfigurationTests.good.replacing("listeners:\n", with: section + "listeners:\n")
  }

  @Test("without a section it has addresses, a folder and hours of its own, and prints nothing")
  func usual() throws {
    let settings = try Reference.require(try Scratch().configuration(ConfigurationTests.good))
    #expect(settings.training == .usual && settings.training.printer == nil)
    #expect(settings.training.kioskListener.description == "127.0.0.2:7320")
    #expect(settings.training.hallListener.description == "127.0.0.2:7321")
    #expect(settings.training.stateFolder(beside: "/var/lib/yichuang/") == "/var/lib/yichuang-training")
  }

  @Test("in a training hold its addresses and printer, and a link of its own; no door, no reader, no page secret")
  func holds() throws {
    let hall = try Reference.require(try Scratch().configuration(Self.file(Self.section)))
    let training = try #require(hall.forTraining(TellApart()))
    #expect(training.kioskListener.description == "127.0.0.3:7500" && training.training.minutes == 90)
    #expect(training.training.stateFolder(beside: "/var/lib/yichuang") == "/var/lib/other")
    #expect(training.kiosks.first?.printer?.queue == "practice" && hall.kiosks.first?.printer?.queue == "tickets")
    #expect(training.boardToken != hall.boardToken && training.boardToken.utf8.count == 32)
    #expect(training.door == nil && training.readers == nil && training.monitoringToken == nil)
    #expect(training.training.hours == hall.rules.hours && training.rules.hours.alwaysOpen)
  }

  @Test("at the hall's door it has a port and a socket of its own")
  func door() throws {
    let door = "door: {origins: ['https://192.168.1.10:7443']}\n"
    let file = Self.file(door + Self.section.replacing("minutes: 90", with: "door_port: 7444"))
    let hall = try Reference.require(try Scratch().configuration(file))
    let training = try #require(hall.forTraining(TellApart()))
    #expect(training.door?.origins == ["https://192.168.1.10:7444"] && hall.door?.port == 7443)
    #expect(training.door?.socket == "/run/yichuang-door/training.sock" && hall.door?.socket != training.door?.socket)
    for taken in ["7443", "7380", "7500"] {
      #expect(try Scratch().configuration(file.replacing("7444", with: taken)).value == nil, "\(taken)")
    }
  }

  @Test(
    "what would meet the hall is refused at its line, in both languages",
    arguments: [
      ("'127.0.0.3:7500'", "'127.0.0.3:7400'", "a port of the hall's own"),
      ("'127.0.0.3:7501'", "'127.0.0.3:7401'", "a port of the hall's own"),
      ("'127.0.0.3:7501'", "'127.0.0.1:7501'", "keep their cookies by host"),
      ("'127.0.0.3:7501'", "'127.0.0.3:7500'", "both listeners of the training"),
      ("queue: practice", "queue: tickets", "of the kiosk kiosk-1"), ("/var/lib/other", "other", "“other”"),
      ("minutes: 90", "minutes: 5", "“5”"), ("minutes: 90", "door_port: 7444", "the hall has no door"),
      ("'127.0.0.3:7500'", "'10.0.0.1:7500'", "“10.0.0.1:7500”"),
    ])
  func faults(from: String, to: String, says: String) throws {
    let loaded = try Scratch().configuration(Self.file(Self.section.replacing(from, with: to)))
    #expect(loaded.value == nil && loaded.faults.count == 1, "\(loaded.faults)")
    let fault = try #require(loaded.faults.first)
    #expect(fault.what.contains(says), "\(fault.what)")
    #expect(!fault.remedy.isEmpty && !fault.line(inChinese: true).isEmpty)
  }
}
