import Groundwork

extension HallState {
  func decide(_ command: StaffCommand, _ rules: HallRules, _ envelope: Envelope) throws(Refusal) -> Decision {
    switch command {
    case .signIn(let e):
      guard envelope.actor == .system else { throw .request(.staffOnly) }
      return Decision([.staff(.staffSignedIn(e))], .done)
    case .signOut(let e):
      guard envelope.actor == .system else { throw .request(.staffOnly) }
      return Decision(staff.isPresent(e.badge, at: e.workplace) ? [.staff(.staffSignedOut(e))] : [], .done)
    case .planDuty(let e): return try decidePlans([e], rules, envelope)
    case .planDuties(let plans): return try decidePlans(plans, rules, envelope)
    case .withdrawPlan(let e):
      try coordinate(e.date, rules, envelope)
      return Decision([.staff(.dutyPlanWithdrawn(e))], .done)
    case .noteAttendance(let e):
      try coordinate(e.date, rules, envelope)
      guard e.session.map(Self.sessionNumbers.contains) ?? true, (e.kind == .substitute) == (e.substituted != nil),
        e.substituted != e.badge
      else { throw .staff(.badNote) }
      if let reason = e.reason { _ = try Self.readableReason(reason) }
      return Decision([.staff(.attendanceNoted(e))], .done)
    case .noteInspection(let e): return try decideInspection(e, rules, envelope)
    }
  }

  private func decidePlans(
    _ plans: [DutyPlanned], _ rules: HallRules, _ envelope: Envelope
  ) throws(Refusal) -> Decision {
    guard (1...DutyTable.mostPlans).contains(plans.count) else { throw .staff(.badNote) }
    for e in plans {
      try coordinate(e.date, rules, envelope)
      guard Set(e.sessions).count == e.sessions.count, e.sessions.allSatisfy(Self.sessionNumbers.contains) else {
        throw .staff(.badNote)
      }
      if let window = e.window, rules.window(window) == nil { throw .window(.unknownWindow(window)) }
    }
    return Decision(plans.map { .staff(.dutyPlanned($0)) }, .done)
  }

  /// Sessions of a day that can be named.
  private static let sessionNumbers = 1...8
  /// How far a day that is noted or planned may be from today.
  private static let noteDays = -400...60

  private func coordinate(_ date: CivilDate, _ rules: HallRules, _ envelope: Envelope) throws(Refusal) {
    guard envelope.actor.isCoordinator else { throw .request(.coordinatorOnly) }
    let today = day?.date ?? rules.zone.civil(envelope.at).date
    guard Self.noteDays.contains(date.daysSinceEpoch - today.daysSinceEpoch) else { throw .staff(.dateTooFar) }
  }

  /// 监督检查: by a coordinator, or by who supervises the hall for the district.
  private func decideInspection(
    _ e: InspectionNoted, _ rules: HallRules, _ envelope: Envelope
  ) throws(Refusal) -> Decision {
    switch envelope.actor {
    case .operator, .staff(_, .coordinator), .staff(_, .supervisor): break
    case .staff, .kiosk, .system: throw .request(.coordinatorOnly)
    }
    guard e.badge != nil || e.window != nil else { throw .staff(.badNote) }
    if let window = e.window, rules.window(window) == nil { throw .window(.unknownWindow(window)) }
    guard Self.isReadable(e.text, atMost: 100) else { throw .request(.badReason) }
    return Decision([.staff(.inspectionNoted(e))], .done)
  }
}
