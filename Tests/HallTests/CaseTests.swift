import Groundwork
import Testing

@testable import Hall

/// Goal: a case is told once, with the law's clock, and ends only when every original is back.
/// Method: whole stories on the core with the holidays of 2026; every event is checked by the invariants.
@Suite("Cases")
struct CaseTests {
  static let sealed: SealedCaseText = {
    guard let sealed = SealedCaseText("2026H2:" + String(repeating: "5e", count: 64)) else {
      preconditionFailure("it has the length of a box")
    }
    return sealed
  }()

  @Test(
    "nothing told: at the next opening it counts as accepted from the day of receipt, also after days without power")
  func deemed() throws {
    var bench = try Bench.cases(at: "2026-09-29 09:30")
    let code = try bench.open("NY-001")
    #expect(bench.state.cases[code]?.tellBy.date == date("2026-10-12"))
    try bench.closeDay()
    for day in ["2026-09-30", "2026-10-08", "2026-10-10", "2026-10-12"] {
      bench.now = moment("\(day) 08:30")
      try bench.ask(.day(.openDay(OpenDay(date: date(day), clockIsSynchronised: true))))
      #expect(bench.state.cases[code]?.stage == .received)
      try bench.closeDay()
    }
    bench.now = moment("2026-10-13 08:30")
    try bench.openDay()
    let one = try #require(bench.state.cases[code])
    #expect(one.stage == .accepted && one.isDeemed && one.acceptedOn == date("2026-09-29"))
    // The promise of ten days ends before the law's twenty, on 2026-11-02.
    #expect(one.limits.legal?.count == 20)
    #expect(try one.limits.due(from: date("2026-09-29"), by: bench.rules.calendar).date?.raw == date("2026-10-19"))
    let law = CaseLimits(legal: one.limits.legal, promised: nil)
    #expect(try law.due(from: date("2026-09-29"), by: bench.rules.calendar).date?.raw == date("2026-11-02"))
    #expect(one.owed.map(\.material) == ["身份证", "户口簿"])
  }

  @Test("a week shut by flood: what ran out meanwhile is settled before the day opens, in the order of the dates")
  func flood() throws {
    var bench = try Bench.cases(at: "2026-11-16 09:30")
    let later = try bench.open("NY-001")
    bench.now = moment("2026-11-16 10:00")
    let benefit = try bench.open("MZ-901")
    try bench.closeDay()
    bench.now = moment("2026-11-30 08:30")
    try bench.ask(.day(.openDay(OpenDay(date: date("2026-11-30"), clockIsSynchronised: true))))
    let names = bench.events.suffix(4).map(\.event.name)
    // The paper of the deemed acceptance comes out by itself, once the day is open.
    #expect(names == ["acceptanceDeemed", "correctionPromiseBroken", "dayOpened", "slipRequested"])
    #expect(bench.state.cases[later]?.acceptedOn == date("2026-11-16"))
    // The hall's own promise makes nothing accepted, and is broken once.
    #expect(bench.state.cases[benefit]?.stage == .received && bench.state.cases[benefit]?.isPromiseBroken == true)
    try bench.closeDay()
    bench.now = moment("2026-12-01 08:30")
    try bench.openDay()
    #expect(bench.events.count { $0.event.name == "correctionPromiseBroken" } == 1)
  }

  @Test("told in time it is not deemed; printed alone is not told")
  func told() throws {
    var bench = try Bench.cases(at: "2026-11-16 09:30")
    let code = try bench.open("NY-001", kiosk: "kiosk-1")
    try bench.tell(code, "身份证", "户口簿", kiosk: "kiosk-1")
    let serve = CaseCommand.step(code, .serve(.signed, witnesses: [], byHand: false))
    #expect(bench.refusal(.cases(serve), by: .clerk(1)) == .cases(.notTold))
    let slip = try #require(bench.state.cases[code]?.correctionSlip)
    try bench.ask(.print(.start(slip, attempt: 1)))
    try bench.ask(.print(.end(slip, attempt: 1, .printed(.accepted))))
    // 已发送 is no evidence of paper.
    #expect(bench.refusal(.cases(serve), by: .clerk(1)) == .cases(.notTold))
    try bench.step(code, .serve(.signed, witnesses: [], byHand: true))
    try bench.closeDay()
    bench.now = moment("2026-11-30 08:30")
    try bench.ask(.day(.openDay(OpenDay(date: date("2026-11-30"), clockIsSynchronised: true))))
    #expect(bench.state.cases[code]?.stage == .correcting)
  }

