import Groundwork
import Hall
import Simulation
import Testing

/// Goal: over months, whatever is pressed and however long the power is away, no legal date of a case moves, no original is lost, and
/// nothing ends with something open.
///
/// Method: months from seeds, each command predicted and each case compared by an oracle that counts days over plain sets.
@Suite("Simulated months of cases")
struct CaseMonthsTests {
  /// 2026 (国办发明电〔2025〕7号), with the two exchanges of work around each long holiday that the notice names.
  private static let calendar = WorkCalendar(
    off: Dictionary(
      uniqueKeysWithValues: [
        ("2026-01-01", 3), ("2026-02-15", 9), ("2026-04-04", 3), ("2026-05-01", 5), ("2026-06-19", 3),
        ("2026-09-25", 3),
        ("2026-10-01", 7),
      ].flatMap { start, days in
        (0..<days).compactMap { day in CivilDate(start).map { ($0.adding(days: day), "节假日") } }
      }),
    worked: Set(
      ["2026-01-04", "2026-02-14", "2026-02-28", "2026-05-09", "2026-09-20", "2026-10-10"].compactMap { CivilDate($0) }),
    years: [2026])

  private func play(_ seed: UInt64, planted: CaseMonths.Planted? = nil) throws -> CaseMonths {
    let first = try #require(CivilDate("2026-01-05"))
    return CaseMonths.run(
      seed: seed, days: 120, from: first.adding(days: Int(seed * 37 % 240)), Self.calendar, planted: planted)
  }

  @Test("months of cases hold", arguments: Array(stride(from: UInt64(0), to: 60, by: 10)))
  func months(first: UInt64) throws {
    var sum = CaseMonths.Counts()
    for seed in first..<first + 10 {
      let months = try play(seed)
      #expect(months.findings.isEmpty, "seed \(seed)\n\(months.findings.prefix(5).joined(separator: "\n"))")
      sum.opened += months.counts.opened
      sum.deemed += months.counts.deemed
      sum.broken += months.counts.broken
      sum.pauses += months.counts.pauses
      sum.ended += months.counts.ended
      sum.refused += months.counts.refused
      sum.restarts += months.counts.restarts
      sum.clocksOff += months.counts.clocksOff
      sum.daysWithoutPower += months.counts.daysWithoutPower
    }
    // What never happens is not tested.
    #expect(sum.opened > 100 && sum.ended > 50 && sum.refused > 50 && sum.restarts > 20)
    #expect(sum.deemed > 0 && sum.broken > 0 && sum.pauses > 0 && sum.clocksOff > 0 && sum.daysWithoutPower > 10)
  }

  @Test("a planted mistake is found", arguments: CaseMonths.Planted.allCases)
  func planted(mistake: CaseMonths.Planted) throws {
    let found = try (0..<20).contains { seed in try !play(UInt64(seed), planted: mistake).findings.isEmpty }
    #expect(found)
  }
}
