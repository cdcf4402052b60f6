import Groundwork

/// Correction notices: what is missing is told once, in writing, while the law's limit runs (行政许可法 第三十二条).
extension CaseDesk {
  func correctOnSpot(_ one: Case, _ material: String, _ what: SealedCaseText) throws(Refusal) -> [Event] {
    try requireOwnClerk(one.opened.item)
    try require(one, .received)
    guard one.material(material) != nil else { throw .cases(.materialNotListed(material)) }
    return [.cases(.correctedOnSpot(CorrectedOnSpot(code: one.code, material: material, what: what)))]
  }

  func issue(_ one: Case, _ issue: IssueCorrection) throws(Refusal) -> [Event] {
    try requireOwnClerk(one.opened.item)
    try require(one, .received)
    try checkLines(issue.lines, one)
    let late = issue.lines.filter(one.shouldHaveBeenTold)
    if !late.isEmpty {
      // By law the first limit decides: what is told after it no longer stops the acceptance.
      if one.opened.telling.isDeemed, today > one.tellBy.date { throw .cases(.toldTooLate(one.tellBy)) }
      guard issue.secondReason != nil else { throw .cases(.secondNotice(late.compactMap(\.material))) }
    }
    let kiosk = try issue.kiosk.map { id throws(Refusal) in
      guard let kiosk = rules.kiosk(id) else { throw .request(.unknownKiosk(id)) }
      return kiosk
    }
    let second =
      late.isEmpty
      ? nil : issue.secondReason.map { SecondNotice(reason: $0, materials: late.compactMap(\.material)) }
    let issued = CorrectionIssued(
      code: one.code, number: number(.correction), attempt: one.corrections.count + 1, lines: issue.lines,
      isElectronic: issue.isElectronic, second: second)
    var events: [Event] = [.cases(.correctionIssued(issued))]
    if let slip = state.firstSlip(.correction(one.code), at: kiosk, envelope.entropy, largeType: issue.largeType) {
      events.append(.print(.slipRequested(slip)))
    }
    return events
  }

  func checkLines(_ lines: [CorrectionLine], _ one: Case) throws(Refusal) {
    guard (1...60).contains(lines.count) else { throw .cases(.askNeeded) }
    for line in lines { try check(line, one) }
    let names = lines.compactMap(\.material)
    guard Set(names).count == names.count else { throw .cases(.badCaseText) }
  }

  private func check(_ line: CorrectionLine, _ one: Case) throws(Refusal) {
    guard !line.reasons.isEmpty, Set(line.reasons).count == line.reasons.count else { throw .cases(.askNeeded) }
    guard let name = line.material else {
      // What the list does not have may be asked for only by an article, and with a second person's agreement.
      guard let basis = line.basis, ItemCorrection.namesArticle(basis) else {
        throw .cases(.materialNotListed(""))
      }
      try readable(basis, atMost: 120)
      guard line.text != nil else { throw .cases(.askNeeded) }
      return try requireSecond(line.second)
    }
    guard let material = one.material(name) else { throw .cases(.materialNotListed(name)) }
    if material.isShared, line.reasons != [.sharedFailed] { throw .cases(.sharedMaterial(name)) }
    if line.reasons.contains(.other), line.text == nil { throw .cases(.askNeeded) }
    guard line.basis == nil, line.second == nil else { throw .cases(.badCaseText) }
  }

  /// Told means printed with evidence, or handed over by somebody who says so.
  func serve(_ one: Case, _ way: ServingWay, _ witnesses: [String], _ byHand: Bool) throws(Refusal) -> [Event] {
    try requireOwnClerk(one.opened.item)
    try require(one, .correcting)
    if way == .refusedToSign {
      let others = Set(witnesses).subtracting([actor.badge].compactMap(\.self))
      guard let other = others.first else { throw .cases(.secondBadgeNeeded) }
      try requireSecond(other)
    }
    for witness in witnesses { try readable(witness, atMost: StaffMember.longestBadge) }
    if way == .agentSigned, one.opened.by == .oneself { throw .cases(.proxyNeeded) }
    guard way == .electronic || byHand || isPrinted(one.correctionSlip) else { throw .cases(.notTold) }
    let served = CorrectionServed(
      code: one.code, way: way, on: today, witnesses: witnesses, isByHand: byHand)
    return one.served == nil ? [.cases(.correctionServed(served))] : []
  }

  private func isPrinted(_ id: SlipID?) -> Bool {
    guard let slip = id.flatMap({ state.print.slips[$0] }), case .printed(_, let evidence) = slip.state else {
      return false
    }
    return evidence > .accepted
  }

  func takePapers(_ one: Case, _ papers: [CasePaper], _ isComplete: Bool) throws(Refusal) -> [Event] {
    try requireOwnClerk(one.opened.item)
    try require(one, .correcting, .accepted, .forwarded)
    guard !papers.isEmpty else { throw .cases(.badCaseText) }
    try check(papers, in: one.opened.materials)
    return [
      .cases(
        .papersReturned(
          PapersReturned(
            code: one.code, number: number(.receipt), papers: papers, on: today, isComplete: isComplete)))
    ]
  }
}

/// What happens by the clock, without a command of a person.
extension CaseDesk {
  /// The events of limits that ran out before `date` is opened, in the order of their days, also after days without power.
  ///
  /// Acceptance is deemed from the day of receipt, by an article only; else the hall's promise is broken. A date that
  /// another notice of holidays moves is told anew; a settled one never moves later by itself.
  func clock(on date: CivilDate) -> [Event] {
    var events: [Event] = []
    var open = state.cases.open
    for index in open.indices {
      guard let moved = recomputed(open[index]) else { continue }
      events.append(.cases(.dueRecomputed(moved)))
      open[index].tellBy = moved.tellBy
    }
    let late = open.filter { one in
      one.acceptedOn == nil && !one.isPromiseBroken && one.tellBy.date < date
        && one.toldOn.map { $0 > one.tellBy.date } ?? true
    }.sorted { ($0.tellBy.date, $0.opened.number.description) < ($1.tellBy.date, $1.opened.number.description) }
    var given = 0
    for one in late {
      guard one.opened.telling.isDeemed, let article = one.opened.telling.basis else {
        events.append(
          .cases(.correctionPromiseBroken(CorrectionPromiseBroken(code: one.code, tellBy: one.tellBy.date))))
        continue
      }
      let received = one.opened.receivedOn
      let due = (try? one.limits.due(from: received, by: calendar)) ?? .unlimited
      events.append(
        .cases(
          .acceptanceDeemed(
            AcceptanceDeemed(
              code: one.code, number: number(.acceptance, after: given), acceptedOn: received, article: article,
              due: due))))
      given += 1
    }
    return events
  }

  /// Nil where nothing moved, and where only a settled date would come later.
  private func recomputed(_ one: Case) -> DueRecomputed? {
    var tellBy = one.tellBy
    if one.acceptedOn == nil, tellBy.provisional {
      let telling = one.opened.telling
      tellBy = (try? TellBy(telling.count, telling.unit, from: one.opened.receivedOn, by: calendar)) ?? tellBy
    }
    var due = one.due
    if let accepted = one.acceptedOn, one.stage.isRunning,
      let now = try? one.limits.due(from: accepted, one.pauses, by: calendar)
    {
      if case .dated(let before, _) = due, case .dated(let after, _) = now {
        if before.provisional || after.raw < before.raw { due = now }
      }
    }
    return due == one.due && tellBy == one.tellBy ? nil : DueRecomputed(code: one.code, due: due, tellBy: tellBy)
  }
}
