import Groundwork
import Hall

/// Invariants of the journal and of the answers, independent of the oracle.
///
/// Looks at durable events one by one and at the answers that callers received. It does not use `HallState`.
struct Audit {
  private(set) var findings: [String] = []
  private var numbers: Set<String> = []
  private var atWindow: [Int: PublicCode] = [:]
  private var windowOf: [PublicCode: Int] = [:]
  private var numberOf: [PublicCode: TicketNumber] = [:]
  private var dayOf: [PublicCode: CivilDate] = [:]
  /// The waiting tickets of each lane by rank.
  private var lanes: [LaneLetter: [Waiting]] = [:]
  /// Overtaking calls of each lane since an ordinary ticket was called.
  private var inARow: [LaneLetter: Int] = [:]
  private var hasPriority: Set<PublicCode> = []
  /// The order of the open day.
  private var rule = OrderRule.byArrival

  /// Whoever came before a reserved slot that has not begun.
  private var toCome: [(code: PublicCode, lane: LaneLetter, from: Timestamp)] = []
  private var slots: [PublicCode: Timestamp] = [:]
  private var isHonoured: Set<PublicCode> = []
  private var issues: [PublicCode: (sequence: Int64, at: Timestamp)] = [:]

  private struct Waiting {
    let code: PublicCode
    /// Its place: the number of the event with which it came, or between two of them.
    var came: Double
    var overtaken = 0
  }
  /// Those who wait for one window alone, by rank.
  private var pools: [Int: [Waiting]] = [:]
  /// The lane in which each ticket waits, or waited last, and the one before a step to another.
  private var laneOf: [PublicCode: LaneLetter] = [:]
  private var laneBefore: [PublicCode: LaneLetter] = [:]
  /// Each ticket as it was in its lane last.
  private var last: [PublicCode: Waiting] = [:]
  private var sequence: Int64 = 0
  private var at = Timestamp(milliseconds: .min)
  private var answered: [IdempotencyKey: Outcome] = [:]
  private var acknowledged: [PublicCode: TicketNumber] = [:]
  private(set) var issued = 0

  private mutating func find(_ finding: String) { findings.append("audit: " + finding) }

  /// Checks the next durable event.
  mutating func see(_ recorded: RecordedEvent) {
    if recorded.sequence != sequence + 1 { find("sequence \(recorded.sequence) follows \(sequence)") }
    sequence = recorded.sequence
    if recorded.at < at, !recorded.event.setsTheTimeBack { find("event \(sequence) is earlier than the one before it") }
    at = recorded.at
    beginSlots()
    switch recorded.event {
    case .queue(.ticketIssued(let e)):
      issued += 1
      if !numbers.insert("\(e.day) \(e.number)").inserted { find("\(e.number) was given twice on \(e.day)") }
      if numberOf.updateValue(e.number, forKey: e.code) != nil { find("\(e.code) was given twice") }
      dayOf[e.code] = e.day
      if e.priority { hasPriority.insert(e.code) }
      laneOf[e.code] = e.number.lane
      issues[e.code] = (sequence, at)
      lanes[e.number.lane, default: []].append(Waiting(code: e.code, came: Double(sequence)))
    case .queue(.ticketCheckedIn(let e)):
      guard let lane = laneOf[e.code] else { break }
      let place = min(e.place, lanes[lane]?.count ?? 0)
      let back = Waiting(code: e.code, came: returned(to: lane, at: place))
      lanes[lane, default: []].insert(back, at: place)
    case .queue(.ticketPlaced(let e)):
      guard let lane = laneOf[e.code], leaveLane(e.code) else { break }
      let place = min(e.place, lanes[lane]?.count ?? 0)
      lanes[lane, default: []].insert(Waiting(code: e.code, came: returned(to: lane, at: place)), at: place)
    case .queue(.priorityChanged(let e)):
      if e.priority || isHonoured.contains(e.code) { hasPriority.insert(e.code) } else { hasPriority.remove(e.code) }
      if let early = toCome.first(where: { $0.code == e.code }) {
        toCome.removeAll { $0.code == e.code }
        stand(e.code, early.lane, Double(issue(e.code)))
      }
    case .reservation(.reservationMade(let e)): slots[e.code] = e.from
    case .reservation(.reservationCheckedIn(let e)): come(e)
    case .day(.clockConfirmed):
      for (code, issue) in issues { issues[code]?.at = min(issue.at, at) }
    case .day(.dayOpened(let e)): rule = e.order ?? .byArrival
    case .window(.ticketCalled(let e)): call(e)
    case .window(.ticketResumed(let e)): arrive(e.code, e.window)
    case .window(.stepUndone(let e)):
      if leaveLane(e.code) { laneOf[e.code] = laneBefore[e.code] }
      arrive(e.code, e.window)
    case .window(.ticketTransferred(let e)): move(e.code, from: e.from, to: e.lane, pool: e.window)
    case .window(.ticketMovedOn(let e)): move(e.code, from: e.window, to: e.lane, pool: nil)
    case .queue(.transferLapsed(let e)):
      if let waiting = pools[e.window]?.first(where: { $0.code == e.code }), let lane = laneOf[e.code] {
        pools[e.window]?.removeAll { $0.code == e.code }
        insert(waiting, &lanes[lane, default: []])
      } else {
        find("\(e.code) did not wait for window \(e.window)")
      }
    case .window(.ticketFinished(let e)), .window(.ticketMissed(let e)), .window(.ticketSuspended(let e)):
      depart(e.code, e.window)
    case .queue(.ticketAbandoned(let e)):
      if let window = e.window { depart(e.code, window) } else { leaveLane(e.code) }
    case .day(.dayClosed(let e)):
      for code in e.closed {
        leaveLane(code)
        if let window = windowOf[code] { depart(code, window) }
      }
      inARow = [:]
    default: break
    }
  }

