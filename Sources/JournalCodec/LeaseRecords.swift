import Groundwork
package import Hall

extension LeaseEvent: RecordedSlice {
  static var shapes: [EventShape] {
    [
      EventShape("numbersLeased", NumbersLeased.self) { .lease(.numbersLeased($0)) },
      EventShape("ticketWithdrawn", TicketWithdrawn.self) { .lease(.ticketWithdrawn($0)) },
      EventShape("ticketAdopted", TicketAdopted.self) { .lease(.ticketAdopted($0)) },
      EventShape("adoptionRefused", AdoptionRefused.self) { .lease(.adoptionRefused($0)) },
      EventShape("recordedByHand", RecordedByHand.self) { .lease(.recordedByHand($0)) },
    ]
  }

  var payload: any RecordPayload {
    switch self {
    case .numbersLeased(let payload): payload
    case .ticketWithdrawn(let payload): payload
    case .ticketAdopted(let payload): payload
    case .adoptionRefused(let payload): payload
    case .recordedByHand(let payload): payload
    }
  }
}

extension NumbersLeased: RecordPayload {
  func write(to record: inout RecordWriter) {
    record.put("kiosk", kiosk)
    record.put("machine", machine)
    record.put("holder", holder)
    record.put("lane", lane.description)
    record.put("day", day)
    record.put("from", from)
    record.put("through", through)
  }

  init(from record: inout RecordScanner) throws(RecordCodec.Fault) {
    self.init(
      kiosk: try record.textOrNull("kiosk"), machine: try record.text("machine"), holder: try record.text("holder"),
      lane: try record.lane("lane"), day: try record.date("day"), from: try record.int("from"),
      through: try record.int("through"))
  }
}

extension TicketWithdrawn: RecordPayload {
  func write(to record: inout RecordWriter) {
    record.put("code", code)
    record.put("number", number.description)
    record.put("issuedAt", issuedAt.milliseconds)
    record.put("window", window)
  }

  init(from record: inout RecordScanner) throws(RecordCodec.Fault) {
    self.init(
      code: try record.code("code"), number: try record.text("number", as: TicketNumber.init(_:)),
      issuedAt: try record.moment("issuedAt"), window: try record.intOrNull("window"))
  }
}

extension TicketAdopted: RecordPayload {
  func write(to record: inout RecordWriter) {
    record.put("code", code)
    record.put("number", number.description)
    record.put("day", day)
    record.put("kiosk", kiosk)
    record.texts("items", items)
    record.put("stops", stops.recordText)
    record.put("priority", priority)
    record.put("catalogueVersion", catalogueVersion)
    record.put("issuedAt", issuedAt.milliseconds)
    record.put("ahead", ahead)
    record.put("slip", slip?.recordText)
    record.put("place", place)
    record.put("ended", ended?.rawValue)
    record.put("inPlaceOf", insteadOf?.description)
  }

  init(from record: inout RecordScanner) throws(RecordCodec.Fault) {
    self.init(
      code: try record.code("code"), number: try record.text("number", as: TicketNumber.init(_:)),
      day: try record.date("day"), kiosk: try record.textOrNull("kiosk"), items: try record.texts("items"),
      stops: try record.text("stops", as: [LaneLetter].init(recordText:)), priority: try record.bool("priority"),
      catalogueVersion: try record.text("catalogueVersion"), issuedAt: try record.moment("issuedAt"),
      ahead: try record.int("ahead"), slip: try record.textOrNull("slip", as: AttemptOutcome.init(recordText:)),
      place: try record.intOrNull("place"), ended: try record.textOrNull("ended", as: AdoptedEnd.init(rawValue:)),
      insteadOf: try record.textOrNull("inPlaceOf", as: TicketNumber.init(_:)))
  }
}

extension AdoptionRefused: RecordPayload {
  func write(to record: inout RecordWriter) {
    record.put("code", code)
    record.put("number", number.description)
    record.put("day", day)
    record.put("kiosk", kiosk)
    record.put("issuedAt", issuedAt.milliseconds)
    record.put("reason", reason.rawValue)
  }

  init(from record: inout RecordScanner) throws(RecordCodec.Fault) {
    self.init(
      code: try record.code("code"), number: try record.text("number", as: TicketNumber.init(_:)),
      day: try record.date("day"), kiosk: try record.textOrNull("kiosk"), issuedAt: try record.moment("issuedAt"),
      reason: try record.text("reason", as: AdoptionRefused.Reason.init(rawValue:)))
  }
}

extension RecordedByHand: RecordPayload {
  func write(to record: inout RecordWriter) {
    record.put("code", code)
    record.put("what", what.rawValue)
  }

  init(from record: inout RecordScanner) throws(RecordCodec.Fault) {
    self.init(code: try record.code("code"), what: try record.text("what", as: RecordedByHand.What.init(rawValue:)))
  }
}

/// A ticket of an outbox as one line of JSON; nothing of it is in the journal in this shape.
extension LeasedTicket {
  package var recordText: String {
    var record = RecordWriter()
    record.object { record in
      record.put("code", code)
      record.put("number", number.description)
      record.put("day", day)
      record.put("kiosk", kiosk)
      record.texts("items", items)
      record.put("stops", stops.recordText)
      record.put("priority", priority)
      record.put("catalogueVersion", catalogueVersion)
      record.put("issuedAt", issuedAt.milliseconds)
      record.put("ahead", ahead)
      record.put("large", largeType)
      record.put("language", language.rawValue)
      record.put("scope", key.scope)
      record.put("key", key.key)
      record.put("body", hexadecimal: bodyDigest)
      record.objects("holder", holder.map { [$0] } ?? []) { $1.write(to: &$0) }
    }
    return String(decoding: record.bytes, as: UTF8.self)
  }

  /// Nil for any other text.
  ///
  /// - Parameter slip: what became of its slip, which is kept beside it.
  package init?(recordText text: String, slip: String?) {
    let bytes = Array(text.utf8)
    let read: LeasedTicket? = bytes.withUnsafeBufferPointer { bytes in
      var record = RecordScanner(UnsafeRawBufferPointer(bytes), sequence: 0)
      return try? record.object { (record) throws(RecordCodec.Fault) in
        LeasedTicket(
          code: try record.code("code"), number: try record.text("number", as: TicketNumber.init(_:)),
          day: try record.date("day"), kiosk: try record.text("kiosk"), items: try record.texts("items"),
          stops: try record.text("stops", as: [LaneLetter].init(recordText:)), priority: try record.bool("priority"),
          catalogueVersion: try record.text("catalogueVersion"), issuedAt: try record.moment("issuedAt"),
          ahead: try record.int("ahead"), largeType: try record.bool("large"),
          language: try record.text("language", as: SlipLanguage.init(rawValue:)),
          key: IdempotencyKey(scope: try record.text("scope"), key: try record.text("key")),
          bodyDigest: try record.hexadecimal("body"),
          holder: try record.objects("holder") { (record) throws(RecordCodec.Fault) in
            try HolderNoted(from: &record)
          }.first)
      }
    }
    guard var ticket = read else { return nil }
    ticket.slip = slip.flatMap { AttemptOutcome(recordText: $0) }
    self = ticket
  }

  package static func text(of outcome: AttemptOutcome) -> String { outcome.recordText }
}
