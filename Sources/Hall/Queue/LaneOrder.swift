/// Some of the waiting tickets of one lane by their rank, each once.
///
/// A position is found by binary search. Appending and removing the head do not depend on the lane's length.
/// An insertion or removal in the middle moves the entries behind it. An overtaking visits the entries that it passes.
/// The entries are contiguous in memory.
package struct LaneOrder: Sendable {
  package struct Entry: Hashable, Sendable {
    package let code: PublicCode
    package let rank: Rank
    /// How often somebody with a larger rank was called before it, since it joined the lane.
    package var overtaken: Int

    package init(code: PublicCode, rank: Rank, overtaken: Int = 0) {
      self.code = code
      self.rank = rank
      self.overtaken = overtaken
    }
  }

  private var entries: [Entry] = []
  /// Index of the head in `entries`; earlier entries have left.
  private var head = 0
  private var ranks: [PublicCode: Rank] = [:]

  package init() {}

  /// - Parameter entries: each ticket once, in any order.
  package init(_ entries: [Entry]) {
    for entry in entries { insert(entry) }
  }

  /// The first index in `entries` whose rank is not smaller.
  private func index(of rank: Rank) -> Int {
    var low = head
    var high = entries.count
    while low < high {
      let middle = (low + high) / 2
      if entries[middle].rank < rank { low = middle + 1 } else { high = middle }
    }
    return low
  }

  /// Tickets of this order with a smaller rank than this one's; nil when it is not in it.
  package func position(of code: PublicCode) -> Int? { ranks[code].map { index(of: $0) - head } }

  package func entry(of code: PublicCode) -> Entry? { ranks[code].map { entries[index(of: $0)] } }

  /// The number of tickets with a smaller rank.
  package func count(before rank: Rank) -> Int { index(of: rank) - head }

  /// The most that any ticket with a smaller rank was overtaken; 0 when there is none.
  package func mostOvertaken(before rank: Rank) -> Int {
    var most = 0
    for index in head..<index(of: rank) { most = Swift.max(most, entries[index].overtaken) }
    return most
  }

  /// Counts an overtaking for every ticket with a smaller rank.
  mutating func noteOvertaking(by rank: Rank) {
    for index in head..<index(of: rank) { entries[index].overtaken += 1 }
  }

  mutating func insert(_ entry: Entry) {
    guard ranks[entry.code] == nil else { return }
    ranks[entry.code] = entry.rank
    if let last = entries.last, head < entries.count, entry.rank < last.rank {
      entries.insert(entry, at: index(of: entry.rank))
    } else {
      entries.append(entry)
    }
  }

  /// - Returns: what was removed; nil when the ticket is not in the order.
  @discardableResult
  mutating func remove(_ code: PublicCode) -> Entry? {
    guard let rank = ranks.removeValue(forKey: code) else { return nil }
    let index = index(of: rank)
    let entry = entries[index]
    guard index == head else {
      entries.remove(at: index)
      return entry
    }
    head += 1
    if head * 2 > entries.count {
      entries.removeFirst(head)
      head = 0
    }
    return entry
  }
}

extension LaneOrder: RandomAccessCollection, Equatable {
  package var startIndex: Int { 0 }
  package var endIndex: Int { entries.count - head }
  package subscript(position: Int) -> Entry { entries[head + position] }

  package static func == (a: LaneOrder, b: LaneOrder) -> Bool { a.elementsEqual(b) }
}
