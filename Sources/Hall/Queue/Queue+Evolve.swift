import Groundwork

extension HallState {
  mutating func evolveIssued(_ e: TicketIssued, _ at: Timestamp, _ actor: Principal) {
    tickets[e.code] = Ticket(
      code: e.code, number: e.number, day: e.day, items: e.items, priority: e.priority, kiosk: e.kiosk,
      catalogueVersion: e.catalogueVersion, issuedAt: at, issuedBy: actor, aheadAtIssue: e.ahead,
      waitAtIssue: e.wait, issuedSequence: sequence + 1)
    waiting[e.number.lane, default: []].append(e.code)
    let last = ordinals[e.day]?[e.number.lane] ?? 0
    ordinals[e.day, default: [:]][e.number.lane] = max(last, e.number.ordinal)
    day?.totals.issued += 1
  }

  mutating func evolveHolder(_ e: HolderNoted) {
    if let mark = e.mark { holders[mark, default: []].append(e.code) }
    if let badge = e.agent { agents[badge, default: []].append(e.code) }
  }

  mutating func evolveCheckedIn(_ e: TicketCheckedIn) {
    guard let lane = tickets[e.code]?.lane else { return }
    tickets[e.code]?.state = .waiting
    tickets[e.code]?.reCheckIns += 1
    tickets[e.code]?.calls = 0
    missed.removeAll { $0 == e.code }
    waiting[lane, default: []].insert(e.code, at: min(e.place, waitingCount(lane)))
  }

  mutating func evolveAbandoned(_ e: TicketAbandoned, _ at: Timestamp) {
    guard let ticket = tickets[e.code] else { return }
    leaveLists(ticket)
    if let window = e.window { leaveWindow(window, ticket, to: .abandoned, at) }
    tickets[e.code]?.state = .abandoned
    tickets[e.code]?.endedAt = at
    if day?.date == ticket.day { day?.totals.abandoned += 1 }
  }

  /// Takes a ticket out of whatever list its present state keeps it in.
  mutating func leaveLists(_ ticket: Ticket) {
    switch ticket.state {
    case .waiting:
      guard let place = waiting[ticket.lane]?.firstIndex(of: ticket.code) else { return }
      waiting[ticket.lane]?.remove(at: place)
    case .missed: missed.removeAll { $0 == ticket.code }
    case .suspended: suspended.removeAll { $0 == ticket.code }
    case .called, .serving, .finished, .abandoned, .closed: break
    }
  }

  /// Frees a window, remembering the step so that it can be taken back.
  mutating func leaveWindow(_ number: Int, _ ticket: Ticket, to after: TicketState, _ at: Timestamp) {
    windows[number, default: WindowState()].ticket = nil
    windows[number]?.lastStep = WindowState.Step(code: ticket.code, before: ticket.state, after: after, at: at)
  }
}
