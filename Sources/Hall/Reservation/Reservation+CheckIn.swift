import Groundwork

extension HallState {
  /// One scan makes a ticket. Scanned again it gives the same one.
  func decideCheckIn(
    _ checkIn: CheckInReservation, _ rules: HallRules, _ envelope: Envelope
  ) throws(Refusal) -> Decision {
    guard let day else { throw .day(.dayNotOpen) }
    guard let reservation = reservations[checkIn.code] else { throw .reservation(.unknownReservation) }
    if case .arrived(let ticket) = reservation.state, queue.tickets[ticket] != nil {
      return Decision([], .ticket(ticket))
    }
    if let kiosk = checkIn.kiosk, rules.kiosk(kiosk) == nil { throw .request(.unknownKiosk(kiosk)) }
    let timing = try timing(of: reservation, on: day.date, rules, envelope.at)
    guard !rules.windows(serving: reservation.lane).isEmpty else { throw .queue(.noWindowForLane(reservation.lane)) }
    let number = try nextNumber(reservation.lane, on: day.date, rules, forStaff: true)
    let code = freshCode(envelope.entropy)
    let ahead = ahead(of: code, reservation, timing)
    // Whoever comes early waits for the slot, so a range of waits would mislead.
    let outlook = timing == .early ? .unknown : waitOutlook(reservation.lane, ahead: ahead, rules)
    let items = reservation.items.filter { rules.catalogue.item($0) != nil }
    let issued = TicketIssued(
      code: code, number: number, day: day.date, items: items,
      priority: false, kiosk: checkIn.kiosk, catalogueVersion: rules.catalogue.version, ahead: ahead,
      wait: waitMinutes(outlook), forecast: outlook.forecast)
    let promised = timing == .late ? nil : rules.promise?.reservationMinutes
    let arrived = ReservationCheckedIn(
      code: checkIn.code, ticket: code, timing: timing, promisedMinutes: promised)
    var events: [Event] = [.queue(.ticketIssued(issued)), .reservation(.reservationCheckedIn(arrived))]
    let stops = stops(of: items, after: reservation.lane, rules)
    if !stops.isEmpty { events.append(.queue(.itineraryPlanned(ItineraryPlanned(code: code, stops: stops)))) }
    if let slip = firstSlip(
      .ticket(code), at: checkIn.kiosk.flatMap(rules.kiosk), envelope.entropy, largeType: checkIn.largeType,
      language: checkIn.language)
    {
      events.append(.print(.slipRequested(slip)))
    }
    return Decision(events, .ticket(code))
  }

  /// The lanes that it visits afterwards. Items may have gone to other lanes since it was made.
  private func stops(of items: [String], after lane: LaneLetter, _ rules: HallRules) -> [LaneLetter] {
    let lanes = try? lanesToVisit(items, lane, rules)
    return lanes?.stops.filter { !rules.windows(serving: $0).isEmpty } ?? []
  }

  private func timing(
    of reservation: Reservation, on day: CivilDate, _ rules: HallRules, _ moment: Timestamp
  ) throws(Refusal) -> ReservationTiming {
    switch reservation.state {
    case .cancelled: throw .reservation(.reservationCancelled)
    case .cancelledByHall: return .owed
    case .booked, .lapsed, .arrived: break
    }
    let after = moment.since(reservation.from)
    if reservation.date > day || after < -ReservationRule.early {
      throw .reservation(.tooEarly(from: reservation.from))
    }
    if reservation.date < day { throw .reservation(.reservationOver(from: reservation.from)) }
    if after < 0 { return .early }
    if after <= ReservationRule.late { return .onTime }
    let session = hours(rules).sessions(on: reservation.date, rules.calendar)
      .first { rules.zone.moment(reservation.date, $0.to) > reservation.from }
    guard let session, moment < rules.zone.moment(reservation.date, session.to) else {
      throw .reservation(.reservationOver(from: reservation.from))
    }
    return .late
  }

  /// Tickets that would be called before it.
  private func ahead(of code: PublicCode, _ reservation: Reservation, _ timing: ReservationTiming) -> Int {
    var lane = queue.waiting[reservation.lane] ?? LaneQueue()
    let own = sequence + 1
    let first = queue.tickets.values.filter { $0.day == reservation.date && $0.issuedAt >= reservation.from }
      .map(\.issuedSequence).min()
    let rank: Rank =
      switch timing {
      case .early: .toCome(at: reservation.from, of: own)
      case .onTime: first.map { .before($0, of: own) } ?? Rank(joinedBy: own)
      case .late: Rank(joinedBy: own)
      case .owed: .front(of: own)
      }
    lane.insert(LaneOrder.Entry(code: code, rank: rank), withPriority: timing == .onTime || timing == .owed)
    return lane.ahead(of: code, orderRule) ?? lane.count - 1
  }
}
