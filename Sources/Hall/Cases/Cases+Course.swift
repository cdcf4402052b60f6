import Groundwork

/// From acceptance to the decision.
extension CaseDesk {
  func accept(_ one: Case, _ isImmediate: Bool, _ owedBy: CivilDate?) throws(Refusal) -> [Event] {
    try requireOwnClerk(one.opened.item)
    try require(one, .received)
    let missing = one.missing
    guard missing.isEmpty else { throw .cases(.papersMissing(missing)) }
    // 受理日期 is the day on which everything was there.
    let acceptedOn = one.completeOn ?? today
    if let owedBy { guard owedBy >= today else { throw .cases(.badCaseDate) } }
    let accepted = CaseAccepted(
      code: one.code, number: number(.acceptance), acceptedOn: acceptedOn,
      due: isImmediate ? .atOnce : try due(one, from: acceptedOn, [], one.limits),
      owed: one.followable.map { OwedPaper(material: $0, by: owedBy) }, isImmediate: isImmediate)
    return [.cases(.caseAccepted(accepted))]
  }

  func propose(
    _ one: Case, _ ground: RefusalGround, _ article: String, _ text: SealedCaseText, _ told: String?
  ) throws(Refusal) -> [Event] {
    try requireOwnClerk(one.opened.item)
    try require(one, .received)
    guard ItemCorrection.namesArticle(article) else { throw .cases(.reasonNeeded) }
    try readable(article, atMost: 120)
    if let told { try readable(told, atMost: 120) }
    // Missing papers are no reason to refuse: they are told, once.
    guard ground != .other || one.missing.isEmpty else { throw .cases(.caseIs(one.stage)) }
    // An organ that is not competent names the one that is (行政许可法 第三十二条第一款第二项).
    guard ground != .notCompetent || told != nil else { throw .cases(.askNeeded) }
    guard !approvers(of: one).isEmpty else { throw .cases(.noApprover) }
    return [
      .cases(
        .refusalProposed(
          RefusalProposed(code: one.code, ground: ground, article: article, text: text, told: told)))
    ]
  }

  /// A refusal is a decision of the organ: a named approver makes it, and nobody approves their own proposal.
  func refuse(_ one: Case, _ returns: Bool) throws(Refusal) -> [Event] {
    try require(one, .received)
    guard let proposal = one.proposal else { throw .cases(.nothingProposed) }
    let approvers = approvers(of: one)
    guard !approvers.isEmpty else { throw .cases(.noApprover) }
    guard let approver = approvers.first(where: { $0.badge == actor.badge }) else { throw .cases(.notApprover) }
    guard proposal.by != approver.badge else { throw .cases(.ownProposal) }
    return [
      .cases(
        .caseRefused(
          CaseRefused(
            code: one.code, number: number(.refusal), proposal: proposal.what, approver: approver.badge,
            title: approver.title, returned: try returning(one, returns))))
    ]
  }

  private func approvers(of one: Case) -> [CaseRule.Approver] {
    rules.cases.approvers(of: one.opened.item, rules.catalogue.item(one.opened.item)?.queueGroup)
  }

  func redirect(
    _ one: Case, _ organ: String, _ address: String, _ phone: String, _ returns: Bool
  ) throws(Refusal) -> [Event] {
    try requireOwnClerk(one.opened.item)
    try require(one, .received)
    for text in [organ, address, phone] { try readable(text, atMost: 120) }
    return [
      .cases(
        .caseRedirected(
          CaseRedirected(
            code: one.code, organ: organ, address: address, phone: phone, returned: try returning(one, returns))))
    ]
  }

  /// 撤回 is possible also while the clock is paused.
  func withdraw(_ one: Case, _ returns: Bool) throws(Refusal) -> [Event] {
    try requireOwnClerk(one.opened.item)
    try require(one, .received, .correcting, .accepted, .forwarded)
    return [.cases(.caseWithdrawn(CaseWithdrawn(code: one.code, returned: try returning(one, returns))))]
  }

