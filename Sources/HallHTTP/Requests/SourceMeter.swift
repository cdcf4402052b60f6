import Hall
import Synchronization

/// Rate limit of wrong guesses by address. The table is bounded; the address that guessed longest ago is dropped.
final class SourceMeter: Sendable {
  static let capacity = 256

  private let limits: [RateLimit]
  private let meters = Mutex<[String: (meter: RateMeter, at: Int64)]>([:])

  init(_ limits: [RateLimit]) { self.limits = limits }

  /// Milliseconds until the address may guess again; nil for now.
  func wait(_ source: String, now: Int64) -> Int64? {
    meters.withLock { $0[source]?.meter.wait(limits, now: now) }
  }

  /// The address guessed wrong.
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
