import Groundwork
import Hall
import Testing

/// Goal: a case's date follows the law with its pauses, promises and days of rest. Method: dates computed from the notices for
/// 2025 and 2026 with chinesecalendar 1.11.0, and a count day by day that knows nothing of the engine's.
@Suite("limits of cases")
struct CaseLimitsTests {
  static let calendar = DueDateTests.calendar

  struct Case: Sendable, CustomTestStringConvertible {
    let limit: Int
    let unit: LimitUnit
    let accepted: String
    let pauses: [(String, String)]
    let raw: String
    let target: String
    let collect: String
    var testDescription: String { "\(limit) \(unit.rawValue) from \(accepted)" }

    init(
      _ limit: Int, _ unit: LimitUnit, _ accepted: String, _ pauses: [(String, String)], _ raw: String,
      target: String? = nil, collect: String? = nil
    ) {
      (self.limit, self.unit, self.accepted, self.pauses, self.raw) = (limit, unit, accepted, pauses, raw)
      self.target = target ?? raw
      self.collect = collect ?? raw
    }
  }

  private func date(_ text: String) throws -> CivilDate { try #require(CivilDate(text)) }

  @Test(
    "days of a pause that the limit leaves out are not counted",
    arguments: [
      Case(20, .workingDay, "2026-04-13", [], "2026-05-13"),
      Case(20, .workingDay, "2026-04-13", [("2026-04-20", "2026-05-11")], "2026-06-01"),
      Case(10, .workingDay, "2026-09-21", [("2026-09-24", "2026-10-08")], "2026-10-16"),
      Case(10, .workingDay, "2026-09-21", [("2026-09-24", "2026-09-24")], "2026-10-12"),
      Case(
        20, .workingDay, "2026-05-06", [("2026-05-11", "2026-05-18"), ("2026-05-20", "2026-05-22")], "2026-06-11"),
      Case(30, .naturalDay, "2026-03-02", [], "2026-04-01"),
      Case(30, .naturalDay, "2026-03-02", [("2026-03-20", "2026-03-27")], "2026-04-08"),
      Case(
        30, .naturalDay, "2026-03-02", [("2026-03-10", "2026-03-12"), ("2026-03-20", "2026-03-27")], "2026-04-10"),
      Case(30, .naturalDay, "2026-09-05", [], "2026-10-05", target: "2026-09-30", collect: "2026-10-08"),
      Case(15, .naturalDay, "2026-02-01", [], "2026-02-16", target: "2026-02-14", collect: "2026-02-24"),
      // A month, lengthened by the seven days; overlapping pauses count once.
      Case(1, .month, "2026-03-10", [("2026-03-20", "2026-03-27")], "2026-04-17"),
      Case(1, .month, "2026-03-10", [("2026-03-20", "2026-03-27"), ("2026-03-22", "2026-03-25")], "2026-04-17"),
    ])
  func pauses(_ example: Case) throws {
    let pauses = try example.pauses.map { ClockPause(stage: "公示", from: try date($0.0), to: try date($0.1)) }
    let limits = CaseLimits(
      legal: TimeLimit(count: example.limit, unit: example.unit, excludes: ["公示7日"]), promised: nil)
    let due = try #require(try limits.due(from: date(example.accepted), pauses, by: Self.calendar).date)
    #expect(due.raw.description == example.raw)
    #expect(due.target.description == example.target)
    #expect(due.collectFrom.description == example.collect)
    // A stage that the limit counts changes nothing.
    let others = pauses.map { ClockPause(stage: "听证", from: $0.from, to: $0.to) }
    #expect(
      try limits.due(from: date(example.accepted), others, by: Self.calendar)
        == limits.due(from: date(example.accepted), by: Self.calendar))
  }

  @Test(
    "the earlier of law and promise is printed, and staff work to the last working day before it",
    arguments: [
      ("2026-09-24", TimeLimit(count: 15, unit: .naturalDay), 10, "2026-10-09", "2026-10-09", true),
      ("2026-01-21", TimeLimit(count: 30, unit: .naturalDay), 20, "2026-02-20", "2026-02-14", true),
      ("2026-03-02", TimeLimit(count: 30, unit: .naturalDay), 20, "2026-03-30", "2026-03-30", false),
      ("2026-11-30", TimeLimit(count: 20, unit: .workingDay), 10, "2026-12-14", "2026-12-14", false),
    ])
  func earlier(_ accepted: String, _ legal: TimeLimit, _ promised: Int, _ printed: String, _ target: String, law: Bool)
    throws
  {
    let limits = CaseLimits(legal: legal, promised: TimeLimit(count: promised, unit: .workingDay))
    guard case .dated(let due, let byLaw) = try limits.due(from: date(accepted), by: Self.calendar) else {
      Issue.record("no date")
      return
    }
    #expect(due.raw.description == printed && due.target.description == target && byLaw == law)
  }

