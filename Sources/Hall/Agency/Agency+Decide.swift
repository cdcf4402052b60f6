import Groundwork

extension HallState {
  func decide(_ command: AgencyCommand, _ rules: HallRules, _ envelope: Envelope) throws(Refusal) -> Decision {
    let desk = AgencyDesk(state: self, rules: rules, envelope: envelope)
    switch command {
    case .entrust(let entrust): return try desk.entrust(entrust)
    case .carry(let codes, let kiosk): return try desk.carry(codes, kiosk)
    case .step(let code, let step):
      guard let one = agency[code] else { throw .agency(.unknownAgency) }
      return Decision(try desk.events(step, one), .agency(code))
    }
  }
}

/// What deciding about an agency case needs: the hall, its rules, and who asks when.
struct AgencyDesk {
  let state: HallState
  let rules: HallRules
  let envelope: Envelope

  var actor: Principal { envelope.actor }
  /// The civil date in the hall's zone.
  var today: CivilDate { rules.zone.civil(envelope.at).date }

  func events(_ step: AgencyStep, _ one: AgencyCase) throws(Refusal) -> [Event] {
    switch step {
    case .take(let missing): try take(one, missing)
    case .decline(let ground, let reason, let isReturned): try decline(one, ground, reason, isReturned)
    case .handIn(let handIn): try self.handIn(one, handIn)
    case .fetch(let originals, let isFinished, let proof): try fetch(one, originals, isFinished, proof)
    case .giveBack(let originals, let isSigned): try giveBack(one, originals, isSigned)
    case .deliver(let fee, let isSigned): try deliver(one, fee, isSigned)
    case .file(let sheets): try file(one, sheets)
    case .ask(let answer, let way): try ask(one, answer, way)
    case .end(let by, let reason, let isReturned, let paper): try end(one, by, reason, isReturned, paper)
    case .renew(let until, let reason, let isSigned, let paper): try renew(one, until, reason, isSigned, paper)
    case .reassign(let badge, let reason, let isAgreed): try reassign(one, badge, reason, isAgreed)
    }
  }

  // MARK: What several steps need

  func number(_ kind: CaseNumber.Kind) -> CaseNumber {
    CaseNumber(
      kind: kind, division: rules.identity.division.code, date: today,
      ordinal: (state.agency.ordinals[today]?[kind] ?? 0) + 1)
  }

  func require(_ one: AgencyCase, _ stages: AgencyStage...) throws(Refusal) {
    guard stages.contains(one.stage) else { throw .agency(.agencyIs(one.stage)) }
  }

  func readable(_ text: String, atMost longest: Int) throws(Refusal) {
    guard HallState.isReadable(text, atMost: longest) else { throw .agency(.badAgencyText) }
  }

  /// Refuses an index that is not in the list or occurs twice, and an original that `holder` does not have.
  func check(_ indices: [Int], of one: AgencyCase, with holder: OriginalHolder) throws(Refusal) {
    guard Set(indices).count == indices.count,
      indices.allSatisfy({ one.originals.indices.contains($0) && one.originals[$0].holder == holder })
    else { throw .agency(.badOriginals) }
  }

  func kiosk(_ id: String?) throws(Refusal) -> KioskRule? {
    guard let id else { return nil }
    guard let kiosk = rules.kiosk(id) else { throw .request(.unknownKiosk(id)) }
    return kiosk
  }

  func paper(_ subject: SlipSubject, _ paper: AgencyPaper) throws(Refusal) -> [Event] {
    state.firstSlip(subject, at: try kiosk(paper.kiosk), envelope.entropy, largeType: paper.largeType)
      .map { [.print(.slipRequested($0))] } ?? []
  }
}

/// Access rights: an agent acts on their own agency cases, a coordinator on all of them.
extension AgencyDesk {
  func requireOwner(_ one: AgencyCase) throws(Refusal) {
    switch actor {
    case .operator, .staff(_, .coordinator): return
    case .staff(let badge, .agent): guard badge == one.agent else { throw .agency(.notOwnAgency) }
    case .staff: throw .agency(.agentOnly)
    case .kiosk, .system: throw .request(.staffOnly)
    }
  }

  func requireAgent() throws(Refusal) -> String {
    guard actor.isStaff else { throw .request(.staffOnly) }
    guard case .staff(let badge, .agent) = actor else { throw .agency(.agentOnly) }
    return badge
  }

  func requireCoordinator() throws(Refusal) {
    guard actor.isCoordinator else { throw .request(.coordinatorOnly) }
  }

  /// Refuses anything but the badge of the other person, who is signed in, or a signature on paper.
  func requireProof(_ proof: HandOver) throws(Refusal) {
    guard case .badge(let badge) = proof else { return }
    guard badge != actor.badge, state.staff.present.contains(where: { $0.badge == badge }) else {
      throw .agency(.handOverUnproven)
    }
  }
}
