import Groundwork
import Hall

extension WindowsState {
  func write(to record: inout RecordWriter) {
    record.objects("states", states.sorted { $0.key < $1.key }) { record, window in
      record.put("number", window.key)
      window.value.write(to: &record)
    }
    record.objects("recentCalls", recentCalls) { record, call in
      record.put("code", call.code)
      record.put("number", call.number.description)
      record.put("window", call.window)
      record.put("at", call.at)
    }
  }

  init(from record: inout RecordScanner) throws(RecordCodec.Fault) {
    self.init()
    states = try record.dictionary("states") { (record) throws(RecordCodec.Fault) in
      (try record.int("number"), try WindowState(from: &record))
    }
    recentCalls = try record.objects("recentCalls") { (record) throws(RecordCodec.Fault) in
      RecentCall(
        code: try record.code("code"), number: try record.text("number", as: TicketNumber.init(_:)),
        window: try record.int("window"), at: try record.moment("at"))
    }
  }
}

extension WindowState {
  func write(to record: inout RecordWriter) {
    record.put("duty", duty.recordText)
    record.put("badge", badge)
    record.put("ticket", ticket)
    record.objects("lastStep", lastStep.map { [$0] } ?? []) { record, step in
      record.put("code", step.code)
      record.put("before", step.before.rawValue)
      record.put("after", step.after.rawValue)
      record.put("at", step.at)
      record.objects("moved", step.moved.map { [$0] } ?? []) { $1.write(to: &$0) }
    }
  }

  init(from record: inout RecordScanner) throws(RecordCodec.Fault) {
    self.init()
    duty = try record.text("duty", as: Duty.init(recordText:))
    badge = try record.textOrNull("badge")
    ticket = try record.codeOrNull("ticket")
    lastStep = try record.objects("lastStep") { (record) throws(RecordCodec.Fault) in
      Step(
        code: try record.code("code"), before: try record.text("before", as: TicketState.init(rawValue:)),
        after: try record.text("after", as: TicketState.init(rawValue:)), at: try record.moment("at"),
        moved: try record.objects("moved") { (record) throws(RecordCodec.Fault) in
          try BeforeMove(from: &record)
        }.first)
    }.first
  }
}

extension WindowState.Duty {
  /// `open`, `closed`, `paused:` and a text, or `paused/meal` with `:` and its text where it has one.
  var recordText: String {
    switch self {
    case .closed: "closed"
    case .open: "open"
    case .paused(let reason):
      switch (reason.code, reason.text) {
      case (.other, let text?): "paused:\(text)"
      case (let code, let text): "paused/\(code.rawValue)" + (text.map { ":\($0)" } ?? "")
      }
    }
  }

  init?(recordText text: String) {
    let (name, rest) = splitAtColon(text)
    switch name {
    case "closed": self = .closed
    case "open": self = .open
    case "paused": self = .paused(PauseReason(.other, rest))
    default:
      guard name.hasPrefix("paused/"), let code = PauseReason.Code(rawValue: String(name.dropFirst(7))) else {
        return nil
      }
      self = .paused(PauseReason(code, name.endIndex == text.endIndex ? nil : rest))
    }
  }
}
