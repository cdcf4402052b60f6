import Dispatch
import Groundwork
import Testing

@Suite("Ring, random numbers, executor")
struct PartsTests {
  @Test("a ring keeps the last elements, oldest first", arguments: [1, 2, 3, 7])
  func ring(capacity: Int) {
    var ring = BoundedRing<Int>(capacity: capacity)
    var kept: [Int] = []
    for element in 0..<20 {
      ring.append(element)
      kept = Array((kept + [element]).suffix(capacity))
      #expect((0..<ring.count).map { ring[$0] } == kept)
      #expect(ring.first == kept.first)
      #expect(ring.last == kept.last)
    }
    ring.removeAll()
    #expect(ring.isEmpty)
    ring.append(5)
    #expect(ring[0] == 5)
  }

  @Test("the same seed gives the same numbers on every machine, another seed others")
  func random() {
    // The published first values of SplitMix64 for the seed 1234567.
    var known = SeededRandom(seed: 1_234_567)
    #expect(known.next() == 6_457_827_717_110_365_317)
    #expect(known.next() == 3_203_168_211_198_807_973)
    var other = SeededRandom(seed: 1)
    var same = SeededRandom(seed: 1)
    #expect((0..<10).map { _ in other.next() } == (0..<10).map { _ in same.next() })
    #expect(other.next() != known.next())
    var draws = SeededRandom(seed: 3)
    #expect((100...900).contains((0..<5_000).count { _ in draws.oneIn(10) }))
    #expect((0..<5).allSatisfy { _ in draws.oneIn(1) })
  }

  private actor OnItsQueue {
    private let executor = QueueExecutor(label: "test.queue")
    nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }
    private(set) var log: [Int] = []
    func add(_ value: Int) {
      executor.checkIsolated()
      log.append(value)
    }
  }

  @Test("an actor on a queue executor runs its work there, one piece after the other")
  func executor() async {
    let actor = OnItsQueue()
    await withTaskGroup(of: Void.self) { group in
      for value in 0..<100 { group.addTask { await actor.add(value) } }
    }
    #expect(await actor.log.sorted() == Array(0..<100))
  }
}
