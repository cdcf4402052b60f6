package import Groundwork

/// Who is signed in, as the journal knows it.
package struct StaffState: Sendable, Equatable {
  /// In the order in which they signed in; a badge may be at several places.
  package var present: [StaffPresence] = []

  package init() {}

  mutating func evolve(_ event: StaffEvent, _ at: Timestamp) {
    switch event {
    case .staffSignedIn(let e):
      guard !isPresent(e.badge, at: e.place) else { return }
      present.append(StaffPresence(badge: e.badge, place: e.place, since: at))
    case .staffSignedOut(let e): present.removeAll { $0.badge == e.badge && $0.place == e.place }
    case .dutyPlanned, .attendanceNoted, .inspectionNoted: break
    }
  }

  func isPresent(_ badge: String, at place: StaffPlace) -> Bool {
    present.contains { $0.badge == badge && $0.place == place }
  }
}

package struct StaffPresence: Hashable, Sendable {
  package let badge: String
  package let place: StaffPlace
  package internal(set) var since: Timestamp

  package init(badge: String, place: StaffPlace, since: Timestamp) {
    self.badge = badge
    self.place = place
    self.since = since
  }
}
