import Groundwork
import Hall

/// Who is called next, as the rule says it in words: from plain lists, with the numbers that a hall has by default.
extension Oracle {
  private static let inARowAtMost = 2
  private static let passedAtMost = 4
  private static let patience: Int64 = 20 * 60_000

  func inLine(_ lane: UInt8) -> [Int] {
    line.filter { visitors[$0].lane == lane && visitors[$0].pool == 0 }
      + early.filter { visitors[$0].lane == lane }.sorted { (visitors[$0].since, $0) < (visitors[$1].since, $1) }
  }

  /// Behind everybody while its slot has not begun.
  private func place(_ who: Int) -> (Double, Int) { (early.contains(who) ? .infinity : visitors[who].key, who) }

  /// 优, or a reserved slot that has begun.
  func goesFirst(_ who: Int) -> Bool {
    (visitors[who].isUrgent || visitors[who].isReserved) && !early.contains(who)
  }

  /// Who waits for one window alone.
  func inLine(before window: Int) -> [Int] { line.filter { visitors[$0].pool == window } }

  /// Lane by lane, unless somebody at the front of a later one has waited for too long. Who waits for this window alone
  /// goes first when the front of that lane came later.
  func next(for window: Int, at moment: Timestamp) -> Int? {
    var found: (who: Int, since: Timestamp, front: Int)?
    for lane in SyntheticHall.windows[window - 1].lanes.utf8 {
      let people = inLine(lane)
      guard let front = people.first, let who = next(among: people, lane) else { continue }
      let since = visitors[front].since
      guard let first = found else {
        found = (who, visitors[who].since, front)
        continue
      }
      if moment.since(since) >= Self.patience, since < first.since { found = (who, since, front) }
    }
    guard let own = inLine(before: window).first else { return found?.who }
    guard let found else { return own }
    return place(own) < place(found.front) ? own : found.who
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
  mutating func depart(_ who: Int, byName: Bool, at window: Int = 0) {
    let lane = visitors[who].lane
    if line.contains(who), visitors[who].pool > 0 {
      if byName {
        for other in infront(of: who, at: window) where !goesFirst(other) { visitors[other].passed += 1 }
      }
      line.removeAll { $0 == who }
      visitors[who].pool = 0
      return
    }
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

  /// Who came earlier than somebody who waits for this window alone, in the window's lanes.
  func infront(of who: Int, at window: Int) -> [Int] {
    SyntheticHall.windows[window - 1].lanes.utf8.flatMap { inLine($0) }.filter {
      place($0) < place(who)
    }
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
    if change.priority, visitors[who].agent != nil { throw No("priority_not_for_agents") }
    guard visitors[who].isUrgent != change.priority else { return (.ticket(change.code), false) }
    visitors[who].isUrgent = change.priority
    if early.contains(who) {
      early.removeAll { $0 == who }
      self.stand(who)
    }
    return (.ticket(change.code), true)
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
    for window in 1...4 {
      let expected = inLine(before: window).map { visitors[$0].code }
      if (state.queue.pools[window] ?? LaneOrder()).map(\.code) != expected {
        found.append("others wait for window \(window)")
      }
    }
    if state.queue.openTransfers != sent.map({ visitors[$0].code }) { found.append("other transfers are open") }
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
