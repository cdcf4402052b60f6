import Groundwork

extension AgencyState {
  mutating func evolve(_ event: AgencyEvent) {
    switch event {
    case .agencyEntrusted(let e):
      note(e.number)
      known[e.code] = AgencyCase(e)
    case .agencyReported(let e):
      reports.append(e)
      reports = reports.suffix(Self.monthsKept)
    default:
      guard let code = event.code, var one = known[code] else { return }
      one.evolve(event)
      known[code] = one
      if case .agencyCarried(let e) = event { note(e, one.agent) }
    }
  }

  private mutating func note(_ e: AgencyCarried, _ agent: String) {
    note(e.number)
    batches[e.batch, default: AgencyBatch(code: e.batch, number: e.number, agent: agent, on: e.on)].cases.append(e.code)
  }

  /// Follows the town's case: its end gives the originals to the agent who came for them, or to the principal.
  mutating func follow(_ event: CaseEvent, on date: CivilDate) {
    guard known.values.contains(where: { $0.townCase == event.code }), var one = ofTownCase(event.code) else { return }
    switch event {
    case .resultReady: one.finish(on: date)
    case .caseForwarded(let e):
      one.move(
        one.indices(.withTown).filter { held in e.kept.contains { $0.material == one.originals[held].original.name } },
        to: .keptByLaw, on: date)
    case .resultCollected(let e): one.comeBack(with: e.by == .agent ? .withAgent : .withPrincipal, on: date)
    case .resultSent(let e): one.comeBack(with: e.way == .agent ? .withAgent : .withPrincipal, on: date)
    case .caseRefused, .caseRedirected, .caseWithdrawn: one.comeBack(with: .withAgent, on: date)
    default: return
    }
    known[one.code] = one
  }
}

extension AgencyCase {
  fileprivate mutating func move(_ indices: [Int], to holder: OriginalHolder, on date: CivilDate) {
    for index in indices where originals.indices.contains(index) {
      originals[index].holder = holder
      originals[index].since = date
    }
    if stage == .ending, open.isEmpty { stage = .ended }
  }

  fileprivate mutating func finish(on date: CivilDate) {
    guard stage == .inTown else { return }
    stage = .ready
    readyOn = date
  }

  fileprivate mutating func comeBack(with holder: OriginalHolder, on date: CivilDate) {
    finish(on: date)
    move(indices(.withTown), to: holder, on: date)
  }

  fileprivate mutating func evolve(_ event: AgencyEvent) {
    switch event {
    case .agencyEntrusted, .agencyReported: break
    case .agencyTaken(let e):
      stage = .taken
      missing = e.missing
      takenOn = takenOn ?? e.on
    case .agencyDeclined(let e):
      move(indices(.withAgent), to: .withPrincipal, on: e.on)
      stage = .declined
      endedOn = e.on
    case .agencyCarried(let e):
      stage = .carried
      batch = e.batch
      carriedOn = e.on
    case .agencyHandedIn(let e):
      stage = .inTown
      handedInOn = handedInOn ?? e.on
      townCase = e.townCase
      townNumber = e.townNumber
      move(e.originals, to: .withTown, on: e.on)
      move(e.kept, to: .keptByLaw, on: e.on)
    case .agencyFetched(let e):
      if e.isFinished { finish(on: e.on) }
      move(e.originals, to: .withAgent, on: e.on)
    case .agencyReturned(let e): move(e.originals, to: .withPrincipal, on: e.on)
    case .agencyDelivered(let e):
      move(indices(.withAgent), to: .withPrincipal, on: e.on)
      stage = .delivered
      deliveredOn = e.on
    case .agencyFiled(let e):
      stage = .filed
      filedOn = e.on
      endedOn = e.on
    case .agencyAsked(let e):
      answer = e.answer
      askedOn = e.on
    case .agencyEnded(let e):
      end = e
      stage = .ending
      endedOn = e.on
      move(e.returned, to: .withPrincipal, on: e.on)
    case .agencyRenewed(let e):
      until = e.until
      renewal = e
    case .agencyReassigned(let e):
      agent = e.to
      if !carriers.contains(e.to) { carriers.append(e.to) }
    }
  }
}

extension HallState {
  /// The day of a step of the town's case is that of the business day, or of the newest day that was opened.
  mutating func followCase(_ event: CaseEvent) {
    guard !agency.known.isEmpty, let date = days.open?.date ?? days.last else { return }
    agency.follow(event, on: date)
  }
}
