/// The ends of a range of waits, as shares of the expected wait in thousandths.
package struct WaitSpread: Hashable, Sendable {
  package let from: Int
  package let to: Int

  package init(from: Int, to: Int) {
    self.from = from
    self.to = to
  }
}

/// Waits with about the same number of services before them, which spread alike around what was expected.
package enum WaitBucket: Int, Hashable, Sendable, CaseIterable {
  case one, few, some, many, most

  /// - Parameter finishes: `WaitForecast.finishes`.
  package init(finishes: Int) {
    switch finishes {
    case ...1: self = .one
    case 2...3: self = .few
    case 4...6: self = .some
    case 7...12: self = .many
    default: self = .most
    }
  }

  /// The spread before the hall has measured its own, from simulated halls (docs/BENCHMARKS.md).
  package var usualSpread: WaitSpread {
    switch self {
    case .one: WaitSpread(from: 150, to: 2100)
    case .few: WaitSpread(from: 350, to: 2200)
    case .some: WaitSpread(from: 450, to: 2000)
    case .many: WaitSpread(from: 500, to: 1800)
    case .most: WaitSpread(from: 550, to: 1600)
    }
  }
}

/// The latest ratios of what was waited to what was expected, in thousandths, newest last.
///
/// They contain what the mean of services does not tell: pauses, residents who do not come, the walk to the window.
package struct WaitRatios: Hashable, Sendable {
  /// Ratios kept.
  package static let kept = 200
  /// The fewest ratios from which a spread is taken.
  package static let fewest = 50
  /// A wait of more than this many times the expected one counts as this.
  package static let highest = 100_000
  /// The percentages of ratios that lie below a range and not above it.
  private static let (below, within) = (12, 88)

  package private(set) var ratios: [Int]

  package init(_ ratios: [Int] = []) { self.ratios = ratios }

  package mutating func note(waited: Int64, expected: Int64) {
    guard expected > 0 else { return }
    ratios.append(Int(min(max(waited, 0) * 1000 / expected, Int64(Self.highest))))
    if ratios.count > Self.kept { ratios.removeFirst() }
  }

  /// The 12 % and 88 % order statistics; nil while there are too few ratios.
  package static func spread(_ ratios: [Int]) -> WaitSpread? {
    let count = ratios.count
    guard count >= fewest else { return nil }
    let sorted = ratios.sorted()
    let low = max(0, below * (count + 1) / 100 - 1)
    let high = min(count - 1, (within * (count + 1) + 99) / 100 - 1)
    return WaitSpread(from: sorted[low], to: sorted[high])
  }
}
