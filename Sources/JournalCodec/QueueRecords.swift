import Hall

extension QueueEvent: RecordedSlice {
  static var shapes: [EventShape] {
    [
      EventShape("ticketIssued", TicketIssued.self) { .queue(.ticketIssued($0)) },
      EventShape("holderNoted", HolderNoted.self) { .queue(.holderNoted($0)) },
      EventShape("ticketCheckedIn", TicketCheckedIn.self) { .queue(.ticketCheckedIn($0)) },
      EventShape("ticketAbandoned", TicketAbandoned.self) { .queue(.ticketAbandoned($0)) },
    ]
  }

  var payload: any RecordPayload {
    switch self {
    case .ticketIssued(let payload): payload
    case .holderNoted(let payload): payload
    case .ticketCheckedIn(let payload): payload
    case .ticketAbandoned(let payload): payload
    }
  }
}

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
    if let wait { record.array("wait", [wait.lowerBound, wait.upperBound]) { $0.put(nil, $1) } }
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
      ahead: try record.int("ahead"),
      wait: try Self.wait(&record))
  }

  /// Left out where there was no estimate.
  private static func wait(_ record: inout RecordScanner) throws(RecordCodec.Fault) -> ClosedRange<Int>? {
    guard !record.isAtEndOfObject else { return nil }
    let ends = try record.array("wait") { (record) throws(RecordCodec.Fault) in try record.int() }
    guard ends.count == 2, ends[0] <= ends[1] else { throw record.damage }
    return ends[0]...ends[1]
  }
}

extension HolderNoted: RecordPayload {
  func write(to record: inout RecordWriter) {
    record.put("code", code)
    record.put("mark", mark?.description)
    record.put("proxy", byProxy)
    record.put("reason", reason)
    if let agent { record.put("agent", agent) }
  }

  init(from record: inout RecordScanner) throws(RecordCodec.Fault) {
    let code = try record.code("code")
    var mark: HolderPseudonym?
    if let text = try record.textOrNull("mark") {
      mark = HolderPseudonym(text)
      guard mark != nil else { throw record.damage }
    }
    let byProxy = try record.bool("proxy")
    let reason = try record.textOrNull("reason")
    self.init(
      code: code, mark: mark, byProxy: byProxy, agent: record.isAtEndOfObject ? nil : try record.text("agent"),
      reason: reason)
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

extension TicketAbandoned: RecordPayload {
  func write(to record: inout RecordWriter) {
    record.put("code", code)
    record.put("window", window)
  }

  init(from record: inout RecordScanner) throws(RecordCodec.Fault) {
    self.init(code: try record.code("code"), window: try record.intOrNull("window"))
  }
}
