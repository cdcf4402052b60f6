import Groundwork
import Hall

extension Oracle {
  mutating func press(_ verb: WindowCommand, _ window: Int, _ actor: Principal, _ at: Timestamp) throws -> (
    Outcome, Bool
  ) {
    if !(1...4).contains(window) { throw No("unknown_window") }
    guard case .staff(let name, let role) = actor, role != .supervisor else { throw No("staff_only") }
    let badge = Int(name.dropFirst(2)) ?? 0
    if verb == .open { return try open(window, badge) }
    if desks[window].duty == .closed { throw No("window_not_open") }
    if desks[window].badge != badge, role != .coordinator { throw No("not_your_window") }
    let here = self.at(window)
    if desks[window].stranger, here == nil {
      switch verb {
      case .pause, .close, .serveUnnumbered: throw No("serving_unnumbered")
      case .call, .callPassingOver, .resume: throw No("serving_unnumbered")
      case .undo: throw No("nothing_to_undo")
      default: break
      }
    }
    switch verb {
    case .serveUnnumbered:
      if desks[window].duty == .paused { throw No("window_paused") }
      if here != nil { throw No("window_busy") }
      if today == nil { throw No("day_not_open") }
      desks[window].stranger = true
      desks[window].strangerSince = at
      desks[window].step = nil
      return (.window(window), true)
    case .finishUnnumbered:
      if !desks[window].stranger { throw No("window_empty") }
      desks[window].stranger = false
      return (.window(window), true)
    case .open: return try open(window, badge)
    case .pause:
      if here != nil { throw No("window_busy") }
      desks[window].duty = .paused
      desks[window].pausedAt = at
      return (.window(window), true)
    case .close:
      if here != nil { throw No("window_busy") }
      desks[window] = Desk(last: desks[window].last)
      let people = inLine(before: window)
      for who in people { visitors[who].pool = 0 }
      eventsLast = 1 + people.count
      return (.window(window), true)
    case .call(let named): return try call(named, window, here, at, hasReason: false)
    case .callPassingOver(let named, _): return try call(named, window, here, at, hasReason: true)
    case .resume(let code): return try resume(code, window, here)
    case .undo: return try undo(window, here, at)
    case .recall:
      guard let here else { throw No("window_empty") }
      if visitors[here].stand != .called { throw No("ticket_\(visitors[here].stand.rawValue)") }
      if visitors[here].calls >= limits.calls { throw No("call_limit_reached") }
      visitors[here].calls += 1
      return (.ticket(visitors[here].code), true)
    case .serve, .finish, .miss, .suspend, .abandon: return try step(verb, window, here, at)
    case .finishAndCall: return try finishAndCall(window, here, at)
    case .transfer(let transfer): return try send(transfer, window, here, at)
    case .noteItems(let items): return try note(items, here)
    }
  }

  private mutating func open(_ window: Int, _ badge: Int) throws -> (Outcome, Bool) {
    if desks[window].duty != .closed, desks[window].badge != badge { throw No("window_taken") }
    for other in 1...4 where other != window && desks[other].duty != .closed && desks[other].badge == badge {
      throw No("badge_at_other_window")
    }
    if desks[window].duty == .open { return (.window(window), false) }
    desks[window].duty = .open
    desks[window].badge = badge
    return (.window(window), true)
  }

  private mutating func call(
    _ named: PublicCode?, _ window: Int, _ here: Int?, _ at: Timestamp, hasReason: Bool
  ) throws -> (Outcome, Bool) {
    if desks[window].duty == .paused { throw No("window_paused") }
    if here != nil { throw No("window_busy") }
    if today == nil { throw No("day_not_open") }
    let who: Int
    let next = next(for: window, at: at)
    if let named {
      guard let found = visitor(named) else { throw No("unknown_ticket") }
      if visitors[found].stand != .waiting, visitors[found].stand != .missed {
        throw No("ticket_\(visitors[found].stand.rawValue)")
      }
      let pool = line.contains(found) ? visitors[found].pool : 0
      let isOurs = SyntheticHall.windows[window - 1].lanes.utf8.contains(visitors[found].lane)
      if pool > 0 ? pool != window : !isOurs { throw No("lane_not_served_here") }
      let isPassing =
        pool > 0
        ? !infront(of: found, at: window).isEmpty
        : (line.contains(found) || early.contains(found)) && inLine(visitors[found].lane).first != found
      if found != next, isPassing, !hasReason { throw No("call_needs_reason") }
      who = found
    } else {
      guard let found = next else { throw No("nobody_waiting") }
      who = found
    }
    bring(who, to: window, at, byName: who != next)
    return (.ticket(visitors[who].code), true)
  }

