import Groundwork

extension CasesState {
  /// - Parameter actor: who proposes a refusal, who opens a case, and who gives a paper.
  mutating func evolve(_ event: CaseEvent, _ at: Timestamp, _ actor: Principal) {
    if case .caseOpened(let e) = event { return open(e) }
    if case .casesListed(let e) = event {
      note(e.number)
      lists[e.code] = HandoverList(issued: e)
      return
    }
    guard var one = known[event.code] else { return }
    if let number = event.number { note(number) }
    one.keep(event, at, actor)
    one.evolve(event, actor)
    known[event.code] = one
  }

  private mutating func open(_ e: CaseOpened) {
    note(e.number)
    var one = Case(e)
    for paper in e.papers { one.take(paper) }
    known[e.code] = one
  }
}

extension CaseEvent {
  /// The number that it gives; nil for most.
  package var number: CaseNumber? {
    switch self {
    case .caseOpened(let e): e.number
    case .correctionIssued(let e): e.number
    case .acceptanceDeemed(let e): e.number
    case .caseAccepted(let e): e.number
    case .caseRefused(let e): e.number
    case .caseForwarded(let e): e.number
    case .clockPaused(let e): e.number
    case .timeExtended(let e): e.number
    case .resultReady(let e): e.number
    case .pauseAnnounced(let e): e.number
    case .extensionAnnounced(let e): e.number
    case .overdueExplained(let e): e.number
    case .furtherPapersAsked(let e): e.number
    case .papersReturned(let e): e.number
    case .casesListed(let e): e.number
    case .correctedOnSpot, .correctionServed, .correctionPromiseBroken, .refusalProposed,
      .caseRedirected, .caseWithdrawn, .forwardConfirmed, .clockResumed, .dueRecomputed, .caseDecided,
      .resultCollected, .resultSent, .acceptanceUndone, .caseReassigned, .caseCorrected, .resultPlaced,
      .correctionDelivered:
      nil
    }
  }
}

extension Case {
  fileprivate mutating func evolve(_ event: CaseEvent, _ actor: Principal) {
    switch event {
    case .caseOpened, .correctedOnSpot, .casesListed: break
    case .correctionIssued(let e):
      corrections.append(e)
      served = nil
      deliveredOn = nil
      proposal = nil
      completeOn = nil
      stage = .correcting
    case .correctionServed(let e):
      served = e
      toldOn = toldOn ?? e.on
    case .papersReturned(let e): takeBack(e)
    case .acceptanceDeemed(let e):
      accept(on: e.acceptedOn, e.due)
      isDeemed = true
      owed = missing.map { OwedPaper(material: $0, by: nil) }
    case .correctionPromiseBroken: isPromiseBroken = true
    case .caseAccepted(let e):
      accept(on: e.acceptedOn, e.due)
      owed = e.owed
    case .refusalProposed(let e): proposal = ProposalMade(what: e, by: actor.badge ?? responsible)
    case .clockPaused(let e):
      pauses.append(ClockPause(stage: e.stage, from: e.from, to: nil))
      due = e.due
    case .clockResumed(let e):
      if let open = pauses.popLast() { pauses.append(ClockPause(stage: open.stage, from: open.from, to: e.to)) }
      due = e.due
    case .timeExtended(let e):
      extended = e
      due = e.due
    case .dueRecomputed(let e):
      due = e.due
      tellBy = e.tellBy
    case .caseForwarded(let e):
      department = e.department
      for moved in e.kept { change(moved.material) { $0.kept += moved.count } }
      stage = .forwarded
    case .forwardConfirmed: isConfirmed = true
    case .caseDecided(let e):
      decided = e
      stage = .decided
    case .resultReady(let e):
      location = e.location
      stage = .ready
    case .resultCollected(let e): collected = e
    case .caseRefused, .caseRedirected, .caseWithdrawn, .resultSent: break
    case .pauseAnnounced, .extensionAnnounced, .overdueExplained, .furtherPapersAsked: break
    case .acceptanceUndone: takeBackAcceptance()
    case .caseReassigned(let e): responsible = e.to
    case .caseCorrected(let e): correct(e)
    case .resultPlaced(let e): location = e.location
    case .correctionDelivered(let e): deliveredOn = e.on
    }
  }

  private mutating func accept(on date: CivilDate, _ due: CaseDue) {
    acceptedOn = date
    self.due = due
    proposal = nil
    stage = .accepted
  }

  private mutating func takeBack(_ e: PapersReturned) {
    for paper in e.papers { take(paper) }
    owed = owed.filter { owed in
      !opened.materials.contains {
        ($0.name == owed.material || $0.group == owed.material) && account($0.name)?.isHandedIn ?? false
      }
    }
    guard stage == .correcting, e.isComplete else { return }
    stage = .received
    completeOn = e.on
  }

  fileprivate mutating func take(_ paper: CasePaper) {
    if account(paper.material) == nil {
      var account = PaperAccount(material: paper.material)
      account.cameLate = !corrections.isEmpty
      papers.append(account)
    }
    change(paper.material) {
      $0.originals += paper.originals
      $0.copies += paper.copies
      $0.isSeen = $0.isSeen || paper.isSeen
      $0.isElectronic = $0.isElectronic || paper.isElectronic
    }
  }

  mutating func change(_ material: String, _ body: (inout PaperAccount) -> Void) {
    if let index = papers.firstIndex(where: { $0.material == material }) { body(&papers[index]) }
  }

  fileprivate mutating func end(_ stage: CaseStage, _ returned: [OriginalsMoved], on date: CivilDate) {
    for moved in returned { change(moved.material) { $0.givenBack += moved.count } }
    self.stage = stage
    proposal = nil
    endedOn = date
  }
}

extension HallState {
  /// The date of an end is that of the business day, or of the newest day that was opened.
  mutating func evolve(_ event: CaseEvent, _ at: Timestamp, _ actor: Principal) {
    cases.evolve(event, at, actor)
    if case .caseOpened(let e) = event, let ticket = e.ticket { queue.tickets[ticket]?.meet(actor) }
    noteVisit(event)
    let ending: (CaseStage, [OriginalsMoved])? =
      switch event {
      case .caseRefused(let e): (.refused, e.returned)
      case .caseRedirected(let e): (.redirected, e.returned)
      case .caseWithdrawn(let e): (.withdrawn, e.returned)
      case .resultCollected(let e): (.collected, e.returned)
      case .resultSent(let e): (.sent, e.returned)
      default: nil
      }
    guard let (stage, returned) = ending, var one = cases.known[event.code] else { return }
    one.end(stage, returned, on: days.open?.date ?? days.last ?? one.opened.receivedOn)
    cases.known[event.code] = one
  }
}
