package import Groundwork

extension AgencyDesk {
  /// Papers reach the town's window; later ones may follow.
  func handIn(_ one: AgencyCase, _ handIn: HandInAgency) throws(Refusal) -> [Event] {
    try requireOwner(one)
    try require(one, .taken, .carried, .inTown)
    guard one.missing.isEmpty else { throw .agency(.agencyIncomplete(one.missing)) }
    let originals = handIn.originals ?? one.indices(.withAgent)
    try check(originals, of: one, with: .withAgent)
    guard Set(handIn.kept).isSubset(of: originals), Set(handIn.kept).count == handIn.kept.count else {
      throw .agency(.badOriginals)
    }
    if let code = handIn.townCase {
      guard let found = state.cases[code] else { throw .cases(.unknownCase) }
      guard found.opened.item == one.entrusted.item, state.agency.ofTownCase(code).map({ $0.code == one.code }) ?? true
      else { throw .agency(.badAgencyText) }
    }
    if let text = handIn.townNumber {
      guard CaseNumber(text)?.kind == .receipt else { throw .agency(.badAgencyText) }
    }
    try requireProof(handIn.proof)
    return [
      .agency(
        .agencyHandedIn(
          AgencyHandedIn(
            code: one.code, on: today, townCase: handIn.townCase ?? one.townCase,
            townNumber: handIn.townNumber ?? handIn.townCase.flatMap { state.cases[$0]?.opened.number.description }
              ?? one.townNumber,
            originals: originals, kept: handIn.kept, proof: handIn.proof)))
    ]
  }

  func fetch(
    _ one: AgencyCase, _ originals: [Int]?, _ isFinished: Bool, _ proof: HandOver
  ) throws(Refusal) -> [Event] {
    try requireOwner(one)
    try require(one, .inTown, .ready, .ending)
    let indices = originals ?? one.indices(.withTown)
    try check(indices, of: one, with: .withTown)
    guard isFinished || !indices.isEmpty else { throw .agency(.badOriginals) }
    try requireProof(proof)
    return [
      .agency(
        .agencyFetched(
          AgencyFetched(code: one.code, on: today, originals: indices, isFinished: isFinished, proof: proof)))
    ]
  }

  func giveBack(_ one: AgencyCase, _ originals: [Int], _ isSigned: Bool) throws(Refusal) -> [Event] {
    try requireOwner(one)
    try require(one, .entrusted, .taken, .carried, .inTown, .ready, .ending)
    guard !originals.isEmpty else { throw .agency(.badOriginals) }
    try check(originals, of: one, with: .withAgent)
    guard isSigned else { throw .agency(.signatureNeeded) }
    return [.agency(.agencyReturned(AgencyReturned(code: one.code, on: today, originals: originals)))]
  }

  /// 送达: refused while the town still has an original.
  func deliver(_ one: AgencyCase, _ fee: AgencyFee?, _ isSigned: Bool) throws(Refusal) -> [Event] {
    try requireOwner(one)
    try require(one, .ready)
    let inTown = one.indices(.withTown).map { one.originals[$0].original }
    guard inTown.isEmpty else { throw .agency(.agencyOriginalsOpen(inTown)) }
    if let fee {
      guard (1...10_000_000).contains(fee.fen) else { throw .agency(.badAgencyText) }
      try readable(fee.receipt, atMost: 40)
    }
    guard isSigned else { throw .agency(.signatureNeeded) }
    return [.agency(.agencyDelivered(AgencyDelivered(code: one.code, on: today, fee: fee)))]
  }

  func file(_ one: AgencyCase, _ sheets: Int) throws(Refusal) -> [Event] {
    try requireOwner(one)
    try require(one, .delivered)
    guard (1...200).contains(sheets) else { throw .agency(.badAgencyText) }
    return [.agency(.agencyFiled(AgencyFiled(code: one.code, on: today, sheets: sheets)))]
  }

  /// 回访 by a coordinator or another agent.
  func ask(_ one: AgencyCase, _ answer: AgencyAnswer, _ way: AgencyAsking) throws(Refusal) -> [Event] {
    switch actor {
    case .operator, .staff(_, .coordinator), .staff(_, .agent): break
    case .staff: throw .agency(.agentOnly)
    case .kiosk, .system: throw .request(.staffOnly)
    }
    if let badge = actor.badge, one.carriers.contains(badge) { throw .agency(.askedByAgent) }
    try require(one, .delivered, .filed)
    guard one.answer == nil || one.answer == .notReached else { throw .agency(.alreadyAsked) }
    return [.agency(.agencyAsked(AgencyAsked(code: one.code, on: today, answer: answer, way: way)))]
  }

