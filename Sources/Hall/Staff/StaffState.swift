package import Groundwork

/// Who is signed in, as the journal knows it.
package struct StaffState: Sendable, Equatable {
  /// In the order in which they signed in; a badge may be at several workplaces.
  package var present: [StaffPresence] = []
  /// 顶岗 as coordinators noted it, of the newest business day and later ones; the newest last.
  package var substitutes: [AttendanceNoted] = []

  package init() {}

  /// Notes kept at once; more than a hall can need for the sixty days that may be noted ahead.
  private static let mostSubstitutes = 200

  private mutating func note(_ noted: AttendanceNoted) {
    substitutes.removeAll {
      $0.badge == noted.badge && $0.date == noted.date && ($0.session == noted.session || noted.session == nil)
    }
    if noted.kind == .substitute { substitutes.append(noted) }
    if substitutes.count > Self.mostSubstitutes { substitutes.removeFirst() }
  }

  /// Drops the notes for earlier days. Only attendance needs them, and it reads them from the journal.
  mutating func begin(_ day: CivilDate) { substitutes.removeAll { $0.date < day } }

  mutating func evolve(_ event: StaffEvent, _ at: Timestamp) {
    switch event {
    case .staffSignedIn(let e):
      guard !isPresent(e.badge, at: e.workplace) else { return }
      present.append(StaffPresence(badge: e.badge, workplace: e.workplace, since: at))
    case .staffSignedOut(let e): present.removeAll { $0.badge == e.badge && $0.workplace == e.workplace }
    case .attendanceNoted(let e): note(e)
    case .dutyPlanned, .dutyPlanWithdrawn, .inspectionNoted: break
    }
  }

  func isPresent(_ badge: String, at workplace: Workplace) -> Bool {
    present.contains { $0.badge == badge && $0.workplace == workplace }
  }
}

package struct StaffPresence: Hashable, Sendable {
  package let badge: String
  package let workplace: Workplace
  package internal(set) var since: Timestamp

  package init(badge: String, workplace: Workplace, since: Timestamp) {
    self.badge = badge
    self.workplace = workplace
    self.since = since
  }
}
