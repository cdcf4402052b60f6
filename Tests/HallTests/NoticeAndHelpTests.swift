import Groundwork
import Hall
import Testing

@Suite("Notices (Form A)")
struct NoticeTests {
  @Test("a notice is numbered by division, date and the day's running number")
  func number() throws {
    var bench = try Bench.open()
    for expected in ["GZ-500151105-20261123-0001", "GZ-500151105-20261123-0002"] {
      guard
        case .notice(let code) = try bench.ask(
          .notice(.issueNotice(IssueNotice(item: "MZ-001", situations: ["student"], kiosk: "kiosk-1"))),
          by: .kiosk("kiosk-1"))
      else {
        Issue.record("no notice")
        return
      }
      let notice = try #require(bench.state.notices[code])
      #expect(notice.number == expected)
      #expect(notice.situations == ["student"])
      #expect(notice.catalogueVersion == "0011223344556677")
      #expect(bench.state.print.slips[try #require(notice.slip)]?.subject == .notice(code))
    }
    #expect(bench.state.day?.totals.notices == 2)
    bench.wait(seconds: 86_400)
    try bench.ask(.notice(.issueNotice(IssueNotice(item: "MZ-001"))), by: .kiosk("kiosk-1"))
    #expect(bench.state.notices.recent.values.contains { $0.number == "GZ-500151105-20261124-0001" })
  }

  @Test("a notice is given at any hour, with no day open, and without paper where no printer is")
  func anyHour() throws {
    var bench = Bench(.bench(hours: OpeningHours(sessions: [:])), at: "2026-11-22 23:30")
    let outcome = try bench.ask(
      .notice(.issueNotice(IssueNotice(item: "RS-004", kiosk: "kiosk-2"))), by: .kiosk("kiosk-2"))
    guard case .notice(let code) = outcome else {
      Issue.record("no notice")
      return
    }
    #expect(bench.state.notices[code]?.slip == nil)
    #expect(bench.state.print.slips.isEmpty)
  }

  @Test("a notice names what exists")
  func refusals() throws {
    let bench = try Bench.open()
    func refused(_ issue: IssueNotice) -> Refusal? {
      bench.refusal(.notice(.issueNotice(issue)), by: .kiosk("kiosk-1"))
    }
    #expect(refused(IssueNotice(item: "XX-999")) == .request(.unknownItem("XX-999")))
    #expect(
      refused(IssueNotice(item: "MZ-001", situations: ["student", "rich"])) == .notice(.unknownSituation("rich")))
    #expect(refused(IssueNotice(item: "RS-004", situations: ["student"])) == .notice(.unknownSituation("student")))
    #expect(refused(IssueNotice(item: "RS-004", ticket: PublicCode(entropy: 99))) == .queue(.unknownTicket))
    #expect(refused(IssueNotice(item: "RS-004", kiosk: "kiosk-9")) == .request(.unknownKiosk("kiosk-9")))
  }

  @Test("what a resident marked is kept with the notice: each name once, and what is marked both ways is missing")
  func marks() throws {
    var bench = try Bench.open()
    let listed = try #require(bench.rules.catalogue.item("MZ-001")).checklist(["student"]).toBring.map(\.name)
    try #require(listed.count >= 2)
    let marks = NoticeMarks(have: [listed[0], listed[1], listed[0]], missing: [listed[1], listed[1]])
    let issue = IssueNotice(item: "MZ-001", situations: ["student"], kiosk: "kiosk-1", marks: marks)
    guard case .notice(let code) = try bench.ask(.notice(.issueNotice(issue)), by: .kiosk("kiosk-1")) else {
      Issue.record("no notice")
      return
    }
    #expect(bench.state.notices[code]?.marks.have == [listed[0]])
    #expect(bench.state.notices[code]?.marks.missing == [listed[1]])
    func refused(_ marks: NoticeMarks) -> Refusal? {
      bench.refusal(.notice(.issueNotice(IssueNotice(item: "RS-004", marks: marks))), by: .kiosk("kiosk-1"))
    }
    #expect(refused(NoticeMarks(missing: ["不存在的材料"])) == .notice(.unknownMaterial("不存在的材料")))
    #expect(refused(NoticeMarks(have: ["不存在的材料"])) == .notice(.unknownMaterial("不存在的材料")))
  }

  @Test("a notice of a closed Sunday is kept like those of the business day it follows")
  func retention() throws {
    var bench = try Bench.open(at: "2026-11-27 09:00")
    try bench.closeDay()
    bench.now = moment("2026-11-29 12:00")
    try bench.ask(.notice(.issueNotice(IssueNotice(item: "RS-004"))), by: .kiosk("kiosk-1"))
    bench.now = moment("2026-11-30 09:00")
    try bench.openDay()
    #expect(bench.state.notices.recent.count == 1)
    try bench.closeDay()
    bench.now = moment("2026-12-01 09:00")
    try bench.openDay()
    #expect(bench.state.notices.recent.isEmpty)
  }
}

