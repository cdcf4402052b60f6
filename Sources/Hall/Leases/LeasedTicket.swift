package import Groundwork

/// A ticket that a kiosk gave while it was cut off (应急号): everything that the queue has to know once it is there again.
package struct LeasedTicket: Hashable, Sendable {
  package let code: PublicCode
  package let number: TicketNumber
  package let day: CivilDate
  package let kiosk: String
  package let items: [String]
  package let stops: [LaneLetter]
  package let priority: Bool
  package let catalogueVersion: String
  package let issuedAt: Timestamp
  /// Tickets ahead as far as the cut-off machine knew.
  package let ahead: Int
  package let largeType: Bool
  package let language: SlipLanguage
  /// The request that it answers.
  package let key: IdempotencyKey
  package let bodyDigest: [UInt8]
  /// Who holds it, where a card was shown.
  package let holder: HolderNoted?
  /// What became of its slip; nil where that is not known.
  package var slip: AttemptOutcome?

  package init(
    code: PublicCode, number: TicketNumber, day: CivilDate, kiosk: String, items: [String], stops: [LaneLetter] = [],
    priority: Bool, catalogueVersion: String, issuedAt: Timestamp, ahead: Int, largeType: Bool = false,
    language: SlipLanguage = .chinese, key: IdempotencyKey, bodyDigest: [UInt8], holder: HolderNoted? = nil,
    slip: AttemptOutcome? = nil
  ) {
    self.code = code
    self.number = number
    self.day = day
    self.kiosk = kiosk
    self.items = items
    self.stops = stops
    self.priority = priority
    self.catalogueVersion = catalogueVersion
    self.issuedAt = issuedAt
    self.ahead = ahead
    self.largeType = largeType
    self.language = language
    self.key = key
    self.bodyDigest = bodyDigest
    self.holder = holder
    self.slip = slip
  }
}

/// A machine's account of the numbers that it may give while it is cut off, and of those that it gave.
///
/// Pure: the caller stores a lease before `hold`, and a ticket after `take`, before anybody sees it.
package struct LeaseTable: Sendable, Equatable {
  /// A lease, and its next number.
  package struct Block: Hashable, Sendable {
    package let lease: NumbersLeased
    /// An ordinal; above `lease.through` when all are given.
    package var next: Int

    package init(lease: NumbersLeased, next: Int) {
      self.lease = lease
      self.next = next
    }

    package var left: Int { max(0, lease.through - next + 1) }
  }

  package private(set) var blocks: [Block]
  /// The tickets that are not in the journal yet, oldest first.
  package private(set) var pending: [LeasedTicket]

  package init(blocks: [Block] = [], pending: [LeasedTicket] = []) {
    self.blocks = blocks
    self.pending = pending
  }

  /// Numbers that are left for a lane at a kiosk.
  package func left(_ lane: LaneLetter, at kiosk: String) -> Int {
    blocks.first { $0.lease.kiosk == kiosk && $0.lease.lane == lane }?.left ?? 0
  }

  /// The ticket that was given for a request.
  package func ticket(for key: IdempotencyKey) -> LeasedTicket? { pending.first { $0.key == key } }

  /// Adds a lease that is stored already; it replaces the holder's earlier one.
  package mutating func hold(_ lease: NumbersLeased) {
    guard !blocks.contains(where: { $0.lease == lease }) else { return }
    blocks.removeAll { lease.replaces($0.lease) }
    blocks.append(Block(lease: lease, next: lease.from))
  }

  /// The journal does not know of the lease, or somebody returned it: none of its numbers is given any more.
  package mutating func giveUp(_ lease: NumbersLeased) { blocks.removeAll { $0.lease == lease } }

  /// Gives a number from the lease of the lane. It is not used again, also where the ticket cannot be stored.
  ///
  /// - Parameters:
  ///   - state: as this machine knew it last.
  ///   - envelope: the request of the page, `takeTicket` with a key.
  /// - Throws: `Refusal`, as the hall would, or when no number is left.
  package mutating func take(
    _ take: TakeTicket, _ state: HallState, _ rules: HallRules, _ envelope: Envelope
  ) throws(Refusal) -> LeasedTicket {
    guard let kiosk = take.kiosk, let key = envelope.key else { throw .request(.staffOnly) }
    let lanes = try state.lanesWhileCutOff(take, rules, envelope)
    guard
      let index = blocks.firstIndex(where: {
        $0.lease.kiosk == kiosk && $0.lease.lane == lanes.first && $0.left > 0
      })
    else { throw .lease(.noNumbersLeft(lanes.first)) }
    let number = TicketNumber(lane: lanes.first, ordinal: blocks[index].next)
    var here = state
    for ticket in pending { here.show(ticket) }
    // The inverted bits give another code than the request itself has, if it went through.
    let code = here.freshCode(~envelope.entropy)
    let holder = try here.holderToNote(code, take, rules, envelope.actor)
    let ticket = LeasedTicket(
      code: code, number: number, day: rules.zone.civil(envelope.clock).date, kiosk: kiosk,
      items: HallState.withoutRepetition(take.items), stops: lanes.stops, priority: take.priority,
      catalogueVersion: rules.catalogue.version, issuedAt: envelope.at,
      ahead: here.queue.waitingCount(lanes.first), largeType: take.largeType, language: take.language, key: key,
      bodyDigest: envelope.bodyDigest, holder: holder)
    blocks[index].next += 1
    pending.append(ticket)
    return ticket
  }

  /// Removes a ticket that could not be stored; nobody is told of it.
  package mutating func drop(_ code: PublicCode) { pending.removeAll { $0.code == code } }

  /// Records what became of a ticket's slip.
  package mutating func note(_ slip: AttemptOutcome, of code: PublicCode) {
    for index in pending.indices where pending[index].code == code { pending[index].slip = slip }
  }

  /// Removes a ticket that is in the journal, or was refused there.
  package mutating func settle(_ code: PublicCode) { drop(code) }

  /// Tickets of the journal whose requests were answered with other numbers here: their slips are not for anybody.
  package func superseded(in state: HallState) -> Set<PublicCode> {
    var found: Set<PublicCode> = []
    for ticket in pending {
      if case .ticket(let code) = state.answers.answer(for: ticket.key)?.outcome, code != ticket.code {
        found.insert(code)
      }
    }
    return found
  }

  /// The state as this machine shows it: with the tickets that it gave itself.
  ///
  /// - Parameter opening: a day that nobody could open in the journal, and from when on it is shown as open.
  package func shown(_ state: HallState, opening: (day: DayOpened, at: Timestamp)? = nil) -> HallState {
    var shown = state
    if let opening {
      shown.evolve(
        RecordedEvent(
          sequence: state.sequence + 1, at: opening.at, actor: .system, event: .day(.dayOpened(opening.day)),
          answer: nil))
    }
    for ticket in pending { shown.show(ticket) }
    // Feeds use the journal's sequence.
    shown.sequence = state.sequence
    return shown
  }
}
