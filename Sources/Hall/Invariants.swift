import Groundwork

/// What must be true of the hall at any time (docs/ARCHITECTURE.md). An empty answer means that all is well.
///
/// A violation is our mistake, never the resident's: the command that would cause it is not appended.
extension HallState {
  /// Checks what a command's events touched: in production, for every command.
  package func violations(touchedBy events: [Event]) -> [String] {
    var found: [String] = []
    for event in events {
      switch event {
      case .ticketIssued(let e): checkTicket(e.code, &found)
      case .holderNoted(let e): checkHolder(e, &found)
      case .ticketCheckedIn(let e): checkTicket(e.code, &found)
      case .ticketCalled(let e): checkTicket(e.code, &found); checkWindow(e.window, &found)
      case .ticketRecalled(let e), .serviceStarted(let e), .ticketFinished(let e), .ticketMissed(let e),
        .ticketSuspended(let e), .ticketResumed(let e):
        checkTicket(e.code, &found)
        checkWindow(e.window, &found)
      case .ticketAbandoned(let e): checkTicket(e.code, &found)
      case .stepUndone(let e): checkTicket(e.code, &found); checkWindow(e.window, &found)
      case .dayOpened, .dayClosed, .journalAccepted: found += violations()
      case .dayOvertaken, .windowOpened, .windowPaused, .windowClosed, .noticeIssued, .helpRequested,
        .helpHeard, .helpEscalated, .helpAnswered,
        .awarenessAnswered, .slipRequested,
        .attemptStarted, .attemptPrepared, .attemptEnded, .paperUsed, .rollChanged, .slipExpired, .slipAcknowledged,
        .cataloguePublished:
        break
      }
    }
    return found
  }

  /// Checks everything: at start, at day close and in simulation.
  package func violations() -> [String] {
    var found: [String] = []
    for code in tickets.keys { checkTicket(code, &found) }
    for number in windows.keys { checkWindow(number, &found) }
    checkNumbers(&found)
    checkLists(&found)
    checkTotals(&found)
    checkRolls(&found)
    checkHolders(&found)
    return found
  }

  /// A number is unique per lane and business day, and below the day's last.
  private func checkNumbers(_ found: inout [String]) {
    var seen: Set<DayNumber> = []
    for ticket in tickets.values {
      if !seen.insert(DayNumber(day: ticket.day, number: ticket.number)).inserted {
        found.append("\(ticket.number) was given twice on \(ticket.day)")
      }
      if ticket.number.ordinal > ordinals[ticket.day]?[ticket.lane] ?? 0 {
        found.append("\(ticket.number) is above the last number of its lane")
      }
    }
  }

  private struct DayNumber: Hashable {
    let day: CivilDate
    let number: TicketNumber
  }

  /// A ticket is in the one list of its state, and at a window only while it is called or served.
  private func checkTicket(_ code: PublicCode, _ found: inout [String]) {
    guard let ticket = tickets[code] else {
      found.append("a ticket that an event names is not there")
      return
    }
    if ticket.state.isAtWindow {
      guard let window = ticket.window, windows[window]?.ticket == code else {
        found.append("\(ticket.number) is \(ticket.state.rawValue) at no window")
        return
      }
    }
    if ticket.number.ordinal > ordinals[ticket.day]?[ticket.lane] ?? 0 {
      found.append("\(ticket.number) is above the last number of its lane")
    }
  }

  /// At most one ticket at a window, which knows the window.
  private func checkWindow(_ number: Int, _ found: inout [String]) {
    guard let code = windows[number]?.ticket else { return }
    guard let ticket = tickets[code], ticket.state.isAtWindow, ticket.window == number else {
      found.append("window \(number) holds a ticket that is not at it")
      return
    }
  }

  private func checkLists(_ found: inout [String]) {
    for (lane, codes) in waiting {
      for code in codes where tickets[code]?.state != .waiting || tickets[code]?.lane != lane {
        found.append("lane \(lane) lists a ticket that does not wait in it")
      }
      if Set(codes).count != codes.count { found.append("lane \(lane) lists a ticket twice") }
    }
    for code in missed where tickets[code]?.state != .missed { found.append("the missed list holds another ticket") }
    for code in suspended where tickets[code]?.state != .suspended {
      found.append("the suspended list holds another ticket")
    }
  }

  private func checkHolder(_ e: HolderNoted, _ found: inout [String]) {
    checkTicket(e.code, &found)
    if let mark = e.mark, holders[mark]?.contains(e.code) != true { found.append("a ticket's holder is not known") }
    if let badge = e.agent, agents[badge]?.contains(e.code) != true { found.append("a ticket's agent is not known") }
  }

  /// Every ticket of a holder is one of the open day, and nobody's mark outlives it.
  private func checkHolders(_ found: inout [String]) {
    if day == nil, !holders.isEmpty { found.append("holders are known after the day") }
    if day == nil, !agents.isEmpty { found.append("agents hold tickets after the day") }
    for code in Array(holders.values.joined()) + agents.values.joined() where tickets[code]?.day != day?.date {
      found.append("somebody holds or carries a ticket of another day")
    }
  }

  /// A roll has given no less paper than slips, and none without a slip.
  private func checkRolls(_ found: inout [String]) {
    for (kiosk, roll) in rolls
    where roll.slips < 0 || roll.millimetres < roll.slips || roll.slips == 0 && roll.millimetres > 0 {
      found.append("the paper of \(kiosk) does not add up")
    }
  }

  /// issued = waiting + in service + suspended + missed + ended.
  private func checkTotals(_ found: inout [String]) {
    guard let day else { return }
    let today = tickets.values.filter { $0.day == day.date }
    let issued = today.count { $0.issuedSequence > day.openedSequence }
    if issued != day.totals.issued {
      found.append("\(day.totals.issued) numbers were issued but \(issued) tickets are there")
    }
    let waitingCount = waiting.values.reduce(0) { $0 + $1.count }
    let ended = today.count { $0.state.hasEnded }
    let atWindows = today.count { $0.state.isAtWindow }
    if waitingCount + missed.count + suspended.count + ended + atWindows != today.count {
      found.append("the tickets of the day do not add up")
    }
  }
}
