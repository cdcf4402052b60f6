/// How often something may happen: `count` times at once, and then as often in every `milliseconds`.
package struct RateLimit: Hashable, Sendable {
  /// 1...100,000.
  package let count: Int
  package let milliseconds: Int64

  package init(_ count: Int, every milliseconds: Int64) {
    self.count = count
    self.milliseconds = milliseconds
  }

  package static func aMinute(_ count: Int) -> RateLimit { RateLimit(count, every: 60_000) }
  package static func anHour(_ count: Int) -> RateLimit { RateLimit(count, every: 3_600_000) }

  /// Milliseconds that one happening takes off the limit.
  fileprivate var interval: Int64 { max(1, milliseconds / Int64(max(1, count))) }
}

/// What has happened under some limits, in one number each: the generic cell rate algorithm (ITU-T I.371, annex A), which admits
/// what a token bucket admits.
package struct RateMeter: Sendable {
  /// For each limit the moment at which it would be unused again.
  private var unused: [Int64] = []

  package init() {}

  /// Milliseconds until one more may happen under every limit; nil for now.
  package func wait(_ limits: [RateLimit], now: Int64) -> Int64? {
    let waits = limits.indices.compactMap { index -> Int64? in
      let limit = limits[index]
      let from = index < unused.count ? max(unused[index], now) : now
      let wait = from + limit.interval - (now + limit.interval * Int64(limit.count))
      return wait > 0 ? wait : nil
    }
    return waits.max()
  }

  /// One more has happened.
  package mutating func note(_ limits: [RateLimit], now: Int64) {
    for (index, limit) in limits.enumerated() {
      if index == unused.count { unused.append(now) }
      unused[index] = max(unused[index], now) + limit.interval
    }
  }
}

/// How fast one kiosk may ask, and how fast a lane may grow by all of them together: a person's pace and a queue's, with room for a family
/// or a bus that arrives. Staff are not limited.
package struct KioskRates: Hashable, Sendable {
  package var numbers: [RateLimit] = [.aMinute(12), .anHour(240)]
  package var notices: [RateLimit] = [.aMinute(12), .anHour(240)]
  /// Second copies.
  package var reprints: [RateLimit] = [.aMinute(4), .anHour(40)]
  package var help: [RateLimit] = [.aMinute(4), .anHour(60)]
  /// Whatever else somebody does there: check in, give a number up, say that a slip came out.
  package var others: [RateLimit] = [.aMinute(30), .anHour(600)]
  /// Of one lane, at all kiosks.
  package var lane: [RateLimit] = [.aMinute(30), .anHour(600)]
  /// Drawings that a page asks for: of a notice, of what is read aloud.
  package var drawings: [RateLimit] = [.aMinute(20), .anHour(400)]

  package init() {}
}
