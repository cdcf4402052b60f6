import Groundwork
import Hall

extension TransferNote {
  func write(to record: inout RecordWriter) {
    record.put("sequence", sequence)
    record.put("at", at)
    record.put("from", from)
    record.put("badge", badge)
    switch to {
    case .lane(let lane): record.put("to", lane.description)
    case .window(let number): record.put("to", "\(number)")
    }
    record.put("reason", reason.text)
  }

  init(from record: inout RecordScanner) throws(RecordCodec.Fault) {
    let (sequence, at) = (try record.integer("sequence"), try record.moment("at"))
    let (from, badge) = (try record.int("from"), try record.textOrNull("badge"))
    let to = try record.text("to") { text in
      Int(text).map(TransferTarget.window) ?? LaneLetter(text).map(TransferTarget.lane)
    }
    self.init(
      sequence: sequence, at: at, from: from, badge: badge, to: to, reason: TransferReason(try record.text("reason")))
  }
}

extension BeforeMove {
  func write(to record: inout RecordWriter) {
    record.put("lane", lane.description)
    record.texts("items", items)
    record.put("stops", stops.recordText)
    record.put("calls", calls)
    record.put("servingAt", servingAt)
    record.put("joinedSequence", joinedSequence)
    record.put("transfers", transfers)
    record.objects("transfer", transfer.map { [$0] } ?? []) { $1.write(to: &$0) }
    record.texts("served", served ?? [])
  }

  init(from record: inout RecordScanner) throws(RecordCodec.Fault) {
    let (lane, items) = (try record.lane("lane"), try record.texts("items"))
    let stops = try record.text("stops", as: [LaneLetter].init(recordText:))
    let (calls, servingAt) = (try record.int("calls"), try record.momentOrNull("servingAt"))
    let (joined, transfers) = (try record.integer("joinedSequence"), try record.int("transfers"))
    let transfer = try record.objects("transfer") { (record) throws(RecordCodec.Fault) in
      try TransferNote(from: &record)
    }.first
    let served = try record.texts("served")
    self.init(
      lane: lane, items: items, stops: stops, calls: calls, servingAt: servingAt, joinedSequence: joined,
      transfers: transfers, transfer: transfer, served: served.isEmpty ? nil : served)
  }
}

extension Ticket {
  /// Writes the members of a ticket that transfers and itineraries change.
  func writeWay(to record: inout RecordWriter) {
    record.put("lane", lane.description)
    record.put("pool", pool)
    record.put("stops", stops.recordText)
    record.put("transfers", transfers)
    record.objects("transfer", transfer.map { [$0] } ?? []) { $1.write(to: &$0) }
    record.texts("served", served ?? [])
    record.objects("firstCall", firstCall.map { [$0] } ?? []) { $1.write(to: &$0) }
  }

  mutating func readWay(from record: inout RecordScanner) throws(RecordCodec.Fault) {
    lane = try record.lane("lane")
    pool = try record.intOrNull("pool")
    stops = try record.text("stops", as: [LaneLetter].init(recordText:))
    transfers = try record.int("transfers")
    transfer = try record.objects("transfer") { (record) throws(RecordCodec.Fault) in
      try TransferNote(from: &record)
    }.first
    let served = try record.texts("served")
    self.served = served.isEmpty ? nil : served
    firstCall = try record.objects("firstCall") { (record) throws(RecordCodec.Fault) in
      try CallNote(from: &record)
    }.first
  }
}
