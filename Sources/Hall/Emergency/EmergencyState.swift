import Groundwork

/// Silent calls that have not ended, oldest first, as far as the journal knows.
package struct EmergencyState: Sendable, Equatable {
  package var open: [Emergency] = []

  package init() {}

  mutating func evolve(_ event: EmergencyEvent) {
    switch event {
    case .emergencyRaised(let e): open.append(Emergency(raised: e))
    case .emergencyTaken(let e):
      guard let index = open.firstIndex(where: { $0.raised.id == e.id }) else { return }
      open[index].takenBy = e.badge
    case .emergencyEnded(let e): open.removeAll { $0.raised.id == e.id }
    }
  }

  /// Whether an event says something new.
  func isNews(_ event: EmergencyEvent) -> Bool {
    let known = open.first { $0.raised.id == event.id }
    return switch event {
    case .emergencyRaised: known == nil
    case .emergencyTaken: known != nil && known?.takenBy == nil
    case .emergencyEnded: known != nil
    }
  }
}

/// A silent call (无声求助).
package struct Emergency: Hashable, Sendable {
  package var raised: EmergencyRaised
  /// The badge of who goes there first.
  package var takenBy: String?

  package init(raised: EmergencyRaised, takenBy: String? = nil) {
    self.raised = raised
    self.takenBy = takenBy
  }
}

/// Commands about silent calls: the desk that has them in memory (`HallHTTP.EmergencyDesk`) tells the journal.
package enum EmergencyCommand: Hashable, Sendable {
  /// Without effect where the journal has the event already.
  case note(EmergencyEvent)
}

extension HallState {
  func decide(_ command: EmergencyCommand, _ envelope: Envelope) throws(Refusal) -> Decision {
    guard envelope.actor == .system else { throw .request(.staffOnly) }
    switch command {
    case .note(let event): return Decision(emergencies.isNews(event) ? [.emergency(event)] : [], .done)
    }
  }
}

/// How a console raises a silent call.
package struct EmergencyKeys: Hashable, Sendable {
  /// Names of `KeyboardEvent.key`; all are held together. 1...3.
  package var keys = ["Control", "Alt"]
  /// How often within a second: 1...3.
  package var times = 2

  package init() {}

  /// The keys of which a chord can consist; none of them types a character.
  package static let possible: Set<String> =
    Set(["Control", "Alt", "Shift", "Pause", "ScrollLock"] + (1...24).map { "F\($0)" })
  private static let modifiers: Set<String> = ["Control", "Alt", "Shift"]

  /// Whether it is unlikely to be pressed by accident. Modifiers alone, pressed once, occur in ordinary shortcuts.
  package var isDeliberate: Bool { times > 1 || !Self.modifiers.isSuperset(of: keys) }
}
