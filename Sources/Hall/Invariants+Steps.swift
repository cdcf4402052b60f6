/// Which steps the hall may take from where it stands.
///
/// A ticket walks waiting → called → serving → finished, with the side exits missed, suspended, abandoned and closed, and
/// goes back only by a call of a missed ticket, by resume, by check-in or by a compensating undo. `decide` never leaves
/// this table; that it does not is checked before every event, because `evolve` takes whatever it is given.
extension HallState {
  /// What would be wrong with taking `event` as the next step. An empty answer means that it is legal.
  package func violations(before event: Event) -> [String] {
    switch event {
    case .dayOpened: return day == nil ? [] : ["a day is opened while another is open"]
    case .dayOvertaken(let e):
      return day?.date == e.day && e.date > e.day ? [] : ["a day is overtaken that is not the open one, or is not past"]
    case .dayClosed(let e): return day?.date == e.day ? [] : ["a day is closed that is not the open one"]
    case .ticketIssued(let e): return issueViolations(e)
    case .ticketCheckedIn(let e): return walk(e.code, from: [.missed])
    case .ticketCalled(let e): return walk(e.code, from: [.waiting, .missed]) + free(e.window)
    case .ticketRecalled(let e), .serviceStarted(let e), .ticketMissed(let e):
      return walk(e.code, from: [.called]) + holds(e.window, e.code)
    case .ticketFinished(let e): return walk(e.code, from: [.called, .serving]) + holds(e.window, e.code)
    case .ticketSuspended(let e): return walk(e.code, from: [.serving]) + holds(e.window, e.code)
    case .ticketResumed(let e): return walk(e.code, from: [.suspended]) + free(e.window)
    case .ticketAbandoned(let e):
      guard let window = e.window else { return walk(e.code, from: [.waiting, .missed]) }
      return walk(e.code, from: [.called, .serving]) + holds(window, e.code)
    case .stepUndone(let e):
      let restores = e.restored.isAtWindow ? [] : ["an undo restores \(e.restored.rawValue)"]
      return walk(e.code, from: [.finished, .missed, .abandoned]) + free(e.window) + restores
    case .windowClosed(let e): return free(e.window)
    case .windowPaused(let e): return free(e.window)
    case .paperUsed(let e):
      return (1...PaperUsed.longestMillimetres).contains(e.millimetres)
        ? [] : ["a slip of \(e.millimetres) mm is counted"]
    case .holderNoted(let e): return walk(e.code, from: [.waiting])
    case .windowOpened, .noticeIssued, .helpRequested, .helpHeard, .helpEscalated, .helpAnswered,
      .awarenessAnswered, .slipRequested,
      .attemptStarted, .attemptPrepared,
      .attemptEnded, .rollChanged, .slipExpired, .slipAcknowledged, .journalAccepted, .cataloguePublished:
      return []
    }
  }

  /// A number is above every number that its lane has given on its day, and its code is new.
  private func issueViolations(_ e: TicketIssued) -> [String] {
    var found: [String] = []
    if day?.date != e.day { found.append("\(e.number) is issued for a day that is not open") }
    if tickets[e.code] != nil { found.append("\(e.number) has the code of another ticket") }
    if e.number.ordinal <= ordinals[e.day]?[e.number.lane] ?? 0 {
      found.append("\(e.number) was given before on \(e.day), or its place was passed over")
    }
    return found
  }

  private func walk(_ code: PublicCode, from legal: [TicketState]) -> [String] {
    guard let ticket = tickets[code] else { return ["a step is taken with a ticket that is not there"] }
    return legal.contains(ticket.state)
      ? [] : ["\(ticket.number) takes a step that is not open to \(ticket.state.rawValue)"]
  }

  private func free(_ window: Int) -> [String] {
    windows[window]?.ticket == nil ? [] : ["window \(window) has somebody already"]
  }

  private func holds(_ window: Int, _ code: PublicCode) -> [String] {
    windows[window]?.ticket == code ? [] : ["window \(window) takes a step with a ticket that is not at it"]
  }
}
