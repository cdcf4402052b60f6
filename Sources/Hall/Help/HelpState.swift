package import Groundwork

/// Open help rings, oldest first.
package struct HelpState: Sendable, Equatable {
  package var rings: [HelpRing] = []

  package func ring(_ id: String) -> HelpRing? { rings.first { $0.id == id } }

  mutating func evolve(_ event: HelpEvent, _ at: Timestamp) {
    switch event {
    case .helpRequested(let e): rings.append(HelpRing(id: e.id, kiosk: e.kiosk, askedAt: at))
    case .helpHeard(let e): change(e.id) { $0.heardBy = e.badge }
    case .helpEscalated(let e): change(e.id) { $0.isEscalated = true }
    case .helpAnswered(let e): rings.removeAll { $0.id == e.id }
    }
  }

  private mutating func change(_ id: String, _ body: (inout HelpRing) -> Void) {
    guard let index = rings.firstIndex(where: { $0.id == id }) else { return }
    body(&rings[index])
  }
}

/// A help ring (请人帮忙) without an answer.
package struct HelpRing: Hashable, Sendable {
  package let id: String
  package let kiosk: String
  package internal(set) var askedAt: Timestamp
  /// The badge at the console that showed it first; nil while none has.
  package var heardBy: String?
  /// Whether it has waited too long without an answer.
  package var isEscalated = false

  package init(id: String, kiosk: String, askedAt: Timestamp, heardBy: String? = nil, isEscalated: Bool = false) {
    self.id = id
    self.kiosk = kiosk
    self.askedAt = askedAt
    self.heardBy = heardBy
    self.isEscalated = isEscalated
  }
}
