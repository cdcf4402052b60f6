import Hall

extension TicketTransferred: RecordPayload {
  func write(to record: inout RecordWriter) {
    record.put("code", code)
    record.put("from", from)
    record.put("lane", lane.description)
    record.put("window", window)
    record.put("reason", reason.text)
    // Empty where they stay; a transfer never takes all away.
    record.array("items", items ?? []) { $0.put(nil, $1) }
    record.put("stops", stops.recordText)
  }

  init(from record: inout RecordScanner) throws(RecordCodec.Fault) {
    let (code, from) = (try record.code("code"), try record.int("from"))
    let (lane, window) = (try record.lane("lane"), try record.intOrNull("window"))
    let reason = TransferReason(try record.text("reason"))
    let items = try record.array("items") { (record) throws(RecordCodec.Fault) in try record.text() }
    self.init(
      code: code, from: from, lane: lane, window: window, reason: reason, items: items.isEmpty ? nil : items,
      stops: try record.text("stops", as: [LaneLetter].init(recordText:)))
  }
}

extension TicketMovedOn: RecordPayload {
  func write(to record: inout RecordWriter) {
    record.put("code", code)
    record.put("window", window)
    record.put("lane", lane.description)
    record.put("stops", stops.recordText)
  }

  init(from record: inout RecordScanner) throws(RecordCodec.Fault) {
    self.init(
      code: try record.code("code"), window: try record.int("window"), lane: try record.lane("lane"),
      stops: try record.text("stops", as: [LaneLetter].init(recordText:)))
  }
}

extension ItemsServed: RecordPayload {
  func write(to record: inout RecordWriter) {
    record.put("code", code)
    record.put("window", window)
    record.array("items", items) { $0.put(nil, $1) }
  }

  init(from record: inout RecordScanner) throws(RecordCodec.Fault) {
    self.init(
      code: try record.code("code"), window: try record.int("window"),
      items: try record.array("items") { (record) throws(RecordCodec.Fault) in try record.text() })
  }
}

extension ItineraryPlanned: RecordPayload {
  func write(to record: inout RecordWriter) {
    record.put("code", code)
    record.put("stops", stops.recordText)
  }

  init(from record: inout RecordScanner) throws(RecordCodec.Fault) {
    self.init(code: try record.code("code"), stops: try record.text("stops", as: [LaneLetter].init(recordText:)))
  }
}

extension TransferLapsed: RecordPayload {
  func write(to record: inout RecordWriter) {
    record.put("code", code)
    record.put("window", window)
  }

  init(from record: inout RecordScanner) throws(RecordCodec.Fault) {
    self.init(code: try record.code("code"), window: try record.int("window"))
  }
}
