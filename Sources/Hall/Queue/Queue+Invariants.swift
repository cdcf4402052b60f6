import Groundwork

/// The state machine of a ticket: waiting → called → serving → finished, with the exits missed, suspended, abandoned
/// and closed. It goes back only by calling a missed ticket, by resume, by check-in or by undo.
extension HallState {
  func violations(before event: QueueEvent) -> [String] {
    switch event {
    case .ticketIssued(let e): return issueViolations(e)
    case .holderNoted(let e): return step(e.code, from: [.waiting])
    case .ticketCheckedIn(let e): return step(e.code, from: [.missed])
    case .priorityChanged(let e): return step(e.code, from: [.waiting, .missed])
    case .priorityReasonNoted(let e): return priorityViolations(e)
    case .itineraryPlanned(let e): return step(e.code, from: [.waiting])
    case .transferLapsed(let e): return violations(before: e)
    case .ticketPlaced(let e): return step(e.code, from: [.waiting])
    case .ticketLinked(let e): return queue.tickets[e.code] == nil ? ["an unknown ticket was linked"] : []
    case .ticketAbandoned(let e):
      guard let window = e.window else { return step(e.code, from: [.waiting, .missed]) }
      return step(e.code, from: [.called, .serving]) + holds(window, e.code)
    case .promiseBroken(let e): return violations(before: e)
    case .laneStopped(let e): return violations(before: e)
    case .laneWentOn(let e): return violations(before: e)
    }
  }

  func check(_ event: QueueEvent, _ found: inout [String]) {
    switch event {
    case .ticketIssued(let e): checkTicket(e.code, &found)
    case .holderNoted(let e): checkHolder(e, &found)
    case .ticketCheckedIn(let e): checkTicket(e.code, &found)
    case .ticketAbandoned(let e): checkTicket(e.code, &found)
    case .promiseBroken(let e): checkTicket(e.code, &found)
    case .priorityChanged(let e): checkTicket(e.code, &found)
    case .priorityReasonNoted, .laneStopped, .laneWentOn: break
    case .itineraryPlanned(let e): checkTicket(e.code, &found)
    case .transferLapsed(let e): checkTicket(e.code, &found)
    case .ticketPlaced(let e): checkTicket(e.code, &found)
    case .ticketLinked(let e): checkTicket(e.code, &found)
    }
  }

  func checkQueue(_ found: inout [String]) {
    for code in queue.tickets.keys { checkTicket(code, &found) }
    queue.checkNumbers(adopted: leases.adopted, &found)
    queue.checkLists(&found)
    queue.checkTransfers(&found)
    checkHolders(&found)
  }

  /// Whether a ticket is in a state from which a transition may start.
  func step(_ code: PublicCode, from legal: [TicketState]) -> [String] {
    guard let ticket = queue.tickets[code] else { return ["a step is taken with a ticket that is not there"] }
    return legal.contains(ticket.state)
      ? [] : ["\(ticket.number) takes a step that is not open to \(ticket.state.rawValue)"]
  }

  /// A number is above every number that its lane has issued on its day, and its code is new.
  private func issueViolations(_ e: TicketIssued) -> [String] {
    var found: [String] = []
    if day?.date != e.day { found.append("\(e.number) is issued for a day that is not open") }
    if queue.tickets[e.code] != nil { found.append("\(e.number) has the code of another ticket") }
    if e.number.ordinal <= queue.lastOrdinal(e.number.lane, on: e.day) {
      found.append("\(e.number) was given before on \(e.day), or its ordinal was passed over")
    }
    return found
  }

