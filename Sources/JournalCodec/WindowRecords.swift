import Hall

extension WindowEvent: RecordedSlice {
  static var shapes: [EventShape] {
    [
      EventShape("ticketCalled", TicketCalled.self) { .window(.ticketCalled($0)) },
      EventShape("ticketRecalled", TicketAtWindow.self) { .window(.ticketRecalled($0)) },
      EventShape("serviceStarted", TicketAtWindow.self) { .window(.serviceStarted($0)) },
      EventShape("ticketFinished", TicketAtWindow.self) { .window(.ticketFinished($0)) },
      EventShape("ticketMissed", TicketAtWindow.self) { .window(.ticketMissed($0)) },
      EventShape("ticketSuspended", TicketAtWindow.self) { .window(.ticketSuspended($0)) },
      EventShape("ticketResumed", TicketAtWindow.self) { .window(.ticketResumed($0)) },
      EventShape("stepUndone", StepUndone.self) { .window(.stepUndone($0)) },
      EventShape("windowOpened", WindowOpened.self) { .window(.windowOpened($0)) },
      EventShape("windowPaused", WindowPaused.self) { .window(.windowPaused($0)) },
      EventShape("windowClosed", WindowClosed.self) { .window(.windowClosed($0)) },
      EventShape("windowWentOn", WindowWentOn.self) { .window(.windowWentOn($0)) },
      EventShape("unnumberedServiceStarted", UnnumberedService.self) { .window(.unnumberedServiceStarted($0)) },
      EventShape("unnumberedServiceFinished", UnnumberedService.self) { .window(.unnumberedServiceFinished($0)) },
      EventShape("ticketTransferred", TicketTransferred.self) { .window(.ticketTransferred($0)) },
      EventShape("ticketMovedOn", TicketMovedOn.self) { .window(.ticketMovedOn($0)) },
      EventShape("itemsServed", ItemsServed.self) { .window(.itemsServed($0)) },
    ]
  }

  var payload: any RecordPayload {
    switch self {
    case .ticketCalled(let payload): payload
    case .ticketRecalled(let payload): payload
    case .serviceStarted(let payload): payload
    case .ticketFinished(let payload): payload
    case .ticketMissed(let payload): payload
    case .ticketSuspended(let payload): payload
    case .ticketResumed(let payload): payload
    case .stepUndone(let payload): payload
    case .windowOpened(let payload): payload
    case .windowPaused(let payload): payload
    case .windowClosed(let payload): payload
    case .windowWentOn(let payload): payload
    case .unnumberedServiceStarted(let payload): payload
    case .unnumberedServiceFinished(let payload): payload
    case .ticketTransferred(let payload): payload
    case .ticketMovedOn(let payload): payload
    case .itemsServed(let payload): payload
    }
  }
}

/// Version 1 is a call by the rule at a window with one lane; in journals of earlier releases it is every call.
extension TicketCalled: RecordPayload {
  static var newestVersion: Int { 2 }
  var shapeVersion: Int { lanes.isEmpty && !isByName && reason == nil ? 1 : 2 }

  func write(to record: inout RecordWriter) {
    record.put("code", code)
    record.put("window", window)
    guard shapeVersion == 2 else { return }
    record.put("lanes", lanes.recordText)
    record.put("byName", isByName)
    record.put("reason", reason)
  }

  init(from record: inout RecordScanner) throws(RecordCodec.Fault) {
    self.init(code: try record.code("code"), window: try record.int("window"))
  }

  init(from record: inout RecordScanner, version: Int) throws(RecordCodec.Fault) {
    guard version == 2 else {
      try self.init(from: &record)
      return
    }
    self.init(
      code: try record.code("code"), window: try record.int("window"),
      lanes: try record.text("lanes", as: [LaneLetter].init(recordText:)), isByName: try record.bool("byName"),
      reason: try record.textOrNull("reason"))
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

extension WindowOpened: RecordPayload {
  func write(to record: inout RecordWriter) {
    record.put("window", window)
    record.put("badge", badge)
  }

  init(from record: inout RecordScanner) throws(RecordCodec.Fault) {
    self.init(window: try record.int("window"), badge: try record.text("badge"))
  }
}

/// Version 1 has a text only, as every pause in journals of earlier releases: its code is `other`.
extension WindowPaused: RecordPayload {
  static var newestVersion: Int { 2 }
  var shapeVersion: Int { reason.code == .other && reason.text != nil ? 1 : 2 }

  func write(to record: inout RecordWriter) {
    record.put("window", window)
    if shapeVersion == 2 { record.put("code", reason.code.rawValue) }
    record.put(shapeVersion == 2 ? "text" : "reason", reason.text)
  }

  init(from record: inout RecordScanner) throws(RecordCodec.Fault) {
    self.init(window: try record.int("window"), reason: PauseReason(.other, try record.text("reason")))
  }

  init(from record: inout RecordScanner, version: Int) throws(RecordCodec.Fault) {
    guard version == 2 else {
      try self.init(from: &record)
      return
    }
    let window = try record.int("window")
    let code = try record.text("code", as: PauseReason.Code.init(rawValue:))
    self.init(window: window, reason: PauseReason(code, try record.textOrNull("text")))
  }
}

extension WindowWentOn: RecordPayload {
  func write(to record: inout RecordWriter) {
    record.put("window", window)
  }

  init(from record: inout RecordScanner) throws(RecordCodec.Fault) {
    self.init(window: try record.int("window"))
  }
}

extension UnnumberedService: RecordPayload {
  func write(to record: inout RecordWriter) {
    record.put("window", window)
  }

  init(from record: inout RecordScanner) throws(RecordCodec.Fault) {
    self.init(window: try record.int("window"))
  }
}

extension WindowClosed: RecordPayload {
  func write(to record: inout RecordWriter) {
    record.put("window", window)
  }

  init(from record: inout RecordScanner) throws(RecordCodec.Fault) {
    self.init(window: try record.int("window"))
  }
}