  /// A reserved ticket leaves the end of its lane for the place that its slot gives.
  private mutating func come(_ e: ReservationCheckedIn) {
    guard let lane = numberOf[e.ticket]?.lane, let from = slots[e.code] else {
      return find("a reservation that was never made becomes a ticket")
    }
    guard e.timing != .late else { return }
    isHonoured.insert(e.ticket)
    leaveLane(e.ticket)
    if e.timing == .early {
      if at >= from { find("\(e.ticket) came before a slot that had begun") }
      toCome.append((e.ticket, lane, from))
      return
    }
    let since = issues.filter { $0.key != e.ticket && dayOf[$0.key] == dayOf[e.ticket] && $0.value.at >= from }
      .map(\.value.sequence).min()
    stand(e.ticket, lane, e.timing == .owed ? 0 : since.map { Double($0) - 0.5 } ?? Double(sequence - 1))
  }

  private mutating func beginSlots() {
    let begun = toCome.filter { $0.from <= at }.sorted {
      ($0.from, issue($0.code)) < ($1.from, issue($1.code))
    }
    toCome.removeAll { $0.from <= at }
    for one in begun { stand(one.code, one.lane, Double(sequence) - 0.5) }
  }

  private mutating func stand(_ code: PublicCode, _ lane: LaneLetter, _ key: Double) {
    hasPriority.insert(code)
    var people = lanes[lane] ?? []
    insert(Waiting(code: code, came: key), &people)
    lanes[lane] = people
  }

  /// Somebody is called before the slot begins: only while nobody else of the lane waits, or by name.
  private mutating func callEarly(_ e: TicketCalled, _ lane: LaneLetter) {
    leaveLane(e.code)
    // Whoever misses this call comes back among those with priority.
    hasPriority.insert(e.code)
    if !e.isByName {
      if lanes[lane]?.isEmpty == false { find("\(e.code) was called before its slot while others waited") }
      inARow[lane] = 0
      return
    }
    for index in lanes[lane, default: []].indices where !hasPriority.contains(lanes[lane]?[index].code ?? e.code) {
      lanes[lane]?[index].overtaken += 1
    }
  }

  /// A call by the rule overtakes nobody at all, or, with priority, ordinary tickets as often as the day's rule lets it.
  private mutating func call(_ e: TicketCalled) {
    arrive(e.code, e.window)
    if let early = toCome.first(where: { $0.code == e.code }) { return callEarly(e, early.lane) }
    guard let number = numberOf[e.code], let lane = laneOf[e.code] else { return }
    if let index = pools[e.window]?.firstIndex(where: { $0.code == e.code }) {
      return callOwn(number, index, e)
    }
    guard let index = lanes[lane]?.firstIndex(where: { $0.code == e.code }) else { return }
    let isUrgent = hasPriority.contains(e.code)
    for ahead in 0..<index {
      guard let other = lanes[lane]?[ahead], !hasPriority.contains(other.code) || !e.isByName else { continue }
      let name = numberOf[other.code]?.description ?? "?"
      if !e.isByName {
        if !isUrgent || hasPriority.contains(other.code) { find("\(number) overtook \(name)") }
        if other.overtaken >= rule.overtakings { find("\(number) overtook \(name) once too often") }
      }
      lanes[lane]?[ahead].overtaken += 1
    }
    if !e.isByName {
      inARow[lane] = isUrgent ? inARow[lane, default: 0] + (index > 0 ? 1 : 0) : 0
      if inARow[lane, default: 0] > rule.inARow { find("\(number) was one too many in a row") }
    }
    last[e.code] = lanes[lane]?.remove(at: index)
  }

