import Groundwork

extension CaseDesk {
  /// Takes papers: nothing is judged yet. Whoever is asked first may take them (首问负责), whatever their window serves.
  func open(_ open: OpenCase) throws(Refusal) -> Decision {
    guard let item = rules.catalogue.item(open.item) else { throw .request(.unknownItem(open.item)) }
    let isAtVillage = try requireTaker(item)
    guard item.legalLimit != nil || item.promisedLimit != nil else { throw .cases(.noTimeLimit) }
    guard !state.cases.hasOpen(CaseRule.most) else { throw .cases(.tooManyCases(limit: CaseRule.most)) }
    for key in open.answers where !item.knows(answer: key) { throw .notice(.unknownSituation(key)) }
    if let question = item.nextQuestion(after: open.answers) { throw .cases(.itemNeedsAnswers(question.key)) }
    let ticket = try open.ticket.map { code throws(Refusal) in
      guard let ticket = state.queue.tickets[code] else { throw .queue(.unknownTicket) }
      return ticket
    }
    let kiosk = try open.kiosk.map { id throws(Refusal) in
      guard let kiosk = rules.kiosk(id) else { throw .request(.unknownKiosk(id)) }
      return kiosk
    }
    let answers = HallState.withoutRepetition(open.answers)
    let materials = listed(item, open, answers)
    try check(open.papers, in: materials)
    let receivedOn = try received(open, isAtVillage)
    let code = state.freshCode(envelope.entropy)
    let badge = actor.badge ?? "operator"
    let opened = CaseOpened(
      code: code, number: number(.receipt), item: item.code, catalogueVersion: rules.catalogue.version,
      answers: answers, ticket: open.ticket, applicant: open.applicant, holder: open.holder, by: open.by,
      receivedAt: envelope.at, receivedOn: receivedOn, isAtVillage: isAtVillage,
      firstAsked: ticket?.firstAsked ?? badge, responsible: badge, materials: materials, papers: open.papers,
      limits: CaseLimits(legal: item.legalLimit, promised: item.promisedLimit, isLicence: item.isLicence),
      telling: try telling(item, receivedOn))
    var events: [Event] = [.cases(.caseOpened(opened))]
    if let slip = state.firstSlip(.receipt(code), at: kiosk, envelope.entropy, largeType: open.largeType) {
      events.append(.print(.slipRequested(slip)))
    }
    events += try handedIn(open, code, opened.number)
    return Decision(events, .openedCase(code))
  }

  /// - Returns: whether it is taken at a village's station for the town.
  private func requireTaker(_ item: Item) throws(Refusal) -> Bool {
    switch actor {
    case .operator, .staff(_, .coordinator), .staff(_, .clerk): return false
    case .staff(_, .agent):
      guard isEntrusted(item.code) else { throw .cases(.notEntrusted) }
      return true
    case .staff, .kiosk, .system: throw .request(.staffOnly)
    }
  }

  /// Only a station without network tells later what it took, and no later than a month.
  private func received(_ open: OpenCase, _ isAtVillage: Bool) throws(Refusal) -> CivilDate {
    guard let date = open.receivedOn, date != today else { return today }
    guard isAtVillage, date < today, date >= today.adding(days: -31) else { throw .cases(.badCaseDate) }
    return date
  }

  private func telling(_ item: Item, _ received: CivilDate) throws(Refusal) -> CaseTelling {
    let law = item.correction
    do throws(DueDate.Fault) {
      let (count, unit) = law.map { ($0.count, $0.unit) } ?? (rules.cases.correctionPromise, .workingDay)
      return CaseTelling(
        by: try TellBy(count, unit, from: received, by: calendar), count: count, unit: unit, basis: law?.basis,
        isDeemed: law?.isDeemed ?? false, returnWithin: law?.returnWithin)
    } catch { throw .cases(.badCaseDate) }
  }

  /// Papers name materials of the checklist, each once, with counts that somebody can hold.
  func check(_ papers: [CasePaper], in materials: [CaseMaterial]) throws(Refusal) {
    guard Set(papers.map(\.material)).count == papers.count else { throw .cases(.badCaseText) }
    for paper in papers {
      guard materials.contains(where: { $0.name == paper.material }) else {
        throw .cases(.materialNotListed(paper.material))
      }
      guard CasePaper.counts.contains(paper.originals), CasePaper.counts.contains(paper.copies), paper.isSomething
      else { throw .cases(.badCaseText) }
    }
  }
}
