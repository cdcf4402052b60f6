/// When a hall of a simulated day gives no more numbers.
package enum Stopping: Sendable {
  /// So many minutes before closing, whoever waits.
  case fixed(minutes: Int)
  /// By remaining capacity, at this load in thousandths.
  case byCapacity(load: Int)

  var cutOffMinutes: Int {
    switch self {
    case .fixed(let minutes): minutes
    case .byCapacity: 0
    }
  }
}

/// How a simulated day ended: when the last resident left, and how many got no number.
package struct DayEnd: Sendable {
  /// Minutes after closing time; 0 where the last one left before.
  package let overtime: Double
  package let refused: Int
}

extension [DayEnd] {
  package var meanOvertime: Double { reduce(0) { $0 + $1.overtime } / Double(Swift.max(1, count)) }
  package var meanRefused: Double { Double(reduce(0) { $0 + $1.refused }) / Double(Swift.max(1, count)) }

  /// The overtime that nine of ten days do not exceed, by nearest rank.
  package var highOvertime: Double {
    isEmpty ? 0 : map(\.overtime).sorted()[Swift.max(0, (count * 9 + 9) / 10 - 1)]
  }
}
