import Hall
import Synchronization

/// How often each address may guess wrong. Of many addresses the ones that guessed longest ago are forgotten.
final class SourceMeter: Sendable {
  static let capacity = 256

  private let limits: [RateLimit]
  private let meters = Mutex<[String: (meter: RateMeter, at: Int64)]>([:])

  init(_ limits: [RateLimit]) { self.limits = limits }

  /// Milliseconds until the address may guess again; nil when it may now.
  func wait(_ source: String, now: Int64) -> Int64? {
    meters.withLock { $0[source]?.meter.wait(limits, now: now) }
  }

  /// The address has guessed wrong.
  func note(_ source: String, now: Int64) {
    meters.withLock { meters in
      if meters[source] == nil, meters.count >= Self.capacity,
        let oldest = meters.min(by: { $0.value.at < $1.value.at })
      {
        meters[oldest.key] = nil
      }
      var entry = meters[source] ?? (RateMeter(), now)
      entry.meter.note(limits, now: now)
      entry.at = now
      meters[source] = entry
    }
  }
}
