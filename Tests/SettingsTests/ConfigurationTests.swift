import CatalogueFiles
import FileKit
import Foundation
import Groundwork
import Hall
import Ports
import PrinterProtocols
import Settings
import Testing
import YAMLDocuments

@Suite("the configuration file")
struct ConfigurationTests {
  static let hash = "scrypt$ln=15,r=8,p=3$c2FsdHNhbHQ=$aGFzaGhhc2hoYXNoaGFzaA=="

  static let good = """
    hall:
      division: '500151117'
      level: town
      name: 大庙镇便民服务中心
      hours_text: 工作日 9:00-17:00
      consult_phone: 023-12333
      supervise_phone: '12345'
    window_mode: hybrid
    lanes:
    - {letter: A, name: 综合, comprehensive: true}
    - {letter: H, name: 户籍, groups: [公安户籍], start: 501}
    - {letter: E, name: 出件, groups: [出件]}
    windows:
    - {number: 2, name: 综合窗口, lanes: [A]}
    - {number: 1, name: 户籍窗口, lanes: [H, A, E]}
    opening:
      sessions:
        monday: ['09:00-12:00', '14:00-17:30']
        friday: ['09:00-12:00']
      make_up_day: friday
      cut_off_minutes: 15
    queue:
      recalls: 2
      undo_seconds: 8
    frequent: [GA-001, YB-001]
    kiosks:
    - {id: kiosk-1, printer: {queue: tickets, server: '/run/cups/cups.sock', paper_mm: 58}}
    - {id: kiosk-2, printer: none}
    staff:
    - {badge: AJ001, name: 演示员, role: clerk, secret_hash: '\(hash)'}
    - {badge: AJ100, name: 统筹员, role: coordinator, secret_hash: '\(hash)'}
    board:
      token: 0123456789abcdef
    listeners:
      kiosk: '127.0.0.1:7400'
      hall: '[::1]:7401'
    speech: {clips: clips, volume: 60, volume_by_hour: [{from: '08:00', to: '12:00', percent: 80}]}
    journal: {keep_days: 400, keep_exports_days: 4000}
    files:
      catalogue: catalogue.yaml
      holidays: holidays.yaml
      divisions: divisions.csv
      pinyin: pinyin.tsv

    """

