import Groundwork
import Hall

/// Reservations, and what tickets keep of those that they were made of.
extension HallState {
  func writeReservations(to record: inout RecordWriter) {
    record.objects("known", reservations.known.values.sorted { $0.code.bits < $1.code.bits }) { record, reservation in
      reservation.write(to: &record)
      record.put("madeAt", reservation.madeAt)
      record.put("state", reservation.state.recordText)
      record.put("slip", reservation.slip?.text)
    }
    record.objects("noShows", reservations.noShows.sorted { $0.key.description < $1.key.description }) {
      record, phone in
      record.put("phone", phone.key.description)
      record.texts("dates", phone.value.map(\.description))
    }
    record.put("broken", reservations.broken)
    let reserved = queue.tickets.values.filter { $0.reservation != nil }.sorted {
      $0.issuedSequence < $1.issuedSequence
    }
    record.objects("tickets", reserved) { record, ticket in
      guard let reservation = ticket.reservation else { return }
      record.put("ticket", ticket.code)
      record.put("code", reservation.code)
      record.put("from", reservation.from)
      record.put("timing", reservation.timing.rawValue)
      record.put("promised", reservation.promisedMinutes)
    }
  }

  mutating func readReservations(from record: inout RecordScanner) throws(RecordCodec.Fault) {
    reservations.known = try record.dictionary("known") { (record) throws(RecordCodec.Fault) in
      var reservation = try Reservation(from: &record)
      reservation.madeAt = try record.moment("madeAt")
      reservation.state = try record.text("state", as: Reservation.State.init(recordText:))
      reservation.slip = try record.textOrNull("slip").map(SlipID.init)
      return (reservation.code, reservation)
    }
    reservations.noShows = try record.dictionary("noShows") { (record) throws(RecordCodec.Fault) in
      let phone = try record.text("phone", as: HolderPseudonym.init(_:))
      let texts = try record.texts("dates")
      let dates = texts.compactMap { CivilDate($0) }
      guard dates.count == texts.count else { throw record.damage }
      return (phone, dates)
    }
    reservations.broken = try record.int("broken")
    let reserved = try record.objects("tickets") { (record) throws(RecordCodec.Fault) in
      (
        try record.code("ticket"),
        TicketReservation(
          code: try record.code("code"), from: try record.moment("from"),
          timing: try record.text("timing", as: ReservationTiming.init(rawValue:)),
          promisedMinutes: try record.intOrNull("promised"))
      )
    }
    for (ticket, reservation) in reserved {
      guard queue.tickets[ticket] != nil else { throw record.damage }
      queue.tickets[ticket]?.reservation = reservation
    }
  }
}

extension Reservation.State {
  /// The word, and for `arrived` the ticket's code after a colon.
  var recordText: String { if case .arrived(let ticket) = self { "arrived:\(ticket)" } else { word } }

  init?(recordText text: String) {
    let (name, rest) = splitAtColon(text)
    switch name {
    case "booked": self = .booked
    case "arrived":
      guard let ticket = PublicCode(rest) else { return nil }
      self = .arrived(ticket)
    case "lapsed": self = .lapsed
    case "cancelled": self = .cancelled
    case "cancelled_by_hall": self = .cancelledByHall
    default: return nil
    }
  }
}
