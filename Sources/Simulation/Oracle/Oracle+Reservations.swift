import Groundwork
import Hall

/// Reservations, from plain lists: who has reserved what, and who came before their slot.
extension Oracle {
  struct Booking {
    let code: PublicCode
    let lane: UInt8
    let date: CivilDate
    let from: Timestamp
    let items: [String]
    /// In the API's words; `ticket` once it is `arrived`.
    var state = "booked"
    var ticket: PublicCode?
  }

  /// The rule of the simulated hall: slots short enough that some are full.
  static let slotRule = ReservationRule(slotMinutes: 10, share: 5, aheadDays: 3, closeBeforeHours: 12)
  private static let minute: Int64 = 60_000

  mutating func reservation(
    _ command: ReservationCommand, _ envelope: Envelope, _ at: Timestamp
  ) throws -> (Outcome, Bool) {
    switch command {
    case .make(let make): return try reserve(make, envelope)
    case .checkIn(let scan): return try come(scan, envelope, at)
    case .cancel(let code):
      guard let index = bookings.firstIndex(where: { $0.code == code }) else { throw No("unknown_reservation") }
      if bookings[index].state == "cancelled" { return (.reservation(code), false) }
      if bookings[index].state != "booked" { throw No("reservation_\(bookings[index].state)") }
      bookings[index].state = "cancelled"
      return (.reservation(code), true)
    case .lapse:
      let late = bookings.indices.filter {
        bookings[$0].state == "booked" && at.since(bookings[$0].from) >= 30 * Self.minute
      }
      for index in late { bookings[index].state = "lapsed" }
      eventsLast = late.count
      return (.done, !late.isEmpty)
    case .makeAll, .cancelDay: throw No("not simulated here")
    }
  }

  // MARK: Making

  private mutating func reserve(_ make: MakeReservation, _ envelope: Envelope) throws -> (Outcome, Bool) {
    let kiosk = try make.kiosk.map { try kioskIndex($0) } ?? -1
    var lane = make.lane?.description ?? "A"
    if let code = make.items.first {
      guard let item = SyntheticHall.items.first(where: { $0.code == code }) else { throw No("unknown_item") }
      lane = item.lane
    }
    var isStaff = false
    if case .staff = envelope.actor { isStaff = true }
    let local = envelope.clock.milliseconds + 480 * Self.minute
    let today = CivilDate(daysSinceEpoch: Int(local >= 0 ? local / 86_400_000 : (local - 86_399_999) / 86_400_000))
    let coming = (1...60).map { today.adding(days: $0) }.filter { isOpen($0) }.prefix(Self.slotRule.aheadDays)
    if !coming.contains(make.date), !(isStaff && make.date == today && isOpen(today)) { throw No("date_not_offered") }
    // Whatever the clock shows, a day that is over is over.
    if let last = lastDay, make.date <= last, make.date != self.today { throw No("date_not_offered") }
    let minute = make.from.minuteOfDay
    let spans = officeHours ? [(540, 720), (840, 1050)] : [(540, 1020)]
    if !spans.contains(where: { $0.0 <= minute && minute + 10 <= $0.1 && (minute - $0.0) % 10 == 0 }) {
      throw No("unknown_slot")
    }
    let from = Timestamp(
      milliseconds: Int64(make.date.daysSinceEpoch) * 86_400_000 + Int64(minute) * Self.minute - 480 * Self.minute)
    let ahead = from.since(envelope.clock)
    if ahead <= 0 || !isStaff && ahead < 12 * 60 * Self.minute { throw No("slot_too_near") }
    let letter = lane.utf8.first ?? 0
    let taken = bookings.count { $0.lane == letter && $0.from == from && !$0.state.hasPrefix("cancelled") }
    if taken >= capacity(letter) { throw No("slot_full") }
    let code = PublicCode(entropy: envelope.entropy)
    bookings.append(Booking(code: code, lane: letter, date: make.date, from: from, items: make.items))
    eventsLast = kiosk >= 0 && SyntheticHall.kiosks[kiosk].prints ? 2 : 1
    return (.reservation(code), true)
  }

  private func isOpen(_ date: CivilDate) -> Bool { !officeHours || !date.weekday.isWeekend }

  /// A twentieth of what the lane's windows can do in ten minutes, by its latest sixty services.
  private func capacity(_ lane: UInt8) -> Int {
    let took = (services[lane] ?? []).suffix(60).map(\.lasted)
    if took.count < 5 { return 1 }
    let mean = took.reduce(0, +) / Int64(took.count)
    let windows = SyntheticHall.windows.count { $0.lanes.utf8.contains(lane) }
    return max(1, Int(10 * Self.minute * Int64(windows) * 5 / (100 * mean)))
  }

  // MARK: Coming