  @Test("papers back complete: accepted from that day, however late the clerk presses")
  func completed() throws {
    var bench = try Bench.cases(at: "2026-11-16 09:30")
    let code = try bench.open("NY-001")
    try bench.tell(code, "身份证", "户口簿")
    try bench.step(code, .serve(.signed, witnesses: [], byHand: true))
    bench.now = moment("2026-11-18 10:00")
    try bench.step(code, .takePapers([CasePaper(material: "身份证", isSeen: true)], isComplete: false))
    #expect(bench.state.cases[code]?.stage == .correcting && bench.state.cases[code]?.corrections.count == 1)
    try bench.step(code, .takePapers([CasePaper(material: "户口簿", originals: 1)], isComplete: true))
    bench.now = moment("2026-11-20 10:00")
    try bench.step(code, .accept(isImmediate: false, owedBy: nil))
    let one = try #require(bench.state.cases[code])
    #expect(one.acceptedOn == date("2026-11-18") && one.due.date?.raw == date("2026-12-02"))
    #expect(one.owed.map(\.material) == ["邻里意见"])
    #expect(
      bench.refusal(.cases(.step(code, .decide(.granted, results: []))), by: .coordinator) == .cases(.owed(["邻里意见"])))
  }

  @Test("what the first notice should have named is a second notice: with a reason only; a new paper's defect is none")
  func second() throws {
    var bench = try Bench.cases(at: "2026-11-16 09:30")
    let code = try bench.open("NY-001")
    try bench.tell(code, "户口簿")
    try bench.step(code, .serve(.signed, witnesses: [], byHand: true))
    try bench.step(code, .takePapers([CasePaper(material: "户口簿", originals: 1)], isComplete: true))
    var issue = IssueCorrection(lines: [CorrectionLine(material: "身份证", reasons: [.missing])])
    #expect(
      bench.refusal(.cases(.step(code, .issueCorrection(issue))), by: .clerk(1)) == .cases(.secondNotice(["身份证"])))
    issue.secondReason = Self.sealed
    try bench.step(code, .issueCorrection(issue))
    #expect(bench.state.cases[code]?.corrections.last?.second?.materials == ["身份证"])
    try bench.step(code, .serve(.signed, witnesses: [], byHand: true))
    try bench.step(code, .takePapers([CasePaper(material: "身份证", copies: 1)], isComplete: true))
    // The copy came only afterwards: that it cannot be read could not have been told.
    try bench.tell(code, [CorrectionLine(material: "身份证", reasons: [.illegible])])
    #expect(bench.state.cases[code]?.corrections.last?.second == nil)
    #expect(bench.state.cases[code]?.corrections.map(\.attempt) == [1, 2, 3])
  }

  @Test("nothing is asked that the list does not have, and shared data only where they cannot be found")
  func lines() throws {
    var bench = try Bench.cases(at: "2026-11-16 09:30", windows: 2)
    let code = try bench.open("NY-001")
    func refused(_ line: CorrectionLine) -> Refusal? {
      bench.refusal(.cases(.step(code, .issueCorrection(IssueCorrection(lines: [line])))), by: .clerk(1))
    }
    #expect(refused(CorrectionLine(material: "无犯罪证明", reasons: [.missing])) == .cases(.materialNotListed("无犯罪证明")))
    #expect(refused(CorrectionLine(material: "土地证", reasons: [.missing])) == .cases(.sharedMaterial("土地证")))
    #expect(refused(CorrectionLine(material: "土地证", reasons: [.sharedFailed])) == nil)
    #expect(refused(CorrectionLine(material: "身份证", reasons: [.other])) == .cases(.askNeeded))
    #expect(refused(CorrectionLine(material: "身份证", reasons: [])) == .cases(.askNeeded))
    let free = { (basis: String?, second: String?, text: SealedCaseText?) in
      refused(CorrectionLine(material: nil, reasons: [.missing], text: text, basis: basis, second: second))
    }
    #expect(free(nil, "AJ002", Self.sealed) == .cases(.materialNotListed("")))
    #expect(free("《条例》", "AJ002", Self.sealed) == .cases(.materialNotListed("")))
    #expect(free("《条例》第九条", "AJ002", nil) == .cases(.askNeeded))
    #expect(free("《条例》第九条", "AJ001", Self.sealed) == .cases(.secondBadgeNeeded))
    #expect(free("《条例》第九条", "AJ077", Self.sealed) == .cases(.secondBadgeNeeded))
    try bench.ask(
      .staff(.signIn(StaffSignedIn(badge: "AJ002", role: .clerk, workplace: .window(2), how: .typed))), by: .system)
    #expect(
      bench.refusal(
        .cases(
          .step(
            code,
            .issueCorrection(
              IssueCorrection(lines: [
                CorrectionLine(
                  material: nil, reasons: [.missing], text: Self.sealed, basis: "《条例》第九条", second: "AJ002")
              ])))), by: .clerk(1)) == nil)
  }

  @Test("a pause is told in writing, for a stage that the limit leaves out, and at most two working days back")
  func paused() throws {
    var bench = try Bench.cases(at: "2026-11-16 09:30")
    let code = try bench.accepted("MZ-901")
    let before = try #require(bench.state.cases[code]?.due.date?.raw)
    bench.now = moment("2026-11-20 10:00")
    func refused(_ pause: PauseCase) -> Refusal? {
      bench.refusal(.cases(.step(code, .pause(pause))), by: .coordinator)
    }
    #expect(refused(PauseCase(stage: "公示", expectedDays: 7, isTold: false)) == .cases(.notTold))
    #expect(refused(PauseCase(stage: "听证", expectedDays: 7, isTold: true)) == .cases(.stageNotExcluded("听证")))
    for (from, refusal) in [
      ("2026-11-17", CaseRefusal.badCaseDate), ("2026-11-15", .badCaseDate), ("2026-11-21", .badCaseDate),
      ("2026-11-18", .reasonNeeded),
    ] {
      #expect(refused(PauseCase(stage: "公示", from: date(from), expectedDays: 7, isTold: true)) == .cases(refusal))
    }
    try bench.step(code, .pause(PauseCase(stage: "公示", expectedDays: 7, isTold: true)), by: .coordinator)
    #expect(bench.state.cases[code]?.isPaused == true && bench.state.cases[code]?.due.date == nil)
    #expect(bench.refusal(.cases(.step(code, .decide(.granted, results: []))), by: .coordinator) == .cases(.paused))
    bench.now = moment("2026-11-27 10:00")
    try bench.step(code, .resume(to: nil), by: .coordinator)
    let one = try #require(bench.state.cases[code])
    // Seven natural days of the law's thirty, five working days of the promised twenty: the later start moves both.
    #expect(before == date("2026-12-14") && one.due.date?.raw == date("2026-12-21"))
    try bench.step(code, .withdraw(returnsOriginals: true))
    #expect(bench.state.cases[code]?.held == [] && bench.state.cases[code]?.stage == .withdrawn)
  }

  @Test("an extension is the head's, once, with an article")
  func extended() throws {
    var bench = try Bench.cases(at: "2026-11-16 09:30")
    let code = try bench.accepted("NY-001")
    func extend(_ count: Int, _ article: String) -> CaseStep {
      .extend(count: count, .workingDay, head: "局长", reason: "情况复杂", article: article, isTold: true)
    }
    #expect(bench.refusal(.cases(.step(code, extend(10, "行政许可法第四十二条"))), by: .clerk(1)) == .request(.coordinatorOnly))
    #expect(bench.refusal(.cases(.step(code, extend(21, "行政许可法第四十二条"))), by: .coordinator) == .cases(.badExtension))
    #expect(bench.refusal(.cases(.step(code, extend(10, "领导同意"))), by: .coordinator) == .cases(.reasonNeeded))
    try bench.step(code, extend(10, "行政许可法第四十二条"), by: .coordinator)
    // Ten promised working days and ten more.
    #expect(bench.state.cases[code]?.due.date?.raw == date("2026-12-14"))
    #expect(bench.refusal(.cases(.step(code, extend(5, "行政许可法第四十二条"))), by: .coordinator) == .cases(.alreadyExtended))
  }

  @Test("a refusal needs a named approver, who is not its proposer")
  func refused() throws {
    var bench = try Bench.cases(at: "2026-11-16 09:30")
    let code = try bench.open("NY-001")
    let propose = CaseStep.proposeRefusal(.notNeeded, article: "行政许可法第三十二条", text: Self.sealed, told: nil)
    let refuse = CaseCommand.step(code, .refuse(returnsOriginals: true))
    #expect(bench.refusal(.cases(refuse), by: .coordinator) == .cases(.nothingProposed))
    #expect(
      bench.refusal(
        .cases(.step(code, .proposeRefusal(.notNeeded, article: "规定", text: Self.sealed, told: nil))), by: .clerk(1))
        == .cases(.reasonNeeded))
    try bench.step(code, propose)
    #expect(bench.refusal(.cases(refuse), by: .clerk(1)) == .cases(.ownProposal))
    #expect(bench.refusal(.cases(refuse), by: .clerk(2)) == .cases(.notApprover))
    #expect(
      bench.refusal(.cases(.step(code, .refuse(returnsOriginals: false))), by: .coordinator)
        == .cases(.originalsOpen([OriginalsMoved(material: "申请书", count: 1)])))
    try bench.ask(.cases(refuse), by: .coordinator)
    #expect(bench.state.cases[code]?.stage == .refused && bench.state.cases[code]?.endedOn == date("2026-11-16"))
    bench.rules.cases = CaseRule()
    let other = try bench.open("NY-001")
    #expect(bench.refusal(.cases(.step(other, propose)), by: .clerk(1)) == .cases(.noApprover))
  }

  @Test("a station takes only what the town entrusted to it, and the town counts from the station's day")
  func village() throws {
    var bench = try Bench.cases(at: "2026-11-18 09:30")
    let agent = Principal.staff(badge: "DB001", role: .agent)
    var open = OpenCase(item: "MZ-901", applicant: Self.sealed)
    open.receivedOn = date("2026-11-16")
    #expect(bench.refusal(.cases(.open(open)), by: .clerk(1)) == .cases(.badCaseDate))
    let code = try bench.openedCase(open, by: agent)
    #expect(bench.state.cases[code]?.opened.receivedOn == date("2026-11-16"))
    #expect(bench.state.cases[code]?.tellBy.date == date("2026-11-23"))
    let licence = OpenCase(item: "NY-001", applicant: Self.sealed)
    #expect(bench.refusal(.cases(.open(licence)), by: agent) == .cases(.notEntrusted))
    #expect(bench.refusal(.cases(.open(licence)), by: .kiosk("kiosk-1")) == .request(.staffOnly))
  }

  @Test(
    "any clerk takes papers, but only a window that serves the item goes on; only 出件 hands over, to others with authority"
  )
  func rights() throws {
    var bench = try Bench.cases(at: "2026-11-16 09:30")
    try bench.at(4, .open)
    let code = try bench.open("NY-001", by: .clerk(4))
    #expect(
      bench.refusal(.cases(.step(code, .accept(isImmediate: false, owedBy: nil))), by: .clerk(4))
        == .cases(.notServedHere))
    try bench.step(
      code, .takePapersNow, by: .clerk(1), expecting: .cases(.caseIs(.received)))
    let done = try bench.accepted("MZ-901")
    try bench.step(
      done, .forward(department: "区民政局", materials: ["申请书"], kept: [OriginalsMoved(material: "申请书", count: 1)]))
    #expect(bench.refusal(.cases(.step(done, .confirm(differs: []))), by: .clerk(1)) == .cases(.notServedHere))
    try bench.step(done, .confirm(differs: []), by: .clerk(4))
    try bench.step(
      done, .decide(.granted, results: [CaseResult(name: "通知书", copies: 1, isElectronic: false)]), by: .clerk(4))
    try bench.step(done, .makeReady(location: "A-03-12"), by: .clerk(4))
    let relative = CaseStep.collect(.relative, shown: .card, isSigned: true, returnsOriginals: true)
    #expect(bench.refusal(.cases(.step(done, relative)), by: .clerk(4)) == .cases(.proxyNeeded))
    try bench.step(done, .collect(.relative, shown: .proxy, isSigned: true, returnsOriginals: true), by: .clerk(4))
    #expect(bench.state.cases[done]?.stage == .collected)
    #expect(
      bench.refusal(.cases(.step(done, .withdraw(returnsOriginals: true))), by: .clerk(1))
        == .cases(.caseIs(.collected)))
  }

  @Test("a case outlives days; one that ended is forgotten after sixty, and then nothing of it needs its key")
  func kept() throws {
    var bench = try Bench.cases(at: "2026-11-16 09:30")
    let open = try bench.open("NY-001")
    let ended = try bench.open("NY-001")
    try bench.step(ended, .withdraw(returnsOriginals: true))
    #expect(bench.state.cases.halfYears.map(\.description) == ["2026H2"])
    try bench.closeDay()
    for (day, count) in [("2027-01-15", 2), ("2027-01-18", 1)] {
      bench.now = moment("\(day) 08:30")
      try bench.ask(.day(.openDay(OpenDay(date: date(day), clockIsSynchronised: true))))
      #expect(bench.state.cases.known.count == count)
      try bench.closeDay()
    }
    #expect(bench.state.cases[open]?.isDeemed == true)
  }

  @Test("a new notice of holidays moves a provisional date, and never a settled one later")
  func recomputed() throws {
    var bench = try Bench.cases(at: "2026-12-18 09:30")
    let code = try bench.accepted("NY-001")
    #expect(bench.state.cases[code]?.due.date?.provisional == true)
    let before = try #require(bench.state.cases[code]?.due.date?.raw)
    try bench.closeDay()
    let known = bench.rules.calendar
    var off = known.off
    off[date("2026-12-31")] = "元旦"
    bench.rules = HallRules.withCases(WorkCalendar(off: off, worked: known.worked, years: known.years.union([2027])))
    bench.now = moment("2026-12-21 08:30")
    try bench.openDay()
    let after = try #require(bench.state.cases[code]?.due.date)
    #expect(!after.provisional && after.raw > before)
    try bench.closeDay()
    off[date("2027-01-04")] = "元旦"
    bench.rules = HallRules.withCases(WorkCalendar(off: off, worked: known.worked, years: known.years.union([2027])))
    bench.now = moment("2026-12-22 08:30")
    try bench.openDay()
    #expect(bench.state.cases[code]?.due.date == after)
  }
}

