package import Hall

/// The names of events in journal and feed, and the shape that each has.
package enum EventShape: String, CaseIterable, Sendable {
  case dayOpened, dayClosed, ticketIssued, holderNoted, ticketCheckedIn, ticketCalled, ticketRecalled, serviceStarted,
    ticketFinished
  case ticketMissed, ticketSuspended, ticketResumed, ticketAbandoned, stepUndone, windowOpened, windowPaused,
    windowClosed
  case noticeIssued, helpRequested, helpHeard, helpEscalated, helpAnswered, awarenessAnswered, slipRequested
  case attemptStarted, attemptPrepared
  case attemptEnded, paperUsed, rollChanged, slipExpired, slipAcknowledged, journalAccepted
  case cataloguePublished, dayOvertaken

  /// The names as bytes: going through a year's journal asks for half a million.
  private static let names = allCases.map { (name: Array($0.rawValue.utf8), shape: $0) }

  /// A shape by its name; nil for any other text.
  init?(utf8 name: UnsafeRawBufferPointer) {
    guard let found = Self.names.first(where: { $0.name.count == name.count && $0.name.elementsEqual(name) }) else {
      return nil
    }
    self = found.shape
  }

  /// The versions of the shape that this program reads.
  var versions: ClosedRange<Int> { self == .slipRequested ? 1...2 : 1...1 }

  /// Reads the payload of one of the shape's versions.
  func decode(version: Int, from record: inout RecordScanner) throws(RecordCodec.Fault) -> Event {
    if self == .slipRequested, version == 2 { return .slipRequested(try SlipRequested(secondVersion: &record)) }
    return try decode(from: &record)
  }

  /// Reads the payload of the shape's version 1.
  private func decode(from record: inout RecordScanner) throws(RecordCodec.Fault) -> Event {
    switch self {
    case .dayOpened: .dayOpened(try DayOpened(from: &record))
    case .dayClosed: .dayClosed(try DayClosed(from: &record))
    case .ticketIssued: .ticketIssued(try TicketIssued(from: &record))
    case .holderNoted: .holderNoted(try HolderNoted(from: &record))
    case .ticketCheckedIn: .ticketCheckedIn(try TicketCheckedIn(from: &record))
    case .ticketCalled: .ticketCalled(try TicketCalled(from: &record))
    case .ticketRecalled: .ticketRecalled(try TicketAtWindow(from: &record))
    case .serviceStarted: .serviceStarted(try TicketAtWindow(from: &record))
    case .ticketFinished: .ticketFinished(try TicketAtWindow(from: &record))
    case .ticketMissed: .ticketMissed(try TicketAtWindow(from: &record))
    case .ticketSuspended: .ticketSuspended(try TicketAtWindow(from: &record))
    case .ticketResumed: .ticketResumed(try TicketAtWindow(from: &record))
    case .ticketAbandoned: .ticketAbandoned(try TicketAbandoned(from: &record))
    case .stepUndone: .stepUndone(try StepUndone(from: &record))
    case .windowOpened: .windowOpened(try WindowOpened(from: &record))
    case .windowPaused: .windowPaused(try WindowPaused(from: &record))
    case .windowClosed: .windowClosed(try WindowClosed(from: &record))
    case .noticeIssued: .noticeIssued(try Notice(from: &record))
    case .helpRequested: .helpRequested(try HelpRequested(from: &record))
    case .awarenessAnswered: .awarenessAnswered(try AwarenessAnswered(from: &record))
    case .helpHeard: .helpHeard(try HelpHeard(from: &record))
    case .helpEscalated: .helpEscalated(try HelpEscalated(from: &record))
    case .helpAnswered: .helpAnswered(try HelpAnswered(from: &record))
    case .slipRequested: .slipRequested(try SlipRequested(from: &record))
    case .attemptStarted: .attemptStarted(try AttemptStarted(from: &record))
    case .attemptPrepared: .attemptPrepared(try AttemptPrepared(from: &record))
    case .attemptEnded: .attemptEnded(try AttemptEnded(from: &record))
    case .paperUsed: .paperUsed(try PaperUsed(from: &record))
    case .rollChanged: .rollChanged(try RollChanged(from: &record))
    case .slipExpired: .slipExpired(try SlipExpired(from: &record))
    case .slipAcknowledged: .slipAcknowledged(try SlipAcknowledged(from: &record))
    case .journalAccepted: .journalAccepted(try JournalAccepted(from: &record))
    case .cataloguePublished: .cataloguePublished(try CataloguePublished(from: &record))
    case .dayOvertaken: .dayOvertaken(try DayOvertaken(from: &record))
    }
  }
}

