import Hall

/// One ticket with what it was told and what became of it.
package struct WaitSample: Sendable {
  package let day: Int
  /// Services before it; at least 1.
  package let finishes: Int
  /// Minutes of hall time to its first call.
  package let waited: Double
  /// The range of the hall's rule, told or not.
  package let range: ClosedRange<Int>?
  package let told: ClosedRange<Int>?
  /// What the earlier rule would have told.
  package let earlier: ClosedRange<Int>?
}

/// How many ranges held, and how wide they were.
package struct WaitTally: Sendable {
  package private(set) var count = 0
  package private(set) var inside = 0
  package private(set) var notAbove = 0
  private var width = 0

  package init() {}

  package init(_ samples: some Sequence<WaitSample>, _ range: KeyPath<WaitSample, ClosedRange<Int>?>) {
    for sample in samples {
      if let range = sample[keyPath: range] { note(sample.waited, range) }
    }
  }

  private mutating func note(_ waited: Double, _ range: ClosedRange<Int>) {
    count += 1
    width += range.upperBound - range.lowerBound
    guard waited <= Double(range.upperBound) else { return }
    notAbove += 1
    if waited >= Double(range.lowerBound) { inside += 1 }
  }

  package var insideShare: Double { Double(inside) / Double(max(1, count)) }
  package var notAboveShare: Double { Double(notAbove) / Double(max(1, count)) }
  package var meanWidth: Double { Double(width) / Double(max(1, count)) }
}

/// The rule that the hall went by before: three quarters to five quarters of the mean of the last twenty services.
///
/// Kept for comparison only.
struct EarlierWaitRule {
  private var services: [LaneLetter: [Int64]] = [:]
  private let usual: Int64

  init(usualMinutes: Int) { usual = Int64(usualMinutes) * 60_000 }

  mutating func finished(_ lane: LaneLetter, took milliseconds: Int64) {
    guard (20_000...7_200_000).contains(milliseconds) else { return }
    services[lane, default: []].append(milliseconds)
    if services[lane, default: []].count > 20 { services[lane]?.removeFirst() }
  }

  func minutes(_ lane: LaneLetter, ahead: Int, aside: Int, windows: Int, idle: Int) -> ClosedRange<Int>? {
    let kept = services[lane] ?? []
    let service = kept.count >= 5 ? kept.reduce(0, +) / Int64(kept.count) : usual
    let finishes = Int64(ahead + 1 - idle)
    guard windows > 0, finishes > 0 else { return nil }
    let share = 4 * Int64(windows) * 300_000
    let low = max(5, 3 * finishes * service / share * 5)
    let high = max(low, (5 * (finishes + Int64(aside)) * service + share - 1) / share * 5)
    return high <= 240 ? Int(low)...Int(high) : nil
  }
}
