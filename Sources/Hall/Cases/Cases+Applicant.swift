package import Groundwork

extension HallState {
  /// Whether somebody may see the applicant's name and number in full, with a reason that is logged.
  ///
  /// A clerk whose open window serves the item, at collection the clerk there, the department, whoever has to decide about a refusal,
  /// the agent who took the papers, and coordinators.
  package func maySeeApplicant(
    of one: Case, _ actor: Principal, at moment: Timestamp, _ rules: HallRules
  ) -> Bool {
    guard let badge = actor.badge, actor.isStaff else { return actor.isCoordinator }
    if actor.isCoordinator || rules.cases.backOffice.contains(badge) { return true }
    let steps = steps(of: one, for: actor, at: moment, rules)
    if one.proposal != nil, steps.contains(.refuse) { return true }
    if one.stage == .ready, steps.contains(.collect) { return true }
    if case .staff(_, .agent) = actor { return one.responsible == badge }
    let desk = CaseDesk(
      state: self, rules: rules,
      envelope: Envelope(.cases(.step(one.code, .refuse(returnsOriginals: false))), by: actor, at: moment, entropy: 0))
    return desk.isOwnClerk(one.opened.item)
  }
}

extension CaseDesk {
  fileprivate func isOwnClerk(_ item: String) -> Bool {
    do { try requireOwnClerk(item) } catch { return false }
    return true
  }
}
