import Groundwork

extension HallState {
  mutating func evolve(_ event: ReservationEvent, _ at: Timestamp) {
    switch event {
    case .reservationMade(let e):
      reservations.known[e.code] = e
      reservations.known[e.code]?.madeAt = at
    case .reservationChanged(let e):
      reservations.known[e.code]?.state = e.change == .cancelled ? .cancelled : .cancelledByHall
    case .reservationCheckedIn(let e): evolveCheckedIn(e, at)
    case .reservationLapsed(let e):
      guard let reservation = reservations[e.code] else { return }
      reservations.known[e.code]?.state = .lapsed
      if let phone = reservation.phone { reservations.noShows[phone, default: []].append(reservation.date) }
    }
  }

  private mutating func evolveCheckedIn(_ e: ReservationCheckedIn, _ at: Timestamp) {
    guard let reservation = reservations[e.code], var ticket = queue.tickets[e.ticket] else { return }
    if reservation.state == .lapsed { forgive(reservation) }
    reservations.known[e.code]?.state = .arrived(e.ticket)
    queue.leaveLists(ticket)
    ticket.reservation = TicketReservation(
      code: e.code, from: reservation.from, timing: e.timing, promisedMinutes: e.promisedMinutes)
    switch e.timing {
    case .early:
      ticket.since = reservation.from
      figures.tickets[e.ticket]?.since = reservation.from
      ticket.rank = .toCome(at: reservation.from, of: ticket.issuedSequence)
    case .onTime: ticket.rank = rank(ofSlotAt: reservation.from, for: ticket)
    case .late: break
    case .owed: ticket.rank = .front(of: ticket.issuedSequence)
    }
    queue.tickets[e.ticket] = ticket
    queue.join(ticket)
  }

  /// Takes back the no-show of somebody who came after all.
  private mutating func forgive(_ reservation: Reservation) {
    guard let phone = reservation.phone,
      let index = reservations.noShows[phone]?.lastIndex(of: reservation.date)
    else { return }
    reservations.noShows[phone]?.remove(at: index)
    if reservations.noShows[phone]?.isEmpty == true { reservations.noShows[phone] = nil }
  }
}
