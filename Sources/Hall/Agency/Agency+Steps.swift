package import Groundwork

/// A step of an agency case that somebody can take now, in the words of the routes.
package enum AgencyStepName: String, Hashable, Sendable, CaseIterable {
  case take, decline
  case handIn = "hand-in"
  case fetch
  case giveBack = "give-back"
  case deliver, file, ask, renew, end, reassign
}

extension HallState {
  /// The steps that fit where it stands and that `actor` may take, in the order of the work.
  ///
  /// A step can still be refused for what is said with it.
  package func steps(of one: AgencyCase, for actor: Principal, at moment: Timestamp, _ rules: HallRules)
    -> [AgencyStepName]
  {
    let desk = AgencyDesk(
      state: self, rules: rules, envelope: Envelope(.agency(.carry([], kiosk: nil)), by: actor, at: moment, entropy: 0))
    let isOwner = desk.isOwner(of: one)
    return AgencyStepName.allCases.filter { step in
      switch step {
      case .take: isOwner && (one.stage == .entrusted || one.stage == .taken && !one.missing.isEmpty)
      case .decline: isOwner && (one.stage == .entrusted || one.stage == .taken)
      case .handIn:
        isOwner
          && (one.stage == .carried || one.stage == .taken && one.missing.isEmpty
            || one.stage == .inTown && !one.indices(.withAgent).isEmpty)
      case .fetch:
        isOwner && (one.stage == .inTown || [.ready, .ending].contains(one.stage) && !one.indices(.withTown).isEmpty)
      case .giveBack: isOwner && (one.stage.isInForce || one.stage == .ending) && !one.indices(.withAgent).isEmpty
      case .deliver: isOwner && one.stage == .ready && one.indices(.withTown).isEmpty
      case .file: isOwner && one.stage == .delivered
      case .ask: desk.mayAsk(one) && one.needsAsking(rules.agency)
      case .renew, .end: isOwner && one.stage.isInForce
      case .reassign: actor.isCoordinator && !one.stage.hasEnded
      }
    }
  }
}

extension AgencyDesk {
  fileprivate func isOwner(of one: AgencyCase) -> Bool {
    do throws(Refusal) { try requireOwner(one) } catch { return false }
    return true
  }

  fileprivate func mayAsk(_ one: AgencyCase) -> Bool {
    switch actor {
    case .operator, .staff(_, .coordinator): true
    case .staff(let badge, .agent): !one.carriers.contains(badge)
    case .staff, .kiosk, .system: false
    }
  }
}
