import Groundwork

extension HallState {
  func decide(_ command: CaseCommand, _ rules: HallRules, _ envelope: Envelope) throws(Refusal) -> Decision {
    var desk = CaseDesk(state: self, rules: rules, envelope: envelope)
    switch command {
    case .open(let open): return try desk.approved(desk.open(open))
    case .step(let code, let step, let paper):
      guard let one = cases[code] else { throw .cases(.unknownCase) }
      desk.printer = try paper.map { wish throws(Refusal) in try desk.printer(wish) }
      desk.largeType = paper?.largeType ?? false
      let events = try desk.events(step, one)
      return try desk.approved(Decision(events + desk.slips(of: events, one), .openedCase(code)))
    case .print(let code, let number, let wish):
      guard let one = cases[code] else { throw .cases(.unknownCase) }
      return try desk.approved(Decision(try desk.copy(one, number, wish), .openedCase(code)))
    case .list(let department, let paper): return try desk.approved(desk.list(department, paper))
    }
  }
}

/// What deciding about a case needs: the hall, its rules, and who asks when.
struct CaseDesk {
  let state: HallState
  let rules: HallRules
  let envelope: Envelope
  /// Where the paper that the step gives is printed; nil without paper.
  var printer: KioskRule?
  var largeType = false

  var actor: Principal { envelope.actor }
  /// The civil date in the hall's zone.
  var today: CivilDate { rules.zone.civil(envelope.at).date }
  var calendar: WorkCalendar { rules.calendar }

  func events(_ step: CaseStep, _ one: Case) throws(Refusal) -> [Event] {
    switch step {
    case .correctOnSpot(let material, let what): try correctOnSpot(one, material, what)
    case .issueCorrection(let issue): try self.issue(one, issue)
    case .serve(let way, let witnesses, let byHand): try serve(one, way, witnesses, byHand)
    case .takePapers(let papers, let isComplete): try takePapers(one, papers, isComplete)
    case .accept(let isImmediate, let owedBy): try accept(one, isImmediate, owedBy)
    case .proposeRefusal(let ground, let article, let text, let told): try propose(one, ground, article, text, told)
    case .refuse(let returns): try refuse(one, returns)
    case .redirect(let organ, let address, let phone, let returns):
      try redirect(one, organ, address, phone, returns)
    case .withdraw(let returns): try withdraw(one, returns)
    case .forward(let department, let materials, let kept): try forward(one, department, materials, kept)
    case .confirm(let differs): try confirm(one, differs)
    case .pause(let pause): try self.pause(one, pause)
    case .resume(let to): try resume(one, to)
    case .extend(let count, let unit, let head, let reason, let article, let isTold):
      try extend(one, count, unit, head, reason, article, isTold)
    case .decide(let outcome, let results): try decide(one, outcome, results)
    case .makeReady(let location): try makeReady(one, location)
    case .collect(let by, let shown, let isSigned, let returns): try collect(one, by, shown, isSigned, returns)
    case .send(let way, let reference, let returns): try send(one, way, reference, returns)
    case .tell(let number): try tell(one, number)
    case .undoAccept: try undoAccept(one)
    case .reassign(let to, let reason): try reassign(one, to, reason)
    case .correctEntry(let entry): try correct(one, entry)
    case .explain(let explain): try self.explain(one, explain)
    case .relocate(let location): try relocate(one, to: location)
    case .askFurther(let lines): try askFurther(one, lines)
    case .deliver(let on): try deliver(one, on)
    }
  }

  // MARK: What several steps need

  /// The next number of a kind today; `after` more of it are given in the same decision.
  func number(_ kind: CaseNumber.Kind, after: Int = 0) -> CaseNumber {
    CaseNumber(
      kind: kind, division: rules.identity.division.code, date: today,
      ordinal: (state.cases.ordinals[today]?[kind] ?? 0) + 1 + after)
  }

  func require(_ one: Case, _ stages: CaseStage...) throws(Refusal) {
    guard stages.contains(one.stage) else { throw .cases(.caseIs(one.stage)) }
  }

  func readable(_ text: String, atMost longest: Int) throws(Refusal) {
    guard HallState.isReadable(text, atMost: longest) else { throw .cases(.badCaseText) }
  }

  /// The originals that go back as a case ends. It does not end while one is held.
  func returning(_ one: Case, _ returns: Bool) throws(Refusal) -> [OriginalsMoved] {
    let held = one.held
    guard held.isEmpty || returns else { throw .cases(.originalsOpen(held)) }
    return held
  }

  func due(_ one: Case, from accepted: CivilDate, _ pauses: [ClockPause], _ limits: CaseLimits) throws(Refusal)
    -> CaseDue
  {
    do { return try limits.due(from: accepted, pauses, by: calendar) } catch { throw .cases(.badCaseDate) }
  }
}

/// Access rights (CASES 2.3 of the design): who may do what with a case.
extension CaseDesk {
  /// A clerk whose open window serves the item, or a coordinator; an agent for what the station may do for the town.
  func requireOwnClerk(_ item: String) throws(Refusal) {
    switch actor {
    case .operator, .staff(_, .coordinator): return
    case .staff(let badge, .clerk):
      // A case whose item left the catalogue is still finished, at any open window.
      guard let known = rules.catalogue.item(item) else {
        guard state.windows.states.values.contains(where: { $0.badge == badge && $0.duty != .closed }) else {
          throw .cases(.notServedHere)
        }
        return
      }
      guard let lane = rules.lane(for: known), serves(badge, lane) else { throw .cases(.notServedHere) }
    case .staff(_, .agent): guard isEntrusted(item) else { throw .cases(.notEntrusted) }
    case .staff, .kiosk, .system: throw .request(.staffOnly)
    }
  }

  /// The clerk at 出件, or a coordinator. In a hall without such a window every clerk.
  func requireCollectionClerk() throws(Refusal) {
    switch actor {
    case .operator, .staff(_, .coordinator): return
    case .staff(let badge, .clerk):
      let lanes = rules.lanes.filter { $0.groups.contains(Lane.collectionGroup) }
        .filter { !rules.windows(serving: $0.letter).isEmpty }
      guard lanes.isEmpty || lanes.contains(where: { serves(badge, $0.letter) }) else {
        throw .cases(.notServedHere)
      }
    case .staff, .kiosk, .system: throw .request(.staffOnly)
    }
  }

  /// Somebody of the department, or whoever enters from its signed sheet.
  ///
  /// - Returns: whether it is entered from the sheet.
  func requireBackOffice() throws(Refusal) -> Bool {
    if let badge = actor.badge, actor.isStaff, rules.cases.backOffice.contains(badge) { return false }
    try requireCollectionClerk()
    return true
  }

  func requireCoordinator() throws(Refusal) {
    guard actor.isCoordinator else { throw .request(.coordinatorOnly) }
  }

  /// 委托受理、授权办理: what the station takes is taken by the town on the same day.
  func isEntrusted(_ item: String) -> Bool {
    ["委托受理", "授权办理"].contains(rules.catalogue.item(item)?.delegation ?? "")
  }

  /// A second member of the staff who is there.
  func requireSecond(_ badge: String?) throws(Refusal) {
    guard let badge, badge != actor.badge, state.staff.present.contains(where: { $0.badge == badge }) else {
      throw .cases(.secondBadgeNeeded)
    }
  }

  private func serves(_ badge: String, _ lane: LaneLetter) -> Bool {
    state.windows.states.contains { number, window in
      window.badge == badge && window.duty != .closed && rules.window(number)?.lanes.contains(lane) ?? false
    }
  }
}
