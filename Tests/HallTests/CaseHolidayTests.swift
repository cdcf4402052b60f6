import Groundwork
import Testing

@testable import Hall

/// Goal: when the State's notice of a year arrives, every open case has its date anew, at once, and those that were told as settled do
/// not move.
@Suite("A notice of holidays arrives")
struct CaseHolidayTests {
  @Test("300 open cases are recomputed in one batch; those whose date does not change say nothing")
  func batch() throws {
    var bench = try Bench.open(Self.rules(DueDateTests.calendar), at: "2026-12-16 09:00")
    var provisional = 0
    for ordinal in 0..<300 {
      // Ten working days from 16 December end in the unknown year; one working day ends tomorrow.
      var open = OpenCase(item: ordinal % 3 == 0 ? "SH-002" : "SH-001", applicant: CaseTests.sealed)
      open.papers = [CasePaper(material: "申请书", originals: 1)]
      guard case .openedCase(let code) = try bench.ask(.cases(.open(open)), by: .clerk(1)) else { continue }
      try bench.ask(.cases(.step(code, .accept(isImmediate: false, owedBy: nil))), by: .clerk(1))
      if bench.state.cases[code]?.due.date?.provisional == true { provisional += 1 }
    }
    #expect(bench.state.cases.open.count == 300 && provisional == 200)
    let before = bench.state.cases.known.mapValues { $0.due.date?.raw }
    try bench.closeDay()
    let known = DueDateTests.calendar
    var off = known.off
    for day in ["2026-12-31", "2027-01-01", "2027-01-02", "2027-01-03"] { off[date(day)] = "元旦" }
    bench.rules = Self.rules(WorkCalendar(off: off, worked: known.worked, years: known.years.union([2027])))
    bench.now = moment("2026-12-17 08:30")
    let count = bench.events.count
    try bench.openDay()
    let batch = bench.events.dropFirst(count)
    #expect(batch.count { $0.event.name == "dueRecomputed" } == 200)
    #expect(batch.last?.event.name == "dayOpened")
    for (code, one) in bench.state.cases.known {
      let date = try #require(one.due.date)
      #expect(!date.provisional)
      let earlier = try #require(before[code] ?? nil)
      #expect(one.opened.item == "SH-001" ? date.raw > earlier : date.raw == earlier)
    }
  }

  private static func rules(_ calendar: WorkCalendar) -> HallRules {
    func item(_ code: String, _ days: Int) -> Item {
      Item(
        code: code, name: "补助", initials: "BZ", category: "民政", queueGroup: "社保", handledBy: .window,
        materials: [Material(name: "申请书", kind: .original, originals: 1, copies: 0, required: true)],
        legalLimit: TimeLimit(count: days, unit: .workingDay), kind: .benefit)
    }
    return .bench(calendar: calendar, items: [item("SH-001", 11), item("SH-002", 1)])
  }
}
