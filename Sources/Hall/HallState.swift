package import Groundwork

/// The state made by the journal's events: one part for each slice, and the state of the journal as a whole.
package struct HallState: Sendable, Equatable {
  /// The sequence of the newest event; 0 before the first.
  package internal(set) var sequence: Int64 = 0
  /// The time of the newest event; a clock that staff confirmed sets it back.
  package private(set) var lastAt = Timestamp(milliseconds: 0)
  package var epoch: Int64 = 1
  /// False while the journal is shorter than the checkpoint says and staff have not accepted it.
  package var isAccepted = true

  package var days = DayState()
  package var queue = QueueState()
  package var windows = WindowsState()
  package var notices = NoticeState()
  package var help = HelpState()
  package var print = PrintState()
  package var waits = WaitState()
  package var catalogue = CatalogueState()
  package var awareness = AwarenessState()
  package var answers = IdempotencyTable()
  package var figures = DayFigures()
  package var staff = StaffState()
  package var cutOff = CutOffState()
  package var arrangements = ArrangementState()
  package var emergencies = EmergencyState()
  package var reservations = ReservationState()
  package var cases = CasesState()
  package var consults = ConsultState()
  package var agency = AgencyState()
  package var leases = LeaseState()

  package init() {}

  /// The state after the record `sequence`, whose parts follow: for a snapshot.
  package init(sequence: Int64, lastAt: Timestamp) {
    self.sequence = sequence
    self.lastAt = lastAt
  }

  /// The open business day; nil when none is.
  package var day: BusinessDay? { days.open }
  /// The tickets of the open day, and those of the day before that a repeated answer may refer to.
  package var tickets: [PublicCode: Ticket] { queue.tickets }

  /// The time never goes back, except where staff confirmed the clock.
  mutating func note(_ recorded: RecordedEvent) {
    sequence = recorded.sequence
    if case .day(.clockConfirmed) = recorded.event { lastAt = recorded.at } else { lastAt = max(lastAt, recorded.at) }
  }
}
