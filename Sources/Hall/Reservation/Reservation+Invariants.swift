extension HallState {
  func violations(before event: ReservationEvent) -> [String] {
    switch event {
    case .reservationMade(let e):
      return reservations[e.code] == nil ? [] : ["a reservation has the code of another one"]
    case .reservationChanged(let e): return isBooked(e.code) ? [] : ["a reservation that is not booked is cancelled"]
    case .reservationLapsed(let e): return isBooked(e.code) ? [] : ["a reservation that is not booked lapses"]
    case .reservationCheckedIn(let e):
      let isKnown = reservations[e.code].map { $0.state != .cancelled } ?? false
      return (isKnown ? [] : ["a reservation that is not there becomes a ticket"]) + step(e.ticket, from: [.waiting])
    }
  }

  private func isBooked(_ code: PublicCode) -> Bool { reservations[code]?.state == .booked }

  func check(_ event: ReservationEvent, _ found: inout [String]) {
    guard case .reservationCheckedIn(let e) = event else { return }
    checkTicket(e.ticket, &found)
    if reservations[e.code]?.state != .arrived(e.ticket) { found.append("a reservation does not know its ticket") }
  }

  /// No reservation outlives its day, apart from those that the hall cancelled.
  func checkReservations(_ found: inout [String]) {
    if reservations.known.count > ReservationRule.most { found.append("more reservations are kept than may be") }
    for (code, reservation) in reservations.known {
      if code != reservation.code { found.append("a reservation is kept under another code") }
      if let last = days.last, reservation.date < last, !reservation.mayOutliveItsDay {
        found.append("a reservation outlives its day")
      }
    }
    for ticket in queue.tickets.values where ticket.rank.isToCome && ticket.state == .waiting {
      if ticket.reservation?.timing != .early {
        found.append("\(ticket.number) waits for a slot that it has not reserved")
      }
    }
  }
}

extension Reservation {
  /// The hall owes it, or its person came on another day for that reason.
  fileprivate var mayOutliveItsDay: Bool {
    switch state {
    case .cancelledByHall, .arrived: true
    case .booked, .lapsed, .cancelled: false
    }
  }
}
