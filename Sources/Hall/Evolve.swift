import Groundwork

extension HallState {
  /// Folds an event of the journal into the state. It cannot fail, because the event is a fact.
  package mutating func evolve(_ recorded: RecordedEvent) {
    beginSlots(at: recorded.at, before: recorded.sequence)
    switch recorded.event {
    case .day(let event): evolve(event, recorded.at)
    case .queue(let event): evolve(event, recorded.at, recorded.actor)
    case .window(let event): evolve(event, recorded.at, recorded.actor)
    case .notice(let event): evolve(event)
    case .help(let event): help.evolve(event, recorded.at)
    case .print(let event): evolve(event, recorded.at)
    case .catalogue(let event): catalogue.evolve(event, recorded.at, recorded.actor)
    case .awareness(let event): awareness.evolve(event)
    case .staff(let event): staff.evolve(event, recorded.at)
    case .arrangement(let event): evolve(event, recorded.at, recorded.actor)
    case .emergency(let event): emergencies.evolve(event)
    case .reservation(let event): evolve(event, recorded.at)
    case .cases(let event):
      evolve(event, recorded.at, recorded.actor)
      followCase(event)
    case .agency(let event): agency.evolve(event)
    case .consult(let event): consults.evolve(event)
    case .lease(let event): evolve(event, recorded.at, recorded.actor)
    }
    figures.evolve(recorded.event, recorded.at)
    if let answer = recorded.answer { answers.keep(answer) }
    note(recorded)
  }
}
