import Groundwork

/// Acts beside the course of a case: corrections of entries, reassignments, explanations.
extension CaseDesk {
  private func requireOpen(_ one: Case) throws(Refusal) {
    guard !one.stage.hasEnded else { throw .cases(.caseIs(one.stage)) }
  }

  /// Within seconds, by whoever accepted it; afterwards it is a correction of an entry.
  func undoAccept(_ one: Case) throws(Refusal) -> [Event] {
    try requireOwnClerk(one.opened.item)
    try require(one, .accepted)
    guard let accepted = one.acceptance, accepted.by == actor.badge, actor.badge != nil,
      envelope.at.since(accepted.at) <= rules.limits.undoMilliseconds, one.pauses.isEmpty, one.extended == nil
    else { throw .cases(.tooLateToUndo) }
    let undone = Event.cases(.acceptanceUndone(AcceptanceUndone(code: one.code, number: accepted.number)))
    return [undone] + withdrawn(accepted.slip)
  }

  /// A slip that no printer has begun is not printed any more.
  private func withdrawn(_ slip: SlipID?) -> [Event] {
    guard let slip = slip.flatMap({ state.print.slips[$0] }), slip.state == .queued else { return [] }
    return [.print(.slipExpired(SlipExpired(slip: slip.id)))]
  }

  func reassign(_ one: Case, _ to: String, _ reason: String) throws(Refusal) -> [Event] {
    try requireCoordinator()
    try requireOpen(one)
    try readable(reason, atMost: 60)
    guard state.staff.present.contains(where: { $0.badge == to }) else { throw .cases(.notAtWork(to)) }
    guard to != one.responsible else { return [] }
    return [
      .cases(
        .caseReassigned(CaseReassigned(code: one.code, from: one.responsible, to: to, reason: reason)))
    ]
  }

  /// A wrong entry is never overwritten: a coordinator and a clerk who is there put it right together.
  func correct(_ one: Case, _ entry: CorrectEntry) throws(Refusal) -> [Event] {
    try requireCoordinator()
    try requireOpen(one)
    try requireSecond(entry.second)
    guard one.fixes.count < 50 else { throw .cases(.badCorrection(entry.field)) }
    let (old, new) = try values(one, entry)
    guard old != new else { throw .cases(.badCorrection(entry.field)) }
    let isCount = entry.field == .originals || entry.field == .copies
    let corrected = CaseCorrected(
      code: one.code, field: entry.field, material: isCount ? entry.material : nil, old: old, new: new,
      holder: entry.field == .applicant ? entry.holder : nil, reason: entry.reason, second: entry.second)
    let slip = entry.field == .acceptance ? one.acceptance?.slip : nil
    return [.cases(.caseCorrected(corrected))] + withdrawn(slip)
  }

  private func values(_ one: Case, _ entry: CorrectEntry) throws(Refusal) -> (old: String, new: String) {
    let wrong = Refusal.cases(.badCorrection(entry.field))
    switch entry.field {
    case .applicant:
      guard let applicant = entry.applicant else { throw wrong }
      return (one.applicant.description, applicant.description)
    case .bearer:
      guard CaseBearer(rawValue: entry.value) != nil else { throw wrong }
      return (one.by.rawValue, entry.value)
    case .originals, .copies:
      guard let material = entry.material, let account = one.account(material) else {
        throw .cases(.materialNotListed(entry.material ?? ""))
      }
      guard let now = decimal(entry.value), CasePaper.counts.contains(now) else { throw wrong }
      if entry.field == .copies { return ("\(account.copies)", "\(now)") }
      guard now >= account.givenBack + account.kept else { throw .cases(.noSuchOriginals(material)) }
      return ("\(account.originals)", "\(now)")
    case .department:
      guard let department = one.department, one.stage == .forwarded else { throw .cases(.caseIs(one.stage)) }
      try readable(entry.value, atMost: 60)
      return (department, entry.value)
    case .acceptance:
      // An acceptance by law cannot be taken back, nor one on which a pause, an extension or a department already depends.
      guard one.stage == .accepted, !one.isDeemed, one.pauses.isEmpty, one.extended == nil,
        let acceptance = one.acceptance
      else { throw .cases(.caseIs(one.stage)) }
      return (acceptance.number.description, "")
    case .outcome:
      guard let decided = one.decided else { throw .cases(.caseIs(one.stage)) }
      guard CaseOutcome(rawValue: entry.value) != nil else { throw wrong }
      return (decided.outcome.rawValue, entry.value)
    }
  }

  /// Overdue begins after the day that was told.
  func explain(_ one: Case, _ explain: ExplainOverdue) throws(Refusal) -> [Event] {
    try requireCoordinator()
    try require(one, .accepted, .forwarded)
    guard let due = one.due.date?.raw, today > due else { throw .cases(.notOverdue) }
    try readable(explain.text, atMost: 200)
    if let expected = explain.expected { guard expected >= today else { throw .cases(.badCaseDate) } }
    return [
      .cases(
        .overdueExplained(
          OverdueExplained(
            code: one.code, number: number(.overdue), text: explain.text, due: due, expected: explain.expected,
            tellsRemedy: explain.tellsRemedy)))
    ]
  }

  func relocate(_ one: Case, to location: String) throws(Refusal) -> [Event] {
    try requireCollectionClerk()
    try require(one, .ready)
    try readable(location, atMost: 20)
    return location == one.location ? [] : [.cases(.resultPlaced(ResultPlaced(code: one.code, location: location)))]
  }

  /// Told in writing, in the same words as a correction notice, but nothing stops: no article stops the limit for it.
  func askFurther(_ one: Case, _ lines: [CorrectionLine]) throws(Refusal) -> [Event] {
    try requireOwnClerk(one.opened.item)
    try require(one, .accepted, .forwarded)
    try checkLines(lines, one)
    return [
      .cases(
        .furtherPapersAsked(FurtherPapersAsked(code: one.code, number: number(.further), lines: lines)))
    ]
  }

  func deliver(_ one: Case, _ on: CivilDate?) throws(Refusal) -> [Event] {
    try requireOwnClerk(one.opened.item)
    guard let served = one.served, served.way == .posted, one.deliveredOn == nil else {
      throw .cases(.caseIs(one.stage))
    }
    let on = on ?? today
    guard on >= served.on, on <= today else { throw .cases(.badCaseDate) }
    return [.cases(.correctionDelivered(CorrectionDelivered(code: one.code, on: on)))]
  }
}
