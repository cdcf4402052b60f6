import Groundwork
import Hall

extension EmergencyEvent: RecordedSlice {
  static var shapes: [EventShape] {
    [
      EventShape("emergencyRaised", EmergencyRaised.self) { .emergency(.emergencyRaised($0)) },
      EventShape("emergencyTaken", EmergencyTaken.self) { .emergency(.emergencyTaken($0)) },
      EventShape("emergencyEnded", EmergencyEnded.self) { .emergency(.emergencyEnded($0)) },
    ]
  }

  var payload: any RecordPayload {
    switch self {
    case .emergencyRaised(let payload): payload
    case .emergencyTaken(let payload): payload
    case .emergencyEnded(let payload): payload
    }
  }
}

extension EmergencyRaised: RecordPayload {
  func write(to record: inout RecordWriter) {
    record.put("id", id)
    record.put("window", window)
    record.put("badge", badge)
    record.put("at", at.milliseconds)
  }

  init(from record: inout RecordScanner) throws(RecordCodec.Fault) {
    self.init(
      id: try record.text("id"), window: try record.intOrNull("window"), badge: try record.text("badge"),
      at: try record.moment("at"))
  }
}

extension EmergencyTaken: RecordPayload {
  func write(to record: inout RecordWriter) {
    record.put("id", id)
    record.put("badge", badge)
    record.put("at", at.milliseconds)
  }

  init(from record: inout RecordScanner) throws(RecordCodec.Fault) {
    self.init(id: try record.text("id"), badge: try record.text("badge"), at: try record.moment("at"))
  }
}

extension EmergencyEnded: RecordPayload {
  func write(to record: inout RecordWriter) {
    record.put("id", id)
    record.put("badge", badge)
    record.put("false", isFalse)
    record.put("at", at.milliseconds)
  }

  init(from record: inout RecordScanner) throws(RecordCodec.Fault) {
    self.init(
      id: try record.text("id"), badge: try record.textOrNull("badge"), isFalse: try record.bool("false"),
      at: try record.moment("at"))
  }
}

extension Emergency {
  func write(to record: inout RecordWriter) {
    record.object("raised") { raised.write(to: &$0) }
    record.put("takenBy", takenBy)
  }

  init(from record: inout RecordScanner) throws(RecordCodec.Fault) {
    self.init(
      raised: try record.object("raised") { (record) throws(RecordCodec.Fault) in try EmergencyRaised(from: &record) },
      takenBy: try record.textOrNull("takenBy"))
  }
}
