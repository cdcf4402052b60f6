import Groundwork
import Testing

@testable import Hall

/// Goal: an agency case keeps its days, and every original that was counted out is counted back.
/// Method: whole stories on the core with the holidays of 2026; every event is checked by the invariants.
@Suite("Agency cases")
struct AgencyTests {
  @Test("what is late is by working days: over the National Day's week, and a make-up Saturday counts")
  func duties() throws {
    var bench = try Bench.agency(at: "2026-09-29 09:30")
    let code = try bench.entrust()
    #expect(bench.duties(code) == ["take 2026-09-29", "renew 2026-12-28"])
    try bench.step(code, .take(missing: []))
    // 30 September and 8 October: the holidays lie between.
    #expect(bench.duties(code) == ["carry 2026-10-08", "renew 2026-12-28"])
    try bench.step(code, .handIn(HandInAgency(proof: .signature)))
    try bench.step(code, .fetch(originals: nil, isFinished: true, .signature))
    #expect(bench.duties(code) == ["deliver 2026-10-08", "renew 2026-12-28"])
    try bench.step(code, .deliver(fee: nil, isSigned: true))
    // 30 September, 8, 9, 10 (a worked Saturday) and 12 October.
    #expect(bench.duties(code) == ["file 2026-10-09", "ask 2026-10-12"])
  }

  @Test("an original that is with the agent for over five working days is told, a card after a night")
  func heldTooLong() throws {
    var bench = try Bench.agency(at: "2026-11-23 09:30")
    let code = try bench.entrust([AgencyOriginal(name: "户口簿", count: 1), AgencyOriginal(name: "社保卡", count: 1)])
    let one = try #require(bench.state.agency[code])
    let calendar = bench.rules.calendar
    #expect(one.heldTooLong(on: date("2026-11-23"), calendar).isEmpty)
    #expect(one.heldTooLong(on: date("2026-11-24"), calendar) == [1])
    #expect(one.heldTooLong(on: date("2026-11-30"), calendar) == [1])
    #expect(one.heldTooLong(on: date("2026-12-01"), calendar) == [0, 1])
  }

