/// The parts of the hall that an event changed, so that feeds can route it.
///
/// Each slice names the subjects of its own events (`…Event.swift`); feeds do not depend on single events.
package struct EventSubject: Hashable, Sendable {
  package var ticket: PublicCode?
  package var number: TicketNumber?
  package var window: Int?
  package var lane: LaneLetter?
  /// The kiosk whose resident it concerns.
  package var kiosk: String?
  package var notice: PublicCode?
  /// The kiosk whose paper changed; staff only.
  package var roll: String?
  /// The version that became active; staff and kiosks.
  package var catalogue: String?
  /// A ring that is open, or that was answered.
  package var ring: Ring?
  package var isOfDay = false
  /// A ticket went from one lane or window to another: all of them may show other counts.
  package var isOfMove = false
  /// The closing slip changed; staff only.
  package var isOfClosing = false
  /// What kiosks show beside the queue changed: the frequent items, the idle screen.
  package var isOfScreens = false
  package var reservation: PublicCode?
  /// The reservations changed; staff only.
  package var isOfReservations = false
  /// The cases changed; staff only.
  package var isOfCases = false
  /// Questions without a ticket changed; staff only.
  package var isOfConsults = false
  /// Leased numbers, or what was given from them; staff only.
  package var isOfLeases = false
  package var overtaken: DayOvertaken?
  /// The state word for boards; nil for events that are not public.
  package var publicWord: String?

  package struct Ring: Hashable, Sendable {
    package let id: String
    package let isAnswered: Bool
  }

  init() {}

  /// - Parameter state: the state right after the event.
  package init(_ event: Event, _ state: HallState) {
    switch event {
    case .day(let event): self = event.subject
    case .queue(let event): self = event.subject(state)
    case .window(let event): self = event.subject(state)
    case .notice(let event): self = event.subject
    case .help(let event): self = event.subject(state)
    case .print(let event): self = event.subject(state)
    case .catalogue(let event): self = event.subject
    case .awareness, .staff, .emergency: self.init()
    case .arrangement(let event): self = event.subject
    case .reservation(let event): self = event.subject(state)
    case .cases(let event): self = event.subject
    case .consult(let event): self = event.subject
    case .agency(let event): self = event.subject
    case .lease(let event): self = event.subject(state)
    }
  }

  /// For an event that concerns a ticket and only staff.
  init(staffTicket code: PublicCode) { ticket = code }

  /// A lane that changed for everybody.
  init(lane: LaneLetter, _ word: String) {
    self.lane = lane
    publicWord = word
  }

  /// A ticket that changed in what only staff see.
  init(unannounced code: PublicCode, _ state: HallState) {
    ticket = code
    lane = state.tickets[code]?.lane
  }

  /// A ticket that went to another lane or window, or back.
  init(moved code: PublicCode, _ state: HallState, _ word: String, at window: Int? = nil) {
    self.init(ticket: code, state, word, at: window)
    isOfMove = true
  }

  init(ticket code: PublicCode, _ state: HallState, _ word: String, at window: Int? = nil) {
    ticket = code
    self.window = window
    let found = state.tickets[code]
    lane = found?.lane
    kiosk = found?.kiosk
    number = found?.number
    publicWord = word
  }
}
