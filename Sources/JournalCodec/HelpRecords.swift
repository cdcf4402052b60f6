import Hall

extension HelpEvent: RecordedSlice {
  static var shapes: [EventShape] {
    [
      EventShape("helpRequested", HelpRequested.self) { .help(.helpRequested($0)) },
      EventShape("helpHeard", HelpHeard.self) { .help(.helpHeard($0)) },
      EventShape("helpEscalated", HelpEscalated.self) { .help(.helpEscalated($0)) },
      EventShape("helpAnswered", HelpAnswered.self) { .help(.helpAnswered($0)) },
    ]
  }

  var payload: any RecordPayload {
    switch self {
    case .helpRequested(let payload): payload
    case .helpHeard(let payload): payload
    case .helpEscalated(let payload): payload
    case .helpAnswered(let payload): payload
    }
  }
}

extension HelpRequested: RecordPayload {
  func write(to record: inout RecordWriter) {
    record.put("id", id)
    record.put("kiosk", kiosk)
  }

  init(from record: inout RecordScanner) throws(RecordCodec.Fault) {
    self.init(id: try record.text("id"), kiosk: try record.text("kiosk"))
  }
}

extension HelpHeard: RecordPayload {
  func write(to record: inout RecordWriter) {
    record.put("id", id)
    record.put("badge", badge)
  }

  init(from record: inout RecordScanner) throws(RecordCodec.Fault) {
    self.init(id: try record.text("id"), badge: try record.text("badge"))
  }
}

extension HelpEscalated: RecordPayload {
  func write(to record: inout RecordWriter) {
    record.put("id", id)
  }

  init(from record: inout RecordScanner) throws(RecordCodec.Fault) {
    self.init(id: try record.text("id"))
  }
}

extension HelpAnswered: RecordPayload {
  func write(to record: inout RecordWriter) {
    record.put("id", id)
    record.put("badge", badge)
  }

  init(from record: inout RecordScanner) throws(RecordCodec.Fault) {
    self.init(id: try record.text("id"), badge: try record.text("badge"))
  }
}
