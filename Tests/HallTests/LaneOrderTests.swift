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
    var expected: [PublicCode] = []
    var next: UInt64 = 1
    for _ in 0..<600 {
      let code = expected.randomElement(using: &random)
      switch Int.random(in: 0..<6, using: &random) {
      case 0, 1:
        lane.append(PublicCode(entropy: next))
        expected.append(PublicCode(entropy: next))
        next += 1
      case 2, 3:
        let position = Int.random(in: 0...expected.count, using: &random)
        lane.insert(PublicCode(entropy: next), at: position)
        expected.insert(PublicCode(entropy: next), at: position)
        next += 1
      case 4:
        if let head = expected.first { lane.remove(head) }
        if !expected.isEmpty { expected.removeFirst() }
      default:
        if let code { lane.remove(code) }
        expected.removeAll { $0 == code }
      }
      #expect(Array(lane) == expected)
      #expect(lane.first == expected.first && lane.count == expected.count)
      for (position, code) in expected.enumerated() where lane.position(of: code) != position {
        Issue.record("\(code) is not told at \(position)")
      }
    }
  }

  @Test("insertions at one place, more than there are keys between two neighbours")
  func narrow() {
    var lane: LaneOrder = [PublicCode(entropy: 1), PublicCode(entropy: 2)]
    for index in 0..<200 { lane.insert(PublicCode(entropy: UInt64(100 + index)), at: 1) }
    #expect(lane.position(of: PublicCode(entropy: 1)) == 0 && lane.position(of: PublicCode(entropy: 2)) == 201)
    for index in 0..<200 { #expect(lane.position(of: PublicCode(entropy: UInt64(100 + index))) == 200 - index) }
  }

  @Test("what is not in the lane has no position, and nothing stands in it twice")
  func absent() {
    var lane: LaneOrder = [PublicCode(entropy: 1)]
    #expect(lane.position(of: PublicCode(entropy: 2)) == nil)
    lane.append(PublicCode(entropy: 1))
    #expect(lane.count == 1)
    lane.remove(PublicCode(entropy: 2))
    lane.remove(PublicCode(entropy: 1))
    #expect(lane.isEmpty && lane == LaneOrder())
    lane.append(PublicCode(entropy: 1))
    #expect(Array(lane) == [PublicCode(entropy: 1)])
  }
}
