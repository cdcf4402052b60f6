import Groundwork
import Hall

extension Oracle {
  mutating func reprint(_ code: PublicCode, _ kiosk: String?) throws -> (Outcome, Bool) {
    guard let who = visitor(code) else {
      if sheets.contains(where: { $0.code == code && !$0.isForgotten }) { throw No("not simulated here") }
      throw No("unknown_ticket")
    }
    let index: Int
    if let kiosk {
      index = try kioskIndex(kiosk)
    } else if visitors[who].kiosk >= 0 {
      index = visitors[who].kiosk
    } else {
      throw No("unknown_slip")
    }
    if !SyntheticHall.kiosks[index].prints { throw No("no_printer") }
    switch visitors[who].paper {
    case .queued, .printing: throw No("slip_on_its_way")
    case nil, .done, .notSent, .unknown, .expired:
      visitors[who].paper = .queued
      visitors[who].attempt += 1
      visitors[who].isAcknowledged = false
      // A later reprint without a kiosk goes to the last one.
      visitors[who].kiosk = index
      return (.ticket(code), true)
    }
  }

  mutating func acknowledge(_ code: PublicCode) throws -> (Outcome, Bool) {
    guard let who = visitor(code) else { throw No("unknown_ticket") }
    if visitors[who].paper == nil { throw No("unknown_slip") }
    let isNew = !visitors[who].isAcknowledged
    visitors[who].isAcknowledged = true
    return (.ticket(code), isNew)
  }

  /// The print desk reports on a ticket's slip.
  mutating func paper(_ command: PrintCommand, _ slips: [SlipID: PublicCode]) throws -> (Outcome, Bool) {
    let id: SlipID
    let named: Int?
    switch command {
    case .start(let slip, let attempt), .prepared(let slip, let attempt, _), .end(let slip, let attempt, _, _):
      (id, named) = (slip, attempt)
    case .expire(let slip): (id, named) = (slip, nil)
    case .reprint, .acknowledge, .changeRoll: throw No("not simulated here")
    }
    guard let code = slips[id], let who = visitor(code) else { throw No("unknown_slip") }
    if let named, visitors[who].attempt != named { throw No("stale_attempt") }
    let paper = visitors[who].paper
    switch command {
    case .start, .expire:
      if paper != .queued, paper != .notSent { throw No("stale_attempt") }
      if case .start = command { visitors[who].paper = .printing } else { visitors[who].paper = .expired }
    case .end(_, _, let outcome, let millimetres):
      if paper != .printing { throw No("stale_attempt") }
      usePaper(outcome, millimetres, at: visitors[who].kiosk)
      switch outcome {
      case .printed: visitors[who].paper = .done
      case .notSent: visitors[who].paper = .notSent
      case .unknown: visitors[who].paper = .unknown
      }
    case .prepared, .reprint, .acknowledge, .changeRoll:
      if paper != .printing { throw No("stale_attempt") }
    }
    return (.slip(id), true)
  }

  /// A slip that came out, or may have, uses paper.
  private mutating func usePaper(_ outcome: AttemptOutcome, _ millimetres: Int, at kiosk: Int) {
    if case .notSent = outcome { return }
    if millimetres > 0 {
      rolls[kiosk].append(millimetres)
      eventsLast = 2
    }
  }

  mutating func changeRoll(_ kiosk: String, _ actor: Principal) throws -> (Outcome, Bool) {
    let index = try kioskIndex(kiosk)
    if !SyntheticHall.kiosks[index].prints { throw No("no_printer") }
    if case .kiosk = actor { throw No("staff_only") }
    rolls[index] = []
    return (.done, true)
  }
}
