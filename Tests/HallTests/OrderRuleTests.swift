import Groundwork
import Testing

@testable import Hall

/// Goal: what the rule of calls promises holds (T1-T4 of `LaneQueue.next`). Method: random lanes with tickets that come late
/// with an older rank, as transfers, check-ins and reservations do, and random days of a hall; what was overtaken is counted
/// from the calls alone.
@Suite("The order of calls")
struct OrderRuleTests {
  /// One ticket as somebody outside sees it.
  private struct Seen {
    let rank: Rank
    var isUrgent: Bool
    /// m: smaller ranks when it came.
    let infront: Int
    /// l: smaller ranks that came later.
    var late = 0
    var callsBefore = 0
    var overtaken = 0
    var wasAlwaysUrgent: Bool
  }

  /// Counts calls and holds them against the promises.
  private struct Witness {
    let rule: OrderRule
    private(set) var waiting: [PublicCode: Seen] = [:]
    private(set) var broken: [String] = []
    private(set) var overtakings = 0
    private var inARow = 0

    init(_ rule: OrderRule) { self.rule = rule }

    mutating func join(_ code: PublicCode, _ rank: Rank, isUrgent: Bool) {
      for (other, seen) in waiting where rank < seen.rank { waiting[other]?.late += 1 }
      waiting[code] = Seen(
        rank: rank, isUrgent: isUrgent, infront: waiting.values.count { $0.rank < rank }, wasAlwaysUrgent: isUrgent)
    }

    mutating func turn(_ code: PublicCode, isUrgent: Bool) {
      waiting[code]?.isUrgent = isUrgent
      waiting[code]?.wasAlwaysUrgent = false
    }

    mutating func leave(_ code: PublicCode) { waiting[code] = nil }

    mutating func call(_ code: PublicCode) {
      guard let called = waiting.removeValue(forKey: code) else { return broken.append("nobody of that name waits") }
      let passed = waiting.filter { $0.value.rank < called.rank }
      for other in waiting.keys { waiting[other]?.callsBefore += 1 }
      for other in passed.keys { waiting[other]?.overtaken += 1 }
      if passed.values.contains(where: { $0.isUrgent && $0.wasAlwaysUrgent }) {
        broken.append("T3: priority was passed over")
      }
      if !called.isUrgent, !passed.isEmpty { broken.append("an ordinary ticket overtook") }
      if passed.keys.contains(where: { waiting[$0].map { $0.overtaken > rule.overtakings } ?? false }) {
        broken.append("T1: overtaken more than \(rule.overtakings) times")
      }
      if called.callsBefore > called.infront + called.late + (called.wasAlwaysUrgent ? 0 : rule.overtakings) {
        broken.append("T2, T3: \(called.callsBefore) calls before it")
      }
      overtakings += passed.isEmpty ? 0 : 1
      inARow = passed.isEmpty ? (called.isUrgent ? inARow : 0) : inARow + 1
      if inARow > rule.inARow { broken.append("T4: \(inARow) in a row") }
    }
  }

