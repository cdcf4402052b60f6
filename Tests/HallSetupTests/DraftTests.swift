import Backups
import FileKit
import Foundation
import Groundwork
import Hall
import HallSetup
import PrinterProtocols
import Settings
import Testing
import YAMLDocuments

/// Goal: every accepted answer becomes a configuration that the daemon takes, and nothing that was there is lost. Method: drafts are loaded
/// with the daemon's own `ConfigurationFile.load` and the settings compared.
struct DraftTests {
  @Test("answers become the settings that they say")
  func first() throws {
    let kit = try SetupKit()
    let settings = try kit.settings(kit.draft(nil, kit.good()).text)
    #expect(settings.rules.identity.name == "安居镇便民服务中心")
    #expect(settings.rules.address == "重庆市铜梁区安居镇（测试）")
    #expect(settings.rules.hoursText == "工作日 9:00-12:00，14:00-17:30")
    #expect(settings.rules.consultPhone == "12345" && settings.rules.supervisePhone == "023-12345")
    #expect(settings.rules.windows.map(\.number) == [1, 2, 3, 4])
    #expect(settings.rules.windows.map(\.name) == ["综合窗口", "综合窗口", "综合窗口（公安派驻）", "出件窗口"])
    #expect(settings.rules.lanes.map(\.letter.description) == ["A", "H", "E"])
    #expect(settings.kiosks.first?.printer?.queue == "kiosk-1")
    #expect(settings.staff.map(\.badge) == ["AJ001", "AJ100"])
    #expect(settings.staff.map(\.role) == [.clerk, .coordinator])
    // A hash with commas is whole.
    #expect(settings.staff.allSatisfy { $0.secretHash == SetupKit.hash })
    #expect(settings.boardToken == SetupKit.token)
    #expect(settings.readers == nil)
  }

  @Test(
    "each answer that changes, changes the settings and is taken",
    arguments: [
      ("hours: ['09:00-12:00', '14:00-17:30']", "hours: always"),
      ("hours: ['09:00-12:00', '14:00-17:30']", "hours: '08:30-11:30 13:30-17:00'"),
      ("police: 1", "police: 0"), ("pick_up: 1", "pick_up: 0"), ("comprehensive: 2", "comprehensive: 12"),
      ("division: 安居", "division: '500151001'"),
      ("printer: {device: 192.168.1.50, model: generic-80}", "printer: none"),
      ("consult_phone: '12345'", "consult_phone: 023-45678901\nreaders: true"),
      ("kiosks:\n", "kiosks:\n- {name: 二楼取号机, printer: none}\n"),
      ("role: 窗口人员", "role: 代办员"),
    ])
  func changes(from: String, to: String) throws {
    let kit = try SetupKit()
    let text = SetupKit.good.replacingOccurrences(of: from, with: to)
    #expect(text != SetupKit.good)
    let first = kit.draft(nil, try kit.good())
    let changed = kit.draft(nil, try kit.good(text))
    #expect(changed.text != first.text)
    _ = try kit.settings(changed.text)
    // Run again with the same answers, the file stays as it is, byte for byte.
    let present = try #require(PresentConfiguration.read(changed.text, file: "").value)
    let again = kit.draft(present, try kit.good(text.replacingOccurrences(of: "hours: always", with: "hours: 全天")))
    #expect(again.text == changed.text && again.changed.isEmpty)
    // From the first answers to these and back.
    let before = try #require(PresentConfiguration.read(first.text, file: "").value)
    let moved = try kit.settings(kit.draft(before, try kit.good(text)).text)
    #expect(moved.rules.windows.count == (try kit.settings(changed.text)).rules.windows.count)
  }

  @Test("sections that setup does not ask for keep their text, and other keys of a section stay")
  func survival() throws {
    let kit = try SetupKit()
    let demo = try SetupKit.demo()
    let present = try #require(PresentConfiguration.read(demo, file: "").value)
    #expect(present.windows == .init(comprehensive: 2, police: 1, pickUp: 1))
    #expect(present.hours == .always && present.kioskQueues == ["demo-1", "demo-2"])
    let before = try kit.settings(demo)
    var answers = try kit.good()
    answers.windows.comprehensive = 3
    answers.kiosks = [.init(printer: .asItIs), .init(printer: .asItIs)]
    answers.staff = before.staff.map { .init(badge: $0.badge, name: $0.name, role: $0.role) }
    answers.staff.append(.init(badge: "AJ009", name: "新来的", role: .clerk))
    answers.hours = .always
    let draft = kit.draft(present, answers)
    #expect(draft.changed == ["hall", "windows", "staff"])
    let after = try kit.settings(draft.text)
    #expect(after.rules.windows.map(\.number) == [1, 2, 3, 4, 5])
    #expect(after.rules.windows.last?.lanes.map(\.description) == ["A"])
    #expect(after.frequent == before.frequent && after.publicity == before.publicity)
    #expect(after.rules.neighbours == before.rules.neighbours && after.kiosks == before.kiosks)
    #expect(Array(after.staff.dropLast()) == before.staff && after.boardToken == before.boardToken)
    #expect(after.rules.hoursText == before.rules.hoursText)
    // Their comments stay too.
    for words in ["# 常办 on the kiosk", "# Where people are sent whose items", "# What the kiosk shows at rest"] {
      #expect(draft.text.contains(words), "\(words)")
    }
    #expect(draft.text.contains("usual_service_minutes: 8"))
  }

