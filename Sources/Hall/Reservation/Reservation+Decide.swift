package import Groundwork

extension HallState {
  func decide(
    _ command: ReservationCommand, _ rules: HallRules, _ envelope: Envelope
  ) throws(Refusal) -> Decision {
    guard rules.reservations != nil else { throw .reservation(.reservationsOff) }
    switch command {
    case .make(let make): return try decideMake(make, rules, envelope)
    case .makeAll(let all): return try decideMakeAll(all, rules, envelope)
    case .checkIn(let checkIn): return try decideCheckIn(checkIn, rules, envelope)
    case .cancel(let code): return try decideCancel(code, envelope)
    case .cancelDay(let date): return try decideCancelDay(date, envelope)
    case .lapse:
      guard envelope.actor == .system else { throw .request(.coordinatorOnly) }
      let lapsing = reservations.lapsing(at: envelope.at).prefix(100)
      return Decision(lapsing.map { .reservation(.reservationLapsed(ReservationLapsed(code: $0.code))) }, .done)
    }
  }

  private func decideMake(
    _ make: MakeReservation, _ rules: HallRules, _ envelope: Envelope
  ) throws(Refusal) -> Decision {
    let reservation = try reservation(make, rules, envelope, entropy: envelope.entropy)
    var events: [Event] = [.reservation(.reservationMade(reservation))]
    let kiosk = make.kiosk.flatMap(rules.kiosk)
    if let slip = firstSlip(
      .reservation(reservation.code), at: kiosk, envelope.entropy, largeType: make.largeType, language: make.language)
    {
      events.append(.print(.slipRequested(slip)))
    }
    return Decision(events, .reservation(reservation.code))
  }

  /// All or none: each is decided as if those before it were made.
  private func decideMakeAll(
    _ all: [MakeReservation], _ rules: HallRules, _ envelope: Envelope
  ) throws(Refusal) -> Decision {
    var state = self
    var events: [Event] = []
    var random = SeededRandom(seed: envelope.entropy)
    for make in all {
      let reservation = try state.reservation(make, rules, envelope, entropy: random.next())
      state.reservations.known[reservation.code] = reservation
      events.append(.reservation(.reservationMade(reservation)))
    }
    return Decision(events, .done)
  }

  /// What is wrong with each of several reservations that shall be made together; nil where nothing is.
  package func faults(
    of all: [MakeReservation], _ rules: HallRules, _ actor: Principal, at moment: Timestamp
  ) -> [Refusal?] {
    var state = self
    var random = SeededRandom(seed: 1)
    return all.map { make -> Refusal? in
      let envelope = Envelope(.reservation(.make(make)), by: actor, at: moment, entropy: random.next())
      do throws(Refusal) {
        let reservation = try state.reservation(make, rules, envelope, entropy: envelope.entropy)
        state.reservations.known[reservation.code] = reservation
        return nil
      } catch { return error }
    }
  }

  /// The reservation as it would be made.
  private func reservation(
    _ make: MakeReservation, _ rules: HallRules, _ envelope: Envelope, entropy: UInt64
  ) throws(Refusal) -> Reservation {
    guard rules.hasQueue else { throw .queue(.noQueue) }
    guard rules.reservations != nil else { throw .reservation(.reservationsOff) }
    if let kiosk = make.kiosk, rules.kiosk(kiosk) == nil { throw .request(.unknownKiosk(kiosk)) }
    let items = Self.withoutRepetition(make.items)
    guard items.count <= rules.limits.itemsPerTicket else {
      throw .queue(.tooManyItems(limit: rules.limits.itemsPerTicket))
    }
    let isByHall = envelope.actor.isStaff || envelope.actor == .operator
    if !isByHall { try tellBefore(items, make.lane, rules) }
    let lanes = try lanesToVisit(items, make.lane, rules)
    for lane in [lanes.first] + lanes.stops where rules.windows(serving: lane).isEmpty {
      throw .queue(.noWindowForLane(lane))
    }
    let lane = lanes.first
    let slot = try slot(make, of: lane, isByHall: isByHall, rules, envelope.clock)
    try checkPerson(make, rules, envelope)
    return Reservation(
      code: freshCode(entropy), date: make.date, from: rules.zone.moment(make.date, slot.from),
      to: rules.zone.moment(make.date, slot.to), lane: lane, items: items, source: make.source, kiosk: make.kiosk,
      contact: make.contact, phone: make.phone, holder: make.holder, madeAt: envelope.at)
  }

  private func slot(
    _ make: MakeReservation, of lane: LaneLetter, isByHall: Bool, _ rules: HallRules, _ clock: Timestamp
  ) throws(Refusal) -> ReservationSlot {
    let dates = reservationDates(at: clock, forStaff: isByHall, rules)
    guard dates.contains(make.date) else { throw .reservation(.dateNotOffered(last: dates.last)) }
    let slots = slots(of: lane, on: make.date, at: clock, forStaff: isByHall, rules)
    guard let slot = slots.first(where: { $0.from == make.from }) else { throw .reservation(.unknownSlot) }
    guard slot.isInTime else {
      throw .reservation(.slotTooNear(hours: isByHall ? 0 : rules.reservations?.closeBeforeHours ?? 0))
    }
    guard slot.free > 0 else {
      let next = slots.first { $0.from > slot.from && $0.free > 0 && $0.isInTime }
      throw .reservation(.slotFull(next: next.map { rules.zone.moment(make.date, $0.from) }))
    }
    return slot
  }

  /// One reservation a day for one person, and none for a phone with too many no-shows.
  private func checkPerson(_ make: MakeReservation, _ rules: HallRules, _ envelope: Envelope) throws(Refusal) {
    if let phone = make.phone,
      let until = reservations.closed(phone, on: rules.zone.civil(envelope.clock).date)
    {
      throw .reservation(.phoneClosed(until: until))
    }
    let same = reservations.known.values.first { other in
      other.date == make.date && other.state == .booked
        && (make.phone != nil && other.phone == make.phone || make.holder != nil && other.holder == make.holder)
    }
    if let same { throw .reservation(.alreadyReserved(same.from)) }
    guard reservations.known.count < ReservationRule.most else {
      throw .reservation(.tooManyReservations(limit: ReservationRule.most))
    }
  }

  private func decideCancel(_ code: PublicCode, _ envelope: Envelope) throws(Refusal) -> Decision {
    guard let reservation = reservations[code] else { throw .reservation(.unknownReservation) }
    guard reservation.state != .cancelled else { return Decision([], .reservation(code)) }
    guard reservation.state == .booked else { throw .reservation(.reservationIs(reservation.state.word)) }
    let changed = ReservationChanged(code: code, change: .cancelled)
    return Decision([.reservation(.reservationChanged(changed))], .reservation(code))
  }

  private func decideCancelDay(_ date: CivilDate, _ envelope: Envelope) throws(Refusal) -> Decision {
    guard envelope.actor.isCoordinator else { throw .request(.coordinatorOnly) }
    let changes = reservations.on(date).filter { $0.state == .booked }
      .map { ReservationChanged(code: $0.code, change: .cancelledByHall) }
    return Decision(changes.map { .reservation(.reservationChanged($0)) }, .done)
  }
}