  @Test("a good file says what the hall goes by")
  func reads() throws {
    let scratch = try Scratch()
    let settings = try Reference.require(try scratch.configuration(Self.good))
    #expect(settings.rules.identity.name == "大庙镇便民服务中心" && settings.rules.zone.minutes == 480)
    #expect(settings.rules.mode == .hybrid && settings.rules.consultPhone == "023-12333")
    #expect(settings.rules.lanes.map(\.letter.description) == ["A", "H", "E"])
    #expect(settings.rules.lanes.map(\.start) == [1, 501, 1])
    #expect(settings.rules.windows.map(\.number) == [1, 2], "by number, whatever the file's order")
    #expect(settings.rules.hours.cutOffMinutes == 15 && settings.rules.hours.makeUpDay == .friday)
    #expect(settings.rules.hours.sessions[.monday]?.count == 2 && settings.rules.hours.sessions[.tuesday] == nil)
    #expect(settings.rules.limits.calls == 3 && settings.rules.limits.undoMilliseconds == 8000)
    #expect(
      settings.rules.kiosks == [
        KioskRule(id: "kiosk-1", name: "1号取号机", prints: true), KioskRule(id: "kiosk-2", name: "2号取号机", prints: false),
      ])
    #expect(settings.kiosks[0].printer?.paperWidthDots == 384 && settings.kiosks[1].printer == nil)
    #expect(settings.kiosks[0].printer?.model.id == "generic-58", "the plainest model of the width")
    #expect(settings.frequent == ["GA-001", "YB-001"])
    #expect(settings.kioskListener.description == "127.0.0.1:7400")
    #expect(settings.hallListener.description == "[::1]:7401")
    #expect(settings.retention == RetentionRule(days: 400, exportDays: 4000))
    #expect(settings.speech.clips == scratch.path + "/clips" && settings.speech.volume == 60)
    for (clock, percent) in [("07:59", 60), ("08:00", 80), ("11:59", 80), ("12:00", 60)] {
      #expect(settings.speech.volume(at: try #require(CivilTime(clock))) == percent, "\(clock)")
    }
    #expect(settings.staff.map(\.role) == [.clerk, .coordinator])
    #expect(settings.index.search("dibao").map(\.code) == ["MZ-001"])
  }

  @Test("how fast kiosks may ask can be set, and what is not set is as shipped")
  func rates() throws {
    let scratch = try Scratch()
    let text = Self.good.replacing(
      "  undo_seconds: 8\n", with: "  undo_seconds: 8\n  kiosk_numbers_a_minute: 6\n  numbers_kept_for_staff: 100\n")
    let limits = try Reference.require(try scratch.configuration(text)).rules.limits
    #expect(limits.kioskRates?.numbers == [.aMinute(6), .anHour(120)])
    #expect(limits.kioskRates?.notices == KioskRates().notices)
    #expect(limits.numbersKeptForStaff == 100)
  }

  @Test("attendance has a grace, and members may work part of the day or of the year")
  func attendance() throws {
    let member = "badge: AJ001, "
    #expect(Self.good.contains(member))
    let text = Self.good.replacing("frequent:", with: "attendance: {grace_minutes: 0}\nfrequent:").replacing(
      member, with: member + "from: '2026-12-01', until: '2027-06-30', part_time: [1], ")
    let staffing = try Reference.require(try Scratch().configuration(text)).rules.staffing
    #expect(staffing.graceMinutes == 0)
    let first = CivilDate("2026-12-01")
    #expect(
      staffing.terms["AJ001"] == Staffing.Terms(from: first, until: CivilDate("2027-06-30"), sessions: [1]))
    let wrongs = [
      "from: x, ", "until: '2026-13-01', ", "part_time: [9], ", "part_time: [], ",
      "from: '2027-01-02', until: '2027-01-01', ",
    ]
    for wrong in wrongs {
      let loaded = try Scratch().configuration(Self.good.replacing(member, with: member + wrong))
      #expect(!loaded.faults.isEmpty, "\(wrong)")
    }
  }

  @Test("reservations are off unless the file has the section")
  func reservations() throws {
    let text = Self.good.replacing(
      "frequent:", with: "promise: {wait_minutes: 20, reservation_minutes: 10}\nreservations: {share: 40}\nfrequent:")
    let rules = try Reference.require(try Scratch().configuration(text)).rules
    #expect(
      rules.reservations
        == ReservationRule(slotMinutes: 30, share: 40, aheadDays: 5, closeBeforeHours: 12))
    #expect(rules.promise == ServicePromise(waitMinutes: 20, reservationMinutes: 10))
    #expect(try Reference.require(try Scratch().configuration(Self.good)).rules.reservations == nil)
  }

  @Test("a promise is the hall's own, and none is made where the file says nothing")
  func promise() throws {
    let text = Self.good.replacing("frequent:", with: "promise: {wait_minutes: 20}\nfrequent:")
    #expect(try Reference.require(try Scratch().configuration(text)).rules.promise == ServicePromise(waitMinutes: 20))
    #expect(try Reference.require(try Scratch().configuration(Self.good)).rules.promise == nil)
  }

  @Test("a public address loses the port that https has anyway")
  func publicAddress() throws {
    for (text, host) in [
      ("https://a.gov.cn", "a.gov.cn"), ("https://a.gov.cn:443", "a.gov.cn"), ("https://a-1:8443", "a-1:8443"),
    ] {
      let configuration = Self.good.replacing("listeners:\n", with: "listeners:\n  public_address: '\(text)'\n")
      #expect(try Reference.require(try Scratch().configuration(configuration)).publicAddress == host)
    }
  }

  @Test("what may be left out has its default")
  func defaults() throws {
    var text = Self.good
    for section in [
      "frequent: [GA-001, YB-001]\n",
      "  name: 大庙镇便民服务中心\n", "window_mode: hybrid\n", "queue:\n  recalls: 2\n  undo_seconds: 8\n",
      "listeners:\n  kiosk: '127.0.0.1:7400'\n  hall: '[::1]:7401'\n",
      "speech: {clips: clips, volume: 60, volume_by_hour: [{from: '08:00', to: '12:00', percent: 80}]}\n",
      "journal: {keep_days: 400, keep_exports_days: 4000}\n",
    ] {
      text = text.replacing(section, with: "")
    }
    let settings = try Reference.require(try Scratch().configuration(text))
    #expect(settings.rules.mode == .undifferentiated, "大庙镇 is a pilot of 2023")
    var limits = QueueLimits()
    limits.kioskRates = KioskRates()
    limits.earliestDate = ProductVersion.date
    #expect(settings.rules.limits == limits)
    #expect(settings.frequent == settings.rules.catalogue.items.prefix(6).map(\.code))
    #expect(settings.kioskListener.description == "127.0.0.1:7310")
    #expect(settings.hallListener.description == "127.0.0.1:7311")
    #expect(settings.speech == SpeechSettings())
    #expect(settings.retention == RetentionRule(days: 1096, exportDays: 3653))
    #expect(settings.rules.closingSlip == .anywhere)
    let off = try Scratch().configuration(text + "\njournal: {closing_slip: none}\n")
    #expect(try Reference.require(off).rules.closingSlip == .off)
    let elsewhere = text.replacing("500151117", with: "500151101")
    #expect(try Reference.require(try Scratch().configuration(elsewhere)).rules.mode == .departmental)
  }

  @Test(
    "one wrong thing is one fault at its line",
    arguments: [
      Edit("division: '500151117'", "division: '500224115'", says: "not in the file of divisions"),
      Edit("  level: town\n", "", says: "`level` is missing", below: -1),
      Edit("level: town", "level: city", says: "“city”"),
      Edit("level: town", "level: village", says: "does not fit a town"),
      Edit("name: 大庙镇便民服务中心", "name: 大庙镇公共服务中心", says: "retired"),
      Edit("name: 大庙镇便民服务中心", "name: 大庙镇便民服务站", says: "retired"),
      Edit("name: 大庙镇便民服务中心", "name: 大庙镇（街道）便民服务中心", says: "retired"),
      Edit("name: 大庙镇便民服务中心", "name: 大庙办事大厅", says: "not the hall's name"),
      Edit("consult_phone: 023-12333", "consult_phone: 4567", says: "“4567”"),
      Edit("hours_text: 工作日 9:00-17:00", "hours_text: '  '", says: "blank"),
      Edit("  level: town\n", "  level: town\n  adress: 街上\n", says: "`adress` is not known", below: 1),
      Edit("window_mode: hybrid", "window_mode: mixed", says: "“mixed”"),
      Edit("letter: E", "letter: I", says: "“I”"),
      Edit("{letter: A, name: 综合, comprehensive: true}", "{letter: A, name: 综合, comprehensive: yes}", says: "“yes”"),
      Edit("start: 501", "start: 0", says: "“0”"),
      Edit("start: 501", "start: '501'", says: "“501”"),
      Edit("{number: 2,", "{number: 1,", says: "two windows have the number 1", below: 1),
      Edit("lanes: [H, A, E]", "lanes: [H, A, E, Z]", says: "no lane “Z”"),
      Edit("lanes: [H, A, E]", "lanes: [H, A, E, A]", says: "stands here twice"),
      Edit("'14:00-17:30'", "'11:00-17:30'", says: "before the one before it ends"),
      Edit("'14:00-17:30'", "'17:30-14:00'", says: "“17:30-14:00”"),
      Edit("'14:00-17:30'", "14-17", says: "“14-17”"),
      Edit("friday: ['09:00", "freitag: ['09:00", says: "`freitag` is not known"),
      Edit("cut_off_minutes: 15", "cut_off_minutes: 200", says: "longer than the last session of friday"),
      Edit("make_up_day: friday", "make_up_day: sunday", says: "“sunday”"),
      Edit("recalls: 2", "recalls: many", says: "“many”"),
      Edit("recalls: 2", "usual_service_minutes: 0", says: "“0”"),
      Edit("recalls: 2", "cut_off_load: 1.2", says: "“1.2”"),
      Edit("recalls: 2", "cut_off_load: 0.05", says: "below 0.1"),
      Edit("recalls: 2", "cut_off_load: most", says: "“most”"),
      Edit("recalls: 2", "earliest_cut_off_minutes: 10", says: "“10”"),
      Edit("recalls: 2", "overtime_minutes: 241", says: "“241”"),
      Edit("frequent:", "promise: {wait_minutes: 4}\nfrequent:", says: "“4”"),
      Edit("frequent:", "reservations: {slot_minutes: 5}\nfrequent:", says: "“5”"),
      Edit("frequent:", "reservations: {slots: 5}\nfrequent:", says: "`slots` is not known"),
      Edit("frequent:", "promise: {}\nfrequent:", says: "`wait_minutes` is missing"),
      Edit("frequent:", "promise: {wait_minutes: 15, wait: 3}\nfrequent:", says: "`wait` is not known"),
      Edit("[GA-001, YB-001]", "[GA-001, YB-999]", says: "no item has the code “YB-999”"),
      Edit("[GA-001, YB-001]", "[GA-001, GA-001]", says: "GA-001 stands here twice"),
      Edit("[GA-001, YB-001]", "GA-001", says: "a list, not “GA-001”"),
      Edit("[GA-001, YB-001]", "[1, 2, 3, 4, 5, 6, 7, 8, 9]", says: "frequent"),
      Edit("id: kiosk-2", "id: kiosk-1", says: "two kiosks have the id"),
      Edit("id: kiosk-2", "id: 二号机", says: "“二号机”"),
      Edit("paper_mm: 58", "paper_mm: 76", says: "`paper_mm` is 76"),
      Edit(", paper_mm: 58", "", says: "`model` is missing"),
      Edit("paper_mm: 58", "model: epson-lq", says: "no printer model has the id “epson-lq”"),
      Edit("paper_mm: 58", "model: generic-80, paper_mm: 58", says: "generic-80 prints on 80 mm"),
      Edit("{queue: tickets,", "{queue: a/b,", says: "“a/b”"),
      Edit("paper_mm: 58", "paper_mm: 58, tickets: false", says: "a slip printer that prints no tickets"),
      Edit("{id: kiosk-2, printer: none}", "{id: kiosk-2}", says: "`printer` is missing"),
      Edit("badge: AJ100", "badge: AJ001", says: "two people have the badge"),
      Edit("badge: AJ100", "badge: AJ 100", says: "“AJ 100”"),
      Edit("role: clerk", "role: boss", says: "“boss”"),
      Edit("name: 演示员,", "name: {a: b},", says: "a table"),
      Edit("token: 0123456789abcdef", "token: short", says: "too short"),
      Edit("'127.0.0.1:7400'", "'0.0.0.0:7400'", says: "0.0.0.0:7400"),
      Edit("'127.0.0.1:7400'", "'127.0.0.1:70000'", says: "127.0.0.1:70000"),
      Edit("'127.0.0.1:7400'", "'[::2]:7400'", says: "[::2]:7400"),
      Edit("'127.0.0.1:7400'", "'128.0.0.1:7400'", says: "128.0.0.1:7400"),
      Edit("'127.0.0.1:7400'", "'127.0.0.1:7400:1'", says: "127.0.0.1:7400:1"),
      Edit("'127.0.0.1:7400'", "'[::1]:7401'", says: "both listeners", below: 1),
      Edit("listeners:\n", "listeners:\n  public_address: 'http://a.cn'\n", says: "“http://a.cn”", below: 1),
      Edit("listeners:\n", "listeners:\n  public_address: 'https://a.cn/'\n", says: "“https://a.cn/”", below: 1),
      Edit("listeners:\n", "listeners:\n  public_address: 'https://a.cn:0'\n", says: "“https://a.cn:0”", below: 1),
      Edit(
        "listeners:\n", "monitoring:\n  token: short\nlisteners:\n", says: "the monitoring token is too short", below: 1
      ),
      Edit("volume: 60", "volume: 101", says: "“101”"),
      Edit("percent: 80", "percent: 180", says: "“180”"),
      Edit("to: '12:00', percent", "to: '25:00', percent", says: "“25:00”"),
      Edit("to: '12:00', percent", "to: '08:00', percent", says: "end before they begin"),
      Edit(
        "percent: 80}]", "percent: 80}, {from: '11:00', to: '13:00', percent: 1}]", says: "before those before them end"
      ),
      Edit("keep_days: 400", "keep_days: 180", says: "“180”"),
      Edit("exports_days: 4000", "exports_days: 400", says: "not more than `keep_days`"),
      Edit("keep_days: 400", "keep: 400", says: "`keep` is not known"),
      Edit(
        "keep_days: 400", "keep_days: 400, closing_slip: kiosk-2", says: "“kiosk-2”, which is no kiosk with a printer"),
      Edit("speech: {clips", "speach: {clips", says: "`speach` is not known"),
      Edit("windows:\n- {number: 2", "windows: all\nwindow:\n- {number: 2", says: "a list, not “all”"),
    ])
  func oneFault(edit: Edit) throws {
    let (text, line) = try edit.applied(to: Self.good)
    let loaded = try Scratch().configuration(text)
    // A window list that is not a list leaves lanes unserved, which is reported too.
    let faults = loaded.faults.filter {
      !(edit.from.hasPrefix("windows:")
        && ($0.what.contains("serves") || $0.what.contains("known") || $0.what.contains("no window")))
    }
    edit.check(faults, line: line)
    #expect(loaded.value == nil)
  }

  @Test(
    "a listener may be at any loopback address",
    arguments: [
      ("'127.0.0.1:7400'", "127.0.0.1:7400"), ("'127.8.9.10:80'", "127.8.9.10:80"), ("'[::1]:7400'", "[::1]:7400"),
      ("localhost:7400", "127.0.0.1:7400"),
    ])
  func loopback(written: String, meant: String) throws {
    let settings = try Reference.require(
      try Scratch().configuration(Self.good.replacing("'127.0.0.1:7400'", with: written)))
    #expect(settings.kioskListener.description == meant)
  }

  @Test("the right name stands in the fault of a wrong one")
  func rightName() throws {
    let text = Self.good.replacing("大庙镇便民服务中心", with: "大庙镇公共服务中心")
    let fault = try #require(try Scratch().configuration(text).faults.first)
    #expect(fault.remedy.contains("大庙镇便民服务中心"))
  }

  @Test("a secret in place of its hash is refused without being repeated")
  func secret() throws {
    let text = Self.good.replacing(Self.hash, with: "correct horse battery")
    let faults = try Scratch().configuration(text).faults
    #expect(faults.map(\.line) == [30, 31])
    #expect(!faults.contains { $0.description.contains("horse") })
  }

  @Test("a file with many faults gives all of them, with the right lines, those of the named files too")
  func allAtOnce() throws {
    let edits: [(String, String)] = [
      ("level: town", "level: city"), ("consult_phone: 023-12333", "consult_phone: x"),
      ("letter: E", "letter: O"), ("{number: 2,", "{number: 100,"), ("'14:00-17:30'", "nachmittags"),
      ("recalls: 2", "recalls: -1"), ("paper_mm: 58", "paper_mm: broad"), ("role: clerk", "role: helper"),
      ("token: 0123456789abcdef", "token: a b"), ("kiosk: '127.0.0.1:7400'", "kiosk: '10.0.0.5:80'"),
      ("catalogue: catalogue.yaml", "catalogue: mine.yaml"), ("pinyin: pinyin.tsv", "pinyin: nowhere.tsv"),
    ]
    let text = edits.reduce(Self.good) { $0.replacing($1.0, with: $1.1) }
    let scratch = try Scratch()
    _ = try scratch.write("items:\n- code: X-1\n  nmae: 名\n", as: "mine.yaml")
    let loaded = try scratch.configuration(text)
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    for (_, wrong) in edits.dropLast(2) {
      let line = try #require(lines.firstIndex { $0.contains(wrong) }) + 1
      #expect(
        loaded.faults.contains { $0.file.hasSuffix("yichuang.yaml") && $0.line == line }, "line \(line): \(wrong)")
    }
    #expect(loaded.faults.contains { $0.file.hasSuffix("mine.yaml") && $0.line == 2 && $0.what.contains("`name`") })
    #expect(loaded.faults.contains { $0.file.hasSuffix("nowhere.tsv") && $0.line == 0 && $0.what.contains("opened") })
    #expect(loaded.warnings.contains { $0.what.contains("nmae") && $0.remedy.contains("`name`") })
    #expect(Set(loaded.faults).count == loaded.faults.count && loaded.faults.count >= edits.count)
    // The configuration's own first, then those of the files it names.
    let own = loaded.faults.prefix { $0.file.hasSuffix("yichuang.yaml") }
    #expect(own.count >= edits.count - 2 && own.map(\.line) == own.map(\.line).sorted())
    #expect(!loaded.faults.dropFirst(own.count).contains { $0.file.hasSuffix("yichuang.yaml") })
    #expect(loaded.value == nil)
  }

  @Test("what an office should look at again is a warning and keeps nobody out")
  func warnings() throws {
    let text = Self.good.replacing("groups: [公安户籍]", with: "groups: [户籍]").replacing("letter: H", with: "letter: T")
      .replacing("[H, A, E]", with: "[T, A, E]").replacing("role: coordinator", with: "role: clerk")
    let loaded = try Scratch().configuration(text)
    #expect(loaded.value != nil, "\(loaded.faults)")
    let said = loaded.warnings.map(\.what).joined(separator: "\n")
    for part in [
      "公安户籍 has no lane", "no item is of the group 户籍", "T, E sound alike", "no coordinator: nobody can confirm a day",
    ] {
      #expect(said.contains(part), "\(said)")
    }
  }

  @Test("three coordinators and none are each told in their own words, in Chinese too; one and two are not told")
  func coordinators() throws {
    let one = "- {badge: AJ100, name: 统筹员, role: coordinator, secret_hash: '\(Self.hash)'}"
    func said(_ count: Int) throws -> [FileFault] {
      let staff = (0..<count).map { one.replacing("AJ100", with: "AJ10\($0)") }.joined(separator: "\n")
      let text = Self.good.replacing(one, with: count == 0 ? one.replacing("coordinator", with: "clerk") : staff)
      return try Scratch().configuration(text).warnings.filter { $0.description.contains("coordinator") }
    }
    #expect(try said(1).isEmpty && said(2).isEmpty)
    let none = try said(0)
    #expect(none.count == 1 && none[0].description.contains("nobody can confirm a day"))
    for count in [3, 4] {
      let many = try said(count)
      #expect(many.count == 1 && many[0].what == "\(count) coordinators, where one or two are provided for")
      #expect(!many[0].description.contains("nobody can confirm"), "somebody can")
      #expect(many[0].chinese.contains("统筹人员有 \(count) 名，规定是 1—2 名"))
    }
  }

  @Test("a departmental hall without a comprehensive lane must take every group")
  func everyGroup() throws {
    let text = Self.good.replacing("window_mode: hybrid", with: "window_mode: departmental")
      .replacing(", comprehensive: true", with: ", groups: [综合]")
    let faults = try Scratch().configuration(text).faults
    #expect(faults.allSatisfy { $0.line == 9 && $0.what.contains("no lane takes the items of") })
    #expect(faults.contains { $0.what.contains("医保") } && faults.count == 7, "\(faults)")
  }
}