  /// A ticket is in the one list of its state, and at a window only while it is called or served.
  func checkTicket(_ code: PublicCode, _ found: inout [String]) {
    guard let ticket = queue.tickets[code] else {
      found.append("a ticket that an event names is not there")
      return
    }
    if ticket.state.isAtWindow {
      guard let window = ticket.window, windows[window]?.ticket == code else {
        found.append("\(ticket.number) is \(ticket.state.rawValue) at no window")
        return
      }
    }
    if ticket.state == .waiting, queue.isListed(ticket) == false { found.append("\(ticket.number) waits nowhere") }
    if leases.adopted[code] == nil,
      ticket.number.ordinal > queue.lastOrdinal(ticket.number.lane, on: ticket.day)
    {
      found.append("\(ticket.number) is above the last number of its lane")
    }
  }

  private func priorityViolations(_ e: PriorityReasonNoted) -> [String] {
    queue.tickets[e.code]?.priority == true ? [] : ["a reason is noted for a ticket without priority"]
  }

  private func checkHolder(_ e: HolderNoted, _ found: inout [String]) {
    checkTicket(e.code, &found)
    if let pseudonym = e.pseudonym, queue.holders[pseudonym]?.contains(e.code) != true {
      found.append("a ticket's holder is not known")
    }
    if let badge = e.agent, queue.agents[badge]?.contains(e.code) != true {
      found.append("a ticket's agent is not known")
    }
  }

  /// Every ticket of a holder belongs to the open day, and no pseudonym outlives it.
  private func checkHolders(_ found: inout [String]) {
    if day == nil, !queue.holders.isEmpty { found.append("holders are known after the day") }
    if day == nil, !queue.agents.isEmpty { found.append("agents hold tickets after the day") }
    for code in Array(queue.holders.values.joined()) + queue.agents.values.joined()
    where queue.tickets[code]?.day != day?.date {
      found.append("somebody holds or carries a ticket of another day")
    }
  }
}

extension QueueState {
  /// Whether a waiting ticket stands in its lane, or before its window.
  func isListed(_ ticket: Ticket) -> Bool {
    if let window = ticket.pool { return pools[window]?.entry(of: ticket.code) != nil }
    return waiting[ticket.lane]?.entry(of: ticket.code) != nil
  }

  /// A number is unique per lane and business day, and at most the day's last where it was not leased.
  func checkNumbers(adopted: [PublicCode: LeaseState.Adopted], _ found: inout [String]) {
    var seen: Set<DayNumber> = []
    for ticket in tickets.values {
      if !seen.insert(DayNumber(day: ticket.day, number: ticket.number)).inserted {
        found.append("\(ticket.number) was given twice on \(ticket.day)")
      }
      if adopted[ticket.code] == nil, ticket.number.ordinal > lastOrdinal(ticket.number.lane, on: ticket.day) {
        found.append("\(ticket.number) is above the last number of its lane")
      }
    }
  }

  private struct DayNumber: Hashable {
    let day: CivilDate
    let number: TicketNumber
  }

  func checkLists(_ found: inout [String]) {
    for (lane, queue) in waiting {
      check(lane, queue.ordinary, hasPriority: false, &found)
      check(lane, queue.priority, hasPriority: true, &found)
    }
    for code in missed where tickets[code]?.state != .missed { found.append("the missed list holds another ticket") }
    for code in suspended where tickets[code]?.state != .suspended {
      found.append("the suspended list holds another ticket")
    }
  }

  /// Everybody in a lane waits in it, in the queue of their priority, and stands where their rank says.
  private func check(_ lane: LaneLetter, _ order: LaneOrder, hasPriority: Bool, _ found: inout [String]) {
    var last: Rank?
    for entry in order {
      let ticket = tickets[entry.code]
      if ticket?.state != .waiting || ticket?.lane != lane || ticket?.pool != nil {
        found.append("lane \(lane) lists a ticket that does not wait in it")
      }
      if ticket?.goesFirst != hasPriority || ticket?.rank != entry.rank {
        found.append("lane \(lane) lists a ticket by another rank or priority")
      }
      if let last, entry.rank <= last { found.append("lane \(lane) is out of order") }
      last = entry.rank
    }
  }
}
