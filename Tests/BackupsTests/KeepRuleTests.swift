import Backups
import Groundwork
import Testing

/// Goal: old archives go by the rule, and never one that is needed. Method: names alone.
@Suite("keep rule")
struct KeepRuleTests {
  func archive(_ day: String, _ time: String = "123000", hall: String = "9K2") throws -> ArchiveName {
    ArchiveName(hall: hall, date: try #require(CivilDate(day)), time: time)
  }

  /// The names of every day from `first` on, so many.
  func daily(from first: String, _ count: Int) throws -> [ArchiveName] {
    let start = try #require(CivilDate(first))
    return (0..<count).map { ArchiveName(hall: "9K2", date: start.adding(days: $0), time: "213000") }
  }

  @Test("the newest of the last days, weeks and months stay")
  func periods() throws {
    let all = try daily(from: "2026-01-01", 120)
    let new = try #require(all.last)
    let gone = Set(KeepRule(daily: 3, weekly: 2, monthly: 4).surplus(all, new: new))
    let kept = all.filter { !gone.contains($0) }.map(\.date.description)
    // 2026-04-30 is a Thursday. The week before ends on Sunday, 2026-04-26; months on their last days.
    #expect(kept == ["2026-01-31", "2026-02-28", "2026-03-31", "2026-04-26", "2026-04-28", "2026-04-29", "2026-04-30"])
  }

  @Test("of several on a day the last one stays, and the new one in any case")
  func severalADay() throws {
    let (noon, night) = (try archive("2026-11-29", "123000"), try archive("2026-11-29", "213000"))
    #expect(KeepRule(daily: 1, weekly: 1, monthly: 1).surplus([noon, night], new: night) == [noon])
    // The clock was put back: the new one has an older name than what is there.
    #expect(KeepRule(daily: 1, weekly: 1, monthly: 1).surplus([noon, night], new: noon).isEmpty)
  }

  @Test("a pause of years or a clock far ahead removes nothing by itself")
  func pauses() throws {
    let few = [try archive("2020-01-05"), try archive("2021-02-06"), try archive("2036-11-29")]
    #expect(KeepRule(daily: 3, weekly: 1, monthly: 1).surplus(few, new: few[0]).isEmpty)
  }

  @Test("a name is read back, and nothing else is taken for one")
  func names() throws {
    let name = try archive("2026-11-29", "093005")
    #expect(name.description == "yichuang-9K2-20261129T093005.tar.age")
    #expect(ArchiveName(name.description) == name)
    #expect(name.moment == "2026-11-29 09:30")
    for other in [
      "yichuang-9K2-20261129T093005.tar.age.partial", "yichuang-9k2-20261129T093005.tar.age", "photo.jpg",
      "yichuang-9K2-20261329T093005.tar.age", "yichuang-9K2-20261129T09300.tar.age", "yichuang-.tar.age",
      "yichuang-9K2-20261129X093005.tar.age", "../yichuang-9K2-20261129T093005.tar.age",
    ] {
      #expect(ArchiveName(other) == nil, "\(other)")
    }
  }
}
