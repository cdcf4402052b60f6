/// A fact, in the past tense; the journal consists of these only.
///
/// A sum of slices: each folder of `Hall` has its own events beside its commands, refusals, `decide`, `evolve` and
/// invariants. The name of a slice's case is the event's name in journal and feed (`JournalCodec`).
package enum Event: Hashable, Sendable {
  case day(DayEvent)
  case queue(QueueEvent)
  case window(WindowEvent)
  case notice(NoticeEvent)
  case help(HelpEvent)
  case print(PrintEvent)
  case catalogue(CatalogueEvent)
  case awareness(AwarenessEvent)
  case staff(StaffEvent)
  case arrangement(ArrangementEvent)
  case emergency(EmergencyEvent)
  case reservation(ReservationEvent)
  case cases(CaseEvent)
  case consult(ConsultEvent)
  case agency(AgencyEvent)
  case lease(LeaseEvent)

  /// The event's name in journal and feed.
  package var name: String {
    switch self {
    case .day(let event): event.name
    case .queue(let event): event.name
    case .window(let event): event.name
    case .notice(let event): event.name
    case .help(let event): event.name
    case .print(let event): event.name
    case .catalogue(let event): event.name
    case .awareness(let event): event.name
    case .staff(let event): event.name
    case .arrangement(let event): event.name
    case .emergency(let event): event.name
    case .reservation(let event): event.name
    case .cases(let event): event.name
    case .consult(let event): event.name
    case .agency(let event): event.name
    case .lease(let event): event.name
    }
  }
}
