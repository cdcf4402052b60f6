/// The waiting tickets of one lane in the order of their calls, each once.
///
/// Each ticket has a key that grows along the lane, so that its position is found by binary search. Appending, removing
/// the head and finding a position take the same time in a lane of nine as of nine thousand. Only an insertion or
/// removal in the middle moves the tickets behind it.
package struct LaneOrder: Sendable {
  private struct Entry: Sendable {
    let code: PublicCode
    var key: Int64
  }

  /// Between the keys of appended neighbours: the number of halvings before the lane is renumbered.
  private static let gap: Int64 = 1 << 32

  private var entries: [Entry] = []
  /// Index of the head in `entries`; earlier entries have left.
  private var head = 0
  private var keys: [PublicCode: Int64] = [:]

  package init() {}

  /// - Parameter codes: each once, the head first.
  package init(_ codes: [PublicCode]) {
    for code in codes { append(code) }
  }

  /// A ticket's index in `entries`; nil when it is not in the lane.
  private func index(of code: PublicCode) -> Int? {
    guard let key = keys[code] else { return nil }
    var low = head
    var high = entries.count
    while low < high {
      let middle = (low + high) / 2
      if entries[middle].key < key { low = middle + 1 } else { high = middle }
    }
    return low
  }

  /// Tickets that are called before this one; nil when it is not in the lane.
  package func position(of code: PublicCode) -> Int? { index(of: code).map { $0 - head } }

  mutating func append(_ code: PublicCode) { insert(code, at: count) }

  /// - Parameter position: 0 is the head; at most `count`.
  mutating func insert(_ code: PublicCode, at position: Int) {
    guard keys[code] == nil else { return }
    let index = head + Swift.min(Swift.max(position, 0), count)
    let next = index < entries.count ? entries[index].key : nil
    let before = index > head ? entries[index - 1].key : nil
    let key: Int64
    switch (before, next) {
    case (nil, nil): key = 0
    case (let before?, nil): key = before + Self.gap
    case (nil, let next?): key = next - Self.gap
    case (let before?, let next?): key = before + (next - before) / 2
    }
    entries.insert(Entry(code: code, key: key), at: index)
    keys[code] = key
    if key == before { renumber() }
  }

  mutating func remove(_ code: PublicCode) {
    guard let index = index(of: code) else { return }
    keys[code] = nil
    guard index == head else {
      entries.remove(at: index)
      return
    }
    head += 1
    if head * 2 > entries.count {
      entries.removeFirst(head)
      head = 0
    }
  }

  private mutating func renumber() {
    for index in head..<entries.count {
      entries[index].key = Int64(index) * Self.gap
      keys[entries[index].code] = entries[index].key
    }
  }
}

extension LaneOrder: RandomAccessCollection, Equatable, ExpressibleByArrayLiteral {
  package var startIndex: Int { 0 }
  package var endIndex: Int { entries.count - head }
  package subscript(position: Int) -> PublicCode { entries[head + position].code }

  package init(arrayLiteral codes: PublicCode...) { self.init(codes) }

  /// Equal lanes call the same tickets in the same order.
  package static func == (a: LaneOrder, b: LaneOrder) -> Bool { a.elementsEqual(b) }
}
