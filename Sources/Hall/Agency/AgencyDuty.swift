package import Groundwork

/// Something of an agency case that has a latest day.
package enum AgencyDuty: String, Hashable, Sendable, CaseIterable {
  /// 受理.
  case take
  /// 送到镇街.
  case carry
  /// 送达.
  case deliver
  /// 归档.
  case file
  /// 回访.
  case ask
  /// 退还原件.
  case giveBack = "give_back"
  /// 续办 or 终止: the authority runs out.
  case renew

  package var chinese: String {
    switch self {
    case .take: "受理"
    case .carry: "送镇街"
    case .deliver: "送达"
    case .file: "归档"
    case .ask: "回访"
    case .giveBack: "退还原件"
    case .renew: "续办或终止"
    }
  }
}

extension AgencyCase {
  /// What has to be done, and its last day: what is done on that day is in time.
  ///
  /// Counted in working days from the step before: 2 to the town, 2 to the principal, 3 to the file, 5 to the question.
  package func duties(_ calendar: WorkCalendar, _ rule: AgencyRule) -> [(duty: AgencyDuty, by: CivilDate)] {
    func after(_ date: CivilDate?, _ days: Int) -> CivilDate? { date.map { calendar.day(days, after: $0) } }
    var found: [(AgencyDuty, CivilDate?)] = []
    switch stage {
    case .entrusted: found.append((.take, entrusted.on))
    case .taken: if missing.isEmpty { found.append((.carry, after(takenOn, 2))) }
    case .carried: found.append((.carry, after(takenOn ?? carriedOn, 2)))
    case .ready: found.append((.deliver, after(readyOn, 2)))
    case .delivered: found.append((.file, after(deliveredOn, 3)))
    case .ending: found.append((.giveBack, end?.on))
    case .inTown, .filed, .declined, .ended: break
    }
    if deliveredOn != nil, stage != .ended, needsAsking(rule) { found.append((.ask, after(deliveredOn, 5))) }
    if stage.isInForce { found.append((.renew, until)) }
    return found.compactMap { duty, by in by.map { (duty, $0) } }.sorted { $0.1 < $1.1 }
  }

  /// Whether the principal is still to be asked; somebody who was not reached is tried again.
  package func needsAsking(_ rule: AgencyRule) -> Bool {
    deliveredOn != nil && (answer == nil ? rule.isAsked(code) : answer == .notReached)
  }

  /// Indices of the originals that have been with the agent for too long: five working days, a card overnight.
  package func heldTooLong(on today: CivilDate, _ calendar: WorkCalendar) -> [Int] {
    indices(.withAgent).filter { index in
      let held = originals[index]
      return held.original.isCard
        ? held.since < today : calendar.day(AgencyRule.originalDays, after: held.since) < today
    }
  }

  /// Steps that were taken after their day, of those that a month's report counts.
  func lateSteps(_ calendar: WorkCalendar, in month: ClosedRange<CivilDate>) -> Int {
    func isLate(_ done: CivilDate?, _ from: CivilDate?, _ days: Int) -> Bool {
      guard let done, let from, month.contains(done) else { return false }
      return calendar.day(days, after: from) < done
    }
    return [
      isLate(takenOn, entrusted.on, 0), isLate(handedInOn, takenOn, 2), isLate(deliveredOn, readyOn, 2),
      isLate(filedOn, deliveredOn, 3), isLate(askedOn, deliveredOn, 5),
    ].count { $0 }
  }
}

extension WorkCalendar {
  /// The working day that is so many after a date; the date itself for none.
  package func day(_ days: Int, after date: CivilDate) -> CivilDate {
    var (date, left) = (date, days)
    while left > 0 {
      date = date.adding(days: 1)
      if isWorkingDay(date) { left -= 1 }
    }
    return date
  }
}
