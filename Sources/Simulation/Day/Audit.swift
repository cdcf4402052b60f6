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
  /// Waiting tickets of each lane that never left it, in the order of issue.
  private var untouched: [LaneLetter: [PublicCode]] = [:]
  private var sequence: Int64 = 0
  private var at = Timestamp(milliseconds: .min)
  private var answered: [IdempotencyKey: Outcome] = [:]
  private var acknowledged: [PublicCode: TicketNumber] = [:]
  private(set) var issued = 0
  /// Tickets that were called by number and may therefore overtake others.
  var calledByName: Set<PublicCode> = []

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
      untouched[e.number.lane, default: []].append(e.code)
    case .window(.ticketCalled(let e)): call(e.code, e.window)
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
    default: break
    }
  }

  private mutating func call(_ code: PublicCode, _ window: Int) {
    arrive(code, window)
    guard let lane = numberOf[code]?.lane, let index = untouched[lane]?.firstIndex(of: code) else { return }
    let overtaken = untouched[lane]?.prefix(index).first { !calledByName.contains($0) }
    if let overtaken, !calledByName.contains(code) {
      find("\(numberOf[code]?.description ?? "?") overtook \(numberOf[overtaken]?.description ?? "?")")
    }
    untouched[lane]?.remove(at: index)
  }

  private mutating func leaveLane(_ code: PublicCode) {
    guard let lane = numberOf[code]?.lane else { return }
    untouched[lane]?.removeAll { $0 == code }
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
