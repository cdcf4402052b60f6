import Groundwork

extension AgencyDesk {
  /// 委托: what must be done in person is not carried (民法典 第一百六十一条第二款).
  func entrust(_ entrust: EntrustAgency) throws(Refusal) -> Decision {
    let badge = try requireAgent()
    guard let item = rules.catalogue.item(entrust.item) else { throw .request(.unknownItem(entrust.item)) }
    if let reason = item.inPerson { throw .agency(.mustBeInPerson(reason)) }
    guard !state.agency.hasOpen(AgencyRule.most) else { throw .agency(.tooManyAgencies(limit: AgencyRule.most)) }
    for key in entrust.answers where !item.knows(answer: key) { throw .notice(.unknownSituation(key)) }
    if let question = item.nextQuestion(after: entrust.answers) { throw .cases(.itemNeedsAnswers(question.key)) }
    try check(entrust)
    let kiosk = try kiosk(entrust.kiosk)
    let (code, number) = try paper(entrust)
    let until = entrust.until ?? number.date.adding(days: 90)
    try check(until, from: number.date)
    let entrusted = AgencyEntrusted(
      code: code, number: number, item: item.code, catalogueVersion: rules.catalogue.version,
      answers: HallState.withoutRepetition(entrust.answers), principal: entrust.principal, holder: entrust.holder,
      agent: badge, on: number.date, until: until, originals: entrust.originals, copies: entrust.copies,
      isFromStation: entrust.paper != nil)
    var events: [Event] = [.agency(.agencyEntrusted(entrusted))]
    if let slip = state.firstSlip(.agency(code), at: kiosk, envelope.entropy, largeType: entrust.largeType) {
      events.append(.print(.slipRequested(slip)))
    }
    return Decision(events, .agency(code))
  }

  private func check(_ entrust: EntrustAgency) throws(Refusal) {
    guard entrust.originals.count <= AgencyRule.mostPapers, entrust.copies.count <= AgencyRule.mostPapers else {
      throw .agency(.badAgencyText)
    }
    for original in entrust.originals {
      try readable(original.name, atMost: 40)
      if let mark = original.mark {
        guard mark.utf8.count <= 4, !mark.isEmpty, mark.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else {
          throw .agency(.badAgencyText)
        }
      }
      guard AgencyOriginal.counts.contains(original.count) else { throw .agency(.badAgencyText) }
    }
    for copies in entrust.copies {
      try readable(copies.name, atMost: 40)
      guard AgencyCopies.counts.contains(copies.count) else { throw .agency(.badAgencyText) }
    }
  }

  /// The paper's own number and code where a station without network has printed it: the day on it stays.
  private func paper(_ entrust: EntrustAgency) throws(Refusal) -> (PublicCode, CaseNumber) {
    guard let paper = entrust.paper else { return (state.freshCode(envelope.entropy), number(.agency)) }
    let number = paper.number
    guard number.kind == .agency, number.division != rules.identity.division.code else {
      throw .agency(.badStationPaper)
    }
    guard number.date <= today, number.date >= today.adding(days: -31) else { throw .agency(.badAgencyDate) }
    guard state.isFree(paper.code), !state.agency.known.values.contains(where: { $0.entrusted.number == number })
    else { throw .agency(.paperKnown) }
    return (paper.code, number)
  }

  func check(_ until: CivilDate, from start: CivilDate) throws(Refusal) {
    guard until >= today, until <= start.adding(days: AgencyRule.longest) else { throw .agency(.badAgencyDate) }
  }

  /// 受理, by the checklist of the item in this situation.
  func take(_ one: AgencyCase, _ missing: [String]) throws(Refusal) -> [Event] {
    try requireOwner(one)
    guard one.stage == .entrusted || one.stage == .taken && !one.missing.isEmpty else {
      throw .agency(.agencyIs(one.stage))
    }
    let names = rules.catalogue.item(one.entrusted.item).map { CaseMaterial.list($0, one.entrusted.answers) } ?? []
    for name in missing where !names.contains(where: { $0.name == name }) {
      throw .cases(.materialNotListed(name))
    }
    return [
      .agency(
        .agencyTaken(AgencyTaken(code: one.code, on: today, missing: HallState.withoutRepetition(missing))))
    ]
  }

  func decline(
    _ one: AgencyCase, _ ground: AgencyDecline, _ reason: SealedCaseText, _ isReturned: Bool
  ) throws(Refusal) -> [Event] {
    try requireOwner(one)
    try require(one, .entrusted, .taken)
    guard one.open.isEmpty || isReturned else { throw .agency(.agencyOriginalsOpen(one.open)) }
    return [
      .agency(.agencyDeclined(AgencyDeclined(code: one.code, on: today, ground: ground, reason: reason)))
    ]
  }

  /// One trip with several agency cases: each keeps its own originals and its own course.
  func carry(_ codes: [PublicCode], _ kiosk: String?) throws(Refusal) -> Decision {
    guard (1...AgencyBatch.most).contains(codes.count), Set(codes).count == codes.count else {
      throw .agency(.badBatch)
    }
    var carried: [AgencyCase] = []
    for code in codes {
      guard let one = state.agency[code] else { throw .agency(.unknownAgency) }
      try requireOwner(one)
      try require(one, .taken)
      guard one.missing.isEmpty else { throw .agency(.agencyIncomplete(one.missing)) }
      carried.append(one)
    }
    guard Set(carried.map(\.agent)).count == 1 else { throw .agency(.badBatch) }
    let (batch, number) = (state.freshCode(envelope.entropy), number(.batch))
    let events = codes.map { code -> Event in
      .agency(.agencyCarried(AgencyCarried(code: code, batch: batch, number: number, on: today)))
    }
    return Decision(
      events + (try paper(.agencyBatch(batch), AgencyPaper(kiosk: kiosk))), .agencyBatch(batch))
  }
}