  private mutating func bring(_ who: Int, to window: Int, _ at: Timestamp, byName: Bool = false) {
    depart(who, byName: byName, at: window)
    visitors[who].stand = .called
    visitors[who].keeps = at
    visitors[who].window = window
    desks[window].last = who
    visitors[who].calls += 1
    desks[window].step = nil
  }

  private mutating func step(
    _ verb: WindowCommand, _ window: Int, _ here: Int?, _ at: Timestamp
  ) throws -> (Outcome, Bool) {
    guard let here else { throw No("window_empty") }
    let stand = visitors[here].stand
    switch verb {
    case .serve:
      if stand != .called { throw No("ticket_\(stand.rawValue)") }
      visitors[here].stand = .serving
      arrived(here)
    case .suspend:
      if stand != .serving { throw No("ticket_\(stand.rawValue)") }
      if today != visitors[here].day { throw No("day_not_open") }
      visitors[here].stand = .suspended
      noteService(here, at)
      visitors[here].keeps = nil
      desks[window].step = nil
    case .miss:
      if stand != .called { throw No("ticket_\(stand.rawValue)") }
      leave(here, window, as: .missed, at)
    case .abandon:
      leave(here, window, as: .abandoned, at)
      arrived(here)
    default: finish(here, window, at)
    }
    return (.ticket(visitors[here].code), true)
  }

  mutating func leave(_ who: Int, _ window: Int, as stand: Stand, _ at: Timestamp) {
    desks[window].step = (who, visitors[who].stand, stand, at)
    desks[window].before = nil
    visitors[who].stand = stand
    noteService(who, at)
    if stand != .missed { visitors[who].ended = at }
  }

  private mutating func finishAndCall(_ window: Int, _ here: Int?, _ at: Timestamp) throws -> (Outcome, Bool) {
    guard let here else { throw No("window_empty") }
    if desks[window].duty == .paused { throw No("window_paused") }
    finish(here, window, at)
    let next = today == nil ? nil : next(for: window, at: at)
    if let next { bring(next, to: window, at) }
    eventsLast = next == nil ? 1 : 2
    return (.finishedAndCalled(finished: visitors[here].code, called: next.map { visitors[$0].code }), true)
  }

  private mutating func resume(_ code: PublicCode, _ window: Int, _ here: Int?) throws -> (Outcome, Bool) {
    if desks[window].duty == .paused { throw No("window_paused") }
    if here != nil { throw No("window_busy") }
    guard let who = visitor(code) else { throw No("unknown_ticket") }
    if visitors[who].stand != .suspended { throw No("ticket_\(visitors[who].stand.rawValue)") }
    visitors[who].stand = .serving
    visitors[who].window = window
    desks[window].last = who
    desks[window].step = nil
    return (.ticket(code), true)
  }

  private mutating func undo(_ window: Int, _ here: Int?, _ at: Timestamp) throws -> (Outcome, Bool) {
    guard here == nil, let step = desks[window].step, at.since(step.at) <= limits.undoMilliseconds,
      visitors[step.visitor].stand == step.became, visitors[step.visitor].window == window,
      today == visitors[step.visitor].day
    else { throw No("nothing_to_undo") }
    forgetService(step.visitor, desks[window].before?.lane ?? visitors[step.visitor].lane)
    if let before = desks[window].before { restore(step.visitor, before) }
    visitors[step.visitor].stand = step.was
    visitors[step.visitor].ended = nil
    desks[window].last = step.visitor
    desks[window].step = nil
    return (.ticket(visitors[step.visitor].code), true)
  }
}
