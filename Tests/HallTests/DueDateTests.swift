import Groundwork
import Hall
import Testing

/// Goal: due dates follow the law. Method: dates computed by hand from the notices for 2025 and 2026.
@Suite("due dates")
struct DueDateTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let from: String
    let limit: Int
    let unit: LimitUnit
    let due: String
    var testDescription: String { "\(limit) \(unit.rawValue) from \(from)" }

    init(_ from: String, _ limit: Int, _ unit: LimitUnit, _ due: String) {
      (self.from, self.limit, self.unit, self.due) = (from, limit, unit, due)
    }
  }

  static let calendar: WorkCalendar = {
    var off: [CivilDate: String] = [:]
    func holiday(_ name: String, _ first: String, _ last: String) {
      guard let from = CivilDate(first), let to = CivilDate(last) else { return }
      for day in from.daysSinceEpoch...to.daysSinceEpoch { off[CivilDate(daysSinceEpoch: day)] = name }
    }
    holiday("元旦", "2025-01-01", "2025-01-01")
    holiday("春节", "2025-01-28", "2025-02-04")
    holiday("清明节", "2025-04-04", "2025-04-06")
    holiday("劳动节", "2025-05-01", "2025-05-05")
    holiday("端午节", "2025-05-31", "2025-06-02")
    holiday("国庆节、中秋节", "2025-10-01", "2025-10-08")
    holiday("元旦", "2026-01-01", "2026-01-03")
    holiday("春节", "2026-02-15", "2026-02-23")
    holiday("清明节", "2026-04-04", "2026-04-06")
    holiday("劳动节", "2026-05-01", "2026-05-05")
    holiday("端午节", "2026-06-19", "2026-06-21")
    holiday("中秋节", "2026-09-25", "2026-09-27")
    holiday("国庆节", "2026-10-01", "2026-10-07")
    let worked = [
      "2025-01-26", "2025-02-08", "2025-04-27", "2025-09-28", "2025-10-11", "2026-01-04", "2026-02-14",
      "2026-02-28", "2026-05-09", "2026-09-20", "2026-10-10",
    ].compactMap { CivilDate($0) }
    return WorkCalendar(off: off, worked: Set(worked), years: [2025, 2026])
  }()

  func due(_ from: String, _ limit: Int, _ unit: LimitUnit) throws -> DueDate {
    try DueDate.counting(limit, unit, from: #require(CivilDate(from)), by: Self.calendar)
  }

  @Test(
    "a settled date",
    arguments: [
      Case("2026-09-29", 5, .workingDay, "2026-10-12"),
      Case("2026-02-13", 1, .workingDay, "2026-02-14"),
      Case("2026-02-13", 20, .workingDay, "2026-03-19"),
      Case("2026-02-10", 5, .workingDay, "2026-02-24"),
      Case("2026-04-30", 1, .workingDay, "2026-05-06"),
      Case("2026-04-30", 3, .workingDay, "2026-05-08"),
      Case("2026-05-08", 1, .workingDay, "2026-05-09"),
      Case("2026-09-25", 5, .workingDay, "2026-10-09"),
      Case("2025-12-31", 1, .workingDay, "2026-01-04"),
      Case("2025-09-26", 5, .workingDay, "2025-10-10"),
      Case("2026-09-24", 10, .workingDay, "2026-10-15"),
      Case("2026-03-10", 1, .month, "2026-04-10"),
      // 2026 has no 31 June and no 29 February.
      Case("2026-03-31", 3, .month, "2026-06-30"),
      Case("2026-12-10", 12, .workingDay, "2026-12-28"),
    ])
  func settled(_ example: Case) throws {
    let answer = try due(example.from, example.limit, example.unit)
    for date in [answer.raw, answer.target, answer.collectFrom] { #expect(date.description == example.due) }
    #expect(!answer.provisional)
    #expect(answer.missingYears.isEmpty)
  }

  @Test(
    "a limit of the authority that ends on a day of rest is not longer for it",
    arguments: [
      (Case("2026-09-20", 15, .naturalDay, "2026-10-05"), "2026-09-30", "2026-10-08"),
      (Case("2026-02-01", 15, .naturalDay, "2026-02-16"), "2026-02-14", "2026-02-24"),
      (Case("2026-09-10", 15, .naturalDay, "2026-09-25"), "2026-09-24", "2026-09-28"),
      // An ordinary weekend is a day of rest as well.
      (Case("2026-06-01", 5, .naturalDay, "2026-06-06"), "2026-06-05", "2026-06-08"),
      (Case("2026-09-01", 1, .month, "2026-10-01"), "2026-09-30", "2026-10-08"),
      (Case("2026-01-29", 1, .month, "2026-02-28"), "2026-02-28", "2026-02-28"),
      (Case("2025-12-03", 1, .month, "2026-01-03"), "2025-12-31", "2026-01-04"),
      // Accepted on the last working day: due the same day.
      (Case("2026-09-30", 3, .naturalDay, "2026-10-03"), "2026-09-30", "2026-10-08"),
      // No working day lies in the period.
      (Case("2026-10-01", 2, .naturalDay, "2026-10-03"), "2026-10-08", "2026-10-08"),
    ])
  func restingEnd(_ example: Case, target: String, collect: String) throws {
    let answer = try due(example.from, example.limit, example.unit)
    #expect(answer.raw.description == example.due)
    #expect(answer.target.description == target)
    #expect(answer.collectFrom.description == collect)
    #expect(!answer.provisional)
  }

  @Test(
    "29 to 31 December of the last known year wait for the next notice, and 1 January is no working day in any year",
    arguments: [
      (Case("2026-12-25", 1, .workingDay, "2026-12-28"), [Int]()),
      (Case("2026-12-25", 2, .workingDay, "2026-12-29"), [2027]),
      (Case("2026-12-28", 3, .workingDay, "2026-12-31"), [2027]),
      (Case("2026-12-28", 4, .workingDay, "2027-01-04"), [2027]),
      (Case("2026-12-24", 5, .naturalDay, "2026-12-29"), [2027]), (Case("2026-11-30", 1, .month, "2026-12-30"), [2027]),
      (Case("2025-12-28", 3, .workingDay, "2025-12-31"), []), (Case("2025-12-25", 4, .workingDay, "2025-12-31"), []),
    ])
  func endOfYear(_ example: Case, missing: [Int]) throws {
    let answer = try due(example.from, example.limit, example.unit)
    #expect(answer.target.description == example.due)
    #expect(answer.missingYears == missing)
    #expect(answer.provisional == !missing.isEmpty)
  }

  @Test("no due date falls on a holiday with a date of its own, in years with and without a notice")
  func fixedHolidays() throws {
    let fixed: Set<String> = ["01-01", "05-01", "05-02", "10-01", "10-02", "10-03"]
    let first = try #require(CivilDate("2026-01-01")).daysSinceEpoch
    for unit in LimitUnit.counted {
      for limit in 1...3 {
        for day in first..<first + 1_100 {
          let due = try DueDate.counting(limit, unit, from: CivilDate(daysSinceEpoch: day), by: Self.calendar)
          for date in [due.target, due.collectFrom] where fixed.contains(String(date.description.suffix(5))) {
            Issue.record("\(limit) \(unit) from \(CivilDate(daysSinceEpoch: day)) is due on \(date)")
          }
        }
      }
    }
  }

  @Test("a period into a year without a notice is provisional and names the year")
  func provisional() throws {
    let working = try due("2026-12-25", 10, .workingDay)
    #expect(working.provisional)
    #expect(working.missingYears == [2027])
    let natural = try due("2026-12-25", 30, .naturalDay)
    #expect(natural.missingYears == [2027])
  }

  @Test("natural days across an unknown year that end in a known one are settled")
  func acrossUnknown() throws {
    let calendar = WorkCalendar(off: [:], worked: [], years: [2025, 2027])
    let answer = try DueDate.counting(
      500, .naturalDay, from: #require(CivilDate("2025-12-01")), by: calendar)
    #expect(answer.raw.description == "2027-04-15")
    #expect(!answer.provisional)
  }

  @Test("a limit of nothing, or of more than ten years of days, is refused", arguments: [0, -1, 3_661, Int.max])
  func outOfRange(limit: Int) throws {
    let from = try #require(CivilDate("2026-03-10"))
    #expect(throws: DueDate.Fault.limitOutOfRange(limit)) {
      try DueDate.counting(limit, .workingDay, from: from, by: Self.calendar)
    }
  }

  @Test(
    "what is done at once, and what no law limits, has no due date", arguments: [LimitUnit.immediate, .notSet])
  func uncounted(unit: LimitUnit) {
    #expect(throws: DueDate.Fault.notCounted) { try due("2026-03-10", 1, unit) }
  }

  @Test("a period beyond the last year of the calendar is refused")
  func beyond() throws {
    let from = try #require(CivilDate("9999-12-20"))
    #expect(throws: DueDate.Fault.beyondCalendar) {
      try DueDate.counting(1, .month, from: from, by: Self.calendar)
    }
    #expect(throws: DueDate.Fault.beyondCalendar) {
      try DueDate.counting(30, .naturalDay, from: from, by: Self.calendar)
    }
  }
}
