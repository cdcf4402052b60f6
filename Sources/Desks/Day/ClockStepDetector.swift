import Groundwork

/// Compares the civil clock with the monotonic one.
///
/// A civil clock is set by people, by the network and by dead batteries. While a day is open such a step must not move
/// the day, so the hall detects it and asks staff.
struct ClockStepDetector: Sendable {
  /// Milliseconds by which the clocks may diverge before that is a step: slewing and leap seconds stay far below.
  static let tolerance: Int64 = 60_000

  /// Civil time minus monotonic time when the clock was last trusted.
  private var offset: Int64

  init(civil: Timestamp, monotonic: Int64) { offset = civil.milliseconds - monotonic }

  /// Trusts the present civil time.
  mutating func trust(civil: Timestamp, monotonic: Int64) { offset = civil.milliseconds - monotonic }

  /// How far the civil clock was moved since it was trusted, in milliseconds; 0 within the tolerance.
  func step(civil: Timestamp, monotonic: Int64) -> Int64 {
    let moved = civil.milliseconds - monotonic - offset
    return abs(moved) <= Self.tolerance ? 0 : moved
  }
}
