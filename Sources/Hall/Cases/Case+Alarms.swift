package import Groundwork

/// What staff are reminded of about a case, in the words of the lists.
package enum CaseAlarm: String, Hashable, Sendable, CaseIterable {
  /// The last working day before the day by which to tell has begun, and nobody has been told.
  case tellSoon = "tell_soon"
  /// The day by which to tell has begun.
  case tellToday = "tell_today"
  /// The day by which to tell has passed.
  case tellLate = "tell_late"
  /// A notice was posted, and nobody knows that it has come.
  case deliveryOpen = "delivery_open"
  /// 二次告知: only for coordinators, while that notice is open.
  case secondNotice = "second_notice"
  /// A pause or an extension whose paper nobody has: the limit runs on.
  case untold
  /// Overdue, and the applicant has not been told why.
  case unexplained
  /// 超期未领: ten working days after it was ready; a licence from the eighth working day after the decision.
  case unclaimed
  /// Thirty working days after it was ready: by letter.
  case unclaimedLong = "unclaimed_long"
}

extension Case {
  /// The alarms of the case on a business day. A day has begun when it is opened.
  ///
  /// Source: 行政许可法 第三十二条 (told within five days), 第四十四条 (delivered within ten working days).
  package func alarms(on today: CivilDate, by calendar: WorkCalendar) -> [CaseAlarm] {
    var alarms: [CaseAlarm] = []
    if let alarm = tellAlarm(today) { alarms.append(alarm) }
    if stage == .correcting, corrections.last?.second != nil { alarms.append(.secondNotice) }
    if !untold.isEmpty { alarms.append(.untold) }
    if isOverdue(on: today), explained?.due != due.date?.raw { alarms.append(.unexplained) }
    if isUnclaimed(on: today, by: calendar) { alarms.append(.unclaimed) }
    if let ready = readyOn, calendar.workingDays(after: ready, through: today) >= 30 { alarms.append(.unclaimedLong) }
    return alarms
  }

  private func tellAlarm(_ today: CivilDate) -> CaseAlarm? {
    guard stage == .received || stage == .correcting, completeOn == nil, today >= tellBy.alarm else { return nil }
    if toldOn == nil { return today < tellBy.date ? .tellSoon : today == tellBy.date ? .tellToday : .tellLate }
    return served?.way == .posted && deliveredOn == nil ? .deliveryOpen : nil
  }

  /// Overdue begins after the day that was told.
  package func isOverdue(on today: CivilDate) -> Bool {
    stage.isRunning && !isPaused && due.date.map { $0.raw < today } ?? false
  }

  /// The day on which the result lay ready; nil before, and once somebody has it.
  package var readyOn: CivilDate? {
    guard stage == .ready else { return nil }
    return given.last { $0.number.kind == .result }?.number.date
  }

  /// A mark, not an end: a result belongs to the applicant whenever they come.
  package func isUnclaimed(on today: CivilDate, by calendar: WorkCalendar) -> Bool {
    guard let ready = readyOn else { return false }
    if opened.limits.isLicence, let decided, calendar.workingDays(after: decided.on, through: today) >= 8 {
      return true
    }
    return calendar.workingDays(after: ready, through: today) >= 10
  }
}

extension CaseAlarm {
  /// Whether the alarm is shown to somebody: the responsible badge and coordinators; a second notice only coordinators.
  package func concerns(_ badge: String?, isCoordinator: Bool, in one: Case) -> Bool {
    isCoordinator || self != .secondNotice && one.responsible == badge
  }
}
