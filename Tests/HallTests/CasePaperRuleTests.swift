import Groundwork
import Testing

@testable import Hall

/// Goal: what has to be told holds only once its paper is out or was handed over, and what was entered wrongly is put right by two.
@Suite("Papers of cases")
struct CasePaperRuleTests {
  private static let pause = CaseStep.pause(PauseCase(stage: "公示", expectedDays: 7, isTold: false))
  private static let wish = PaperWish(kiosk: "kiosk-1")

  /// An accepted benefit whose pause is announced.
  private func announced(_ bench: inout Bench) throws -> (PublicCode, SlipID) {
    let code = try bench.accepted("MZ-901")
    #expect(bench.refusal(.cases(.step(code, Self.pause)), by: .coordinator) == .cases(.notTold))
    try bench.ask(.cases(.step(code, Self.pause, paper: Self.wish)), by: .coordinator)
    let one = try #require(bench.state.cases[code])
    #expect(!one.isPaused && one.untold.count == 1)
    return (code, try #require(one.untold.first?.slip))
  }

  private func end(_ bench: inout Bench, _ slip: SlipID, _ evidence: Evidence, attempt: Int = 1) throws {
    try bench.ask(.print(.start(slip, attempt: attempt)))
    try bench.ask(.print(.end(slip, attempt: attempt, .printed(evidence))))
  }

  @Test("已发送 stops no limit; a copy with evidence does, from the day on which it came out")
  func evidence() throws {
    var bench = try Bench.cases(at: "2026-11-16 09:30")
    let (code, slip) = try announced(&bench)
    try end(&bench, slip, .accepted)
    #expect(bench.state.cases[code]?.isPaused == false)
    bench.now = moment("2026-11-20 10:00")
    let number = try #require(bench.state.cases[code]?.untold.first?.number)
    try bench.ask(.cases(.print(code, number, Self.wish)), by: .clerk(1))
    #expect(
      bench.refusal(.cases(.print(code, number, Self.wish)), by: .clerk(1)) == .print(.slipOnItsWay))
    try end(&bench, slip, .statusAfterCut, attempt: 2)
    let one = try #require(bench.state.cases[code])
    // Four days late: the limit ran until the applicant was told.
    #expect(one.isPaused && one.pauses.last?.from == date("2026-11-20") && one.untold.isEmpty)
    #expect(one.paper(number)?.slip == slip && one.given.count == 2)
  }

  @Test("another announcement replaces the one that nobody has been told, and its slip changes nothing any more")
  func replaced() throws {
    var bench = try Bench.cases(at: "2026-11-16 09:30")
    let (code, slip) = try announced(&bench)
    try bench.ask(.cases(.step(code, Self.pause, paper: Self.wish)), by: .coordinator)
    #expect(bench.state.cases[code]?.untold.count == 1 && bench.state.cases[code]?.given.count { $0.isVoid } == 1)
    try end(&bench, slip, .echo)
    #expect(bench.state.cases[code]?.isPaused == false)
    let held = try #require(bench.state.cases[code]?.given.first(where: \.isVoid)?.number)
    #expect(bench.refusal(.cases(.step(code, .tell(held))), by: .coordinator) == .cases(.unknownPaper))
    #expect(bench.refusal(.cases(.print(code, held, Self.wish)), by: .clerk(1)) == .cases(.unknownPaper))
    try bench.step(code, .withdraw(returnsOriginals: true))
    #expect(bench.state.cases[code]?.untold.isEmpty == true)
  }

  @Test("at a kiosk the applicant's newest paper comes out, never the sheet that goes with the files, and only there")
  func kiosk() throws {
    var bench = try Bench.cases(at: "2026-11-16 09:30")
    let code = try bench.accepted("MZ-901")
    try bench.step(code, .forward(department: "区民政局", materials: [], kept: []))
    let one = try #require(bench.state.cases[code])
    let sheet = try #require(one.numbers.last { $0.kind == .forward })
    let print = { (number: CaseNumber?) in Command.cases(.print(code, number, Self.wish)) }
    #expect(bench.refusal(print(sheet), by: .kiosk("kiosk-1")) == .cases(.unknownPaper))
    #expect(bench.refusal(print(nil), by: .kiosk("kiosk-2")) == .request(.staffOnly))
    try bench.ask(print(nil), by: .kiosk("kiosk-1"))
    #expect(bench.state.cases[code]?.paper(try #require(one.acceptance?.number))?.slip != nil)
    try bench.ask(print(sheet), by: .clerk(1))
  }

