/// Stored answers of the business day and the day before, bounded.
///
/// Storing an answer only appends it. The index is built at the first lookup, because replay stores hundreds of
/// thousands and looks up none.
package struct IdempotencyTable: Sendable {
  /// The most answers kept; the oldest are dropped first.
  package static let capacity = 250_000

  /// Oldest first.
  private var kept: [IdempotencyRecord] = []
  /// The running index of the oldest answer; indices only grow.
  private var oldest = 0
  /// The running index of the business day's first answer.
  private var today = 0
  /// The running index of each key's newest answer, as far as indexed.
  private var indices: [IdempotencyKey: Int] = [:]
  /// The first answer that is not indexed yet.
  private var prepared = 0

  package init() {}

  /// - Parameters:
  ///   - answers: oldest first.
  ///   - earlier: how many of them belong to the day before.
  package init(_ answers: [IdempotencyRecord], earlier: Int) {
    kept = answers
    today = earlier
  }

  package var count: Int { kept.count }
  /// Oldest first.
  package var stored: [IdempotencyRecord] { kept }
  /// How many of the stored answers belong to the day before.
  package var earlierCount: Int { today - oldest }

  /// Takes time in proportion to the answers that are not indexed yet; `prepare` indexes them.
  package func answer(for key: IdempotencyKey) -> IdempotencyRecord? {
    let unprepared = kept[(max(prepared, oldest) - oldest)...]
    if let found = unprepared.last(where: { $0.key == key }) { return found }
    return indices[key].map { kept[$0 - oldest] }
  }

  /// Indexes all stored answers.
  package mutating func prepare() {
    let end = oldest + kept.count
    if indices.isEmpty { indices.reserveCapacity(kept.count) }
    for index in max(prepared, oldest)..<end { indices[kept[index - oldest].key] = index }
    prepared = end
  }

  mutating func keep(_ answer: IdempotencyRecord) {
    kept.append(answer)
    if kept.count > Self.capacity { forget(Self.capacity / 10) }
  }

  /// A new business day: answers older than the day before are dropped.
  mutating func turnDay() {
    forget(today - oldest)
    today = oldest + kept.count
  }

  private mutating func forget(_ count: Int) {
    for index in oldest..<min(oldest + count, max(prepared, oldest)) {
      let key = kept[index - oldest].key
      if indices[key] == index { indices[key] = nil }
    }
    kept.removeFirst(count)
    oldest += count
    today = max(today, oldest)
  }
}

extension IdempotencyTable: Equatable {
  /// Equal tables give equal answers; the index does not count.
  package static func == (a: IdempotencyTable, b: IdempotencyTable) -> Bool {
    a.kept == b.kept && a.earlierCount == b.earlierCount
  }
}
