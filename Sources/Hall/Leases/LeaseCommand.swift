package import Groundwork

/// Commands about leased numbers; a hall on one machine refuses them.
package enum LeaseCommand: Hashable, Sendable {
  /// By the system: a machine for one of its own kiosks, or a bundle of slips for a coordinator.
  case leaseNumbers(LeaseNumbers)
  /// By the system: without effect where the ticket is known.
  case adoptTicket(LeasedTicket)
  /// By a coordinator: a slip that was filled in by hand.
  case enterSlip(EnterSlip)
  /// By a coordinator: what was done by voice with a ticket.
  case recordByHand(RecordByHand)
}

package struct LeaseNumbers: Hashable, Sendable {
  /// Nil for slips that are printed beforehand.
  package let kiosk: String?
  package let machine: String
  /// 1...40 characters; see `NumbersLeased.holder`.
  package let holder: String
  package let lane: LaneLetter

  package init(kiosk: String?, machine: String, holder: String, lane: LaneLetter) {
    self.kiosk = kiosk
    self.machine = machine
    self.holder = holder
    self.lane = lane
  }
}

/// A number on a slip that was printed beforehand (应急号), given by hand.
package struct EnterSlip: Hashable, Sendable {
  package let number: TicketNumber
  /// Item codes; may be empty.
  package let items: [String]
  package let priority: Bool
  /// When it was given, as the list on paper says; at most now.
  package let issuedAt: Timestamp
  /// What became of it meanwhile; nil for somebody who waits.
  package let what: RecordedByHand.What?

  package init(
    number: TicketNumber, items: [String] = [], priority: Bool = false, issuedAt: Timestamp,
    what: RecordedByHand.What? = nil
  ) {
    self.number = number
    self.items = items
    self.priority = priority
    self.issuedAt = issuedAt
    self.what = what
  }
}

/// What was done by voice with a ticket of the open day.
package struct RecordByHand: Hashable, Sendable {
  package let number: TicketNumber
  package let what: RecordedByHand.What

  package init(number: TicketNumber, what: RecordedByHand.What) {
    self.number = number
    self.what = what
  }
}

package enum LeaseRefusal: Hashable, Sendable {
  /// The hall has one machine: its kiosks are never cut off from its journal.
  case noLeases
  /// No number of the lane is left that could be leased.
  case leasesExhausted(LaneLetter)
  /// The number is on no slip that was printed beforehand.
  case notLeased(TicketNumber)
  case givenBefore(TicketNumber)
  /// The kiosk has no leased number left while it is cut off.
  case noNumbersLeft(LaneLetter)

  var code: String {
    switch self {
    case .noLeases: "no_leases"
    case .leasesExhausted: "leases_exhausted"
    case .notLeased: "number_not_leased"
    case .givenBefore: "number_given_before"
    case .noNumbersLeft: "no_leased_numbers"
    }
  }
}
