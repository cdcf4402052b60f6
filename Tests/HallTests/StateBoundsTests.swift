import Groundwork
import Testing

@testable import Hall

/// Goal: what outlives business days is bounded, however long the hall is open and whatever people do at it.
///
/// Method: one thing more than may stay, many times over; the oldest leave first, and nothing leaves that is open.
@Suite struct StateBoundsTests {
  private static func code(_ number: Int) -> PublicCode { PublicCode(entropy: UInt64(number)) }

  private static func notice(_ number: Int) -> Notice {
    Notice(
      code: code(number), number: "GZ-\(number)", date: date("2026-11-23"), ordinal: number, item: "SB-901",
      situations: [], catalogueVersion: "0", issuedAt: Timestamp(milliseconds: 1_795_400_000_000 + Int64(number)),
      ticket: nil, kiosk: "kiosk-1", slip: nil)
  }

  @Test("of too many notices the oldest leave, however few days ago they were issued")
  func notices() {
    var state = NoticeState()
    let all = StateBounds.notices + 7
    for number in 0..<all { state.recent[Self.code(number)] = Self.notice(number) }
    // The last one was issued in the new day.
    state.forget(issuedBefore: Timestamp(milliseconds: 1_795_400_000_000 + Int64(all - 1)))
    #expect(state.old.count == StateBounds.notices)
    #expect(state.notice(Self.code(5)) == nil && state.notice(Self.code(6)) != nil)
    #expect(state.recent.count == 1)
  }

  @Test("of too many cases those leave that ended first; one that is open never does")
  func cases() throws {
    var bench = try Bench.cases(at: "2026-11-23 09:30")
    let code = try bench.open("NY-001")
    let open = try #require(bench.state.cases[code])
    var state = CasesState()
    for number in 0..<StateBounds.cases {
      var one = open
      // Every tenth is open; of the others those with a lower number ended earlier.
      if number % 10 > 0 { one.endedOn = date("2026-11-01").adding(days: number * 20 / StateBounds.cases) }
      state.known[Self.code(number)] = one
    }
    let before = state
    state.openDay(date("2026-11-24"), keeping: nil)
    #expect(state.known.count == before.known.count, "as many may stay")
    for number in 0..<25 { state.known[Self.code(StateBounds.cases + number)] = open }
    state.openDay(date("2026-11-24"), keeping: nil)
    #expect(state.known.count == StateBounds.cases)
    #expect(before.known.values.count { $0.endedOn == nil } + 25 == state.known.values.count { $0.endedOn == nil })
    let left = before.known.filter { state.known[$0.key] == nil }
    #expect(left.count == 25 && left.values.allSatisfy { $0.endedOn == date("2026-11-01") })
  }

  @Test("what has no age stays, and equal ages leave in the order of their codes")
  func order() {
    var ages: [PublicCode: Int?] = [:]
    for number in 0..<6 { ages.updateValue(number < 2 ? nil : 7, forKey: Self.code(number)) }
    ages.dropOldest(toKeep: 3) { $0 }
    #expect(Set(ages.keys) == [Self.code(0), Self.code(1), Self.code(5)])
    ages.dropOldest(toKeep: 1) { $0 }
    #expect(ages.count == 2)
  }
}
