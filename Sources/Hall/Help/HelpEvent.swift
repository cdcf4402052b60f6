/// Events of help rings.
package enum HelpEvent: Hashable, Sendable {
  case helpRequested(HelpRequested)
  case helpHeard(HelpHeard)
  case helpEscalated(HelpEscalated)
  case helpAnswered(HelpAnswered)

  /// The event's name in journal and feed.
  var name: String {
    switch self {
    case .helpRequested: "helpRequested"
    case .helpHeard: "helpHeard"
    case .helpEscalated: "helpEscalated"
    case .helpAnswered: "helpAnswered"
    }
  }
}

package struct HelpRequested: Hashable, Sendable {
  package let id: String
  package let kiosk: String

  package init(id: String, kiosk: String) {
    self.id = id
    self.kiosk = kiosk
  }
}

/// A console shows the ring to somebody who is signed in: from now on the kiosk may say that staff know.
package struct HelpHeard: Hashable, Sendable {
  package let id: String
  /// The badge at the console that showed it first.
  package let badge: String

  package init(id: String, badge: String) {
    self.id = id
    self.badge = badge
  }
}

/// Nobody came for too long, or no console showed the ring: consoles and boards become more urgent, and the kiosk says
/// so.
package struct HelpEscalated: Hashable, Sendable {
  package let id: String

  package init(id: String) {
    self.id = id
  }
}

package struct HelpAnswered: Hashable, Sendable {
  package let id: String
  package let badge: String

  package init(id: String, badge: String) {
    self.id = id
    self.badge = badge
  }
}

extension HelpEvent {
  func subject(_ state: HallState) -> EventSubject {
    var subject = EventSubject()
    switch self {
    case .helpRequested(let e):
      subject.ring = EventSubject.Ring(id: e.id, isAnswered: false)
      subject.kiosk = e.kiosk
    case .helpHeard(let e):
      subject.ring = EventSubject.Ring(id: e.id, isAnswered: false)
      subject.kiosk = state.help.ring(e.id)?.kiosk
    case .helpEscalated(let e):
      subject.ring = EventSubject.Ring(id: e.id, isAnswered: false)
      subject.kiosk = state.help.ring(e.id)?.kiosk
      subject.publicWord = "help"
    case .helpAnswered(let e):
      subject.ring = EventSubject.Ring(id: e.id, isAnswered: true)
      subject.publicWord = "help"
    }
    return subject
  }
}