@Suite("Asking for help (请人帮忙)")
struct HelpTests {
  @Test("a kiosk rings once however often it is pressed, until somebody answers")
  func ring() throws {
    var bench = try Bench.open()
    let first = try bench.ask(.help(.askForHelp(kiosk: "kiosk-1")), by: .kiosk("kiosk-1"))
    let again = try bench.ask(.help(.askForHelp(kiosk: "kiosk-1")), by: .kiosk("kiosk-1"))
    #expect(first == again)
    #expect(bench.state.help.rings.count == 1)
    guard case .help(let id) = first else {
      Issue.record("no ring")
      return
    }
    #expect(bench.refusal(.help(.answerHelp(id)), by: .kiosk("kiosk-1")) == .request(.staffOnly))
    #expect(bench.refusal(.help(.answerHelp("nobody")), by: .clerk(1)) == .help(.unknownHelp))
    try bench.ask(.help(.answerHelp(id)), by: .clerk(1))
    #expect(bench.state.help.rings.isEmpty)
    #expect(bench.refusal(.help(.answerHelp(id)), by: .clerk(1)) == .help(.unknownHelp))
    #expect(try bench.ask(.help(.askForHelp(kiosk: "kiosk-1")), by: .kiosk("kiosk-1")) != first)
  }

  @Test("two kiosks ring each for itself, an unknown one not at all")
  func kiosks() throws {
    var bench = Bench()
    try bench.ask(.help(.askForHelp(kiosk: "kiosk-1")), by: .kiosk("kiosk-1"))
    try bench.ask(.help(.askForHelp(kiosk: "kiosk-2")), by: .kiosk("kiosk-2"))
    #expect(bench.state.help.rings.map(\.kiosk) == ["kiosk-1", "kiosk-2"])
    #expect(
      bench.refusal(.help(.askForHelp(kiosk: "kiosk-9")), by: .kiosk("kiosk-9")) == .request(.unknownKiosk("kiosk-9")))
  }

  @Test("the hall has a bound of open rings")
  func bound() throws {
    var limits = QueueLimits()
    limits.openHelpRings = 1
    var bench = Bench(.bench(limits: limits))
    try bench.ask(.help(.askForHelp(kiosk: "kiosk-1")), by: .kiosk("kiosk-1"))
    #expect(bench.refusal(.help(.askForHelp(kiosk: "kiosk-2")), by: .kiosk("kiosk-2")) == .help(.helpBusy))
  }

  @Test("a ring is heard once, by whoever is signed in at a console, and heard again changes nothing")
  func heard() throws {
    var bench = try Bench.open()
    guard case .help(let id) = try bench.ask(.help(.askForHelp(kiosk: "kiosk-1")), by: .kiosk("kiosk-1")) else {
      Issue.record("no ring")
      return
    }
    #expect(bench.state.help.rings.first?.heardBy == nil)
    #expect(bench.refusal(.help(.hearHelp(id)), by: .kiosk("kiosk-1")) == .request(.staffOnly))
    #expect(bench.refusal(.help(.hearHelp("nobody")), by: .clerk(1)) == .help(.unknownHelp))
    try bench.ask(.help(.hearHelp(id)), by: .clerk(1))
    let first = bench.state.help.rings.first?.heardBy
    #expect(first != nil)
    let sequence = bench.state.sequence
    try bench.ask(.help(.hearHelp(id)), by: .clerk(2))
    #expect(bench.state.help.rings.first?.heardBy == first)
    #expect(bench.state.sequence == sequence)
  }

  @Test("only the hall itself says that a ring has waited too long, and once")
  func escalated() throws {
    var bench = try Bench.open()
    guard case .help(let id) = try bench.ask(.help(.askForHelp(kiosk: "kiosk-1")), by: .kiosk("kiosk-1")) else {
      Issue.record("no ring")
      return
    }
    #expect(bench.refusal(.help(.escalateHelp(id)), by: .clerk(1)) == .request(.staffOnly))
    #expect(bench.refusal(.help(.escalateHelp(id)), by: .kiosk("kiosk-1")) == .request(.staffOnly))
    #expect(bench.refusal(.help(.escalateHelp("nobody")), by: .system) == .help(.unknownHelp))
    try bench.ask(.help(.escalateHelp(id)), by: .system)
    #expect(bench.state.help.rings.first?.isEscalated == true)
    let sequence = bench.state.sequence
    try bench.ask(.help(.escalateHelp(id)), by: .system)
    #expect(bench.state.sequence == sequence)
    try bench.ask(.help(.answerHelp(id)), by: .clerk(1))
    #expect(bench.state.help.rings.isEmpty)
  }
}