  /// 终止: the originals go back the same day; those that the town has, as soon as it gives them back.
  func end(
    _ one: AgencyCase, _ by: AgencyEnder, _ reason: SealedCaseText, _ isReturned: Bool, _ paper: AgencyPaper
  ) throws(Refusal) -> [Event] {
    try requireOwner(one)
    guard one.stage.isInForce else { throw .agency(.agencyIs(one.stage)) }
    let ended = AgencyEnded(
      code: one.code, on: today, by: by, reason: reason, returned: isReturned ? one.indices(.withAgent) : [])
    return [.agency(.agencyEnded(ended))] + (try self.paper(.agencyEnd(one.code), paper))
  }

  func renew(
    _ one: AgencyCase, _ until: CivilDate, _ reason: SealedCaseText, _ isSigned: Bool, _ paper: AgencyPaper
  ) throws(Refusal) -> [Event] {
    try requireOwner(one)
    guard one.stage.isInForce else { throw .agency(.agencyIs(one.stage)) }
    guard until > one.until else { throw .agency(.badAgencyDate) }
    try check(until, from: today)
    guard isSigned else { throw .agency(.signatureNeeded) }
    let renewed = AgencyRenewed(code: one.code, on: today, until: until, reason: reason)
    return [.agency(.agencyRenewed(renewed))] + (try self.paper(.agencyRenewal(one.code), paper))
  }

  func reassign(
    _ one: AgencyCase, _ badge: String, _ reason: SealedCaseText, _ isAgreed: Bool
  ) throws(Refusal) -> [Event] {
    try requireCoordinator()
    guard !one.stage.hasEnded else { throw .agency(.agencyIs(one.stage)) }
    try readable(badge, atMost: StaffMember.longestBadge)
    guard badge != one.agent, rules.agency.agents?.contains(badge) ?? true else { throw .agency(.noSuchAgent) }
    return [
      .agency(
        .agencyReassigned(
          AgencyReassigned(
            code: one.code, on: today, from: one.agent, to: badge, reason: reason, isAgreed: isAgreed)))
    ]
  }
}

/// What happens by the clock, without a command of a person.
extension AgencyDesk {
  /// The months that ended before `date` and have not been reported, the newest three at the most.
  func clock(on date: CivilDate) -> [Event] {
    let this = date.firstOfMonth
    guard
      let first = state.agency.reports.last.map({ $0.month.firstOfNextMonth })
        ?? state.agency.known.values.map(\.entrusted.on.firstOfMonth).min()
    else { return [] }
    var months: [CivilDate] = []
    var month = first
    while month < this {
      months.append(month)
      month = month.firstOfNextMonth
    }
    return months.suffix(3).map { .agency(.agencyReported(AgencyReported(month: $0, counts: counts($0)))) }
  }

  private func counts(_ month: CivilDate) -> AgencyCounts { state.agency.counts(month, rules.calendar) }
}

extension AgencyState {
  /// The counts of a month's agency cases, of those that are known; one that ended is known for at least two months.
  package func counts(_ month: CivilDate, _ calendar: WorkCalendar) -> AgencyCounts {
    let days = month...month.firstOfNextMonth.adding(days: -1)
    func isIn(_ date: CivilDate?) -> Bool { date.map(days.contains) ?? false }
    var counts = AgencyCounts()
    for one in known.values {
      counts.entrusted += isIn(one.entrusted.on) ? 1 : 0
      counts.taken += isIn(one.takenOn) ? 1 : 0
      counts.declined += one.stage == .declined && isIn(one.endedOn) ? 1 : 0
      counts.handedIn += isIn(one.handedInOn) ? 1 : 0
      counts.delivered += isIn(one.deliveredOn) ? 1 : 0
      counts.filed += isIn(one.filedOn) ? 1 : 0
      counts.ended += isIn(one.end?.on) ? 1 : 0
      if isIn(one.askedOn), let answer = one.answer, answer != .notReached {
        counts.asked += 1
        counts.satisfied += [.verySatisfied, .satisfied, .basicallySatisfied].contains(answer) ? 1 : 0
      }
      counts.late += one.lateSteps(calendar, in: days)
    }
    return counts
  }
}

extension CivilDate {
  package var firstOfMonth: CivilDate { adding(days: 1 - parts.day) }
  package var firstOfNextMonth: CivilDate { firstOfMonth.adding(days: 31).firstOfMonth }
}