  @Test(
    "what is missing is told within five working days, and staff are reminded on the last working day before",
    arguments: [
      ("2026-11-30", "2026-12-07", "2026-12-04", false), ("2026-09-29", "2026-10-12", "2026-10-10", false),
      ("2026-02-10", "2026-02-24", "2026-02-14", false), ("2026-04-28", "2026-05-08", "2026-05-07", false),
      ("2026-06-17", "2026-06-25", "2026-06-24", false), ("2026-09-20", "2026-09-28", "2026-09-24", false),
      ("2026-09-25", "2026-10-09", "2026-10-08", false), ("2026-12-23", "2026-12-30", "2026-12-29", true),
    ])
  func telling(_ received: String, _ by: String, _ alarm: String, _ provisional: Bool) throws {
    let told = try TellBy(5, .workingDay, from: date(received), by: Self.calendar)
    #expect(told.date.description == by && told.alarm.description == alarm && told.provisional == provisional)
  }

  @Test("a pause that lasts leaves no date, but what is left of the limit; one that began too late changes nothing")
  func lasting() throws {
    let limits = CaseLimits(legal: TimeLimit(count: 20, unit: .workingDay, excludes: ["公示"]), promised: nil)
    func due(_ from: String) throws -> CaseDue {
      try limits.due(
        from: date("2026-04-13"), [ClockPause(stage: "公示", from: date(from), to: nil)], by: Self.calendar)
    }
    // Counted: 14, 15, 16, 17 and 20 April.
    #expect(try due("2026-04-20") == .paused(left: 15, .workingDay))
    #expect(try due("2026-05-13").date?.raw.description == "2026-05-13")
    let month = CaseLimits(legal: TimeLimit(count: 1, unit: .month, excludes: ["公示"]), promised: nil)
    #expect(
      try month.due(
        from: date("2026-03-10"), [ClockPause(stage: "公示", from: date("2026-03-20"), to: nil)], by: Self.calendar)
        == .paused(left: 21, .naturalDay))
    // The promise counts the stage, so it goes on.
    let strict = CaseLimits(legal: limits.legal, promised: TimeLimit(count: 10, unit: .workingDay))
    #expect(
      try strict.due(
        from: date("2026-04-13"), [ClockPause(stage: "公示", from: date("2026-04-20"), to: nil)], by: Self.calendar
      ).date?.raw.description == "2026-04-27")
  }

  @Test("a licence leaves out the stages of 行政许可法 45 without saying so, and an extension lengthens what has its unit")
  func licence() throws {
    let limits = CaseLimits(
      legal: TimeLimit(count: 20, unit: .workingDay), promised: TimeLimit(count: 1, unit: .month), isLicence: true)
    #expect(limits.exclude("听证") && limits.exclude("鉴定期间") && !limits.exclude("公示"))
    let longer = limits.extended(by: 10, .workingDay)
    #expect(longer.legal?.count == 30 && longer.promised?.count == 1)
    #expect(try CaseLimits(legal: nil, promised: nil).due(from: date("2026-03-02"), by: Self.calendar) == .unlimited)
    let atOnce = CaseLimits(legal: limits.legal, promised: TimeLimit(count: 0, unit: .immediate))
    #expect(try atOnce.due(from: date("2026-03-02"), by: Self.calendar) == .atOnce)
  }

  /// Control: days counted one by one, on 400 invented cases.
  @Test("no date differs from a count day by day")
  func counted() throws {
    var random = SeededRandom(seed: 17)
    func number(_ range: ClosedRange<Int>) -> Int {
      range.lowerBound + Int(random.next() % UInt64(range.count))
    }
    let first = try date("2025-01-01").daysSinceEpoch
    for _ in 0..<400 {
      let accepted = CivilDate(daysSinceEpoch: first + number(0...600))
      let unit: LimitUnit = number(0...1) == 0 ? .workingDay : .naturalDay
      let limit = number(1...60)
      let pauses = (0..<number(0...3)).map { _ in
        let from = accepted.adding(days: number(0...50))
        return ClockPause(stage: "评议", from: from, to: from.adding(days: number(0...20)))
      }
      var day = accepted
      var left = limit
      while left > 0 {
        day = day.adding(days: 1)
        let isOut = pauses.contains { pause in pause.from < day && day <= pause.to ?? day }
        if !isOut, unit == .naturalDay || Self.calendar.isWorkingDay(day) { left -= 1 }
      }
      let due = try DueDate.counting(limit, unit, from: accepted, leavingOut: pauses, by: Self.calendar)
      #expect(due.raw == day, "\(limit) \(unit) from \(accepted), \(pauses)")
      let middle = CivilDate(daysSinceEpoch: (accepted.daysSinceEpoch + day.daysSinceEpoch) / 2)
      let before = try DueDate.left(of: limit, unit, from: accepted, on: middle, leavingOut: pauses, by: Self.calendar)
      let after = try DueDate.left(
        of: limit, unit, from: accepted, on: middle.adding(days: -1), leavingOut: pauses, by: Self.calendar)
      #expect(before > 0 || middle == day)
      #expect((0...1).contains(after - before))
    }
  }
}
