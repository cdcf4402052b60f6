import Hall

extension AwarenessEvent: RecordedSlice {
  static var shapes: [EventShape] {
    [
      EventShape("awarenessAnswered", AwarenessAnswered.self) { .awareness(.awarenessAnswered($0)) }
    ]
  }

  var payload: any RecordPayload {
    switch self {
    case .awarenessAnswered(let payload): payload
    }
  }
}

extension AwarenessAnswered: RecordPayload {
  func write(to record: inout RecordWriter) {
    record.put("question", question)
    record.put("answer", answer)
  }

  init(from record: inout RecordScanner) throws(RecordCodec.Fault) {
    self.init(question: try record.text("question"), answer: try record.int("answer"))
  }
}