  func forward(
    _ one: Case, _ department: String, _ materials: [String], _ kept: [OriginalsMoved]
  ) throws(Refusal) -> [Event] {
    try requireOwnClerk(one.opened.item)
    try require(one, .accepted)
    guard !one.isPaused else { throw .cases(.paused) }
    try readable(department, atMost: 60)
    for name in materials where one.account(name) == nil { throw .cases(.materialNotListed(name)) }
    guard Set(kept.map(\.material)).count == kept.count else { throw .cases(.badCaseText) }
    for moved in kept {
      guard materials.contains(moved.material), moved.count > 0, moved.count <= one.account(moved.material)?.held ?? 0
      else { throw .cases(.noSuchOriginals(moved.material)) }
    }
    return [
      .cases(
        .caseForwarded(
          CaseForwarded(
            code: one.code, number: number(.forward), department: department, materials: materials, kept: kept)))
    ]
  }

  func confirm(_ one: Case, _ differs: [String]) throws(Refusal) -> [Event] {
    let isFromPaper = try requireBackOffice()
    try require(one, .forwarded)
    for name in differs where one.material(name) == nil { throw .cases(.materialNotListed(name)) }
    guard !one.isConfirmed else { return [] }
    return [
      .cases(
        .forwardConfirmed(
          ForwardConfirmed(
            code: one.code, receiver: isFromPaper ? nil : actor.badge, differs: differs, isFromPaper: isFromPaper)))
    ]
  }

  /// Working days back that a pause or its end may be entered.
  static let lateDays = 2

  /// Today, or a day at most two working days back; never before acceptance.
  func lately(_ date: CivilDate?, _ accepted: CivilDate, _ reason: String?) throws(Refusal) -> CivilDate {
    guard let date, date != today else { return today }
    guard date < today, date >= accepted else { throw .cases(.badCaseDate) }
    let back = (date.daysSinceEpoch + 1...today.daysSinceEpoch).count {
      calendar.isWorkingDay(CivilDate(daysSinceEpoch: $0))
    }
    guard back <= Self.lateDays else { throw .cases(.badCaseDate) }
    guard reason != nil else { throw .cases(.reasonNeeded) }
    return date
  }

  func requirePauser() throws(Refusal) {
    if actor.isCoordinator { return }
    _ = try requireBackOffice()
  }

  /// A pause is told in writing with its length (行政许可法 第四十五条); a clock without that notice runs on.
  /// A pause whose notice was not handed over is only announced: the limit stops once the notice has come out.
  func pause(_ one: Case, _ pause: PauseCase) throws(Refusal) -> [Event] {
    try requirePauser()
    try require(one, .accepted, .forwarded)
    guard !one.isPaused, let accepted = one.acceptedOn else { throw .cases(.paused) }
    try readable(pause.stage, atMost: 20)
    guard one.limits.exclude(pause.stage) else { throw .cases(.stageNotExcluded(pause.stage)) }
    guard (1...365).contains(pause.expectedDays) else { throw .cases(.badCaseDate) }
    if let reason = pause.reason { try readable(reason, atMost: 60) }
    let from = try lately(pause.from, accepted, pause.reason)
    if let last = one.pauses.last?.to { guard from >= last else { throw .cases(.badCaseDate) } }
    let pauses = one.pauses + [ClockPause(stage: pause.stage, from: from, to: nil)]
    if !pause.isTold {
      guard printer != nil else { throw .cases(.notTold) }
      return [
        .cases(
          .pauseAnnounced(
            PauseAnnounced(
              code: one.code, number: number(.pause), stage: pause.stage, from: from,
              expectedDays: pause.expectedDays, due: try due(one, from: accepted, pauses, one.limits),
              reason: pause.reason)))
      ]
    }
    return [
      .cases(
        .clockPaused(
          ClockPaused(
            code: one.code, number: number(.pause), stage: pause.stage, from: from,
            expectedDays: pause.expectedDays, due: try due(one, from: accepted, pauses, one.limits),
            reason: pause.reason)))
    ]
  }

  func resume(_ one: Case, _ to: CivilDate?) throws(Refusal) -> [Event] {
    try requirePauser()
    guard one.isPaused, let open = one.pauses.last, let accepted = one.acceptedOn else {
      throw .cases(.notPaused)
    }
    let to = try lately(to, open.from, "")
    let pauses = one.pauses.dropLast() + [ClockPause(stage: open.stage, from: open.from, to: to)]
    return [
      .cases(
        .clockResumed(
          ClockResumed(code: one.code, to: to, due: try due(one, from: accepted, Array(pauses), one.limits))))
    ]
  }

