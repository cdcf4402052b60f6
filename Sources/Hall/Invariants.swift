package import Groundwork

/// The invariants of the hall (docs/ARCHITECTURE.md). An empty result means that all hold.
///
/// Each slice checks its own (`…+Invariants.swift`). A violation is a bug: the command that would cause it is not
/// appended.
extension HallState {
  /// The transitions that the hall may take: what would be wrong with `event` as the next one.
  ///
  /// `decide` only makes legal transitions. That is checked before every event, because `evolve` accepts any.
  ///
  /// - Parameter moment: of the event, because reserved slots begin with it; nil where none can have.
  package func violations(before event: Event, at moment: Timestamp? = nil) -> [String] {
    if let moment { return withSlotsBegun(at: moment).violations(before: event) }
    switch event {
    case .day(let event): return violations(before: event)
    case .queue(let event): return violations(before: event)
    case .window(let event): return violations(before: event)
    case .print(let event): return violations(before: event)
    case .reservation(let event): return violations(before: event)
    case .lease(let event): return violations(before: event)
    case .notice, .help, .catalogue, .awareness, .staff, .arrangement, .emergency, .cases, .consult, .agency:
      return []
    }
  }

  /// Checks what a command's events touched: in production, for every command.
  package func violations(touchedBy events: [Event]) -> [String] {
    var found: [String] = []
    for event in events {
      switch event {
      case .queue(let event): check(event, &found)
      case .window(let event): check(event, &found)
      case .reservation(let event): check(event, &found)
      case .cases(let event): check(event, &found)
      case .agency(let event): check(event, &found)
      case .lease(let event): check(event, &found)
      case .day(.dayOpened), .day(.dayClosed), .day(.journalAccepted): found += violations()
      case .day(.dayOvertaken), .day(.clockConfirmed), .day(.headNoted), .day(.recordsLeft), .day(.formatRaised),
        .notice, .help, .print,
        .catalogue, .awareness, .staff, .arrangement, .emergency, .consult:
        break
      }
    }
    return found
  }

  /// Checks everything: at start, at day close and in simulation.
  package func violations() -> [String] {
    var found: [String] = []
    checkQueue(&found)
    checkWindows(&found)
    checkDay(&found)
    print.check(&found)
    checkReservations(&found)
    checkCases(&found)
    checkAgency(&found)
    checkLeases(&found)
    return found
  }
}
