package import Groundwork

/// Events of numbers that are leased to kiosks for the time without the shared journal, and of tickets given meanwhile.
///
/// A hall on one machine has none of them.
package enum LeaseEvent: Hashable, Sendable {
  case numbersLeased(NumbersLeased)
  case ticketWithdrawn(TicketWithdrawn)
  case ticketAdopted(TicketAdopted)
  case adoptionRefused(AdoptionRefused)
  case recordedByHand(RecordedByHand)

  /// The event's name in journal and feed.
  var name: String {
    switch self {
    case .numbersLeased: "numbersLeased"
    case .ticketWithdrawn: "ticketWithdrawn"
    case .ticketAdopted: "ticketAdopted"
    case .adoptionRefused: "adoptionRefused"
    case .recordedByHand: "recordedByHand"
    }
  }
}

/// Numbers of a lane that only one holder may give until it returns them.
package struct NumbersLeased: Hashable, Sendable {
  /// Nil for slips that are printed beforehand and filled in by hand.
  package let kiosk: String?
  /// The machine that asked.
  package let machine: String
  /// Names what keeps account of the numbers: a kiosk's outbox, or a bundle of slips. A new lease of the same holder, kiosk
  /// and lane returns all earlier ones but the last.
  package let holder: String
  package let lane: LaneLetter
  /// The business day on which it was leased. It lasts longer: a kiosk may be cut off overnight.
  package let day: CivilDate
  /// Ordinals, 9001...9999.
  package let from: Int
  package let through: Int

  package init(
    kiosk: String?, machine: String, holder: String, lane: LaneLetter, day: CivilDate, from: Int, through: Int
  ) {
    self.kiosk = kiosk
    self.machine = machine
    self.holder = holder
    self.lane = lane
    self.day = day
    self.from = from
    self.through = through
  }

  package func contains(_ number: TicketNumber) -> Bool {
    number.lane == lane && number.ordinal >= from && number.ordinal <= through
  }

  /// Whether both are for the same holder, so that the later one replaces the earlier one.
  package func replaces(_ other: NumbersLeased) -> Bool {
    holder == other.holder && kiosk == other.kiosk && lane == other.lane
  }
}

/// A ticket that nobody was told of ends as if it had never been issued.
///
/// Its request got no answer, and its resident was given another number meanwhile. Precedes the `ticketAdopted` of that
/// number.
package struct TicketWithdrawn: Hashable, Sendable {
  package let code: PublicCode
  package let number: TicketNumber
  package let issuedAt: Timestamp
  /// The window that had called it, which is free again.
  package let window: Int?

  package init(code: PublicCode, number: TicketNumber, issuedAt: Timestamp, window: Int?) {
    self.code = code
    self.number = number
    self.issuedAt = issuedAt
    self.window = window
  }
}

/// Why an adopted ticket ends at once.
package enum AdoptedEnd: String, Hashable, Sendable, CaseIterable {
  /// Its request had gone through, and somebody was served with that number already.
  case twice
  /// Its business day was closed meanwhile.
  case late
}

/// A ticket that was given while its kiosk was cut off, or on a slip filled in by hand, joins the queue.
package struct TicketAdopted: Hashable, Sendable {
  package let code: PublicCode
  package let number: TicketNumber
  package let day: CivilDate
  package let kiosk: String?
  package let items: [String]
  /// Lanes to be visited afterwards (一号办多事).
  package let stops: [LaneLetter]
  package let priority: Bool
  package let catalogueVersion: String
  /// When its resident was given the number.
  package let issuedAt: Timestamp
  /// Tickets ahead that its resident was told of.
  package let ahead: Int
  /// What became of its slip; nil where that is not known.
  package let slip: AttemptOutcome?
  /// Tickets of the lane that stand in front; nil where it ends at once.
  package let place: Int?
  package let ended: AdoptedEnd?
  /// The number of the same request that was withdrawn, or served.
  package let insteadOf: TicketNumber?

  package init(
    code: PublicCode, number: TicketNumber, day: CivilDate, kiosk: String?, items: [String], stops: [LaneLetter] = [],
    priority: Bool = false, catalogueVersion: String, issuedAt: Timestamp, ahead: Int = 0,
    slip: AttemptOutcome? = nil, place: Int?, ended: AdoptedEnd? = nil, insteadOf: TicketNumber? = nil
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
    self.slip = slip
    self.place = place
    self.ended = ended
    self.insteadOf = insteadOf
  }
}

/// A kiosk gave a number that it was not leased, or that was given before; two machines may have one identity.
///
/// The slip is honoured by hand, and the coordinator is told.
package struct AdoptionRefused: Hashable, Sendable {
  package enum Reason: String, Hashable, Sendable, CaseIterable {
    case notLeased = "not_leased"
    case givenBefore = "given_before"
  }

  package let code: PublicCode
  package let number: TicketNumber
  package let day: CivilDate
  package let kiosk: String?
  package let issuedAt: Timestamp
  package let reason: Reason

  package init(
    code: PublicCode, number: TicketNumber, day: CivilDate, kiosk: String?, issuedAt: Timestamp, reason: Reason
  ) {
    self.code = code
    self.number = number
    self.day = day
    self.kiosk = kiosk
    self.issuedAt = issuedAt
    self.reason = reason
  }
}

/// What was done by voice and on paper while windows could not call.
package struct RecordedByHand: Hashable, Sendable {
  package enum What: String, Hashable, Sendable, CaseIterable {
    case served
    case missing
  }

  package let code: PublicCode
  package let what: What

  package init(code: PublicCode, what: What) {
    self.code = code
    self.what = what
  }
}

extension LeaseEvent {
  func subject(_ state: HallState) -> EventSubject {
    var subject = EventSubject()
    switch self {
    case .numbersLeased: break
    case .ticketWithdrawn(let e):
      subject = EventSubject(lane: e.number.lane, "withdrawn")
      subject.window = e.window
    case .ticketAdopted(let e): subject = EventSubject(ticket: e.code, state, e.ended == nil ? "waiting" : "closed")
    case .adoptionRefused: break
    case .recordedByHand(let e):
      subject = EventSubject(ticket: e.code, state, e.what == .served ? "finished" : "missed")
    }
    subject.isOfLeases = true
    return subject
  }
}
