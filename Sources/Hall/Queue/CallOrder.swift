package import Groundwork

/// Who is called next: the rule R(K, B) within a lane, and the patience of lanes at a window that serves several.
extension LaneQueue {
  /// The next ticket by the rule; nil when nobody waits.
  ///
  /// It guarantees, with m tickets of smaller rank when a ticket came and l that came later with a smaller one:
  /// - T1: an ordinary ticket is overtaken at most B times.
  /// - T2: an ordinary ticket is at the latest the (m + l + B + 1)th call of its lane after it came.
  /// - T3: a priority ticket is never called later than by rank alone.
  /// - T4: at most K overtaking calls pass between two calls of ordinary tickets while some wait.
  ///
  /// The count of every ordinary ticket in front is compared with B, not only the head's. Somebody who came back may
  /// stand at the head with a count of 0, while the ticket behind is at B.
  package func next(_ rule: OrderRule) -> LaneOrder.Entry? {
    guard let first = ordinary.first else { return priority.first }
    guard let preferred = priority.first else { return first }
    if preferred.rank < first.rank { return preferred }
    return overtakings < rule.inARow && ordinary.mostOvertaken(before: preferred.rank) < rule.overtakings
      ? preferred : first
  }

  /// The order in which the lane is called if nobody else comes, in time proportional to its length.
  ///
  /// Every overtaking counts for a run of ordinary tickets that starts at the head. Both ends of the run only move on.
  /// So the highest count of a run is a sliding-window maximum, which a monotonic queue keeps.
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

/// The maximum of a sliding window, by a monotonic queue: both ends of the window only move on.
private struct FallingWindow {
  private var values: [(value: Int, index: Int)] = []
  private var head = 0

  mutating func append(_ value: Int, at index: Int) {
    while values.count > head, let last = values.last, last.value <= value { values.removeLast() }
    values.append((value, index))
  }

  /// The maximum from `index` on. The window must not be empty.
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
  /// The first lane in which somebody waits is called, with one exception. When the first ticket of another lane has
  /// waited for the patience of lanes, and longer than the ticket that the first lane would give, the lane that has waited
  /// longest is called. A ticket that waits for this window alone is called before a lane whose first ticket came later.
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

  /// How many came earlier than a waiting ticket that is called by name at a window with these lanes.
  ///
  /// 0 for a missed ticket: it has no place in a lane, and its holder is back at the window.
  package func passedOver(_ ticket: Ticket, _ lanes: [LaneLetter]) -> Int {
    guard ticket.state == .waiting else { return 0 }
    let passed = ticket.pool == nil ? [ticket.lane] : lanes
    return passed.reduce(0) { $0 + (queue.waiting[$1]?.count(before: ticket.rank) ?? 0) }
  }
}
