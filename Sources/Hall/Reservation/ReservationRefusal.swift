package import Groundwork

package enum ReservationRefusal: Hashable, Sendable {
  /// The hall takes no reservations.
  case reservationsOff
  case unknownReservation
  /// No slot of the lane begins then.
  case unknownSlot
  /// The date is too far ahead, or the hall is closed on it.
  case dateNotOffered(last: CivilDate?)
  /// The slot begins too soon, or has begun.
  case slotTooNear(hours: Int)
  /// `next` is the first later slot of the date that has room.
  case slotFull(next: Timestamp?)
  case alreadyReserved(Timestamp)
  /// Three no-shows of this phone.
  case phoneClosed(until: CivilDate)
  case tooManyReservations(limit: Int)
  /// Scanned before it may become a ticket.
  case tooEarly(from: Timestamp)
  /// Its session, or its date, is over.
  case reservationOver(from: Timestamp)
  case reservationCancelled
  /// It became this ticket, or its slot is over: nothing is left to cancel.
  case reservationIs(String)

  var code: String {
    switch self {
    case .reservationsOff: "reservations_off"
    case .unknownReservation: "unknown_reservation"
    case .unknownSlot: "unknown_slot"
    case .dateNotOffered: "date_not_offered"
    case .slotTooNear: "slot_too_near"
    case .slotFull: "slot_full"
    case .alreadyReserved: "already_reserved"
    case .phoneClosed: "phone_closed"
    case .tooManyReservations: "too_many_reservations"
    case .tooEarly: "too_early"
    case .reservationOver: "reservation_over"
    case .reservationCancelled: "reservation_cancelled"
    case .reservationIs("arrived"): "reservation_arrived"
    case .reservationIs("lapsed"): "reservation_lapsed"
    case .reservationIs: "reservation_cancelled_by_hall"
    }
  }
}
