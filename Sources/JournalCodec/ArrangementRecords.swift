import Groundwork
import Hall

extension ArrangementEvent: RecordedSlice {
  static var shapes: [EventShape] {
    [
      EventShape("lanePaused", LanePaused.self) { .arrangement(.lanePaused($0)) },
      EventShape("laneResumed", LaneResumed.self) { .arrangement(.laneResumed($0)) },
      EventShape("sessionAdded", SessionAdded.self) { .arrangement(.sessionAdded($0)) },
      EventShape("sessionCancelled", SessionCancelled.self) { .arrangement(.sessionCancelled($0)) },
      EventShape("frequentChosen", FrequentChosen.self) { .arrangement(.frequentChosen($0)) },
      EventShape("publicityWritten", PublicityWritten.self) { .arrangement(.publicityWritten($0)) },
    ]
  }

  var payload: any RecordPayload {
    switch self {
    case .lanePaused(let payload): payload
    case .laneResumed(let payload): payload
    case .sessionAdded(let payload): payload
    case .sessionCancelled(let payload): payload
    case .frequentChosen(let payload): payload
    case .publicityWritten(let payload): payload
    }
  }
}

extension LanePaused: RecordPayload {
  func write(to record: inout RecordWriter) {
    record.put("lane", lane.description)
    record.put("reason", reason)
  }

  init(from record: inout RecordScanner) throws(RecordCodec.Fault) {
    self.init(lane: try record.lane("lane"), reason: try record.text("reason"))
  }
}

extension LaneResumed: RecordPayload {
  func write(to record: inout RecordWriter) { record.put("lane", lane.description) }

  init(from record: inout RecordScanner) throws(RecordCodec.Fault) { self.init(lane: try record.lane("lane")) }
}

extension SessionAdded: RecordPayload {
  func write(to record: inout RecordWriter) {
    record.put("date", date)
    record.put("from", session.from.description)
    record.put("to", session.to.description)
    record.objects("terms", terms.map { [$0] } ?? []) { $1.write(to: &$0) }
  }

  init(from record: inout RecordScanner) throws(RecordCodec.Fault) {
    self.init(
      date: try record.date("date"),
      session: OpeningHours.Session(
        from: try record.text("from", as: { CivilTime($0) }), to: try record.text("to", as: { CivilTime($0) })),
      terms: try record.terms())
  }
}

extension SessionCancelled: RecordPayload {
  func write(to record: inout RecordWriter) {
    record.put("date", date)
    record.objects("terms", terms.map { [$0] } ?? []) { $1.write(to: &$0) }
  }

  init(from record: inout RecordScanner) throws(RecordCodec.Fault) {
    self.init(date: try record.date("date"), terms: try record.terms())
  }
}

extension RecordScanner {
  fileprivate mutating func terms() throws(Fault) -> DayTerms? {
    try objects("terms") { (record) throws(Fault) in try DayTerms(from: &record) }.first
  }
}

extension FrequentChosen: RecordPayload {
  func write(to record: inout RecordWriter) { record.array("items", items) { $0.put(nil, $1) } }

  init(from record: inout RecordScanner) throws(RecordCodec.Fault) {
    self.init(items: try record.texts("items"))
  }
}

extension PublicityWritten: RecordPayload {
  func write(to record: inout RecordWriter) {
    record.put("title", title)
    record.array("lines", lines) { $0.put(nil, $1) }
  }

  init(from record: inout RecordScanner) throws(RecordCodec.Fault) {
    self.init(title: try record.text("title"), lines: try record.texts("lines"))
  }
}
