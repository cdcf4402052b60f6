/// Exponential back-off between retries, up to a limit.
struct Backoff {
  private let first: Int
  private let most: Int
  private(set) var tries = 0

  /// - Parameters: in milliseconds.
  init(first: Int, most: Int) {
    self.first = first
    self.most = most
  }

  /// Milliseconds until the next try.
  mutating func next() -> Int {
    defer { tries += 1 }
    return min(most, first << min(tries, 20))
  }

  mutating func reset() { tries = 0 }
}