extension CaseStep {
  fileprivate static let takePapersNow = CaseStep.takePapers(
    [CasePaper(material: "身份证", isSeen: true)], isComplete: true)
}

extension HallRules {
  /// The hall of the tests with a licence and a benefit, and with approvers.
  static func withCases(_ calendar: WorkCalendar = DueDateTests.calendar) -> HallRules {
    func paper(_ name: String, _ necessity: Material.Necessity = .necessary, shared: Bool = false) -> Material {
      Material(name: name, kind: .original, originals: 1, copies: 0, necessity: necessity, shared: shared)
    }
    let items = [
      Item(
        code: "NY-001", name: "建房许可", initials: "JFXK", category: "农业农村", queueGroup: "社保", handledBy: .window,
        materials: [paper("申请书"), paper("身份证"), paper("户口簿"), paper("邻里意见", .deferrable), paper("土地证", shared: true)],
        legalLimit: TimeLimit(count: 20, unit: .workingDay), promisedLimit: TimeLimit(count: 10, unit: .workingDay),
        kind: .licence,
        correction: ItemCorrection(count: 5, unit: .workingDay, basis: "行政许可法第三十二条", deemedAcceptance: true)),
      Item(
        code: "MZ-901", name: "困难补助", initials: "KNBZ", category: "民政", queueGroup: "社保", handledBy: .window,
        delegation: "委托受理", materials: [paper("申请书")],
        legalLimit: TimeLimit(count: 30, unit: .naturalDay, excludes: ["公示"]),
        promisedLimit: TimeLimit(count: 20, unit: .workingDay, excludes: ["公示"]), kind: .benefit),
    ]
    var rules = HallRules.bench(calendar: calendar, items: items)
    rules.cases = CaseRule(approvers: [
      CaseRule.Approver(badge: "AJ100", title: "分管领导"), CaseRule.Approver(badge: "AJ001", title: "负责人"),
    ])
    return rules
  }
}

