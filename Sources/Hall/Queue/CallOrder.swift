package import Groundwork

/// Who is called next: the rule R(K, B) within a lane, and the patience of lanes at a window that serves several.
extension LaneQueue {
  /// The next ticket by the rule; nil when nobody waits.
  ///
  /// It guarantees that an ordinary ticket is overtaken at most B times (T1), that it is at the latest the (m + l + B + 1)th
  /// call of its lane after it came, with m tickets of smaller rank at that time and l that came later with a smaller one (T2),
  /// that a priority ticket is never later than by rank alone (T3), and that at most K overtaking calls pass between two calls
  /// of ordinary tickets while some wait (T4). Not only the head's count is compared with B: somebody who came back may stand
  /// in front, with none, while the one behind is at B.
  package func next(_ rule: OrderRule) -> LaneOrder.Entry? {
    guard let first = ordinary.first else { return priority.first }
    guard let preferred = priority.first else { return first }
    if preferred.rank < first.rank { return preferred }
    return overtakings < rule.inARow && ordinary.mostOvertaken(before: preferred.rank) < rule.overtakings
      ? preferred : first
  }

  /// The order in which the lane is called if nobody else comes, in time proportional to its length.
  ///
  /// Every overtaking counts for a run of ordinary tickets that starts at the head, and the runs only grow and move on.
  /// So the most overtaken of a run is a maximum over a sliding window, kept as a queue of falling values.
  ///
  /// - Parameter newcomer: somebody who would join with priority.
  package func forecast(_ rule: OrderRule, with newcomer: LaneOrder.Entry? = nil) -> [PublicCode] {
    var preferred = priority[...]
    if let newcomer { preferred = LaneOrder(Array(priority) + [newcomer])[...] }
    var order: [PublicCode] = []
    order.reserveCapacity(count + 1)
    var window = FallingWindow()
    var (head, end, inARow, passed) = (0, 0, overtakings, 0)
    while head < ordinary.count, let next = preferred.first {
      let first = ordinary[head]
      if next.rank < first.rank {
        order.append(next.code)
        preferred.removeFirst()
        continue
      }
      end = max(end, head)
      while end < ordinary.count, ordinary[end].rank < next.rank {
        window.append(ordinary[end].overtaken - passed, at: end)
        end += 1
      }
      if inARow < rule.inARow, window.most(from: head) + passed < rule.overtakings {
        inARow += 1
        passed += 1
        order.append(next.code)
        preferred.removeFirst()
      } else {
        inARow = 0
        order.append(first.code)
        head += 1
      }
    }
    order += ordinary[head...].map(\.code)
    order += preferred.map(\.code)
    return order
  }

  /// Tickets that are called before this one if nobody else comes; nil when it does not wait here.
  package func ahead(of code: PublicCode, _ rule: OrderRule) -> Int? {
    if priority.isEmpty { return ordinary.position(of: code) }
    guard let entry = entry(of: code) else { return nil }
    // Whoever is last by rank and has no priority is called last.
    if ordinary.last?.code == code, count(before: entry.rank) == count - 1 { return count - 1 }
    return forecast(rule).firstIndex(of: code)
  }
}

/// The greatest of some numbers between two indices that only grow.
private struct FallingWindow {
  private var values: [(value: Int, index: Int)] = []
  private var head = 0

  mutating func append(_ value: Int, at index: Int) {
    while values.count > head, let last = values.last, last.value <= value { values.removeLast() }
    values.append((value, index))
  }

  /// The greatest from `index` on; there is one.
  mutating func most(from index: Int) -> Int {
    while head < values.count, values[head].index < index { head += 1 }
    return head < values.count ? values[head].value : 0
  }
}

extension HallState {
  /// The rule in force on the business day that was opened last.
  package var orderRule: OrderRule { days.order }

  /// The next ticket for a window with these lanes, in the order of its preference.
  ///
  /// The first lane that has somebody is called, unless the first ticket of another one has waited for the patience of
  /// lanes, and longer than whom the first lane would give; then the lane that has waited longest.
  /// Whoever waits for this window alone is called before a lane whose first came later.
  package func nextCall(_ lanes: [LaneLetter], at moment: Timestamp, window: Int) -> PublicCode? {
    let rule = orderRule
    let own = queue.pools[window]?.first
    var chosen = own?.code
    var first: Rank?
    var since: Timestamp?
    for lane in lanes {
      guard let queue = queue.waiting[lane], let next = queue.next(rule), let head = queue.head else { continue }
      guard let waitingSince = since else {
        chosen = next.code
        first = head.rank
        since = tickets[next.code]?.since
        continue
      }
      guard let patience = rule.patience, let longest = tickets[head.code]?.since,
        moment.since(longest) >= patience, longest < waitingSince
      else { continue }
      chosen = next.code
      first = head.rank
      since = longest
    }
    if let own, let first { return own.rank < first ? own.code : chosen }
    return chosen
  }

  /// How many came earlier than a waiting ticket that is called by name at a window with these lanes. Nobody for a missed
  /// one, which has no place: its holder is back at the window.
  package func passedOver(_ ticket: Ticket, _ lanes: [LaneLetter]) -> Int {
    guard ticket.state == .waiting else { return 0 }
    let passed = ticket.pool == nil ? [ticket.lane] : lanes
    return passed.reduce(0) { $0 + (queue.waiting[$1]?.count(before: ticket.rank) ?? 0) }
  }
}
