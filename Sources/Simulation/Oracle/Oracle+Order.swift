import Groundwork
import Hall

/// Who is called next, as the rule says it in words: from plain lists, with the numbers that a hall has by default.
extension Oracle {
  private static let inARowAtMost = 2
  private static let passedAtMost = 4
  private static let patience: Int64 = 20 * 60_000

  func inLine(_ lane: UInt8) -> [Int] {
    line.filter { visitors[$0].lane == lane }
      + early.filter { visitors[$0].lane == lane }.sorted { (visitors[$0].since, $0) < (visitors[$1].since, $1) }
  }

  /// 优, or a reserved slot that has begun.
  func goesFirst(_ who: Int) -> Bool {
    (visitors[who].isUrgent || visitors[who].isReserved) && !early.contains(who)
  }

  /// Lane by lane, unless somebody at the front of a later one has waited for too long.
  func next(for window: Int, at moment: Timestamp) -> Int? {
    var found: (who: Int, since: Timestamp)?
    for lane in SyntheticHall.windows[window - 1].lanes.utf8 {
      let people = inLine(lane)
      guard let front = people.first, let who = next(among: people, lane) else { continue }
      let since = visitors[front].since
      guard let first = found else {
        found = (who, visitors[who].since)
        continue
      }
      if moment.since(since) >= Self.patience, since < first.since { found = (who, since) }
    }
    return found?.who
  }

  /// - Parameter people: all who wait in the lane, by rank.
  private func next(among people: [Int], _ lane: UInt8) -> Int? {
    guard let urgent = people.first(where: { goesFirst($0) }) else { return people.first }
    let infront = people.prefix { $0 != urgent }
    if infront.isEmpty { return urgent }
    let isEnough = inARow[lane, default: 0] >= Self.inARowAtMost
    if isEnough || infront.contains(where: { visitors[$0].passed >= Self.passedAtMost }) { return people.first }
    return urgent
  }

  /// Somebody is called: counts whom that passes, and takes them out of the line.
  mutating func depart(_ who: Int, byName: Bool) {
    let lane = visitors[who].lane
    let infront = inLine(lane).prefix { $0 != who }.filter { !goesFirst($0) }
    if line.contains(who) || early.contains(who) {
      if !goesFirst(who), !byName {
        inARow[lane] = 0
      } else if !infront.isEmpty {
        for other in infront { visitors[other].passed += 1 }
        if !byName { inARow[lane, default: 0] += 1 }
      }
    }
    line.removeAll { $0 == who }
    early.removeAll { $0 == who }
  }

  /// How many are called before this one if nobody else comes: one call after the other in a copy.
  func called(before who: Int) -> Int {
    var copy = self
    let lane = visitors[who].lane
    var count = 0
    while let next = copy.next(among: copy.inLine(lane), lane), next != who {
      copy.depart(next, byName: false)
      count += 1
    }
    return count
  }

  mutating func changePriority(_ change: ChangePriority, _ actor: Principal) throws -> (Outcome, Bool) {
    guard case .staff(_, let role) = actor, role == .clerk || role == .coordinator else { throw No("staff_only") }
    guard let who = visitor(change.code) else { throw No("unknown_ticket") }
    let stand = visitors[who].stand
    if stand != .waiting, stand != .missed { throw No("ticket_\(stand.rawValue)") }
    defer { visitors[who].isUrgent = change.priority }
    return (.ticket(change.code), visitors[who].isUrgent != change.priority)
  }

  /// The order of each lane, and what is counted for it.
  func orderDifferences(_ state: HallState) -> [String] {
    var found: [String] = []
    for lane in ["A", "H", "E"] {
      guard let letter = LaneLetter(lane) else { continue }
      let expected = inLine(letter.ascii)
      let queue = state.queue.waiting[letter] ?? LaneQueue()
      if queue.byRank.map(\.code) != expected.map({ visitors[$0].code }) {
        found.append("lane \(lane) stands in another order")
      }
      if queue.priority.map(\.code) != expected.filter({ goesFirst($0) }).map({ visitors[$0].code }) {
        found.append("lane \(lane) gives priority to others")
      }
      if queue.ordinary.map(\.overtaken) != expected.filter({ !goesFirst($0) }).map({ visitors[$0].passed }) {
        found.append("lane \(lane) counts other overtakings")
      }
      if queue.overtakings != inARow[letter.ascii, default: 0] {
        found.append("lane \(lane) has \(queue.overtakings) overtaking calls in a row")
      }
      if queue.forecast(state.orderRule) != forecast(letter.ascii) {
        found.append("lane \(lane) foresees other calls")
      }
    }
    return found
  }

  private func forecast(_ lane: UInt8) -> [PublicCode] {
    var copy = self
    var codes: [PublicCode] = []
    while let next = copy.next(among: copy.inLine(lane), lane) {
      codes.append(visitors[next].code)
      copy.depart(next, byName: false)
    }
    return codes
  }
}
