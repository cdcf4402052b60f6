/// Lengths of time in whole seconds, kept sorted, so that a percentile is read by its index.
package struct SortedSeconds: Sendable, Equatable {
  /// The shortest first.
  package private(set) var values: [Int] = []
  private var sum = 0

  package init() {}

  /// - Parameter values: in any order.
  package init(_ values: [Int]) {
    self.values = values.sorted()
    sum = values.reduce(0, +)
  }

  package var count: Int { values.count }

  /// Values that are not larger.
  package func count(atMost seconds: Int) -> Int { lowerBound(of: seconds + 1) }

  package var longest: Int? { values.last }
  /// Nil without a value.
  package var mean: Double? { values.isEmpty ? nil : Double(sum) / Double(values.count) }

  /// The nearest rank: the value at position ⌈percent · n / 100⌉, counted from 1; nil without a value.
  ///
  /// - Parameter percent: 1...100.
  package func percentile(_ percent: Int) -> Int? {
    values.isEmpty ? nil : values[max(0, (percent * values.count + 99) / 100 - 1)]
  }

  package mutating func insert(_ seconds: Int) {
    values.insert(seconds, at: lowerBound(of: seconds))
    sum += seconds
  }

  /// Takes one value out; without an effect where there is none like it.
  package mutating func remove(_ seconds: Int) {
    let index = lowerBound(of: seconds)
    guard index < values.count, values[index] == seconds else { return }
    values.remove(at: index)
    sum -= seconds
  }

  /// The index of the first value that is not smaller; `count` where all are smaller.
  private func lowerBound(of seconds: Int) -> Int {
    var (low, high) = (0, values.count)
    while low < high {
      let middle = (low + high) / 2
      if values[middle] < seconds { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
