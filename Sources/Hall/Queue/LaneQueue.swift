/// The waiting tickets of one lane: the ordinary ones and those with priority, each by rank.
package struct LaneQueue: Sendable, Equatable {
  package private(set) var ordinary = LaneOrder()
  package private(set) var priority = LaneOrder()
  /// c: overtaking calls since the last call of an ordinary ticket by the rule.
  package private(set) var overtakings = 0

  package init() {}

  package init(ordinary: LaneOrder, priority: LaneOrder, overtakings: Int) {
    self.ordinary = ordinary
    self.priority = priority
    self.overtakings = overtakings
  }

  /// A lane of an earlier release, which was one list in the order of its calls.
  ///
  /// A ticket that came back keeps its position among those that have waited since their issue.
  package init(inOrder codes: [PublicCode], _ tickets: inout [PublicCode: Ticket]) {
    for code in codes {
      guard let ticket = tickets[code], ticket.reCheckIns == 0 else { continue }
      insert(LaneOrder.Entry(code: code, rank: ticket.rank), withPriority: ticket.priority)
    }
    for (place, code) in codes.enumerated() {
      guard let ticket = tickets[code], ticket.reCheckIns > 0 else { continue }
      let rank = rank(at: place, of: ticket.issuedSequence, joining: ticket.issuedSequence)
      tickets[code]?.rank = rank
      insert(LaneOrder.Entry(code: code, rank: rank), withPriority: ticket.priority)
    }
  }

  package var count: Int { ordinary.count + priority.count }
  package var isEmpty: Bool { ordinary.isEmpty && priority.isEmpty }

  package func entry(of code: PublicCode) -> LaneOrder.Entry? { ordinary.entry(of: code) ?? priority.entry(of: code) }

  /// The ticket with the smallest rank: who has been in the lane for longest, apart from those who came back.
  package var head: LaneOrder.Entry? {
    guard let ordinary = ordinary.first else { return priority.first }
    guard let priority = priority.first else { return ordinary }
    return ordinary.rank < priority.rank ? ordinary : priority
  }

  /// All by rank, in which the lane would be called if nobody overtook.
  package var byRank: [LaneOrder.Entry] { Array(first(count)) }

  /// The first `most` by rank.
  package func first(_ most: Int) -> [LaneOrder.Entry] {
    var entries: [LaneOrder.Entry] = []
    var (next, nextPriority) = (0, 0)
    while entries.count < most, next < ordinary.count || nextPriority < priority.count {
      if nextPriority == priority.count || next < ordinary.count && ordinary[next].rank < priority[nextPriority].rank {
        entries.append(ordinary[next])
        next += 1
      } else {
        entries.append(priority[nextPriority])
        nextPriority += 1
      }
    }
    return entries
  }

  /// Waiting tickets with a smaller rank.
  package func count(before rank: Rank) -> Int { ordinary.count(before: rank) + priority.count(before: rank) }

  mutating func insert(_ entry: LaneOrder.Entry, withPriority: Bool) {
    remove(entry.code)
    if withPriority { priority.insert(entry) } else { ordinary.insert(entry) }
  }

  @discardableResult
  mutating func remove(_ code: PublicCode) -> LaneOrder.Entry? { ordinary.remove(code) ?? priority.remove(code) }

  /// Priority is given later or taken back: the rank stays, and how often it was overtaken.
  ///
  /// - Parameter rank: nil keeps it.
  mutating func move(_ code: PublicCode, toPriority: Bool, rank: Rank? = nil) {
    guard let entry = remove(code) else { return }
    insert(
      LaneOrder.Entry(code: code, rank: rank ?? entry.rank, overtaken: entry.overtaken), withPriority: toPriority)
  }

  /// A call by the rule: the ticket leaves the lane.
  ///
  /// - Returns: its entry, and how many overtaking calls there were in a row with this one; 0 when it overtook nobody.
  mutating func call(_ code: PublicCode) -> (entry: LaneOrder.Entry, overtaking: Int)? {
    if let entry = ordinary.remove(code) {
      overtakings = 0
      return (entry, 0)
    }
    guard let entry = priority.remove(code) else { return nil }
    guard ordinary.count(before: entry.rank) > 0 else { return (entry, 0) }
    overtakings += 1
    ordinary.noteOvertaking(by: entry.rank)
    return (entry, overtakings)
  }

  /// A call by name, outside the rule: it counts for those it passes over.
  mutating func passOver(before rank: Rank) { ordinary.noteOvertaking(by: rank) }

  /// The rank of a ticket that is put behind the first `place` tickets by rank.
  ///
  /// - Parameters:
  ///   - sequence: of the ticket's issue.
  ///   - joining: the sequence of the event that puts it there; whoever is put at the end gets its rank.
  func rank(at place: Int, of sequence: Int64, joining: Int64) -> Rank {
    let end = Rank(key: joining * Rank.step, sequence: sequence)
    let first = self.first(Swift.max(place, 0) + 1)
    guard place < first.count, !first[place].rank.isToCome else { return end }
    guard place > 0 else { return Rank(key: first[0].rank.key - Rank.step, sequence: sequence) }
    var before = first[place - 1].rank
    // Where too many tickets were put behind one, no key is left between it and the next: then the next gap is taken.
    // The key is below that of the next record, so that the ticket stays right behind that one in another lane too.
    for entry in byRank.dropFirst(place) {
      if entry.rank.isToCome { return end }
      let next = min(entry.rank.key, (before.key / Rank.step + 1) * Rank.step)
      if next - before.key >= 2 {
        return Rank(key: before.key + (next - before.key) / 2, sequence: sequence)
      }
      before = entry.rank
    }
    return end
  }
}