  /// Whoever came before a slot that has begun stands behind all who came before it.
  mutating func beginSlots(_ at: Timestamp) {
    let begun = early.filter { slot(of: $0) <= at }.sorted { (slot(of: $0), $0) < (slot(of: $1), $1) }
    early.removeAll { begun.contains($0) }
    for who in begun { stand(who, key: Double(sequence + 1) - 0.5) }
  }

  private func slot(of who: Int) -> Timestamp {
    bookings.first { $0.ticket == visitors[who].code }?.from ?? Timestamp(milliseconds: 0)
  }

  private mutating func stand(_ who: Int, key: Double) {
    visitors[who].key = key
    stand(who)
  }

  private mutating func come(
    _ scan: CheckInReservation, _ envelope: Envelope, _ at: Timestamp
  ) throws -> (Outcome, Bool) {
    guard let day = today else { throw No("day_not_open") }
    guard let index = bookings.firstIndex(where: { $0.code == scan.code }) else { throw No("unknown_reservation") }
    let booking = bookings[index]
    if let ticket = booking.ticket, visitor(ticket) != nil { return (.ticket(ticket), false) }
    let kiosk = try scan.kiosk.map { try kioskIndex($0) } ?? -1
    let after = at.since(booking.from)
    let isOwed = booking.state == "cancelled_by_hall"
    if booking.state == "cancelled" { throw No("reservation_cancelled") }
    if !isOwed {
      if booking.date > day || after < -15 * Self.minute { throw No("too_early") }
      if booking.date < day || after > 15 * Self.minute && at >= endOfSession(booking) { throw No("reservation_over") }
    }
    let given = visitors.filter { $0.day == day && $0.letter == booking.lane }.map(\.ordinal).max() ?? 0
    let highest = max(given, floors[booking.lane] ?? 0)
    if highest == 9999 { throw No("numbers_exhausted") }
    let who = visitors.count
    let isLate = !isOwed && after > 15 * Self.minute
    var visitor = Visitor(
      code: PublicCode(entropy: envelope.entropy), letter: booking.lane, lane: booking.lane, ordinal: highest + 1,
      day: day, ahead: 0, key: Double(sequence + 1), since: !isOwed && after < 0 ? booking.from : at, kiosk: kiosk)
    visitor.items = booking.items
    (visitor.isReserved, visitor.issuedAt, visitor.issue) = (!isLate, at, sequence + 1)
    if kiosk >= 0, SyntheticHall.kiosks[kiosk].prints { (visitor.paper, visitor.attempt) = (.queued, 1) }
    let since = visitors.filter { $0.day == day && !$0.isForgotten && $0.issuedAt >= booking.from }.map(\.issue).min()
    seats[visitor.code] = who
    visitors.append(visitor)
    bookings[index].state = "arrived"
    bookings[index].ticket = visitor.code
    if isOwed {
      stand(who, key: 0)
    } else if isLate {
      stand(who, key: Double(sequence + 1))
    } else if after < 0 {
      early.append(who)
    } else {
      stand(who, key: since.map { Double($0) - 0.5 } ?? Double(sequence + 1))
    }
    visitors[who].ahead = called(before: who)
    eventsLast = visitor.paper == nil ? 2 : 3
    return (.ticket(visitor.code), true)
  }

  /// The end of the session in which the slot begins.
  private func endOfSession(_ booking: Booking) -> Timestamp {
    let midnight = Int64(booking.date.daysSinceEpoch) * 86_400_000 - 480 * Self.minute
    let minute = (booking.from.milliseconds - midnight) / Self.minute
    let end: Int64 = !officeHours ? 1440 : minute < 720 ? 720 : 1050
    return Timestamp(milliseconds: midnight + end * Self.minute)
  }

  // MARK: The day

  mutating func reservationsOpen(_ day: CivilDate) {
    for index in bookings.indices where bookings[index].date < day && bookings[index].state == "booked" {
      bookings[index].state = "cancelled_by_hall"
    }
    bookings.removeAll {
      $0.date < day && !($0.state == "cancelled_by_hall" && $0.date.adding(days: 30) >= day)
    }
  }

  mutating func reservationsClose(_ day: CivilDate) {
    bookings.removeAll { $0.date <= day && $0.state != "cancelled_by_hall" }
    early = []
  }

  func reservationDifferences(_ state: HallState) -> [String] {
    let expected = Set(bookings.map { "\($0.code) \($0.state)" })
    let found = Set(state.reservations.known.values.map { "\($0.code) \($0.state.word)" })
    var differences =
      expected == found ? [] : ["other reservations are kept: \(expected.symmetricDifference(found).prefix(3))"]
    if state.sequence != sequence { differences.append("\(sequence) events were expected, not \(state.sequence)") }
    return differences
  }
}
