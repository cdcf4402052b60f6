package import Hall

/// The names of events in journal and feed, and the shape that each has.
package enum EventShape: String, CaseIterable, Sendable {
  case dayOpened, dayClosed, ticketIssued, ticketCheckedIn, ticketCalled, ticketRecalled, serviceStarted, ticketFinished
  case ticketMissed, ticketSuspended, ticketResumed, ticketAbandoned, stepUndone, windowOpened, windowPaused, windowClosed
  case noticeIssued, helpRequested, helpAnswered, slipRequested, attemptStarted, attemptPrepared
  case attemptEnded, slipExpired, slipAcknowledged, journalAccepted

  func decode<Key: CodingKey>(from container: KeyedDecodingContainer<Key>, forKey key: Key) throws -> Event {
    switch self {
    case .dayOpened: .dayOpened(try container.decode(DayOpened.self, forKey: key))
    case .dayClosed: .dayClosed(try container.decode(DayClosed.self, forKey: key))
    case .ticketIssued: .ticketIssued(try container.decode(TicketIssued.self, forKey: key))
    case .ticketCheckedIn: .ticketCheckedIn(try container.decode(TicketCheckedIn.self, forKey: key))
    case .ticketCalled: .ticketCalled(try container.decode(TicketCalled.self, forKey: key))
    case .ticketRecalled: .ticketRecalled(try container.decode(TicketAtWindow.self, forKey: key))
    case .serviceStarted: .serviceStarted(try container.decode(TicketAtWindow.self, forKey: key))
    case .ticketFinished: .ticketFinished(try container.decode(TicketAtWindow.self, forKey: key))
    case .ticketMissed: .ticketMissed(try container.decode(TicketAtWindow.self, forKey: key))
    case .ticketSuspended: .ticketSuspended(try container.decode(TicketAtWindow.self, forKey: key))
    case .ticketResumed: .ticketResumed(try container.decode(TicketAtWindow.self, forKey: key))
    case .ticketAbandoned: .ticketAbandoned(try container.decode(TicketAbandoned.self, forKey: key))
    case .stepUndone: .stepUndone(try container.decode(StepUndone.self, forKey: key))
    case .windowOpened: .windowOpened(try container.decode(WindowOpened.self, forKey: key))
    case .windowPaused: .windowPaused(try container.decode(WindowPaused.self, forKey: key))
    case .windowClosed: .windowClosed(try container.decode(WindowClosed.self, forKey: key))
    case .noticeIssued: .noticeIssued(try container.decode(Notice.self, forKey: key))
    case .helpRequested: .helpRequested(try container.decode(HelpRequested.self, forKey: key))
    case .helpAnswered: .helpAnswered(try container.decode(HelpAnswered.self, forKey: key))
    case .slipRequested: .slipRequested(try container.decode(SlipRequested.self, forKey: key))
    case .attemptStarted: .attemptStarted(try container.decode(AttemptStarted.self, forKey: key))
    case .attemptPrepared: .attemptPrepared(try container.decode(AttemptPrepared.self, forKey: key))
    case .attemptEnded: .attemptEnded(try container.decode(AttemptEnded.self, forKey: key))
    case .slipExpired: .slipExpired(try container.decode(SlipExpired.self, forKey: key))
    case .slipAcknowledged: .slipAcknowledged(try container.decode(SlipAcknowledged.self, forKey: key))
    case .journalAccepted: .journalAccepted(try container.decode(JournalAccepted.self, forKey: key))
    }
  }
}

extension Event {
  package var shape: EventShape {
    switch self {
    case .dayOpened: .dayOpened
    case .dayClosed: .dayClosed
    case .ticketIssued: .ticketIssued
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
    case .helpAnswered: .helpAnswered
    case .slipRequested: .slipRequested
    case .attemptStarted: .attemptStarted
    case .attemptPrepared: .attemptPrepared
    case .attemptEnded: .attemptEnded
    case .slipExpired: .slipExpired
    case .slipAcknowledged: .slipAcknowledged
    case .journalAccepted: .journalAccepted
    }
  }

  /// The event's name, as journal and feed carry it.
  package var name: String { shape.rawValue }

  func encodePayload<Key: CodingKey>(into container: inout KeyedEncodingContainer<Key>, forKey key: Key) throws {
    switch self {
    case .dayOpened(let payload): try container.encode(payload, forKey: key)
    case .dayClosed(let payload): try container.encode(payload, forKey: key)
    case .ticketIssued(let payload): try container.encode(payload, forKey: key)
    case .ticketCheckedIn(let payload): try container.encode(payload, forKey: key)
    case .ticketCalled(let payload): try container.encode(payload, forKey: key)
    case .ticketRecalled(let payload): try container.encode(payload, forKey: key)
    case .serviceStarted(let payload): try container.encode(payload, forKey: key)
    case .ticketFinished(let payload): try container.encode(payload, forKey: key)
    case .ticketMissed(let payload): try container.encode(payload, forKey: key)
    case .ticketSuspended(let payload): try container.encode(payload, forKey: key)
    case .ticketResumed(let payload): try container.encode(payload, forKey: key)
    case .ticketAbandoned(let payload): try container.encode(payload, forKey: key)
    case .stepUndone(let payload): try container.encode(payload, forKey: key)
    case .windowOpened(let payload): try container.encode(payload, forKey: key)
    case .windowPaused(let payload): try container.encode(payload, forKey: key)
    case .windowClosed(let payload): try container.encode(payload, forKey: key)
    case .noticeIssued(let payload): try container.encode(payload, forKey: key)
    case .helpRequested(let payload): try container.encode(payload, forKey: key)
    case .helpAnswered(let payload): try container.encode(payload, forKey: key)
    case .slipRequested(let payload): try container.encode(payload, forKey: key)
    case .attemptStarted(let payload): try container.encode(payload, forKey: key)
    case .attemptPrepared(let payload): try container.encode(payload, forKey: key)
    case .attemptEnded(let payload): try container.encode(payload, forKey: key)
    case .slipExpired(let payload): try container.encode(payload, forKey: key)
    case .slipAcknowledged(let payload): try container.encode(payload, forKey: key)
    case .journalAccepted(let payload): try container.encode(payload, forKey: key)
    }
  }
}
