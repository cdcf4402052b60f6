package import Groundwork

/// Events of silent calls for help from a console (无声求助).
///
/// Each says when it happened, because it may be journaled later: such a call works while the journal takes no writes.
package enum EmergencyEvent: Hashable, Sendable {
  case emergencyRaised(EmergencyRaised)
  case emergencyTaken(EmergencyTaken)
  case emergencyEnded(EmergencyEnded)

  /// The event's name in journal and feed.
  var name: String {
    switch self {
    case .emergencyRaised: "emergencyRaised"
    case .emergencyTaken: "emergencyTaken"
    case .emergencyEnded: "emergencyEnded"
    }
  }

  package var id: String {
    switch self {
    case .emergencyRaised(let e): e.id
    case .emergencyTaken(let e): e.id
    case .emergencyEnded(let e): e.id
    }
  }
}

package struct EmergencyRaised: Hashable, Sendable {
  package let id: String
  /// Nil from a desk that is no window.
  package let window: Int?
  package let badge: String
  package internal(set) var at: Timestamp

  package init(id: String, window: Int?, badge: String, at: Timestamp) {
    self.id = id
    self.window = window
    self.badge = badge
    self.at = at
  }
}

/// Somebody goes there.
package struct EmergencyTaken: Hashable, Sendable {
  package let id: String
  package let badge: String
  package let at: Timestamp

  package init(id: String, badge: String, at: Timestamp) {
    self.id = id
    self.badge = badge
    self.at = at
  }
}

package struct EmergencyEnded: Hashable, Sendable {
  package let id: String
  /// Nil where it ended with the day.
  package let badge: String?
  /// Whether it was a false alarm.
  package let isFalse: Bool
  package let at: Timestamp

  package init(id: String, badge: String?, isFalse: Bool, at: Timestamp) {
    self.id = id
    self.badge = badge
    self.isFalse = isFalse
    self.at = at
  }
}
