package import Groundwork

/// Where a reservation was made.
package enum ReservationSource: String, Hashable, Sendable, CaseIterable {
  /// By the resident.
  case kiosk
  /// By staff, for somebody on the phone or at the desk.
  case console
  /// From a table of another system.
  case file
}

/// An appointment in one slot of one lane on one date (预约).
package struct Reservation: Hashable, Sendable {
  package enum State: Hashable, Sendable {
    case booked
    /// Checked in: the ticket that it became.
    case arrived(PublicCode)
    /// 爽约: nobody came within half an hour of the slot's start.
    case lapsed
    /// By the resident, or by staff for them.
    case cancelled
    /// By the hall, or because the hall did not open on its date: its person stands at the front on the day they come.
    case cancelledByHall

    package var word: String {
      switch self {
      case .booked: "booked"
      case .arrived: "arrived"
      case .lapsed: "lapsed"
      case .cancelled: "cancelled"
      case .cancelledByHall: "cancelled_by_hall"
      }
    }
  }

  package let code: PublicCode
  package let date: CivilDate
  package let from: Timestamp
  package let to: Timestamp
  package let lane: LaneLetter
  package let items: [String]
  package let source: ReservationSource
  /// The kiosk at which it was made; nil elsewhere.
  package let kiosk: String?
  /// Name and phone, sealed under the key of its date; nil when none was given.
  package let contact: SealedContact?
  /// The phone's pseudonym, by which no-shows are counted; nil without a phone.
  package let phone: HolderPseudonym?
  /// The pseudonym of the card that was shown, under the key of its date; nil without one.
  package let holder: HolderPseudonym?
  package var madeAt: Timestamp
  package var state = State.booked
  package var slip: SlipID?

  package init(
    code: PublicCode, date: CivilDate, from: Timestamp, to: Timestamp, lane: LaneLetter, items: [String],
    source: ReservationSource, kiosk: String? = nil, contact: SealedContact? = nil, phone: HolderPseudonym? = nil,
    holder: HolderPseudonym? = nil, madeAt: Timestamp
  ) {
    self.code = code
    self.date = date
    self.from = from
    self.to = to
    self.lane = lane
    self.items = items
    self.source = source
    self.kiosk = kiosk
    self.contact = contact
    self.phone = phone
    self.holder = holder
    self.madeAt = madeAt
  }

  /// Whether it takes room in its slot: it was not given back.
  package var takesRoom: Bool {
    switch state {
    case .booked, .arrived, .lapsed: true
    case .cancelled, .cancelledByHall: false
    }
  }
}

/// Name and phone as they stand in the journal: encrypted under a key that is destroyed after the reservation's date.
package struct SealedContact: Hashable, Sendable, CustomStringConvertible {
  /// The longest name and phone, in characters.
  package static let longestName = 20
  package static let longestPhone = 20
  /// Bytes of nonce, text and tag.
  package static let bytes = 29...400

  /// Lower-case hexadecimal digits.
  package let description: String

  /// Nil for anything but lower-case hexadecimal digits of a fitting length.
  package init?(_ text: String) {
    guard let bytes = [UInt8](hexadecimal: text), Self.bytes.contains(bytes.count), bytes.hexadecimal == text else {
      return nil
    }
    description = text
  }

  package init?(bytes: [UInt8]) { self.init(bytes.hexadecimal) }
}

/// What a ticket keeps of the reservation that it was made of (约).
package struct TicketReservation: Hashable, Sendable {
  package let code: PublicCode
  /// The slot's start.
  package let from: Timestamp
  package let timing: ReservationTiming
  /// Minutes of hall time after the slot's start, or after the scan, within which the hall promised to call it.
  package let promisedMinutes: Int?

  package init(code: PublicCode, from: Timestamp, timing: ReservationTiming, promisedMinutes: Int?) {
    self.code = code
    self.from = from
    self.timing = timing
    self.promisedMinutes = promisedMinutes
  }

  /// Whether it competes with priority; somebody who came too late is like any other.
  package var isHonoured: Bool { timing != .late }
}

/// When somebody with a reservation came.
package enum ReservationTiming: String, Hashable, Sendable, CaseIterable {
  /// Before the slot's start: called only while nobody else of the lane waits, until it begins.
  case early
  /// From its start to a quarter of an hour later: stands where the slot began.
  case onTime = "on_time"
  /// Later: a ticket like any other.
  case late
  /// Of a slot that the hall had cancelled: at the front.
  case owed
}
