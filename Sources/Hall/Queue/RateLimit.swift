/// A rate limit: a burst of `count`, then `count` per `milliseconds`.
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

  /// Milliseconds per event at the limit's rate.
  fileprivate var interval: Int64 { max(1, milliseconds / Int64(max(1, count))) }
}

/// The state of some limits, one number each: the generic cell rate algorithm (ITU-T I.371, annex A), which is
/// equivalent to a token bucket.
package struct RateMeter: Sendable {
  /// For each limit the moment at which its whole burst is available again.
  private var unused: [Int64] = []

  package init() {}

  /// Milliseconds until the next event is within every limit; nil for now.
  package func wait(_ limits: [RateLimit], now: Int64) -> Int64? {
    let waits = limits.indices.compactMap { index -> Int64? in
      let limit = limits[index]
      let from = index < unused.count ? max(unused[index], now) : now
      let wait = from + limit.interval - (now + limit.interval * Int64(limit.count))
      return wait > 0 ? wait : nil
    }
    return waits.max()
  }

  /// Counts an event.
  package mutating func note(_ limits: [RateLimit], now: Int64) {
    for (index, limit) in limits.enumerated() {
      if index == unused.count { unused.append(now) }
      unused[index] = max(unused[index], now) + limit.interval
    }
  }
}

/// The rate limits of one kiosk, and of one lane over all kiosks. Staff are not limited.
///
/// They are above the pace of people at a kiosk, with bursts for a family or the passengers of a bus.
package struct KioskRates: Hashable, Sendable {
  package var numbers: [RateLimit] = [.aMinute(12), .anHour(240)]
  package var notices: [RateLimit] = [.aMinute(12), .anHour(240)]
  /// Second copies.
  package var reprints: [RateLimit] = [.aMinute(4), .anHour(40)]
  /// Reservations. They need no card, so this limit keeps one person from reserving all of the coming days.
  package var reservations: [RateLimit] = [.aMinute(3), .anHour(30)]
  package var help: [RateLimit] = [.aMinute(4), .anHour(60)]
  /// Other commands: check in, abandon, confirm a slip.
  package var others: [RateLimit] = [.aMinute(30), .anHour(600)]
  /// Numbers of one lane, at all kiosks.
  package var lane: [RateLimit] = [.aMinute(30), .anHour(600)]
  /// A page's requests for drawings: of a notice, of speech.
  package var drawings: [RateLimit] = [.aMinute(20), .anHour(400)]

  package init() {}
}
