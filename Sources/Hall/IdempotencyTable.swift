/// Answers that can be given again: the business day's and the day's before, bounded.
///
/// Keeping an answer only notes it; finding answers by their keys is prepared where it is asked for, because a hall that goes
/// through its journal at the start keeps hundreds of thousands and is asked for none.
package struct IdempotencyTable: Sendable {
  /// How many answers are kept at most; the oldest go first.
  package static let capacity = 250_000

  /// The oldest first.
  private var kept: [IdempotencyRecord] = []
  /// The index of the oldest one; indices count on and are never used again.
  private var oldest = 0
  /// The index of the business day's first answer.
  private var today = 0
  /// The index of each key's newest answer, as far as prepared.
  private var indices: [IdempotencyKey: Int] = [:]
  /// The first index that is not prepared yet.
  private var prepared = 0

  package init() {}

  package var count: Int { kept.count }

  /// Quick once prepared.
  package func answer(for key: IdempotencyKey) -> IdempotencyRecord? {
    let unprepared = kept[(max(prepared, oldest) - oldest)...]
    if let found = unprepared.last(where: { $0.key == key }) { return found }
    return indices[key].map { kept[$0 - oldest] }
  }

  /// Makes finding quick for all that is kept now.
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

  /// A new business day: answers older than the day before are forgotten.
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
  /// Equal books give equal answers; what is prepared does not count.
  package static func == (a: IdempotencyTable, b: IdempotencyTable) -> Bool {
    a.kept == b.kept && a.today - a.oldest == b.today - b.oldest
  }
}
