import Groundwork
import Hall

extension ReservationEvent: RecordedSlice {
  static var shapes: [EventShape] {
    [
      EventShape("reservationMade", Reservation.self) { .reservation(.reservationMade($0)) },
      EventShape("reservationChanged", ReservationChanged.self) { .reservation(.reservationChanged($0)) },
      EventShape("reservationCheckedIn", ReservationCheckedIn.self) { .reservation(.reservationCheckedIn($0)) },
      EventShape("reservationLapsed", ReservationLapsed.self) { .reservation(.reservationLapsed($0)) },
    ]
  }

  var payload: any RecordPayload {
    switch self {
    case .reservationMade(let payload): payload
    case .reservationChanged(let payload): payload
    case .reservationCheckedIn(let payload): payload
    case .reservationLapsed(let payload): payload
    }
  }
}

/// When it was made is the record's own time.
extension Reservation: RecordPayload {
  func write(to record: inout RecordWriter) {
    record.put("code", code)
    record.put("date", date)
    record.put("from", from.milliseconds)
    record.put("to", to.milliseconds)
    record.put("lane", lane.description)
    record.array("items", items) { $0.put(nil, $1) }
    record.put("source", source.rawValue)
    record.put("kiosk", kiosk)
    record.put("contact", contact?.description)
    record.put("phone", phone?.description)
    record.put("holder", holder?.description)
  }

  init(from record: inout RecordScanner) throws(RecordCodec.Fault) {
    self.init(
      code: try record.code("code"), date: try record.date("date"), from: try record.moment("from"),
      to: try record.moment("to"), lane: try record.lane("lane"),
      items: try record.array("items") { (record) throws(RecordCodec.Fault) in try record.text() },
      source: try record.text("source", as: ReservationSource.init(rawValue:)),
      kiosk: try record.textOrNull("kiosk"),
      contact: try record.textOrNull("contact", as: SealedContact.init(_:)),
      phone: try record.textOrNull("phone", as: HolderPseudonym.init(_:)),
      holder: try record.textOrNull("holder", as: HolderPseudonym.init(_:)), madeAt: Timestamp(milliseconds: 0))
  }
}

extension ReservationChanged: RecordPayload {
  func write(to record: inout RecordWriter) {
    record.put("code", code)
    record.put("change", change.rawValue)
  }

  init(from record: inout RecordScanner) throws(RecordCodec.Fault) {
    self.init(code: try record.code("code"), change: try record.text("change", as: Change.init(rawValue:)))
  }
}

extension ReservationCheckedIn: RecordPayload {
  func write(to record: inout RecordWriter) {
    record.put("code", code)
    record.put("ticket", ticket)
    record.put("timing", timing.rawValue)
    record.put("promised", promisedMinutes)
  }

  init(from record: inout RecordScanner) throws(RecordCodec.Fault) {
    self.init(
      code: try record.code("code"), ticket: try record.code("ticket"),
      timing: try record.text("timing", as: ReservationTiming.init(rawValue:)),
      promisedMinutes: try record.intOrNull("promised"))
  }
}

extension ReservationLapsed: RecordPayload {
  func write(to record: inout RecordWriter) { record.put("code", code) }

  init(from record: inout RecordScanner) throws(RecordCodec.Fault) { self.init(code: try record.code("code")) }
}
