import Groundwork
import Hall
import Testing

/// Goal: a burst up to the limit, then its rate, never more in any window. Method: examples, and random days against a
/// token bucket that stores every token.
@Suite("How often something may happen")
struct RateLimitTests {
  @Test("as many at once as the limit says, then one after the other")
  func burst() {
    var meter = RateMeter()
    let limits = [RateLimit.aMinute(12)]
    for _ in 0..<12 {
      #expect(meter.wait(limits, now: 1_000) == nil)
      meter.note(limits, now: 1_000)
    }
    #expect(meter.wait(limits, now: 1_000) == 5_000)
    #expect(meter.wait(limits, now: 5_999) == 1)
    #expect(meter.wait(limits, now: 6_000) == nil)
  }

  @Test("of several limits the strictest holds")
  func several() {
    var meter = RateMeter()
    let limits = [RateLimit.aMinute(2), .anHour(3)]
    var given: [Int64] = []
    for now in stride(from: Int64(0), to: 3_600_000, by: 10_000) where meter.wait(limits, now: now) == nil {
      meter.note(limits, now: now)
      given.append(now)
    }
    #expect(given == [0, 10_000, 30_000, 1_200_000, 2_400_000])
  }

  @Test("it admits what a bucket of tokens admits", arguments: 1...20)
  func bucket(seed: UInt64) {
    var random = SeededRandom(seed: seed)
    let count = Int(random.next() % 20) + 1
    let interval = Int64(random.next() % 900) + 1
    let limits = [RateLimit(count, every: interval * Int64(count))]
    var meter = RateMeter()
    // When each taken token returns, in order: one interval after the one before it.
    var back: [Int64] = []
    var now: Int64 = 0
    for _ in 0..<2_000 {
      now += Int64(random.next() % UInt64(2 * interval))
      back.removeAll { $0 <= now }
      let isFree = back.count < count
      #expect((meter.wait(limits, now: now) == nil) == isFree)
      guard isFree else { continue }
      meter.note(limits, now: now)
      back.append((back.last ?? now) + interval)
    }
  }
}