extension Bench {
  static func cases(at text: String, windows: Int = 1) throws -> Bench {
    try .open(.withCases(), windows: windows, at: text)
  }

  mutating func openedCase(_ open: OpenCase, by actor: Principal) throws -> PublicCode {
    guard case .openedCase(let code) = try ask(.cases(.open(open)), by: actor) else {
      throw Unexpected(outcome: "no case")
    }
    return code
  }

  /// With an original of the 申请书.
  mutating func open(
    _ item: String, kiosk: String? = nil, by actor: Principal = .clerk(1)
  ) throws -> PublicCode {
    var open = OpenCase(item: item, applicant: CaseTests.sealed)
    open.papers = [CasePaper(material: "申请书", originals: 1)]
    open.kiosk = kiosk
    return try openedCase(open, by: actor)
  }

  /// With everything that has to be there.
  mutating func accepted(_ item: String) throws -> PublicCode {
    var open = OpenCase(item: item, applicant: CaseTests.sealed)
    let needed = item == "NY-001" ? ["身份证", "户口簿"] : []
    open.papers =
      [CasePaper(material: "申请书", originals: 1)] + needed.map { CasePaper(material: $0, isSeen: true) }
    let code = try openedCase(open, by: .clerk(1))
    try step(code, .accept(isImmediate: false, owedBy: nil))
    return code
  }

  mutating func step(_ code: PublicCode, _ step: CaseStep, by actor: Principal = .clerk(1)) throws {
    try ask(.cases(.step(code, step)), by: actor)
  }

  fileprivate func step(
    _ code: PublicCode, _ step: CaseStep, by actor: Principal, expecting refusal: Refusal
  ) throws {
    #expect(self.refusal(.cases(.step(code, step)), by: actor) == refusal)
  }

  fileprivate mutating func tell(_ code: PublicCode, _ materials: String..., kiosk: String? = nil) throws {
    var issue = IssueCorrection(lines: materials.map { CorrectionLine(material: $0, reasons: [.missing]) })
    issue.kiosk = kiosk
    try step(code, .issueCorrection(issue))
  }

  fileprivate mutating func tell(_ code: PublicCode, _ lines: [CorrectionLine]) throws {
    try step(code, .issueCorrection(IssueCorrection(lines: lines)))
  }
}
