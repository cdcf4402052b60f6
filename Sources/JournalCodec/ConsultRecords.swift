import Groundwork
import Hall

extension ConsultEvent: RecordedSlice {
  static var shapes: [EventShape] {
    [
      EventShape("consultNoted", ConsultNoted.self) { .consult(.consultNoted($0)) },
      EventShape("taskClosed", TaskClosed.self) { .consult(.taskClosed($0)) },
      EventShape("taskReassigned", TaskReassigned.self) { .consult(.taskReassigned($0)) },
    ]
  }

  var payload: any RecordPayload {
    switch self {
    case .consultNoted(let payload): payload
    case .taskClosed(let payload): payload
    case .taskReassigned(let payload): payload
    }
  }
}

extension ConsultNoted: RecordPayload {
  func write(to record: inout RecordWriter) {
    record.put("code", code)
    record.put("item", item)
    record.put("topic", topic)
    record.put("answer", answer.rawValue)
    record.put("to", to)
    record.put("firstAsked", firstAsked)
    record.put("on", on)
    record.put("due", due)
  }

  init(from record: inout RecordScanner) throws(RecordCodec.Fault) {
    self.init(
      code: try record.code("code"), item: try record.textOrNull("item"), topic: try record.textOrNull("topic"),
      answer: try record.text("answer", as: ConsultAnswer.init(rawValue:)), to: try record.textOrNull("to"),
      firstAsked: try record.text("firstAsked"), on: try record.date("on"), due: try record.dateOrNull("due"))
  }
}

extension TaskClosed: RecordPayload {
  func write(to record: inout RecordWriter) {
    record.put("code", code)
    record.put("result", result)
    record.put("on", on)
    record.put("late", isLate)
  }

  init(from record: inout RecordScanner) throws(RecordCodec.Fault) {
    self.init(
      code: try record.code("code"), result: try record.text("result"), on: try record.date("on"),
      isLate: try record.bool("late"))
  }
}

extension TaskReassigned: RecordPayload {
  func write(to record: inout RecordWriter) {
    record.put("code", code)
    record.put("to", to)
    record.put("reason", reason)
  }

  init(from record: inout RecordScanner) throws(RecordCodec.Fault) {
    self.init(code: try record.code("code"), to: try record.text("to"), reason: try record.text("reason"))
  }
}
