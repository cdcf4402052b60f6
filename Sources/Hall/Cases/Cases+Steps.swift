package import Groundwork

/// A step of a case that somebody can take now, in the words of the routes.
package enum CaseStepName: String, Hashable, Sendable, CaseIterable {
  case accept, corrections
  case onSpot = "on-spot"
  case served, papers
  case proposeRefusal = "propose-refusal"
  case refuse, redirect, withdraw, forward, confirm, pause, resume, extend, decide, ready, collect, send
  /// 已当面交给申请人: an announced pause or extension holds from here on.
  case told
  case undoAccept = "undo-accept"
  /// 补充材料通知.
  case further
  case delivered
  case relocate = "place"
  case explain, reassign, correct
}

extension HallState {
  /// The steps that fit where a case stands and that `actor` may take, in the order of the work.
  ///
  /// A step can still be refused for what is said with it.
  package func steps(of one: Case, for actor: Principal, at moment: Timestamp, _ rules: HallRules) -> [CaseStepName] {
    let envelope = Envelope(
      .cases(.step(one.code, .refuse(returnsOriginals: false))), by: actor, at: moment, entropy: 0)
    let desk = CaseDesk(state: self, rules: rules, envelope: envelope)
    return CaseStepName.allCases.filter { desk.fits($0, one) && desk.may($0, one) }
  }
}

extension CaseDesk {
  fileprivate func fits(_ step: CaseStepName, _ one: Case) -> Bool {
    switch step {
    case .corrections, .onSpot, .proposeRefusal, .redirect: one.stage == .received
    case .accept: one.stage == .received && one.missing.isEmpty
    case .refuse: one.stage == .received && one.proposal != nil
    case .served: one.stage == .correcting && one.served == nil
    case .papers:
      one.stage == .correcting || one.stage.isRunning && !(one.owed.isEmpty && one.furtherAsked.isEmpty)
    case .withdraw: one.stage == .received || one.stage == .correcting || one.stage.isRunning
    case .forward: one.stage == .accepted && !one.isPaused && one.due != .atOnce
    case .confirm: one.stage == .forwarded && !one.isConfirmed
    case .pause: one.stage.isRunning && !one.isPaused && !one.limits.pauseStages.isEmpty
    case .resume: one.isPaused
    case .extend: one.stage.isRunning && one.extended == nil
    case .decide: one.stage.isRunning && !one.isPaused && one.owed.isEmpty
    case .ready: one.stage == .decided
    case .collect, .send, .relocate: one.stage == .ready
    case .told: !one.untold.isEmpty
    case .undoAccept:
      one.stage == .accepted && one.pauses.isEmpty && one.extended == nil
        && one.acceptance.map { envelope.at.since($0.at) <= rules.limits.undoMilliseconds } ?? false
    case .further: one.stage.isRunning
    case .delivered: one.stage == .correcting && one.served?.way == .posted && one.deliveredOn == nil
    case .explain: one.isOverdue(on: today)
    case .reassign, .correct: !one.stage.hasEnded
    }
  }

  fileprivate func may(_ step: CaseStepName, _ one: Case) -> Bool {
    switch step {
    case .corrections, .onSpot, .served, .papers, .accept, .proposeRefusal, .redirect, .withdraw, .forward, .further,
      .delivered:
      isAllowed { () throws(Refusal) in try requireOwnClerk(one.opened.item) }
    case .refuse:
      one.proposal?.by != actor.badge
        && rules.cases.approvers(of: one.opened.item, rules.catalogue.item(one.opened.item)?.queueGroup)
          .contains { $0.badge == actor.badge }
    case .confirm: isAllowed { () throws(Refusal) in _ = try requireBackOffice() }
    case .pause, .resume:
      actor.isCoordinator || isAllowed { () throws(Refusal) in _ = try requireBackOffice() }
    case .extend, .explain, .reassign, .correct: actor.isCoordinator
    case .undoAccept: one.acceptance?.by == actor.badge
    case .told:
      actor.isCoordinator
        || one.announcedPause != nil && isAllowed { () throws(Refusal) in _ = try requireBackOffice() }
    case .decide:
      one.due == .atOnce
        ? isAllowed { () throws(Refusal) in try requireOwnClerk(one.opened.item) }
        : isAllowed { () throws(Refusal) in _ = try requireBackOffice() }
    case .ready, .collect, .send, .relocate: isAllowed { () throws(Refusal) in try requireCollectionClerk() }
    }
  }

  private func isAllowed(_ check: () throws(Refusal) -> Void) -> Bool {
    do { try check() } catch { return false }
    return true
  }
}