  @Test("the town's steps move the originals: what it keeps by law, and what the agent collects")
  func followsTheTown() throws {
    var bench = try Bench.agency(at: "2026-11-23 09:30")
    let code = try bench.entrust([AgencyOriginal(name: "申请书", count: 1), AgencyOriginal(name: "身份证", count: 1)])
    var open = OpenCase(item: "SB-901", applicant: CaseTests.sealed)
    open.agency = code
    open.papers = [
      CasePaper(material: "申请书", originals: 1), CasePaper(material: "身份证", originals: 1),
    ]
    guard case .openedCase(let town) = try bench.ask(.cases(.open(open)), by: .clerk(1)) else {
      throw NoOutcome()
    }
    #expect(bench.state.agency[code]?.townCase == town && bench.holders(code) == [.withTown, .withTown])
    try bench.ask(.cases(.step(town, .accept(isImmediate: false, owedBy: nil))), by: .clerk(1))
    let kept = [OriginalsMoved(material: "申请书", count: 1)]
    try bench.ask(
      .cases(.step(town, .forward(department: "区社保中心", materials: ["申请书"], kept: kept))), by: .clerk(1))
    #expect(bench.holders(code) == [.keptByLaw, .withTown])
    try bench.ask(.cases(.step(town, .decide(.granted, results: []))), by: .coordinator)
    try bench.ask(.cases(.step(town, .makeReady(location: "A-1"))), by: .coordinator)
    #expect(bench.state.agency[code]?.stage == .ready)
    #expect(
      bench.refusal(.agency(.step(code, .deliver(fee: nil, isSigned: true))), by: Bench.agent)
        == .agency(.agencyOriginalsOpen([AgencyOriginal(name: "身份证", count: 1)])))
    try bench.ask(
      .cases(.step(town, .collect(.agent, shown: .proxy, isSigned: true, returnsOriginals: true))), by: .coordinator)
    #expect(bench.holders(code) == [.keptByLaw, .withAgent])
    try bench.step(code, .deliver(fee: AgencyFee(fen: 2_000, receipt: "0042"), isSigned: true))
    #expect(bench.holders(code) == [.keptByLaw, .withPrincipal])
  }

  @Test("a month is reported by the clock as another one is opened, once, also after days without power")
  func months() throws {
    var bench = try Bench.agency(at: "2026-10-30 09:30")
    let code = try bench.entrust()
    try bench.step(code, .take(missing: []))
    try bench.closeDay()
    bench.now = moment("2026-12-07 08:30")
    try bench.ask(.day(.openDay(OpenDay(date: date("2026-12-07"), clockIsSynchronised: true))))
    #expect(bench.state.agency.reports.map(\.month) == [date("2026-10-01"), date("2026-11-01")])
    #expect(bench.state.agency.reports.map(\.counts.entrusted) == [1, 0])
    #expect(bench.state.agency.reports.map(\.counts.taken) == [1, 0])
    try bench.closeDay()
    bench.now = moment("2026-12-08 08:30")
    try bench.openDay()
    #expect(bench.state.agency.reports.count == 2)
  }

  @Test("what ended leaves after sixty days, with its trip; what is open never does")
  func leaves() throws {
    var bench = try Bench.agency(at: "2026-03-02 09:30")
    let (first, second) = (try bench.entrust(), try bench.entrust())
    try bench.step(first, .take(missing: []))
    try bench.step(second, .take(missing: []))
    try bench.ask(.agency(.carry([first], kiosk: nil)), by: Bench.agent)
    try bench.step(first, .end(.principal, reason: CaseTests.sealed, isReturned: true, AgencyPaper()))
    for (day, known) in [("2026-05-01", 2), ("2026-05-02", 1), ("2026-08-03", 1)] {
      var state = bench.state
      state.agency.openDay(date(day), keeping: nil)
      #expect(state.agency.known.count == known && state.agency.batches.count == known - 1, "\(day)")
    }
    #expect(bench.state.agency.halfYears == [HalfYear(date("2026-12-31"))])
  }

  @Test("an end with an original that was not given back is a violation")
  func violations() throws {
    var bench = try Bench.agency(at: "2026-11-23 09:30")
    let code = try bench.entrust()
    try bench.step(code, .take(missing: []))
    try bench.step(code, .handIn(HandInAgency(proof: .signature)))
    var state = bench.state
    #expect(state.violations().isEmpty)
    state.agency.evolve(.agencyFiled(AgencyFiled(code: code, on: date("2026-11-23"), sheets: 1)))
    #expect(state.violations().contains { $0.contains("was not given back") })
  }

  @Test("a drawn share of principals is asked, by the code")
  func drawn() {
    let codes = (0..<1_000).map { PublicCode(entropy: UInt64($0) &* 0x9E37_79B9_7F4A_7C15) }
    #expect(codes.allSatisfy { AgencyRule(asked: 100).isAsked($0) && !AgencyRule(asked: 0).isAsked($0) })
    let drawn = codes.count { AgencyRule(asked: 20).isAsked($0) }
    #expect((120...280).contains(drawn))
  }
}

private struct NoOutcome: Error {}

extension Bench {
  fileprivate static let agent = Principal.staff(badge: "DB001", role: .agent)

  fileprivate static func agency(at text: String) throws -> Bench {
    var rules = HallRules.bench(
      calendar: DueDateTests.calendar,
      items: [
        Item(
          code: "SB-901", name: "社保卡申领", initials: "SBKSL", category: "社保", queueGroup: "社保", handledBy: .window,
          materials: ["申请书", "身份证"].map {
            Material(name: $0, kind: .original, originals: 1, copies: 0, necessity: .necessary, shared: false)
          }, promisedLimit: TimeLimit(count: 5, unit: .workingDay))
      ])
    rules.agency = AgencyRule(agents: ["DB001", "DB002"])
    return try .open(rules, windows: 1, at: text)
  }

  fileprivate mutating func entrust(
    _ originals: [AgencyOriginal] = [AgencyOriginal(name: "身份证", count: 1, mark: "0017")]
  ) throws -> PublicCode {
    var entrust = EntrustAgency(item: "SB-901", principal: CaseTests.sealed)
    entrust.originals = originals
    guard case .agency(let code) = try ask(.agency(.entrust(entrust)), by: Self.agent) else {
      throw NoOutcome()
    }
    return code
  }

  fileprivate mutating func step(_ code: PublicCode, _ step: AgencyStep, by actor: Principal = agent) throws {
    try ask(.agency(.step(code, step)), by: actor)
  }

  fileprivate func duties(_ code: PublicCode) -> [String] {
    state.agency[code]?.duties(rules.calendar, rules.agency).map { "\($0.duty.rawValue) \($0.by)" } ?? []
  }

  fileprivate func holders(_ code: PublicCode) -> [OriginalHolder] { state.agency[code]?.originals.map(\.holder) ?? [] }
}