  @Test("a paper whose text the organ has not approved is not printed; its step goes on without it")
  func unapproved() throws {
    var bench = try Bench.cases(at: "2026-09-29 09:30")
    bench.rules.cases.unapproved = [.receipt, .acceptance]
    let wish = PaperWish(kiosk: "kiosk-1")
    var open = OpenCase(item: "NY-001", applicant: CaseTests.sealed)
    open.kiosk = wish.kiosk
    #expect(bench.refusal(.cases(.open(open)), by: .clerk(1)) == .cases(.paperNotApproved(.receipt)))
    let code = try bench.open("NY-001")
    #expect(
      bench.refusal(.cases(.print(code, nil, wish)), by: .clerk(1)) == .cases(.paperNotApproved(.receipt)))
    try bench.closeDay()
    // What the law takes for accepted is accepted all the same, without its paper.
    bench.now = moment("2026-10-13 08:30")
    try bench.ask(.day(.openDay(OpenDay(date: date("2026-10-13"), clockIsSynchronised: true))))
    #expect(bench.state.cases[code]?.isDeemed == true && bench.state.print.openSlips.isEmpty)
  }

  @Test("deemed acceptances of one morning each get their own slip")
  func deemed() throws {
    var bench = try Bench.cases(at: "2026-11-16 09:30")
    let codes = try (0..<3).map { _ in try bench.open("NY-001") }
    try bench.closeDay()
    bench.now = moment("2026-11-24 08:30")
    try bench.ask(.day(.openDay(OpenDay(date: date("2026-11-24"), clockIsSynchronised: true))))
    let slips = codes.compactMap { bench.state.cases[$0]?.acceptance?.slip }
    #expect(Set(slips).count == 3)
  }

  @Test("a case that went to heirs keeps the keys of both names; its entry is put right once, by two")
  func heirs() throws {
    var bench = try Bench.cases(at: "2026-11-16 09:30")
    let code = try bench.open("MZ-901")
    let heir = try #require(SealedCaseText("2027H1:" + String(repeating: "6f", count: 64)))
    var entry = CorrectEntry(field: .applicant, reason: CaseTests.sealed, second: "AJ001")
    entry.applicant = heir
    let correct = CaseCommand.step(code, .correctEntry(entry))
    #expect(bench.refusal(.cases(correct), by: .clerk(1)) == .request(.coordinatorOnly))
    #expect(bench.refusal(.cases(correct), by: .coordinator) == .cases(.secondBadgeNeeded))
    let here = StaffSignedIn(badge: "AJ001", role: .clerk, workplace: .window(1), how: .typed)
    try bench.ask(.staff(.signIn(here)), by: .system)
    try bench.ask(.cases(correct), by: .coordinator)
    #expect(bench.state.cases[code]?.applicant == heir && bench.state.cases[code]?.opened.applicant == CaseTests.sealed)
    #expect(bench.state.cases.halfYears.map(\.description).sorted() == ["2026H2", "2027H1"])
    #expect(bench.refusal(.cases(correct), by: .coordinator) == .cases(.badCorrection(.applicant)))
  }

  @Test("the steps that the page offers fit: undo for seconds, told while something waits, explain once overdue")
  func steps() throws {
    var bench = try Bench.cases(at: "2026-11-16 09:30")
    let code = try bench.accepted("MZ-901")
    func steps(_ actor: Principal) throws -> [CaseStepName] {
      bench.state.steps(of: try #require(bench.state.cases[code]), for: actor, at: bench.now, bench.rules)
    }
    #expect(try steps(.clerk(1)).contains(.undoAccept) && !steps(.coordinator).contains(.undoAccept))
    bench.now = bench.now.adding(seconds: 6)
    #expect(try !steps(.clerk(1)).contains(.undoAccept))
    #expect(try steps(.coordinator).contains(.correct) && !steps(.clerk(1)).contains(.correct))
    #expect(try !steps(.coordinator).contains(.explain))
    try bench.ask(.cases(.step(code, Self.pause, paper: Self.wish)), by: .coordinator)
    #expect(try steps(.coordinator).contains(.told))
  }
}
