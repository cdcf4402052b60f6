import Groundwork
import Hall
import Testing

/// Goal: a table of duty plans is taken as spreadsheets give it, and every fault is told with its line.
@Suite("Duty plans as a table")
struct DutyTableTests {
  private func table(_ text: String) throws -> DutyTable {
    DutyTable(
      text, badges: ["AJ001", "AJ002"], windows: [1, 2], today: try #require(CivilDate("2026-11-23"))
    ) { $0.weekday.isWeekend ? 0 : $0.weekday == .friday ? 3 : 2 }
  }

  private func plan(_ date: String, _ badge: String, _ window: Int?, _ sessions: [Int]) throws -> DutyPlanned {
    DutyPlanned(date: try #require(CivilDate(date)), badge: badge, window: window, sessions: sessions)
  }

  @Test("with a heading or without, by commas or tabs, with the dates and words that people write")
  func read() throws {
    let found = try table(
      "\u{FEFF}日期,工号,窗口,场次\r\n2026-11-23,AJ001,1,全天\r\n2026/11/24,AJ001,,上午\r\n\r\n2026/12/1,\"AJ002\", 2号窗口 ,1、2\r\n"
        + "2026-11-30\tAJ002\t\t下午\r\n2026-11-25，AJ001，2，休")
    #expect(found.faults.map(\.line) == [])
    #expect(
      found.plans == [
        try plan("2026-11-23", "AJ001", 1, [1, 2]), try plan("2026-11-24", "AJ001", nil, [1]),
        try plan("2026-12-01", "AJ002", 2, [1, 2]), try plan("2026-11-30", "AJ002", nil, [2]),
        try plan("2026-11-25", "AJ001", nil, []),
      ])
  }

  @Test(
    "a fault is told with its line, and the other lines are read",
    arguments: [
      ("2026-11-24,AJ001,1", DutyTable.Fault.cells), ("24.11.2026,AJ001,1,全天", .date("24.11.2026")),
      ("2026-02-30,AJ001,1,全天", .date("2026-02-30")), ("2026-11-24,AJ999,1,全天", .badge("AJ999")),
      ("2026-11-24,AJ001,9,全天", .window("9")), ("2026-11-24,AJ001,1,早上", .sessions("早上")),
      ("2026-11-24,AJ001,1,9", .sessions("9")), ("2026-11-24,AJ001,1,1、1", .sessions("1、1")),
      ("2026-11-24,AJ001,1,", .sessions("")), ("2026-11-23,AJ001,2,上午", .twice(earlier: 2)),
    ])
  func faults(_ line: String, _ fault: DutyTable.Fault) throws {
    let found = try table("日期,工号,窗口,场次\n2026-11-23,AJ001,1,全天\n\(line)\n2026-11-23,AJ002,2,全天\n")
    #expect(found.faults.map(\.line) == [3] && found.faults.first?.fault == fault)
    #expect(found.plans.count == 2)
    #expect(!fault.chinese.isEmpty && fault.english.allSatisfy { $0 != "\n" })
  }

  @Test("全天 is all sessions of the day, and the first one where the calendar has none")
  func wholeDay() throws {
    let found = try table("2026-11-26,AJ001,1,全天\n2026-11-27,AJ001,1,全天\n2026-11-28,AJ001,1,全天\n")
    #expect(found.plans.map(\.sessions) == [[1, 2], [1, 2, 3], [1]])
  }

  @Test("days before today and far ahead are faults, and so is what comes after the longest table")
  func bounds() throws {
    let found = try table("2026-11-22,AJ001,1,全天\n2027-01-22,AJ001,1,全天\n2027-01-23,AJ001,1,全天\n")
    #expect(found.faults.map(\.line) == [1, 3] && found.plans.count == 1)
    let long = try table(String(repeating: "x\n", count: 600))
    #expect(long.faults.count == DutyTable.mostPlans + 1 && long.faults.last?.fault == .tooLong)
    #expect(try table("\n , ,\n").plans.isEmpty)
  }

  @Test("a table is planned as a whole, or not at all")
  func all() throws {
    var bench = try Bench.open()
    let good = try plan("2026-11-24", "AJ001", 1, [1])
    let bad = try plan("2026-11-24", "AJ002", 9, [1])
    #expect(bench.refusal(.staff(.planDuties([good, bad])), by: .coordinator) == .window(.unknownWindow(9)))
    #expect(bench.refusal(.staff(.planDuties([])), by: .coordinator) == .staff(.badNote))
    #expect(bench.refusal(.staff(.planDuties([good])), by: .clerk(1)) == .request(.coordinatorOnly))
    try bench.ask(.staff(.planDuties([good, good])), by: .coordinator)
    #expect(bench.events.suffix(2).map(\.event) == [.staff(.dutyPlanned(good)), .staff(.dutyPlanned(good))])
  }
}
