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

  private struct Waiting {
    let code: PublicCode
    var overtaken = 0
  }
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
    switch recorded.event {
    case .queue(.ticketIssued(let e)):
      issued += 1
      if !numbers.insert("\(e.day) \(e.number)").inserted { find("\(e.number) was given twice on \(e.day)") }
      if numberOf.updateValue(e.number, forKey: e.code) != nil { find("\(e.code) was given twice") }
      dayOf[e.code] = e.day
      if e.priority { hasPriority.insert(e.code) }
      lanes[e.number.lane, default: []].append(Waiting(code: e.code))
    case .queue(.ticketCheckedIn(let e)):
      guard let lane = numberOf[e.code]?.lane else { break }
      lanes[lane, default: []].insert(Waiting(code: e.code), at: min(e.place, lanes[lane]?.count ?? 0))
    case .queue(.priorityChanged(let e)):
      if e.priority { hasPriority.insert(e.code) } else { hasPriority.remove(e.code) }
    case .day(.dayOpened(let e)): rule = e.order ?? .byArrival
    case .window(.ticketCalled(let e)): call(e)
    case .window(.ticketResumed(let e)): arrive(e.code, e.window)
    case .window(.stepUndone(let e)): arrive(e.code, e.window)
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

  /// A call by the rule overtakes nobody at all, or, with priority, ordinary tickets as often as the day's rule lets it.
  private mutating func call(_ e: TicketCalled) {
    arrive(e.code, e.window)
    guard let number = numberOf[e.code], let index = lanes[number.lane]?.firstIndex(where: { $0.code == e.code })
    else { return }
    let isUrgent = hasPriority.contains(e.code)
    for place in 0..<index {
      guard let other = lanes[number.lane]?[place], !hasPriority.contains(other.code) || !e.isByName else { continue }
      let name = numberOf[other.code]?.description ?? "?"
      if !e.isByName {
        if !isUrgent || hasPriority.contains(other.code) { find("\(number) overtook \(name)") }
        if other.overtaken >= rule.overtakings { find("\(number) overtook \(name) once too often") }
      }
      lanes[number.lane]?[place].overtaken += 1
    }
    if !e.isByName {
      inARow[number.lane] = isUrgent ? inARow[number.lane, default: 0] + (index > 0 ? 1 : 0) : 0
      if inARow[number.lane, default: 0] > rule.inARow { find("\(number) was one too many in a row") }
    }
    lanes[number.lane]?.remove(at: index)
  }

  private mutating func leaveLane(_ code: PublicCode) {
    guard let lane = numberOf[code]?.lane else { return }
    lanes[lane]?.removeAll { $0.code == code }
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
