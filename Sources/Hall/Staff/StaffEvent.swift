package import Groundwork

/// Events of the staff: who works where, and what others note about it.
package enum StaffEvent: Hashable, Sendable {
  case staffSignedIn(StaffSignedIn)
  case staffSignedOut(StaffSignedOut)
  case dutyPlanned(DutyPlanned)
  case dutyPlanWithdrawn(DutyPlanWithdrawn)
  case attendanceNoted(AttendanceNoted)
  case inspectionNoted(InspectionNoted)

  /// The event's name in journal and feed.
  var name: String {
    switch self {
    case .staffSignedIn: "staffSignedIn"
    case .staffSignedOut: "staffSignedOut"
    case .dutyPlanned: "dutyPlanned"
    case .dutyPlanWithdrawn: "dutyPlanWithdrawn"
    case .attendanceNoted: "attendanceNoted"
    case .inspectionNoted: "inspectionNoted"
    }
  }
}

/// Where a member of the staff works: a window, the back office or the villages.
package enum Workplace: Hashable, Sendable {
  case window(Int)
  /// At a desk of the hall that is no window.
  case backOffice
  /// In the villages, or at a village's station.
  case village
}

package struct StaffSignedIn: Hashable, Sendable {
  package enum How: String, Hashable, Sendable {
    /// The badge's code was scanned.
    case badge
    case typed
  }

  package let badge: String
  package let role: StaffRole
  package let workplace: Workplace
  package let how: How

  package init(badge: String, role: StaffRole, workplace: Workplace, how: How) {
    self.badge = badge
    self.role = role
    self.workplace = workplace
    self.how = how
  }
}

package struct StaffSignedOut: Hashable, Sendable {
  package enum How: String, Hashable, Sendable {
    case own = "self"
    /// Somebody signed in at the same browser, or the badge at too many.
    case otherConsole = "other_console"
    case dayClose = "day_close"
    /// A session that was ended by others, or by its time.
    case forced
  }

  package let badge: String
  package let workplace: Workplace
  package let how: How

  package init(badge: String, workplace: Workplace, how: How) {
    self.badge = badge
    self.workplace = workplace
    self.how = how
  }
}

/// Who is to work at which sessions of a day; a later plan for the same badge and day replaces it.
package struct DutyPlanned: Hashable, Sendable {
  package let date: CivilDate
  package let badge: String
  /// Nil away from the windows.
  package let window: Int?
  /// The day's sessions, the first being 1; empty for a day off.
  package let sessions: [Int]

  package init(date: CivilDate, badge: String, window: Int?, sessions: [Int]) {
    self.date = date
    self.badge = badge
    self.window = window
    self.sessions = sessions
  }
}

/// Nothing is planned for a badge on a day any more: the calendar decides again.
package struct DutyPlanWithdrawn: Hashable, Sendable {
  package let date: CivilDate
  package let badge: String

  package init(date: CivilDate, badge: String) {
    self.date = date
    self.badge = badge
  }
}

/// A coordinator's note on somebody's minutes of a session; it does not change the minutes.
package struct AttendanceNoted: Hashable, Sendable {
  package enum Kind: String, Hashable, Sendable, CaseIterable {
    /// 请假.
    case leave
    /// 下村、踏勘.
    case fieldwork
    /// 会议.
    case meeting
    /// 培训.
    case training
    /// 顶岗: worked instead of `substituted`.
    case substitute
    /// 系统原因: the clock or the hall's machine was at fault.
    case clock
  }

  package let badge: String
  package let date: CivilDate
  /// 1 for the day's first session; nil for all of them.
  package let session: Int?
  package let kind: Kind
  /// The badge of the person who was substituted; for `substitute` only.
  package let substituted: String?
  /// 1...60 characters, or nil.
  package let reason: String?

  package init(
    badge: String, date: CivilDate, session: Int?, kind: Kind, substituted: String? = nil, reason: String? = nil
  ) {
    self.badge = badge
    self.date = date
    self.session = session
    self.kind = kind
    self.substituted = substituted
    self.reason = reason
  }
}

/// What somebody who inspects the hall saw (监督检查).
package struct InspectionNoted: Hashable, Sendable {
  package enum Kind: String, Hashable, Sendable, CaseIterable {
    /// 未佩戴工作证.
    case noBadge = "no_badge"
    /// 离岗.
    case away
    /// 玩手机.
    case phone
    /// 着装.
    case dress
    /// 环境.
    case tidy
    case other
  }

  /// Nil where it concerns a window only.
  package let badge: String?
  package let window: Int?
  package let kind: Kind
  /// 1...100 characters.
  package let text: String

  package init(badge: String?, window: Int?, kind: Kind, text: String) {
    self.badge = badge
    self.window = window
    self.kind = kind
    self.text = text
  }
}
