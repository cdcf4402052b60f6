import Testing

@testable import Groundwork

/// Goal: a machine knows another clock to half of what an answer took, whatever its own civil clock shows.
@Suite("The offset of another clock")
struct ClockOffsetTests {
  private func time(_ milliseconds: Int64) -> Timestamp { Timestamp(milliseconds: milliseconds) }

  @Test("the best of the answers counts, and grows old")
  func best() {
    var clock = ClockOffset()
    #expect(clock.time(at: 5) == nil && clock.error(at: 5) == nil)
    // The other clock is 1,000,000 before the monotonic one; answers come after 400 ms and after 2 ms.
    clock.note(time(1_000_300), sent: 100, received: 500)
    #expect(clock.time(at: 500) == time(1_000_500) && clock.error(at: 500) == 200)
    clock.note(time(1_001_001), sent: 1_000, received: 1_002)
    #expect(clock.time(at: 2_000) == time(1_002_000) && clock.error(at: 1_002) == 1)
    // A slow answer after it changes nothing; an hour later it may, because crystals drift.
    clock.note(time(1_003_390), sent: 3_000, received: 3_400)
    #expect(clock.time(at: 4_000) == time(1_004_000))
    clock.note(time(4_603_390), sent: 3_603_000, received: 3_603_400)
    #expect(clock.time(at: 3_604_000) == time(4_604_190))
    // An answer before its question is none.
    clock.note(time(0), sent: 10, received: 5)
    #expect(clock.time(at: 3_604_000) == time(4_604_190))
  }

  @Test("a clock that was set is believed at once")
  func set() {
    var clock = ClockOffset()
    clock.note(time(1_000_001), sent: 0, received: 2)
    clock.note(time(500_000), sent: 4_000, received: 4_400)
    #expect(clock.time(at: 4_200) == time(500_000))
  }
}
