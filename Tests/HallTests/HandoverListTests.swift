import Groundwork
import Testing

@testable import Hall

/// Goal: what goes to a department together stands on one list once, and what was brought later has its own receipt.
@Suite("Lists and later receipts of cases")
struct HandoverListTests {
  private static let department = "区民政局"

  private func forwarded(_ bench: inout Bench) throws -> PublicCode {
    let code = try bench.accepted("MZ-901")
    try bench.step(code, .forward(department: Self.department, materials: ["申请书"], kept: []))
    return code
  }

  @Test("a list takes what is on its way to the department and stands on no other list, in the order of the sheets")
  func list() throws {
    var bench = try Bench.cases(at: "2026-11-16 09:30")
    let command = Command.cases(.list(department: Self.department, paper: nil))
    #expect(bench.refusal(command, by: .clerk(1)) == .cases(.nothingToList(Self.department)))
    let cases = [try forwarded(&bench), try forwarded(&bench)]
    let confirmed = try forwarded(&bench)
    try bench.at(4, .open)
    try bench.step(confirmed, .confirm(differs: []), by: .clerk(4))
    let other = Command.cases(.list(department: "区农业农村委", paper: nil))
    #expect(bench.refusal(other, by: .clerk(1)) == .cases(.nothingToList("区农业农村委")))
    #expect(bench.refusal(command, by: .kiosk("kiosk-1")) == .request(.staffOnly))
    let printed = Command.cases(.list(department: Self.department, paper: PaperWish(kiosk: "kiosk-1")))
    guard case .handoverList(let code) = try bench.ask(printed, by: .clerk(1)) else {
      throw Bench.Unexpected(outcome: "no list")
    }
    let list = try #require(bench.state.cases.lists[code])
    #expect(list.issued.cases == cases && list.slip != nil && list.issued.number.description.hasPrefix("JJ-"))
    #expect(bench.refusal(command, by: .clerk(1)) == .cases(.nothingToList(Self.department)))
    let next = try forwarded(&bench)
    #expect(bench.state.cases.unlisted(Self.department).map(\.code) == [next])
  }

  @Test("a list has at most sixty cases; the next ones stand on the next list")
  func most() throws {
    var bench = try Bench.cases(at: "2026-11-16 09:30")
    for _ in 0...HandoverList.most { _ = try forwarded(&bench) }
    try bench.ask(.cases(.list(department: Self.department, paper: nil)), by: .clerk(1))
    try bench.ask(.cases(.list(department: Self.department, paper: nil)), by: .clerk(1))
    #expect(bench.state.cases.lists.values.map(\.issued.cases.count).sorted() == [1, HandoverList.most])
  }

  @Test("a list is forgotten after a month")
  func forgotten() throws {
    var bench = try Bench.cases(at: "2026-11-16 09:30")
    _ = try forwarded(&bench)
    try bench.ask(.cases(.list(department: Self.department, paper: nil)), by: .clerk(1))
    for (day, known) in [("2026-12-17", 1), ("2026-12-18", 0)] {
      var state = bench.state
      state.cases.openDay(date(day), keeping: nil)
      #expect(state.cases.lists.count == known, "\(day)")
    }
  }

  @Test("papers that came after a notice are received in writing, with a number of their own that can be printed again")
  func returned() throws {
    var bench = try Bench.cases(at: "2026-11-16 09:30")
    let code = try bench.open("NY-001")
    let lines = ["身份证", "户口簿"].map { CorrectionLine(material: $0, reasons: [.missing]) }
    try bench.step(code, .issueCorrection(IssueCorrection(lines: lines)))
    try bench.step(code, .takePapers([CasePaper(material: "身份证", isSeen: true)], isComplete: false))
    try bench.step(code, .takePapers([CasePaper(material: "户口簿", isSeen: true)], isComplete: true))
    let receipts = try #require(bench.state.cases[code]).given.filter {
      if case .papersReturned = $0.event { true } else { false }
    }
    #expect(receipts.count == 2 && Set(receipts.map(\.number)).count == 2)
    #expect(receipts.allSatisfy { $0.number.kind == .receipt && $0.number != bench.state.cases[code]?.opened.number })
    try bench.ask(.cases(.print(code, receipts[0].number, PaperWish(kiosk: "kiosk-1"))), by: .clerk(1))
    #expect(bench.state.cases[code]?.paper(receipts[0].number)?.slip != nil)
  }

  @Test("a hall keeps cases that ended as long as it says, and what a journal says of it does not change afterwards")
  func kept() throws {
    var bench = try Bench.cases(at: "2026-11-16 09:30")
    let code = try bench.open("NY-001")
    try bench.step(code, .withdraw(returnsOriginals: true))
    try bench.closeDay()
    bench.rules.cases.keptDays = 200
    for (day, known) in [("2027-01-18", 1), ("2027-06-04", 1), ("2027-06-05", 0)] {
      bench.now = moment("\(day) 08:30")
      try bench.ask(.day(.openDay(OpenDay(date: date(day), clockIsSynchronised: true))))
      #expect(bench.state.cases.known.count == known, "\(day)")
      try bench.closeDay()
    }
    let days = bench.events.compactMap { recorded -> Int? in
      if case .day(.dayOpened(let opened)) = recorded.event { opened.casesKept } else { nil }
    }
    #expect(days == [200, 200, 200])
  }
}
