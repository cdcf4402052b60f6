import Groundwork

extension HallState {
  /// Takes an event that is in the journal into the state. Cannot fail: what is in the journal happened.
  package mutating func evolve(_ recorded: RecordedEvent) {
    apply(recorded.event, at: recorded.at, by: recorded.actor)
    if let answer = recorded.answer { answers.keep(answer) }
    note(sequence: recorded.sequence, at: recorded.at)
  }

  private mutating func apply(_ event: Event, at: Timestamp, by actor: Principal) {
    switch event {
    case .dayOpened(let e): evolveDayOpened(e, at)
    case .dayOvertaken(let e): overtaken = OvertakenDay(event: e, at: at)
    case .dayClosed(let e): evolveDayClosed(e, at)
    case .ticketIssued(let e): evolveIssued(e, at, actor)
    case .holderNoted(let e): evolveHolder(e)
    case .ticketCheckedIn(let e): evolveCheckedIn(e)
    case .ticketAbandoned(let e): evolveAbandoned(e, at)
    case .ticketCalled(let e): evolveCalled(e, at, actor)
    case .ticketRecalled(let e): evolveRecalled(e, at)
    case .serviceStarted(let e): tickets[e.code]?.startService(at)
    case .ticketFinished(let e): evolveFinished(e, at)
    case .ticketMissed(let e): evolveMissed(e, at)
    case .ticketSuspended(let e): evolveSuspended(e)
    case .ticketResumed(let e): evolveResumed(e)
    case .stepUndone(let e): evolveUndone(e)
    case .windowOpened(let e): evolveWindowOpened(e)
    case .windowPaused(let e): windows[e.window, default: WindowState()].duty = .paused(reason: e.reason)
    case .windowClosed(let e): windows[e.window] = WindowState()
    case .noticeIssued(let e): evolveNotice(e, at)
    case .helpRequested(let e): help.append(HelpRing(id: e.id, kiosk: e.kiosk, askedAt: at))
    case .helpHeard(let e): evolveHelpHeard(e)
    case .helpEscalated(let e): evolveHelpEscalated(e)
    case .awarenessAnswered(let e): evolveAwareness(e)
    case .helpAnswered(let e): help.removeAll { $0.id == e.id }
    case .slipRequested(let e): evolveSlipRequested(e, at)
    case .attemptStarted(let e): evolveAttemptStarted(e)
    case .attemptPrepared(let e): slips[e.slip]?.jobUUID = e.jobUUID
    case .attemptEnded(let e): evolveAttemptEnded(e, at)
    case .paperUsed(let e): evolvePaperUsed(e)
    case .rollChanged(let e): rolls[e.kiosk] = PaperRoll(changedAt: at)
    case .slipExpired(let e): slips[e.slip]?.state = .expired
    case .slipAcknowledged(let e): slips[e.slip]?.acknowledged = true
    case .journalAccepted(let e): evolveJournalAccepted(e)
    case .cataloguePublished(let e): evolvePublished(e, at, actor)
    }
  }
}
