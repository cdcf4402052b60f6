package import Groundwork

/// How long a case may take: the law's limit and the hall's promise, of which the earlier binds.
package struct CaseLimits: Hashable, Sendable {
  package let legal: TimeLimit?
  package let promised: TimeLimit?
  /// A licence (行政许可), whose limits leave out the stages of 行政许可法 第四十五条 in every case.
  package let isLicence: Bool

  package init(legal: TimeLimit?, promised: TimeLimit?, isLicence: Bool = false) {
    self.legal = legal
    self.promised = promised
    self.isLicence = isLicence
  }

  /// Both limits with `count` units more, once the head of the organ has extended them (行政许可法 第四十二条).
  ///
  /// Only limits of the same unit are lengthened; an extension has a unit that one of them has.
  package func extended(by count: Int, _ unit: LimitUnit) -> CaseLimits {
    func longer(_ limit: TimeLimit?) -> TimeLimit? {
      guard let limit, limit.unit == unit else { return limit }
      return TimeLimit(count: limit.count + count, unit: unit, excludes: limit.excludes, wording: limit.wording)
    }
    return CaseLimits(legal: longer(legal), promised: longer(promised), isLicence: isLicence)
  }

  /// The stages for which either of them stops, each once.
  package var pauseStages: [String] {
    let named = [legal, promised].flatMap { $0?.excludes ?? [] } + (isLicence ? ExcludedStage.ofLicence : [])
    return named.enumerated().filter { !named.prefix($0.offset).contains($0.element) }.map(\.element)
  }

  /// Whether either of them leaves out this stage.
  package func exclude(_ stage: String) -> Bool {
    [legal, promised].contains { $0?.excludes(stage, ofLicence: isLicence) ?? false }
  }

  /// Until when a case that was accepted on a date has to be decided.
  ///
  /// A pause counts for a limit only if its stage is among what that limit leaves out. One that began after the limit
  /// had run out changes nothing.
  ///
  /// - Throws: `DueDate.Fault` where a limit cannot be counted.
  package func due(
    from accepted: CivilDate, _ pauses: [ClockPause] = [], by calendar: WorkCalendar
  ) throws(DueDate.Fault) -> CaseDue {
    if legal?.unit == .immediate || promised?.unit == .immediate { return .atOnce }
    let law = try answer(legal, accepted, pauses, calendar)
    let promise = try answer(promised, accepted, pauses, calendar)
    switch (law, promise) {
    case (nil, nil): return .unlimited
    case (let only?, nil): return only.asLaw
    case (nil, let only?): return only
    case (.dated(let law, _)?, .dated(let promise, _)?):
      return law.raw < promise.raw ? .dated(law, byLaw: true) : .dated(promise, byLaw: false)
    // While the promise is paused, the law's limit, which runs, is the one that counts.
    case (.dated(let law, _)?, _): return .dated(law, byLaw: true)
    case (_, let promise?): return promise
    }
  }

  private func answer(
    _ limit: TimeLimit?, _ accepted: CivilDate, _ pauses: [ClockPause], _ calendar: WorkCalendar
  ) throws(DueDate.Fault) -> CaseDue? {
    guard let limit, LimitUnit.counted.contains(limit.unit) else { return nil }
    let counting = pauses.filter { limit.excludes($0.stage, ofLicence: isLicence) }
    let ended = counting.filter { $0.to != nil }
    if let open = counting.filter({ $0.to == nil }).map(\.from).min() {
      let left = try DueDate.left(
        of: limit.count, limit.unit, from: accepted, on: open, leavingOut: ended, by: calendar)
      if left > 0 { return .paused(left: left, limit.unit == .month ? .naturalDay : limit.unit) }
    }
    return .dated(
      try DueDate.counting(limit.count, limit.unit, from: accepted, leavingOut: ended, by: calendar), byLaw: false)
  }
}

/// Until when a case has to be decided.
package enum CaseDue: Hashable, Sendable {
  /// 当场办结.
  case atOnce
  /// `byLaw`: the law's limit ends before the promise, or there is no promise.
  case dated(DueDate, byLaw: Bool)
  /// 暂停中: what is left of the limit once it runs again; at least 1. Limits in months have days left.
  case paused(left: Int, LimitUnit)
  /// Neither law nor hall sets a limit.
  case unlimited

  fileprivate var asLaw: CaseDue { if case .dated(let date, _) = self { .dated(date, byLaw: true) } else { self } }

  /// Nil without a date.
  package var date: DueDate? { if case .dated(let date, _) = self { date } else { nil } }
}

/// Until when an applicant has to be told whether papers are missing (告知期限), and from when staff are reminded.
package struct TellBy: Hashable, Sendable {
  /// The last day; the day of receipt is not counted.
  package let date: CivilDate
  /// The last working day before it.
  package let alarm: CivilDate
  package let provisional: Bool

  package init(date: CivilDate, alarm: CivilDate, provisional: Bool) {
    self.date = date
    self.alarm = alarm
    self.provisional = provisional
  }

  /// Source: 行政许可法 第三十二条第一款第四项 (five days), 第八十二条 (working days).
  ///
  /// - Throws: `DueDate.Fault`.
  package init(
    _ limit: Int, _ unit: LimitUnit, from received: CivilDate, by calendar: WorkCalendar
  ) throws(DueDate.Fault) {
    let due = try DueDate.counting(limit, unit, from: received, by: calendar)
    date = due.raw
    var day = due.raw.adding(days: -1)
    while !calendar.isWorkingDay(day) { day = day.adding(days: -1) }
    alarm = day
    provisional = due.provisional
  }
}
