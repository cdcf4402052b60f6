import Groundwork

/// Holds the civil clock against the one that never steps.
///
/// A civil clock is set by people, by the network and by dead batteries; while a day is open such a step must not move
/// the day, so the hall notices it and asks staff.
struct ClockStepDetector: Sendable {
  /// Milliseconds by which the two clocks may part before that is a step: slewing and leap seconds stay far below.
  static let tolerance: Int64 = 60_000

  /// Civil time minus steady time when the two were last trusted together.
  private var offset: Int64

  init(civil: Timestamp, monotonic: Int64) { offset = civil.milliseconds - monotonic }

  /// Trusts the civil clock as it is now.
  mutating func trust(civil: Timestamp, monotonic: Int64) { offset = civil.milliseconds - monotonic }

  /// How far the civil clock was moved since it was trusted, in milliseconds; 0 within the tolerance.
  func step(civil: Timestamp, monotonic: Int64) -> Int64 {
    let moved = civil.milliseconds - monotonic - offset
    return abs(moved) <= Self.tolerance ? 0 : moved
  }
}
