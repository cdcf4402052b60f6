package import Groundwork

/// What a coordinator arranges by day, without a file (当日安排). The record's actor and time say who did it, and when.
package enum ArrangementEvent: Hashable, Sendable {
  case lanePaused(LanePaused)
  case laneResumed(LaneResumed)
  case sessionAdded(SessionAdded)
  case sessionCancelled(SessionCancelled)
  case frequentChosen(FrequentChosen)
  case publicityWritten(PublicityWritten)

  /// The event's name in journal and feed.
  var name: String {
    switch self {
    case .lanePaused: "lanePaused"
    case .laneResumed: "laneResumed"
    case .sessionAdded: "sessionAdded"
    case .sessionCancelled: "sessionCancelled"
    case .frequentChosen: "frequentChosen"
    case .publicityWritten: "publicityWritten"
    }
  }
}

/// Kiosks issue no numbers of a lane (暂停取号) until it is resumed or another day is opened. Issued ones are called. A lane
/// that is paused by a coordinator is not one that was stopped by its remaining capacity (`LaneStopped`).
package struct LanePaused: Hashable, Sendable {
  package let lane: LaneLetter
  /// For the residents, 1 to 60 characters.
  package let reason: String

  package init(lane: LaneLetter, reason: String) {
    self.lane = lane
    self.reason = reason
  }
}

package struct LaneResumed: Hashable, Sendable {
  package let lane: LaneLetter

  package init(lane: LaneLetter) { self.lane = lane }
}

/// The hall is open for one session more on a date (延时服务), working day or not; it replaces an earlier one of that date.
package struct SessionAdded: Hashable, Sendable {
  package let date: CivilDate
  package let session: OpeningHours.Session
  /// The terms of the open day from here on; nil where the date is another one.
  package let terms: DayTerms?

  package init(date: CivilDate, session: OpeningHours.Session, terms: DayTerms? = nil) {
    self.date = date
    self.session = session
    self.terms = terms
  }
}

package struct SessionCancelled: Hashable, Sendable {
  package let date: CivilDate
  /// As in `SessionAdded`.
  package let terms: DayTerms?

  package init(date: CivilDate, terms: DayTerms? = nil) {
    self.date = date
    self.terms = terms
  }
}

/// The items that kiosks show first (常办), until they are chosen again or another day is opened.
package struct FrequentChosen: Hashable, Sendable {
  /// Empty: those of the configuration.
  package let items: [String]

  package init(items: [String]) { self.items = items }
}

/// A page of the idle screen, before those of the configuration, until it is written again or another day is opened.
package struct PublicityWritten: Hashable, Sendable {
  /// Empty, as `lines`: no such page.
  package let title: String
  package let lines: [String]

  package init(title: String, lines: [String]) {
    self.title = title
    self.lines = lines
  }

  package var isEmpty: Bool { title.isEmpty && lines.isEmpty }
}

extension ArrangementEvent {
  var subject: EventSubject {
    var subject = EventSubject()
    switch self {
    case .lanePaused(let e):
      subject.lane = e.lane
      subject.publicWord = "lane_paused"
    case .laneResumed(let e):
      subject.lane = e.lane
      subject.publicWord = "lane_resumed"
    case .sessionAdded, .sessionCancelled:
      subject.isOfDay = true
      subject.publicWord = "hours_changed"
    case .frequentChosen, .publicityWritten: subject.isOfScreens = true
    }
    return subject
  }
}
