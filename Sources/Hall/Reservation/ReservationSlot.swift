package import Groundwork

/// A slot of one lane that can be reserved.
package struct ReservationSlot: Hashable, Sendable {
  package let from: CivilTime
  package let to: CivilTime
  /// The number of reservations that the slot takes, and how many are left.
  package let capacity: Int
  package let free: Int
  /// Whether whoever asks may still reserve it by its time.
  package let isInTime: Bool
}

extension HallState {
  /// What a hall that is always open offers: nobody is asked to come at night.
  private static let byDay = OpeningHours.Session(
    from: CivilTime(minuteOfDay: 9 * 60), to: CivilTime(minuteOfDay: 17 * 60))

  /// The slots of a date: from the start of each session, as many as fit into it. A hall that is always open has those of nine to
  /// five.
  package func slots(on date: CivilDate, _ rules: HallRules) -> [OpeningHours.Session] {
    guard let length = rules.reservations?.slotMinutes else { return [] }
    let sessions = rules.hours.alwaysOpen ? [Self.byDay] : hours(rules).sessions(on: date, rules.calendar)
    return sessions.flatMap { session in
      stride(from: session.from.minuteOfDay, through: session.to.minuteOfDay - length, by: length).map {
        OpeningHours.Session(from: CivilTime(minuteOfDay: $0), to: CivilTime(minuteOfDay: $0 + length))
      }
    }
  }

  /// The dates that can be reserved, in order.
  ///
  /// - Parameter withToday: for staff, who may reserve what is left of today.
  package func reservationDates(from today: CivilDate, withToday: Bool, _ rules: HallRules) -> [CivilDate] {
    guard let rule = rules.reservations else { return [] }
    let open = (1...60).map { today.adding(days: $0) }.filter { !slots(on: $0, rules).isEmpty }
    return (withToday && !slots(on: today, rules).isEmpty ? [today] : []) + open.prefix(rule.aheadDays)
  }

  /// The dates that can be reserved by `clock`, without those that are over for the hall whatever the clock shows.
  package func reservationDates(at clock: Timestamp, forStaff: Bool, _ rules: HallRules) -> [CivilDate] {
    reservationDates(from: rules.zone.civil(clock).date, withToday: forStaff, rules).filter { date in
      date == day?.date || days.last.map { date > $0 } ?? true
    }
  }

  /// The lane in which somebody with these items, or for a lane without an item, is called first.
  package func reservationLane(
    _ items: [String], _ asked: LaneLetter?, _ rules: HallRules
  ) throws(Refusal) -> LaneLetter {
    guard rules.hasQueue else { throw .queue(.noQueue) }
    return try lanesToVisit(Self.withoutRepetition(items), asked, rules).first
  }

  /// The number of reservations that a slot of a lane takes: its share of what the lane's windows can serve in that time, at least 1.
  package func slotCapacity(_ lane: LaneLetter, _ rules: HallRules) -> Int {
    guard let rule = rules.reservations, let service = usualService(lane, rules), service > 0 else { return 1 }
    let minutes = Int64(rule.slotMinutes) * 60_000 * Int64(rules.windows(serving: lane).count)
    return max(1, Int(minutes * Int64(rule.share) / (100 * service)))
  }

  /// A lane's slots on a date, as `actor` may reserve them at `moment`.
  package func slots(
    of lane: LaneLetter, on date: CivilDate, at moment: Timestamp, forStaff: Bool, _ rules: HallRules
  ) -> [ReservationSlot] {
    guard let rule = rules.reservations else { return [] }
    let capacity = slotCapacity(lane, rules)
    return slots(on: date, rules).map { slot in
      let start = rules.zone.moment(date, slot.from)
      let notice = forStaff ? 0 : Int64(rule.closeBeforeHours) * 3_600_000
      return ReservationSlot(
        from: slot.from, to: slot.to, capacity: capacity,
        free: max(0, capacity - reservations.taken(lane, from: start)),
        isInTime: start > moment && start.since(moment) >= notice)
    }
  }
}
