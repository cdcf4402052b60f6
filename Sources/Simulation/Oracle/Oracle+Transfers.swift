import Groundwork
import Hall

/// Sending people on: to another lane, to one window, or to the next lane of those that their items need.
extension Oracle {
  private static let letters = "AHE"

  private func lanes(of items: [String]) -> [UInt8] {
    var lanes: [UInt8] = []
    for code in items {
      guard let lane = SyntheticHall.items.first(where: { $0.code == code })?.lane.utf8.first else { continue }
      if !lanes.contains(lane) { lanes.append(lane) }
    }
    return lanes
  }

  private func serves(_ window: Int, _ lane: UInt8) -> Bool {
    SyntheticHall.windows[window - 1].lanes.utf8.contains(lane)
  }

  private func checked(_ items: [String]) throws -> [String] {
    var found: [String] = []
    for item in items where !found.contains(item) { found.append(item) }
    if found.count > limits.itemsPerTicket { throw No("too_many_items") }
    for code in found where !SyntheticHall.items.contains(where: { $0.code == code }) { throw No("unknown_item") }
    return found
  }

  mutating func send(
    _ transfer: TransferTicket, _ window: Int, _ here: Int?, _ at: Timestamp
  ) throws -> (Outcome, Bool) {
    guard let here else { throw No("window_empty") }
    let before = visitors[here]
    if today != before.day { throw No("day_not_open") }
    var isInWords = false
    if case .words(let text) = transfer.reason {
      isInWords = true
      if text.isEmpty || text.count > 60 { throw No("bad_reason") }
    }
    let given = try checked(transfer.items ?? [])
    let items = given.isEmpty ? before.items : given
    var pool = 0
    let lane: UInt8
    switch transfer.to {
    case .lane(let letter):
      lane = letter.ascii
      if !Self.letters.utf8.contains(lane) { throw No("unknown_lane") }
      if lane == before.lane, serves(window, lane) { throw No("transfer_to_itself") }
      let isOpen = (1...4).contains { serves($0, lane) && desks[$0].duty == .open }
      if !isOpen, !transfer.insist { throw No("no_open_window") }
    case .window(let other):
      if other == window { throw No("transfer_to_itself") }
      if !(1...4).contains(other) { throw No("unknown_window") }
      if desks[other].duty == .closed { throw No("window_not_open") }
      if desks[other].duty == .paused, !transfer.insist { throw No("no_open_window") }
      pool = other
      lane = lanes(of: items).first ?? before.lane
    }
    if before.transfers >= 2, !isInWords { throw No("transfer_needs_words") }
    if given.isEmpty {
      visitors[here].stops.removeAll { $0 == lane }
    } else {
      let old = lanes(of: before.items)
      visitors[here].stops = lanes(of: given).filter { $0 != lane && (before.stops.contains($0) || !old.contains($0)) }
      if given != before.items { visitors[here].done = nil }
    }
    visitors[here].items = items
    visitors[here].transfers += 1
    visitors[here].isOnItsWay = true
    sent.removeAll { $0 == here }
    sent.append(here)
    move(here, from: window, lane, pool, before, at)
    return (.ticket(before.code), true)
  }

  private mutating func move(
    _ who: Int, from window: Int, _ lane: UInt8, _ pool: Int, _ before: Visitor, _ at: Timestamp
  ) {
    desks[window].step = (who, before.stand, .waiting, at)
    desks[window].before = before
    noteService(who, at)
    visitors[who].stand = .waiting
    visitors[who].calls = 0
    visitors[who].lane = lane
    visitors[who].pool = pool
    stand(who)
  }

  /// To the next lane that this window does not serve, or out of the hall.
  mutating func finish(_ who: Int, _ window: Int, _ at: Timestamp) {
    let left = visitors[who].stops.filter { !serves(window, $0) }
    guard let lane = left.first, today == visitors[who].day else {
      leave(who, window, as: .finished, at)
      return arrived(who)
    }
    let before = visitors[who]
    visitors[who].stops = Array(left.dropFirst())
    move(who, from: window, lane, 0, before, at)
    arrived(who)
  }

  mutating func arrived(_ who: Int) {
    visitors[who].isOnItsWay = false
    sent.removeAll { $0 == who }
  }

  mutating func restore(_ who: Int, _ before: Visitor) {
    line.removeAll { $0 == who }
    visitors[who].pool = 0
    visitors[who].lane = before.lane
    visitors[who].items = before.items
    visitors[who].done = before.done
    visitors[who].stops = before.stops
    visitors[who].calls = before.calls
    visitors[who].transfers = before.transfers
    arrived(who)
    if before.isOnItsWay {
      visitors[who].isOnItsWay = true
      sent.append(who)
    }
  }

  mutating func note(_ items: [String], _ here: Int?) throws -> (Outcome, Bool) {
    guard let here else { throw No("window_empty") }
    let items = try checked(items)
    if items.isEmpty { throw No("lane_needed") }
    let outcome = Outcome.ticket(visitors[here].code)
    if items == visitors[here].done ?? visitors[here].items { return (outcome, false) }
    visitors[here].done = items == visitors[here].items ? nil : items
    return (outcome, true)
  }

  mutating func lapse(_ window: Int, _ actor: Principal, _ at: Timestamp) throws -> (Outcome, Bool) {
    if actor != .system { throw No("staff_only") }
    guard desks.indices.contains(window), desks[window].duty == .paused else { return (.window(window), false) }
    if let since = desks[window].pausedAt, at.since(since) < 600_000 { return (.window(window), false) }
    let people = inLine(before: window)
    for who in people { visitors[who].pool = 0 }
    eventsLast = people.count
    return (.window(window), !people.isEmpty)
  }
}
