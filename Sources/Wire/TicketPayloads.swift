import Hall

// What happens to tickets.

extension TicketIssued: RecordPayload {
  func write(to record: inout RecordWriter) {
    record.put("code", code)
    record.put("number", number.description)
    record.put("day", day)
    record.array("items", items) { $0.put(nil, $1) }
    record.put("priority", priority)
    record.put("kiosk", kiosk)
    record.put("catalogueVersion", catalogueVersion)
    record.put("ahead", ahead)
  }

  init(from record: inout RecordScanner) throws(RecordCodec.Fault) {
    self.init(
      code: try record.code("code"),
      number: try record.text("number", as: TicketNumber.init(_:)),
      day: try record.date("day"),
      items: try record.array("items") { (record) throws(RecordCodec.Fault) in try record.text() },
      priority: try record.bool("priority"),
      kiosk: try record.textOrNull("kiosk"),
      catalogueVersion: try record.text("catalogueVersion"),
      ahead: try record.int("ahead"))
  }
}

extension TicketCheckedIn: RecordPayload {
  func write(to record: inout RecordWriter) {
    record.put("code", code)
    record.put("place", place)
  }

  init(from record: inout RecordScanner) throws(RecordCodec.Fault) {
    self.init(code: try record.code("code"), place: try record.int("place"))
  }
}

extension TicketCalled: RecordPayload {
  func write(to record: inout RecordWriter) {
    record.put("code", code)
    record.put("window", window)
  }

  init(from record: inout RecordScanner) throws(RecordCodec.Fault) {
    self.init(code: try record.code("code"), window: try record.int("window"))
  }
}

extension TicketAtWindow: RecordPayload {
  func write(to record: inout RecordWriter) {
    record.put("code", code)
    record.put("window", window)
  }

  init(from record: inout RecordScanner) throws(RecordCodec.Fault) {
    self.init(code: try record.code("code"), window: try record.int("window"))
  }
}

extension TicketAbandoned: RecordPayload {
  func write(to record: inout RecordWriter) {
    record.put("code", code)
    record.put("window", window)
  }

  init(from record: inout RecordScanner) throws(RecordCodec.Fault) {
    self.init(code: try record.code("code"), window: try record.intOrNull("window"))
  }
}

extension StepUndone: RecordPayload {
  func write(to record: inout RecordWriter) {
    record.put("code", code)
    record.put("window", window)
    record.put("restored", restored.rawValue)
  }

  init(from record: inout RecordScanner) throws(RecordCodec.Fault) {
    self.init(
      code: try record.code("code"),
      window: try record.int("window"),
      restored: try record.text("restored", as: TicketState.init(rawValue:)))
  }
}
