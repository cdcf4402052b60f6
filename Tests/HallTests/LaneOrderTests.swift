import Groundwork
import Testing

@testable import Hall

/// Goal: a lane keeps its order and tells every position, whatever is added and removed where. Method: many random steps,
/// compared with a plain array after each.
@Suite("The order of a lane")
struct LaneOrderTests {
  @Test("random steps leave what a plain list has", arguments: 0..<20)
  func random(seed: Int) {
    var random = SeededRandom(seed: UInt64(seed))
    var lane = LaneOrder()
    var expected: [LaneOrder.Entry] = []
    for step in 1...600 {
      let entry = LaneOrder.Entry(
        code: PublicCode(entropy: UInt64(step)),
        rank: Rank(key: Int64.random(in: 0..<400, using: &random), sequence: Int64(step)))
      let known = expected.randomElement(using: &random)
      switch Int.random(in: 0..<6, using: &random) {
      case 0, 1, 2:
        lane.insert(entry)
        expected.append(entry)
        expected.sort { $0.rank < $1.rank }
      case 3:
        #expect(
          lane.mostOvertaken(before: entry.rank) == expected.filter { $0.rank < entry.rank }.map(\.overtaken).max() ?? 0
        )
        lane.noteOvertaking(by: entry.rank)
        for index in expected.indices where expected[index].rank < entry.rank { expected[index].overtaken += 1 }
      case 4:
        if let head = expected.first { #expect(lane.remove(head.code) == head) }
        if !expected.isEmpty { expected.removeFirst() }
      default:
        if let known { #expect(lane.remove(known.code) == known) }
        expected.removeAll { $0 == known }
      }
      #expect(Array(lane) == expected)
      #expect(lane.count(before: entry.rank) == expected.count { $0.rank < entry.rank })
      for (position, entry) in expected.enumerated() where lane.position(of: entry.code) != position {
        Issue.record("\(entry.code) is not told at \(position)")
      }
    }
  }

  @Test("what is not in the lane has no position, and nothing stands in it twice")
  func absent() {
    let entry = LaneOrder.Entry(code: PublicCode(entropy: 1), rank: Rank(joinedBy: 1))
    var lane = LaneOrder([entry, entry])
    #expect(lane.count == 1 && lane.position(of: PublicCode(entropy: 2)) == nil)
    #expect(lane.remove(PublicCode(entropy: 2)) == nil)
    #expect(lane.remove(PublicCode(entropy: 1)) == entry)
    #expect(lane.isEmpty && lane == LaneOrder())
    lane.insert(entry)
    #expect(Array(lane) == [entry])
  }

  @Test("a place between neighbours has a rank of its own, also where many were put before")
  func places() {
    var queue = LaneQueue()
    for sequence in 1...3 {
      queue.insert(
        LaneOrder.Entry(code: PublicCode(entropy: UInt64(sequence)), rank: Rank(joinedBy: Int64(sequence * 10))),
        withPriority: sequence == 2)
    }
    var places: [Int] = []
    for index in 0..<200 {
      let code = PublicCode(entropy: UInt64(100 + index))
      let rank = queue.rank(at: 1, of: 5, joining: Int64(1000 + index))
      queue.insert(LaneOrder.Entry(code: code, rank: rank), withPriority: index.isMultiple(of: 2))
      places.append(queue.byRank.firstIndex { $0.code == code } ?? -1)
    }
    #expect(places.prefix(20).allSatisfy { $0 == 1 } && places.allSatisfy { $0 > 0 })
    #expect(queue.byRank.map(\.rank) == queue.byRank.map(\.rank).sorted() && Set(queue.byRank.map(\.rank)).count == 203)
    #expect(queue.rank(at: 0, of: 5, joining: 2000) < queue.byRank[0].rank)
    #expect(queue.rank(at: 500, of: 5, joining: 2000) == Rank(key: 2000 * Rank.step, sequence: 5))
  }
}