  /// Who waits for this window alone: by the rule the first of them.
  private mutating func callOwn(_ number: TicketNumber, _ index: Int, _ e: TicketCalled) {
    guard let called = pools[e.window]?.remove(at: index) else { return }
    last[e.code] = called
    if !e.isByName {
      if index > 0 { find("\(number) overtook somebody who waits for window \(e.window)") }
      return
    }
    for lane in e.lanes {
      for index in (lanes[lane] ?? []).indices {
        guard let other = lanes[lane]?[index], other.came < called.came, !hasPriority.contains(other.code) else {
          continue
        }
        lanes[lane]?[index].overtaken += 1
      }
    }
  }

  /// - Returns: whether it waited.
  @discardableResult
  private mutating func leaveLane(_ code: PublicCode) -> Bool {
    if let lane = laneOf[code], let index = lanes[lane]?.firstIndex(where: { $0.code == code }) {
      last[code] = lanes[lane]?.remove(at: index)
      return true
    }
    if toCome.contains(where: { $0.code == code }) {
      toCome.removeAll { $0.code == code }
      last[code] = Waiting(code: code, came: Double(issue(code)))
      return true
    }
    for window in pools.keys {
      guard let index = pools[window]?.firstIndex(where: { $0.code == code }) else { continue }
      last[code] = pools[window]?.remove(at: index)
      return true
    }
    return false
  }

  /// A ticket waits again with the rank that it had.
  private mutating func move(_ code: PublicCode, from window: Int, to lane: LaneLetter, pool: Int?) {
    depart(code, window)
    guard let waiting = last[code] else { return find("\(code) is sent on and has never waited") }
    laneBefore[code] = laneOf[code]
    laneOf[code] = lane
    if let pool { insert(waiting, &pools[pool, default: []]) } else { insert(waiting, &lanes[lane, default: []]) }
  }

  private func issue(_ code: PublicCode) -> Int64 { issues[code]?.sequence ?? 0 }

  private func insert(_ waiting: Waiting, _ people: inout [Waiting]) {
    let index = people.firstIndex { ($0.came, issue($0.code)) > (waiting.came, issue(waiting.code)) }
    people.insert(waiting, at: index ?? people.count)
  }

  /// Where a resident who came back stands among all: between whom they were put behind and the next record.
  private func returned(to lane: LaneLetter, at place: Int) -> Double {
    let people = lanes[lane] ?? []
    guard place > 0, place < people.count else { return Double(sequence) }
    let front = people[place - 1].came
    return front + (min(people[place].came, front.rounded(.down) + 1) - front) / 2
  }

  private mutating func arrive(_ code: PublicCode, _ window: Int) {
    if let other = atWindow[window] { find("window \(window) took \(code) while \(other) was at it") }
    if let other = windowOf[code] { find("\(code) came to window \(window) while at window \(other)") }
    atWindow[window] = code
    windowOf[code] = window
  }

  private mutating func depart(_ code: PublicCode, _ window: Int) {
    if atWindow[window] != code { find("\(code) left window \(window) without being at it") }
    atWindow[window] = nil
    windowOf[code] = nil
  }

  /// Checks an answer that a caller received.
  mutating func told(_ key: IdempotencyKey?, _ outcome: Outcome, number: TicketNumber?) {
    // A ring while one is open makes no event, so that answer is not in the journal.
    var isFact = true
    if case .help = outcome { isFact = false }
    if let key, isFact {
      if let before = answered[key], before != outcome { find("key \(key.key) got two answers") }
      answered[key] = outcome
    }
    if case .ticket(let code) = outcome, let number { acknowledged[code] = number }
  }

  /// Tickets that callers hold but the journal does not know.
  mutating func reconcile() {
    for (code, number) in acknowledged where numberOf[code] != number {
      find("\(number) was acknowledged and is not in the journal")
    }
  }
}

extension Event {
  /// A coordinator confirmed a clock that shows an earlier time than the hall went by.
  fileprivate var setsTheTimeBack: Bool { if case .day(.clockConfirmed) = self { true } else { false } }
}
