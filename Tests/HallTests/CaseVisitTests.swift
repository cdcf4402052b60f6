import Groundwork
import Testing

@testable import Hall

/// Goal: how often somebody had to come for a case, and whether a one-time notice helped, is counted by codes alone.
@Suite("Visits for cases")
struct CaseVisitTests {
  @Test("a case that was prepared with its notice and needs no correction is one trip, and prepared")
  func prepared() throws {
    var bench = try Bench.visits()
    let notice = try bench.notice("SH-001")
    let code = try bench.opened("SH-001", bringing: TicketLink(notice: notice))
    #expect(bench.state.cases[code]?.isPrepared == true)
    #expect(bench.state.cases[code]?.visits.count == 1)
    try bench.decide(code)
    let tally = try #require(bench.tally)
    #expect((tally.decided, tally.prepared, tally.corrected, tally.trips, tally.avoidable) == (1, 1, 0, 1, 0))
  }

  @Test("a notice of another item does not count as preparation")
  func otherItem() throws {
    var bench = try Bench.visits()
    let notice = try bench.notice("SH-002")
    let code = try bench.opened("SH-001", bringing: TicketLink(notice: notice))
    #expect(bench.state.cases[code]?.isPrepared == false)
  }

  @Test("what the list asks for since a notice of the last thirty days may come later, and is still needed")
  func toldBefore() throws {
    for (day, necessity) in [("2026-12-23", Material.Necessity.deferrable), ("2026-12-24", .necessary)] {
      var bench = try Bench.visits()
      let notice = try bench.notice("SH-001")
      try bench.closeDay()
      bench.rules = Bench.listing(["申请书", "收入证明"])
      bench.now = moment("\(day) 09:00")
      try bench.ask(.day(.openDay(OpenDay(date: date(day), clockIsSynchronised: true))))
      try bench.at(1, .open)
      let code = try bench.opened("SH-001", bringing: TicketLink(notice: notice), told: ["申请书"])
      let materials = try #require(bench.state.cases[code]).opened.materials
      #expect(materials.map(\.necessity) == [.necessary, necessity], "\(day)")
    }
    // Without the notice the list of today holds, whatever is said.
    var bench = try Bench.visits()
    bench.rules = Bench.listing(["申请书", "收入证明"])
    let code = try bench.opened("SH-001", told: ["申请书"])
    #expect(bench.state.cases[code]?.opened.materials.map(\.necessity) == [.necessary, .necessary])
  }

  @Test("each day on which somebody comes counts once; after a correction those beyond the first could have been saved")
  func avoidable() throws {
    var bench = try Bench.visits()
    let code = try bench.opened("SH-001", papers: [])
    try bench.step(
      code, .issueCorrection(IssueCorrection(lines: [CorrectionLine(material: "申请书", reasons: [.missing])])))
    try bench.step(code, .serve(.signed, witnesses: [], byHand: true))
    // The same day again, with a number that is linked to the case: still one trip.
    try bench.visit(code)
    try bench.closeDay()
    bench.now = moment("2026-11-24 09:00")
    try bench.openDay()
    try bench.visit(code)
    try bench.step(code, .takePapers([CasePaper(material: "申请书", originals: 1)], isComplete: true))
    #expect(bench.state.cases[code]?.visits == [date("2026-11-23"), date("2026-11-24")])
    try bench.decide(code)
    let tally = try #require(bench.tally)
    #expect((tally.decided, tally.prepared, tally.corrected, tally.trips, tally.avoidable) == (1, 0, 1, 2, 1))
    #expect(tally.causes == [CorrectionCause(material: "申请书", reason: .missing): 1])
    // Collection counts apart.
    try bench.visit(code)
    #expect(bench.state.cases[code]?.visits.count == 2)
  }

  @Test("papers that come electronically are no trip")
  func electronic() throws {
    var bench = try Bench.visits()
    let code = try bench.opened("SH-001", papers: [])
    try bench.step(
      code, .issueCorrection(IssueCorrection(lines: [CorrectionLine(material: "申请书", reasons: [.missing])])))
    try bench.step(code, .serve(.signed, witnesses: [], byHand: true))
    try bench.closeDay()
    bench.now = moment("2026-11-24 09:00")
    try bench.openDay()
    try bench.step(code, .takePapers([CasePaper(material: "申请书", isElectronic: true)], isComplete: true))
    #expect(bench.state.cases[code]?.visits == [date("2026-11-23")])
  }

  @Test("an old slip gives a number all the same; a clerk's scan of what nobody knows is refused")
  func unknown() throws {
    var bench = try Bench.visits()
    let stale = PublicCode(entropy: 4711)
    let take = TakeTicket(items: ["SH-001"], link: TicketLink(notice: stale, caseCode: stale))
    guard case .ticket(let code) = try bench.ask(.queue(.takeTicket(take)), by: .kiosk("kiosk-1")) else {
      Issue.record("no ticket")
      return
    }
    #expect(bench.state.queue.links[code] == nil)
    func link(_ link: TicketLink, by actor: Principal = .clerk(1)) -> Refusal? {
      bench.refusal(.queue(.link(code, link)), by: actor)
    }
    #expect(link(TicketLink(caseCode: stale)) == .cases(.unknownCase))
    #expect(link(TicketLink(notice: stale)) == .notice(.unknownNotice))
    let notice = try bench.notice("SH-001")
    #expect(link(TicketLink(notice: notice), by: .kiosk("kiosk-1")) == .request(.staffOnly))
    try bench.ask(.queue(.link(code, TicketLink(notice: notice))), by: .clerk(1))
    #expect(bench.state.queue.links[code] == TicketLink(notice: notice))
    let before = bench.events.count
    try bench.ask(.queue(.link(code, TicketLink(notice: notice))), by: .clerk(1))
    #expect(bench.events.count == before)
  }

