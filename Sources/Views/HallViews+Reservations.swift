package import Groundwork
package import Hall

extension HallViews {
  /// One reservation, without name and phone: a route adds them for staff.
  package func reservation(_ code: PublicCode, key: String? = nil, into json: inout JSONText) {
    guard let reservation = state.reservations[code] else {
      if let key { json.null(key) }
      return
    }
    json.object(key) { json in fields(of: reservation, into: &json) }
  }

  package func fields(of reservation: Reservation, into json: inout JSONText) {
    json.field("is", "reservation")
    json.field("id", reservation.code.description)
    json.field("date", reservation.date.description)
    json.field("from", rules.zone.civil(reservation.from).time.description)
    json.field("to", rules.zone.civil(reservation.to).time.description)
    json.field("starts_at", time(reservation.from))
    json.field("lane", reservation.lane.description)
    json.field("lane_name", rules.lane(reservation.lane)?.name)
    json.array("items", reservation.items) { json, code in
      json.object { json in
        json.field("code", code)
        json.field("name", rules.catalogue.item(code)?.name ?? code)
      }
    }
    json.field("state", reservation.state.word)
    if case .arrived(let ticket) = reservation.state {
      json.field("ticket", state.tickets[ticket]?.number.description)
      json.field("ticket_id", ticket.description)
    } else {
      json.field("ticket", String?.none)
      json.field("ticket_id", String?.none)
    }
    json.field("source", reservation.source.rawValue)
    json.field("kiosk", reservation.kiosk)
    json.field("by_card", reservation.holder != nil)
    json.field("made_at", time(reservation.madeAt))
    slip(reservation.slip, key: "slip", into: &json)
  }

  /// The days and slots of a lane that can be reserved.
  ///
  /// - Parameter now: by the civil clock.
  package func slots(of lane: LaneLetter, now: Timestamp, forStaff: Bool, into json: inout JSONText) {
    let dates = state.reservationDates(at: now, forStaff: forStaff, rules)
    json.object { json in
      json.field("lane", lane.description)
      json.field("lane_name", rules.lane(lane)?.name)
      json.field("slot_minutes", rules.reservations?.slotMinutes ?? 0)
      let days = dates.map { (date: $0, slots: state.slots(of: lane, on: $0, at: now, forStaff: forStaff, rules)) }
      // Late in the day no slot of today is left.
      json.array("days", days.filter { $0.slots.contains { $0.isInTime } }) { json, day in
        json.object { json in
          json.field("date", day.date.description)
          json.field("weekday", day.date.weekday.rawValue)
          json.array("slots", day.slots) { json, slot in
            json.object { json in
              json.field("from", slot.from.description)
              json.field("to", slot.to.description)
              json.field("free", slot.isInTime ? slot.free : 0)
            }
          }
        }
      }
    }
  }

  /// 约: the slot that a ticket was reserved for, and when its holder came; null for any other ticket.
  func reserved(_ ticket: Ticket, into json: inout JSONText) {
    guard let reservation = ticket.reservation else {
      json.null("reserved")
      return
    }
    json.object("reserved") { json in
      json.field("from", rules.zone.civil(reservation.from).time.description)
      json.field("timing", reservation.timing.rawValue)
      json.field("waits_for_slot", ticket.state == .waiting && ticket.rank.isToCome)
    }
  }

  /// How many come today and tomorrow; null where the hall takes no reservations.
  func todayReservations(_ today: CivilDate, into json: inout JSONText) {
    guard rules.reservations != nil else {
      json.null("reservations")
      return
    }
    json.object("reservations") { json in
      for (key, date) in [("today", today), ("tomorrow", today.adding(days: 1))] {
        let words = state.reservations.on(date).map(\.state.word)
        json.object(key) { json in
          for word in ["booked", "arrived", "lapsed"] { json.field(word, words.count { $0 == word }) }
        }
      }
      json.field("late", state.reservations.broken)
    }
  }
}