  @Test("a kiosk's page secret, another zone, Saturdays and a credential stay where the section changes")
  func keys() throws {
    let kit = try SetupKit()
    var text = kit.draft(nil, try kit.good()).text
    for (from, to) in [
      ("    consult_phone:", "    zone: '+08:00'\n    consult_phone:"),
      ("id: \"kiosk-1\"\n", "id: \"kiosk-1\"\n      page_secret: 'abcdefgh12345678'\n"),
      ("sessions:\n", "sessions:\n        saturday: ['09:00-11:00']\n"), ("cut_off_minutes: 15", "cut_off_minutes: 20"),
    ] {
      // Indented as the draft is.
      let indented =
        text.contains(from)
        ? (from, to)
        : (from.replacingOccurrences(of: "    ", with: "  "), to.replacingOccurrences(of: "    ", with: "  "))
      #expect(text.contains(indented.0), "\(from)")
      text = text.replacingOccurrences(of: indented.0, with: indented.1)
    }
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    text = Self.aligned(lines).joined(separator: "\n")
    let present = try #require(PresentConfiguration.read(text, file: "").value)
    var answers = try kit.good()
    answers.address = "别处"
    answers.hours = .sessions(["08:00-12:00"])
    answers.kiosks = [.init(name: "大门口取号机", printer: .device("192.168.1.51", model: "generic-58"))]
    let settings = try kit.settings(kit.draft(present, answers).text)
    #expect(settings.kiosks.first?.pageSecret == "abcdefgh12345678")
    #expect(settings.kiosks.first?.printer?.model.id == "generic-58")
    #expect(settings.rules.hours.cutOffMinutes == 20)
    #expect(settings.rules.hours.sessions[.saturday]?.count == 1)
    #expect(settings.rules.hours.sessions[.monday]?.count == 1)
    #expect(settings.rules.address == "别处")
  }

  /// Gives a line that was put in the indentation of the line after it.
  private static func aligned(_ lines: [String]) -> [String] {
    let marks = ["zone:", "page_secret:", "saturday:"]
    return lines.enumerated().map { index, line in
      guard marks.contains(where: line.contains), index + 1 < lines.count else { return line }
      let margin = lines[index + 1].prefix { $0 == " " }
      return String(margin + line.drop { $0 == " " })
    }
  }

  @Test("whatever stands in a name or an address comes out as it went in")
  func texts() throws {
    let kit = try SetupKit()
    var random = SystemRandomNumberGenerator()
    let pieces = [
      "'", "\"", "\\", ": ", " #", "- ", "{", "}", "[", "]", ",", "&a", "*b", "!x", "|", ">", "%", "@", "`", "?", "~",
      "null",
      "true", "12", "\u{2028}", "\u{FEFF}", "\u{200B}", "\u{E000}", "𠮷", "👨‍👩‍👧", "é", "（", "CHANGE", "=", "\u{FFFE}",
      "0x1F", "1e3", "<<",
    ]
    for _ in 0..<40 {
      let address = "址" + (0..<12).compactMap { _ in pieces.randomElement(using: &random) }.joined() + "末"
      let name = "名" + (0..<5).compactMap { _ in pieces.randomElement(using: &random) }.joined() + "末"
      guard name.count <= 30 else { continue }
      var answers = try kit.good()
      answers.address = address
      answers.staff = [.init(badge: "AJ100", name: name, role: .coordinator)]
      let settings = try kit.settings(kit.draft(nil, answers).text)
      #expect(settings.rules.address == address)
      #expect(settings.staff.first?.name == name)
    }
  }