  @Test("random lanes with late older ranks keep every promise", arguments: 0..<300)
  func lanes(seed: Int) {
    var random = SeededRandom(seed: UInt64(seed))
    let rule = OrderRule(
      inARow: Int.random(in: 1...4, using: &random), overtakings: Int.random(in: 0...6, using: &random), patience: nil)
    let (urgent, late) = (Int.random(in: 1...9, using: &random), Int.random(in: 2...20, using: &random))
    var queue = LaneQueue()
    var witness = Witness(rule)
    for step in 1...300 {
      let isDraining = step > 200
      if isDraining || Int.random(in: 0..<10, using: &random) < 4 {
        let foreseen = queue.forecast(rule)
        guard let next = queue.next(rule) else { continue }
        #expect(foreseen.first == next.code && foreseen.count == queue.count)
        _ = queue.call(next.code)
        witness.call(next.code)
        // Whoever does not come on is called in the order that was foreseen.
        #expect(queue.forecast(rule) == Array(foreseen.dropFirst()))
      } else {
        let isLate = random.oneIn(late)
        let key = isLate ? Int64.random(in: 1...Int64(step), using: &random) : Int64(step)
        let entry = LaneOrder.Entry(
          code: PublicCode(entropy: UInt64(step)), rank: Rank(key: key * Rank.step, sequence: Int64(step)))
        let isUrgent = Int.random(in: 0..<10, using: &random) < urgent
        let foreseen = isUrgent ? queue.forecast(rule, with: entry).firstIndex(of: entry.code) : nil
        queue.insert(entry, withPriority: isUrgent)
        witness.join(entry.code, entry.rank, isUrgent: isUrgent)
        let ahead = queue.ahead(of: entry.code, rule)
        #expect(ahead == queue.forecast(rule).firstIndex(of: entry.code))
        if isUrgent { #expect(foreseen == ahead) }
      }
    }
    #expect(witness.broken == [] && queue.isEmpty)
  }

  @Test("a lane without the budget breaks the first promise, so the count can fail")
  func control() {
    var witness = Witness(OrderRule(inARow: 9, overtakings: 1, patience: nil))
    for step in 1...4 {
      witness.join(PublicCode(entropy: UInt64(step)), Rank(joinedBy: Int64(step)), isUrgent: step > 1)
    }
    for step in 2...4 { witness.call(PublicCode(entropy: UInt64(step))) }
    #expect(witness.broken.contains { $0.hasPrefix("T1") })
  }

  @Test("random days at two windows keep every promise", arguments: 0..<60)
  func days(seed: Int) throws {
    var random = SeededRandom(seed: UInt64(1000 + seed))
    var limits = QueueLimits()
    limits.order = OrderRule(
      inARow: Int.random(in: 1...3, using: &random), overtakings: Int.random(in: 0...5, using: &random), patience: nil)
    limits.reCheckInPlaces = Int.random(in: 0...3, using: &random)
    limits.reCheckIns = 1000
    var bench = try Bench.open(.bench(limits: limits), windows: 2)
    var witness = Witness(limits.order)
    for _ in 0..<120 {
      bench.wait(seconds: 30)
      switch Int.random(in: 0..<10, using: &random) {
      case 0..<4:
        let isUrgent = random.oneIn(3)
        guard
          case .ticket(let code) = try bench.ask(
            .queue(.takeTicket(TakeTicket(priority: isUrgent))), by: .kiosk("kiosk-1"))
        else { continue }
        let ticket = try bench.ticket(code)
        witness.join(code, ticket.rank, isUrgent: isUrgent)
        #expect(ticket.aheadAtIssue == bench.state.queue.waiting[ticket.lane]?.ahead(of: code, limits.order))
      case 4:
        if let missed = bench.state.queue.missed.first {
          try bench.ask(.queue(.checkIn(missed)), by: .kiosk("kiosk-1"))
          witness.join(missed, try bench.ticket(missed).rank, isUrgent: try bench.ticket(missed).priority)
        }
      case 5:
        if let code = witness.waiting.keys.min(by: { $0.bits < $1.bits }) {
          let isUrgent = try !bench.ticket(code).priority
          try bench.ask(.queue(.changePriority(ChangePriority(code: code, priority: isUrgent))), by: .clerk(1))
          witness.turn(code, isUrgent: isUrgent)
        }
      case 6:
        if random.oneIn(3), let code = witness.waiting.keys.max(by: { $0.bits < $1.bits }) {
          try bench.ask(.queue(.abandonTicket(code)), by: .kiosk("kiosk-1"))
          witness.leave(code)
        }
      default:
        let window = Int.random(in: 1...2, using: &random)
        if bench.state.windows[window]?.ticket != nil { try bench.at(window, random.oneIn(3) ? .miss : .finish) }
        guard !witness.waiting.isEmpty, case .ticket(let called) = try bench.at(window, .call(nil)) else { continue }
        witness.call(called)
      }
    }
    #expect(witness.broken == [])
  }

  @Test("a ticket behind one that came back may be at its bound: then nobody overtakes")
  func oldestIsNotEnough() {
    let rule = OrderRule(inARow: 5, overtakings: 1, patience: nil)
    var queue = LaneQueue()
    func entry(_ number: Int64) -> LaneOrder.Entry {
      LaneOrder.Entry(code: PublicCode(entropy: UInt64(number)), rank: Rank(joinedBy: number))
    }
    queue.insert(entry(10), withPriority: false)
    queue.insert(entry(20), withPriority: true)
    #expect(queue.call(PublicCode(entropy: 20))?.overtaking == 1)
    queue.insert(entry(5), withPriority: false)
    queue.insert(entry(30), withPriority: true)
    #expect(queue.next(rule)?.code == PublicCode(entropy: 5))
  }
}
