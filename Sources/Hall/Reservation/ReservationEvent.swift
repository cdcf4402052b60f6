/// Events of reservations.
package enum ReservationEvent: Hashable, Sendable {
  case reservationMade(Reservation)
  case reservationChanged(ReservationChanged)
  /// Follows the `ticketIssued` of the ticket that it became.
  case reservationCheckedIn(ReservationCheckedIn)
  case reservationLapsed(ReservationLapsed)

  /// The event's name in journal and feed.
  var name: String {
    switch self {
    case .reservationMade: "reservationMade"
    case .reservationChanged: "reservationChanged"
    case .reservationCheckedIn: "reservationCheckedIn"
    case .reservationLapsed: "reservationLapsed"
    }
  }
}

package struct ReservationChanged: Hashable, Sendable {
  package enum Change: String, Hashable, Sendable {
    case cancelled
    case cancelledByHall = "cancelled_by_hall"
  }

  package let code: PublicCode
  package let change: Change

  package init(code: PublicCode, change: Change) {
    self.code = code
    self.change = change
  }
}

package struct ReservationCheckedIn: Hashable, Sendable {
  package let code: PublicCode
  package let ticket: PublicCode
  package let timing: ReservationTiming
  /// The promise that was in force (服务承诺); nil without one.
  package let promisedMinutes: Int?

  package init(code: PublicCode, ticket: PublicCode, timing: ReservationTiming, promisedMinutes: Int?) {
    self.code = code
    self.ticket = ticket
    self.timing = timing
    self.promisedMinutes = promisedMinutes
  }
}

package struct ReservationLapsed: Hashable, Sendable {
  package let code: PublicCode

  package init(code: PublicCode) { self.code = code }
}

extension ReservationEvent {
  func subject(_ state: HallState) -> EventSubject {
    var subject = EventSubject()
    switch self {
    case .reservationMade(let e):
      subject.kiosk = e.kiosk
      subject.reservation = e.code
      subject.isOfReservations = true
    case .reservationChanged, .reservationLapsed: subject.isOfReservations = true
    case .reservationCheckedIn(let e):
      subject = EventSubject(unannounced: e.ticket, state)
      subject.isOfReservations = true
    }
    return subject
  }
}
