package import Groundwork

/// Reservations from their making until their day has closed, and the no-shows of phones.
///
/// At most `ReservationRule.most` reservations. One that the hall cancelled stays for `ReservationRule.owedDays` after its
/// date, or until its person came; a no-show counts for `ReservationRule.noShowDays`.
package struct ReservationState: Sendable, Equatable {
  package var known: [PublicCode: Reservation] = [:]
  /// The dates on which somebody with this phone did not come.
  package var noShows: [HolderPseudonym: [CivilDate]] = [:]
  /// Reservations of the business day that was opened last that were called later than promised.
  package var broken = 0

  package init() {}

  package subscript(code: PublicCode) -> Reservation? { known[code] }

  /// Those of a date by the slot's start, then by when they were made.
  package func on(_ date: CivilDate) -> [Reservation] {
    known.values.filter { $0.date == date }.sorted {
      ($0.from, $0.madeAt, $0.code.bits) < ($1.from, $1.madeAt, $1.code.bits)
    }
  }

  /// The number of reservations that a slot has.
  package func taken(_ lane: LaneLetter, from: Timestamp) -> Int {
    known.values.count { $0.lane == lane && $0.from == from && $0.takesRoom }
  }

  /// Reservations of a lane on a date whose people have not come.
  func coming(_ lane: LaneLetter, on date: CivilDate) -> Int {
    known.values.count { $0.lane == lane && $0.date == date && $0.state == .booked }
  }

  /// The reservations of a person on a date that can still become a number.
  package func open(of holder: HolderPseudonym, on date: CivilDate) -> [Reservation] {
    on(date).filter { $0.holder == holder && ($0.state == .booked || $0.state == .lapsed) }
  }

  /// Until when reserving is closed for a phone on `date`; nil when it is open.
  package func closed(_ phone: HolderPseudonym, on date: CivilDate) -> CivilDate? {
    let recent = (noShows[phone] ?? []).filter { $0 > date.adding(days: -ReservationRule.noShowDays) }.sorted()
    guard recent.count >= ReservationRule.noShows, let last = recent.last else { return nil }
    let until = last.adding(days: ReservationRule.closedDays)
    return date < until ? until : nil
  }

  /// Reservations whose people have not come, in the order of their slots.
  package func lapsing(at moment: Timestamp) -> [Reservation] {
    known.values.filter { $0.state == .booked && moment.since($0.from) >= ReservationRule.lapse }
      .sorted { ($0.from, $0.code.bits) < ($1.from, $1.code.bits) }
  }

  /// Settles the reservations of earlier days when `date` is opened.
  mutating func openDay(_ date: CivilDate, isAnother: Bool) {
    if isAnother { broken = 0 }
    // The hall did not open on their date.
    for (code, reservation) in known where reservation.date < date && reservation.state == .booked {
      known[code]?.state = .cancelledByHall
    }
    known = known.filter {
      $0.value.date >= date
        || $0.value.state == .cancelledByHall && $0.value.date.adding(days: ReservationRule.owedDays) >= date
    }
    for phone in noShows.keys {
      noShows[phone]?.removeAll { $0 <= date.adding(days: -ReservationRule.noShowDays) }
      if noShows[phone]?.isEmpty == true { noShows[phone] = nil }
    }
  }

  mutating func closeDay(_ date: CivilDate) {
    known = known.filter { $0.value.date > date || $0.value.state == .cancelledByHall }
  }
}