  @Test("whoever takes papers for a number that was only called is its first-asked")
  func firstAsked() throws {
    var bench = try Bench.visits()
    let ticket = try bench.take(["SH-001"])
    try bench.at(1, .call(nil))
    #expect(try bench.ticket(ticket).firstAsked == nil)
    var open = OpenCase(item: "SH-001", applicant: CaseTests.sealed)
    open.ticket = ticket
    guard case .openedCase(let code) = try bench.ask(.cases(.open(open)), by: .clerk(1)) else {
      Issue.record("no case")
      return
    }
    #expect(bench.state.cases[code]?.opened.firstAsked == "AJ001")
    #expect(try bench.ticket(ticket).firstAsked == "AJ001")
  }

  @Test("the applicant is shown in full to the clerk of the item and to coordinators, not to another window or a kiosk")
  func applicant() throws {
    var bench = try Bench.visits(windows: 3)
    let code = try bench.opened("SH-001")
    let one = try #require(bench.state.cases[code])
    func may(_ actor: Principal) -> Bool { bench.state.maySeeApplicant(of: one, actor, at: bench.now, bench.rules) }
    #expect(may(.clerk(1)) && may(.clerk(2)) && may(.coordinator))
    #expect(!may(.clerk(3)) && !may(.kiosk("kiosk-1")) && !may(.staff(badge: "DB001", role: .agent)))
  }
}

extension Bench {
  fileprivate static func visits(windows: Int = 1) throws -> Bench {
    try .open(listing(["申请书"]), windows: windows)
  }

  /// The rules of a hall whose items ask for these.
  fileprivate static func listing(_ names: [String]) -> HallRules {
    func item(_ code: String) -> Item {
      Item(
        code: code, name: "补助", initials: "BZ", category: "民政", queueGroup: "社保", handledBy: .window,
        materials: names.map { Material(name: $0, kind: .original, originals: 1, copies: 0, required: true) },
        legalLimit: TimeLimit(count: 20, unit: .workingDay), promisedLimit: TimeLimit(count: 10, unit: .workingDay),
        kind: .benefit)
    }
    let rules = HallRules.bench(calendar: DueDateTests.calendar, items: [item("SH-001"), item("SH-002")])
    guard names.count > 1 else { return rules }
    return HallRules(
      identity: rules.identity, address: "", hoursText: "", consultPhone: "", supervisePhone: "", mode: rules.mode,
      lanes: rules.lanes, windows: rules.windows, calendar: rules.calendar, hours: rules.hours,
      catalogue: Catalogue(version: "grown", asOf: rules.catalogue.asOf, items: rules.catalogue.items),
      kiosks: rules.kiosks)
  }

  fileprivate var tally: CaseTally? {
    state.cases.months[CalendarMonth(rules.zone.civil(now).date)]?.items["SH-001"]
  }

  fileprivate mutating func notice(_ item: String) throws -> PublicCode {
    let issue = IssueNotice(item: item, situations: [], ticket: nil, kiosk: nil)
    guard case .notice(let code) = try ask(.notice(.issueNotice(issue)), by: .kiosk("kiosk-1")) else {
      throw Unexpected(outcome: "no notice")
    }
    return code
  }

  /// A number for it, called and served, and the case opened on it.
  fileprivate mutating func opened(
    _ item: String, bringing link: TicketLink = TicketLink(),
    papers: [CasePaper] = [CasePaper(material: "申请书", originals: 1)], told: Set<String>? = nil
  ) throws -> PublicCode {
    let take = TakeTicket(items: [item], link: link)
    guard case .ticket(let ticket) = try ask(.queue(.takeTicket(take)), by: .kiosk("kiosk-1")) else {
      throw Unexpected(outcome: "no ticket")
    }
    try at(1, .call(nil))
    try at(1, .serve)
    var open = OpenCase(item: item, applicant: CaseTests.sealed)
    (open.ticket, open.papers, open.toldBefore) = (ticket, papers, told)
    guard case .openedCase(let code) = try ask(.cases(.open(open)), by: .clerk(1)) else {
      throw Unexpected(outcome: "no case")
    }
    try at(1, .finish)
    return code
  }

  /// A number that is linked to the case, called and finished.
  fileprivate mutating func visit(_ code: PublicCode) throws {
    try ask(
      .queue(.takeTicket(TakeTicket(items: ["SH-001"], link: TicketLink(caseCode: code)))), by: .kiosk("kiosk-1"))
    try at(1, .call(nil))
    try at(1, .finish)
  }

  fileprivate mutating func step(_ code: PublicCode, _ step: CaseStep) throws {
    try ask(.cases(.step(code, step)), by: .clerk(1))
  }

  fileprivate mutating func decide(_ code: PublicCode) throws {
    try step(code, .accept(isImmediate: true, owedBy: nil))
    try step(code, .decide(.granted, results: []))
  }
}