  /// Once, by the head of the organ (行政许可法 第四十二条): at most ten working days, or half of the limit in other units.
  func extend(
    _ one: Case, _ count: Int, _ unit: LimitUnit, _ head: String, _ reason: String, _ article: String,
    _ isTold: Bool
  ) throws(Refusal) -> [Event] {
    try requireCoordinator()
    try require(one, .accepted, .forwarded)
    guard one.extended == nil else { throw .cases(.alreadyExtended) }
    guard let accepted = one.acceptedOn, LimitUnit.counted.contains(unit),
      let limit = [one.opened.limits.legal, one.opened.limits.promised].compactMap(\.self).first(where: {
        $0.unit == unit
      }),
      count >= 1, count <= max(10, limit.count)
    else { throw .cases(.badExtension) }
    try readable(head, atMost: 30)
    try readable(reason, atMost: 100)
    guard ItemCorrection.namesArticle(article) else { throw .cases(.reasonNeeded) }
    try readable(article, atMost: 120)
    let limits = one.opened.limits.extended(by: count, unit)
    let until = try due(one, from: accepted, one.pauses, limits)
    if !isTold {
      guard printer != nil else { throw .cases(.notTold) }
      return [
        .cases(
          .extensionAnnounced(
            ExtensionAnnounced(
              code: one.code, number: number(.extending), count: count, unit: unit, head: head, reason: reason,
              article: article, due: until)))
      ]
    }
    return [
      .cases(
        .timeExtended(
          TimeExtended(
            code: one.code, number: number(.extending), count: count, unit: unit, head: head, reason: reason,
            article: article, due: until)))
    ]
  }

  func decide(_ one: Case, _ outcome: CaseOutcome, _ results: [CaseResult]) throws(Refusal) -> [Event] {
    let isFromPaper: Bool
    if one.stage == .accepted, one.due == .atOnce {
      try requireOwnClerk(one.opened.item)
      isFromPaper = false
    } else {
      isFromPaper = try requireBackOffice()
    }
    try require(one, .accepted, .forwarded)
    guard !one.isPaused else { throw .cases(.paused) }
    guard one.owed.isEmpty else { throw .cases(.owed(one.owed.map(\.material))) }
    guard results.count <= 10 else { throw .cases(.badCaseText) }
    for result in results {
      try readable(result.name, atMost: 60)
      guard (0...20).contains(result.copies) else { throw .cases(.badCaseText) }
    }
    return [
      .cases(
        .caseDecided(
          CaseDecided(code: one.code, outcome: outcome, on: today, results: results, isFromPaper: isFromPaper)))
    ]
  }
}

/// 出件.
extension CaseDesk {
  func makeReady(_ one: Case, _ location: String) throws(Refusal) -> [Event] {
    try requireCollectionClerk()
    try require(one, .decided)
    try readable(location, atMost: 20)
    return [.cases(.resultReady(ResultReady(code: one.code, number: number(.result), location: location)))]
  }

  /// Somebody else needs a signed authority; the receipt alone lets only the applicant collect.
  func collect(
    _ one: Case, _ by: CaseBearer, _ shown: CollectionProof, _ isSigned: Bool, _ returns: Bool
  ) throws(Refusal) -> [Event] {
    try requireCollectionClerk()
    try require(one, .ready)
    guard by == .oneself || shown == .proxy else { throw .cases(.proxyNeeded) }
    guard isSigned else { throw .cases(.reasonNeeded) }
    return [
      .cases(
        .resultCollected(
          ResultCollected(
            code: one.code, by: by, shown: shown, isSigned: isSigned, returned: try returning(one, returns))))
    ]
  }

  func send(_ one: Case, _ way: SendingWay, _ reference: String?, _ returns: Bool) throws(Refusal) -> [Event] {
    try requireCollectionClerk()
    try require(one, .ready)
    if let reference { try readable(reference, atMost: 40) }
    return [
      .cases(
        .resultSent(
          ResultSent(code: one.code, way: way, reference: reference, returned: try returning(one, returns))))
    ]
  }
}