extension Event {
  package var shape: EventShape {
    switch self {
    case .dayOpened: .dayOpened
    case .dayClosed: .dayClosed
    case .ticketIssued: .ticketIssued
    case .holderNoted: .holderNoted
    case .ticketCheckedIn: .ticketCheckedIn
    case .ticketCalled: .ticketCalled
    case .ticketRecalled: .ticketRecalled
    case .serviceStarted: .serviceStarted
    case .ticketFinished: .ticketFinished
    case .ticketMissed: .ticketMissed
    case .ticketSuspended: .ticketSuspended
    case .ticketResumed: .ticketResumed
    case .ticketAbandoned: .ticketAbandoned
    case .stepUndone: .stepUndone
    case .windowOpened: .windowOpened
    case .windowPaused: .windowPaused
    case .windowClosed: .windowClosed
    case .noticeIssued: .noticeIssued
    case .helpRequested: .helpRequested
    case .awarenessAnswered: .awarenessAnswered
    case .helpHeard: .helpHeard
    case .helpEscalated: .helpEscalated
    case .helpAnswered: .helpAnswered
    case .slipRequested: .slipRequested
    case .attemptStarted: .attemptStarted
    case .attemptPrepared: .attemptPrepared
    case .attemptEnded: .attemptEnded
    case .paperUsed: .paperUsed
    case .rollChanged: .rollChanged
    case .slipExpired: .slipExpired
    case .slipAcknowledged: .slipAcknowledged
    case .journalAccepted: .journalAccepted
    case .cataloguePublished: .cataloguePublished
    case .dayOvertaken: .dayOvertaken
    }
  }

  /// The event's name, as journal and feed carry it.
  package var name: String { shape.rawValue }

  /// What the event carries.
  var payload: any RecordPayload {
    switch self {
    case .dayOpened(let payload): payload
    case .dayClosed(let payload): payload
    case .ticketIssued(let payload): payload
    case .holderNoted(let payload): payload
    case .ticketCheckedIn(let payload): payload
    case .ticketCalled(let payload): payload
    case .ticketRecalled(let payload): payload
    case .serviceStarted(let payload): payload
    case .ticketFinished(let payload): payload
    case .ticketMissed(let payload): payload
    case .ticketSuspended(let payload): payload
    case .ticketResumed(let payload): payload
    case .ticketAbandoned(let payload): payload
    case .stepUndone(let payload): payload
    case .windowOpened(let payload): payload
    case .windowPaused(let payload): payload
    case .windowClosed(let payload): payload
    case .noticeIssued(let payload): payload
    case .helpRequested(let payload): payload
    case .awarenessAnswered(let payload): payload
    case .helpHeard(let payload): payload
    case .helpEscalated(let payload): payload
    case .helpAnswered(let payload): payload
    case .slipRequested(let payload): payload
    case .attemptStarted(let payload): payload
    case .attemptPrepared(let payload): payload
    case .attemptEnded(let payload): payload
    case .paperUsed(let payload): payload
    case .rollChanged(let payload): payload
    case .slipExpired(let payload): payload
    case .slipAcknowledged(let payload): payload
    case .journalAccepted(let payload): payload
    case .cataloguePublished(let payload): payload
    case .dayOvertaken(let payload): payload
    }
  }
}
