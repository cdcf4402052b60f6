package import Groundwork

/// What a coordinator arranges by day (当日安排), and takes back.
package enum ArrangementCommand: Hashable, Sendable {
  case pauseLane(LaneLetter, reason: String)
  case resumeLane(LaneLetter)
  /// One session more on a date; nil for that of the clock.
  case addSession(CivilDate?, OpeningHours.Session)
  case cancelSession(CivilDate?)
  /// Empty: those of the configuration again.
  case chooseFrequent([String])
  /// Empty: no page of the coordinator's.
  case writePublicity(title: String, lines: [String])
}

package enum ArrangementRefusal: Hashable, Sendable {
  /// No number at a kiosk while the lane is paused.
  case lanePaused(LaneLetter, reason: String)
  /// A session that does not end after it begins, or has ended.
  case sessionPast
  /// A session in which the hall is open anyway.
  case sessionOverlaps
  /// A date more than so many days from now.
  case sessionTooFar(days: Int)
  case tooManyFrequent(limit: Int)
  case badPublicity

  var code: String {
    switch self {
    case .lanePaused: "lane_paused"
    case .sessionPast: "session_past"
    case .sessionOverlaps: "session_overlaps"
    case .sessionTooFar: "session_too_far"
    case .tooManyFrequent: "too_many_frequent"
    case .badPublicity: "bad_publicity"
    }
  }
}