  @Test("a fault of the whole configuration names the answer that it comes from")
  func origins() throws {
    let kit = try SetupKit()
    var answers = try kit.good()
    answers.kiosks = [.init(printer: .device("192.168.1.50", model: "no-such-model"))]
    answers.consultPhone = "1"
    let draft = kit.draft(nil, answers)
    let faults = try kit.load(draft.text).faults
    #expect(Set(faults.compactMap { draft.origin(ofLine: $0.line) }) == [.kiosks, .consultPhone], "\(faults)")
  }

  @Test(
    "the address for other machines becomes the door's, beside a name; another one takes its place and leaves port and names"
  )
  func door() throws {
    let kit = try SetupKit()
    var answers = try kit.good()
    answers.certificateAddress = "192.168.1.10"
    let text = kit.draft(nil, answers).text
    #expect(try kit.settings(text).door?.origins == ["https://192.168.1.10:7443", "https://yichuang.local:7443"])
    #expect(try kit.settings(kit.draft(nil, kit.good()).text).door == nil)
    let own = text.replacingOccurrences(of: ":7443", with: ":8443").replacingOccurrences(
      of: "yichuang.local", with: "hall.lan")
    let present = try #require(PresentConfiguration.read(own, file: "").value)
    #expect(present.doorAddress == "192.168.1.10")
    #expect(kit.draft(present, answers).text == own)
    answers.certificateAddress = "192.168.1.11"
    let moved = try kit.settings(kit.draft(present, answers).text)
    #expect(moved.door?.origins == ["https://192.168.1.11:8443", "https://hall.lan:8443"])
  }

  @Test("a kiosk without a printer that gets one has a queue of its own id")
  func queue() throws {
    let kit = try SetupKit()
    let first = kit.draft(nil, try kit.good()).text.replacingOccurrences(of: "\"kiosk-1\"", with: "\"front\"")
    let present = try #require(PresentConfiguration.read(first, file: "").value)
    #expect(ConfigurationDraft.queue(ofKiosk: 0, present) == "front")
    #expect(ConfigurationDraft.queue(ofKiosk: 1, present) == "kiosk-2")
    #expect(ConfigurationDraft.queue(ofKiosk: 0, nil) == "kiosk-1")
    let settings = try kit.settings(kit.draft(present, try kit.good()).text)
    #expect(settings.kiosks.first?.printer?.queue == "front")
  }

  @Test("a file whose sections share a line is written anew, with all that it says")
  func flow() throws {
    let kit = try SetupKit()
    let first = kit.draft(nil, try kit.good()).text
    let present = try #require(
      PresentConfiguration.read("{hall: {zone: '+09:00'}, queue: {recalls: 5}}", file: "").value)
    let text = kit.draft(present, try kit.good()).text
    let settings = try kit.settings(text)
    #expect(settings.rules.limits.calls == 6)
    #expect(settings.rules.zone.minutes == 540)
    #expect(settings.rules.windows == (try kit.settings(first)).rules.windows)
  }

  @Test("a secret that setup made is a first one, and one that is there stays what it is")
  func firstSecrets() throws {
    let kit = try SetupKit()
    let first = kit.draft(nil, try kit.good()).text
    #expect(try kit.settings(first).staff.allSatisfy(\.isFirstSecret))
    let own = first.replacingOccurrences(of: "first_secret: true", with: "first_secret: false")
    let present = try #require(PresentConfiguration.read(own, file: "").value)
    var answers = try kit.good()
    answers.staff.append(.init(badge: "AJ009", name: "新来的", role: .clerk))
    #expect(try kit.settings(kit.draft(present, answers).text).staff.map(\.isFirstSecret) == [false, false, true])
  }

  @Test(
    "the place of backups becomes a file that the backup reads",
    arguments: [
      ("/srv/backup", BackupSettings.Target.folder("/srv/backup")), ("stick:HALL", .stick(label: "HALL")),
      ("sftp://hall@10.1.2.3/backup/anju", .sftp(account: "hall@10.1.2.3", path: "/backup/anju", port: 22)),
      ("sftp://hall@10.1.2.3:2222/backup", .sftp(account: "hall@10.1.2.3", path: "/backup", port: 2222)),
    ])
  func backup(place: String, target: BackupSettings.Target) throws {
    let kit = try SetupKit()
    let key = "age1" + String(repeating: "q", count: 58)
    let backup = try #require(kit.good(SetupKit.good + "backup: {recipient: \(key), target: '\(place)'}\n").backup)
    let settings = try #require(BackupSettings.parse(backup.text, file: "backup.yaml").value)
    #expect(settings.recipient == key && settings.targets == [target])
    #expect(
      backup.isIn(backup.text + "keep: {daily: 3}\n") && !backup.isIn("recipient: \(key)\ntargets:\n- folder: /other\n")
    )
  }
}
