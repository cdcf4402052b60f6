package import Groundwork

/// The cut-off by remaining capacity.
///
/// The daemon asks every second whether a lane has to be stopped or can go on, and sends `weighLanes` when one has to
/// change. The change is an event, so that taking a number only reads the state. Commands are decided one after the
/// other: a request that came before the stop gets its number.
extension HallState {
  func decideWeighLanes(_ rules: HallRules, _ envelope: Envelope) throws(Refusal) -> Decision {
    guard envelope.actor == .system else { throw .request(.coordinatorOnly) }
    return Decision(laneChanges(rules, at: envelope.at).map { .queue($0) }, .done)
  }

  /// Refuses a number at a kiosk where a coordinator has paused the lane, or its windows cannot serve more.
  func checkGiving(_ lane: LaneLetter, _ rules: HallRules, _ at: Timestamp) throws(Refusal) {
    if let paused = arrangements.paused[lane]?.what { throw .arrangement(.lanePaused(lane, reason: paused.reason)) }
    try checkStopped(lane, rules, at)
  }

  /// Refuses a number at a kiosk where the lane is stopped.
  func checkStopped(_ lane: LaneLetter, _ rules: HallRules, _ at: Timestamp) throws(Refusal) {
    guard cutOff.stopped[lane] != nil else { return }
    throw .queue(.laneStopped(lane, nextOpening: openingAfterStop(rules, at)))
  }

  /// When numbers of a stopped lane are issued again: on another day.
  package func openingAfterStop(_ rules: HallRules, _ at: Timestamp) -> Timestamp? {
    nextOpening(rules, rules.zone.civil(at).date, CivilTime(minuteOfDay: 1439))
  }

  func nextOpening(_ rules: HallRules, _ date: CivilDate, _ time: CivilTime) -> Timestamp? {
    hours(rules).nextOpening(after: date, time, rules.calendar).map { rules.zone.moment($0.date, $0.time) }
  }

  /// The lanes that are to be stopped now or go on now; empty almost always.
  package func laneChanges(_ rules: HallRules, at moment: Timestamp) -> [QueueEvent] {
    guard day != nil, let terms = waits.terms, let rule = terms.cutOff, let closing = terms.closing else { return [] }
    let isEarly = closing.since(moment) > Int64(rule.earliestMinutes) * 60_000
    // From there on the fixed cut-off is in force for every lane.
    let isLate = closing.since(moment) <= Int64(rules.hours.cutOffMinutes) * 60_000
    if isEarly, cutOff.stopped.isEmpty { return [] }
    return rules.lanes.compactMap { lane in
      let load = isEarly ? nil : load(of: lane.letter, rules, at: moment)
      guard let since = cutOff.stopped[lane.letter] else {
        guard !isLate, let load, load.passes(rule.load), isQuiet(lane.letter, at: moment) || load.passes(1000) else {
          return nil
        }
        return .laneStopped(LaneStopped(lane: lane.letter, load: load))
      }
      if isEarly { return .laneWentOn(LaneWentOn(lane: lane.letter, load: nil)) }
      guard let load, !load.passes(CutOffRule.reopening), moment.since(since) >= CutOffRule.shortest else { return nil }
      return .laneWentOn(LaneWentOn(lane: lane.letter, load: load))
    }
  }

  /// What a lane's open windows can still do on the open day.
  ///
  /// A window's time is shared by those of its lanes in which somebody waits, and this one. The ticket at a window is
  /// expected to leave one usual service after its call.
  ///
  /// Nil where nothing can be said: no window is open for the lane, no usual service is known, or the day has no end.
  package func load(of lane: LaneLetter, _ rules: HallRules, at moment: Timestamp) -> LaneLoad? {
    guard let terms = waits.terms, let rule = terms.cutOff, let closing = terms.closing,
      let service = usualService(lane, rules)
    else { return nil }
    let open = rules.windows.filter { $0.lanes.contains(lane) && windows[$0.number]?.duty == .open }
    guard !open.isEmpty else { return nil }
    let end = Timestamp(milliseconds: closing.milliseconds + Int64(rule.overtimeMinutes) * 60_000)
    let capacity = open.reduce(into: Int64(0)) { sum, window in
      let here = windows[window.number]
      let since = here?.ticket.flatMap { queue.tickets[$0]?.atWindowSince } ?? here?.unnumberedSince
      let free = since.map { max(moment, Timestamp(milliseconds: $0.milliseconds + service)) } ?? moment
      // A break before the last session is no capacity.
      let left = terms.hallTime(from: free, to: closing) + max(0, end.since(max(free, closing)))
      let shares = window.lanes.count { $0 == lane || queue.waitingCount($0) > 0 }
      sum += left * 1000 / (service * Int64(shares))
    }
    let suspended = queue.suspended.count { queue.tickets[$0]?.lane == lane }
    let coming = day.map { reservations.coming(lane, on: $0.date) } ?? 0
    return LaneLoad(need: queue.waitingCount(lane) + suspended + coming + 1, capacity: Int(capacity))
  }

  /// Whether nobody has taken a number of the lane for `CutOffRule.quiet`.
  private func isQuiet(_ lane: LaneLetter, at moment: Timestamp) -> Bool {
    guard let waiting = queue.waiting[lane] else { return true }
    let last = [waiting.ordinary.last { !$0.rank.isToCome }, waiting.priority.last].compactMap { $0 }
    return !last.contains { entry in
      queue.tickets[entry.code].map { moment.since($0.issuedAt) < CutOffRule.quiet } ?? false
    }
  }

  func violations(before event: LaneStopped) -> [String] {
    if day == nil { return ["a lane is stopped while no day is open"] }
    return cutOff.stopped[event.lane] == nil ? [] : ["lane \(event.lane) is stopped twice"]
  }

  func violations(before event: LaneWentOn) -> [String] {
    cutOff.stopped[event.lane] == nil ? ["lane \(event.lane) goes on and was not stopped"] : []
  }
}
