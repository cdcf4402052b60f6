import Hall

extension QueueEvent: RecordedSlice {
  static var shapes: [EventShape] {
    [
      EventShape("ticketIssued", TicketIssued.self) { .queue(.ticketIssued($0)) },
      EventShape("holderNoted", HolderNoted.self) { .queue(.holderNoted($0)) },
      EventShape("ticketCheckedIn", TicketCheckedIn.self) { .queue(.ticketCheckedIn($0)) },
      EventShape("ticketAbandoned", TicketAbandoned.self) { .queue(.ticketAbandoned($0)) },
      EventShape("promiseBroken", PromiseBroken.self) { .queue(.promiseBroken($0)) },
      EventShape("priorityChanged", PriorityChanged.self) { .queue(.priorityChanged($0)) },
      EventShape("priorityReasonNoted", PriorityReasonNoted.self) { .queue(.priorityReasonNoted($0)) },
      EventShape("laneStopped", LaneStopped.self) { .queue(.laneStopped($0)) },
      EventShape("laneWentOn", LaneWentOn.self) { .queue(.laneWentOn($0)) },
      EventShape("itineraryPlanned", ItineraryPlanned.self) { .queue(.itineraryPlanned($0)) },
      EventShape("transferLapsed", TransferLapsed.self) { .queue(.transferLapsed($0)) },
      EventShape("ticketPlaced", TicketPlaced.self) { .queue(.ticketPlaced($0)) },
      EventShape("ticketLinked", TicketLinked.self) { .queue(.ticketLinked($0)) },
    ]
  }

  var payload: any RecordPayload {
    switch self {
    case .ticketIssued(let payload): payload
    case .holderNoted(let payload): payload
    case .ticketCheckedIn(let payload): payload
    case .ticketAbandoned(let payload): payload
    case .promiseBroken(let payload): payload
    case .priorityChanged(let payload): payload
    case .priorityReasonNoted(let payload): payload
    case .laneStopped(let payload): payload
    case .laneWentOn(let payload): payload
    case .itineraryPlanned(let payload): payload
    case .transferLapsed(let payload): payload
    case .ticketPlaced(let payload): payload
    case .ticketLinked(let payload): payload
    }
  }
}

/// Version 2 has what was expected of the wait.
extension TicketIssued: RecordPayload {
  static var newestVersion: Int { 2 }
  var shapeVersion: Int { forecast == nil ? 1 : 2 }

  func write(to record: inout RecordWriter) {
    record.put("code", code)
    record.put("number", number.description)
    record.put("day", day)
    record.array("items", items) { $0.put(nil, $1) }
    record.put("priority", priority)
    record.put("kiosk", kiosk)
    record.put("catalogueVersion", catalogueVersion)
    record.put("ahead", ahead)
    if shapeVersion == 1, wait == nil { return }
    record.minutes("wait", wait)
    if let forecast { record.object("forecast") { forecast.write(to: &$0) } }
  }

  init(from record: inout RecordScanner) throws(RecordCodec.Fault) { try self.init(from: &record, version: 1) }

  init(from record: inout RecordScanner, version: Int) throws(RecordCodec.Fault) {
    self.init(
      code: try record.code("code"),
      number: try record.text("number", as: TicketNumber.init(_:)),
      day: try record.date("day"),
      items: try record.array("items") { (record) throws(RecordCodec.Fault) in try record.text() },
      priority: try record.bool("priority"),
      kiosk: try record.textOrNull("kiosk"),
      catalogueVersion: try record.text("catalogueVersion"),
      ahead: try record.int("ahead"),
      // Version 1 leaves it out where no range was told.
      wait: version == 1 && record.isAtEndOfObject ? nil : try record.minutes("wait"),
      forecast: version == 1
        ? nil
        : try record.object("forecast") { (record) throws(RecordCodec.Fault) in try WaitForecast(from: &record) })
  }
}

extension HolderNoted: RecordPayload {
  func write(to record: inout RecordWriter) {
    record.put("code", code)
    record.put("mark", pseudonym?.description)
    record.put("proxy", byProxy)
    record.put("reason", reason)
    if let agent { record.put("agent", agent) }
  }

  init(from record: inout RecordScanner) throws(RecordCodec.Fault) {
    let code = try record.code("code")
    var pseudonym: HolderPseudonym?
    if let text = try record.textOrNull("mark") {
      pseudonym = HolderPseudonym(text)
      guard pseudonym != nil else { throw record.damage }
    }
    let byProxy = try record.bool("proxy")
    let reason = try record.textOrNull("reason")
    self.init(
      code: code, pseudonym: pseudonym, byProxy: byProxy,
      agent: record.isAtEndOfObject ? nil : try record.text("agent"),
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

extension TicketPlaced: RecordPayload {
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

extension PriorityChanged: RecordPayload {
  func write(to record: inout RecordWriter) {
    record.put("code", code)
    record.put("priority", priority)
  }

  init(from record: inout RecordScanner) throws(RecordCodec.Fault) {
    self.init(code: try record.code("code"), priority: try record.bool("priority"))
  }
}

extension PriorityReasonNoted: RecordPayload {
  func write(to record: inout RecordWriter) {
    record.put("code", code)
    record.put("mark", mark.description)
  }

  init(from record: inout RecordScanner) throws(RecordCodec.Fault) {
    self.init(code: try record.code("code"), mark: try record.text("mark", as: PriorityReasonMark.init(_:)))
  }
}

/// Version 2 has the trip with which an agent came.
extension TicketLinked: RecordPayload {
  static var newestVersion: Int { 2 }
  var shapeVersion: Int { link.batch == nil ? 1 : 2 }

  func write(to record: inout RecordWriter) { write(to: &record, version: shapeVersion) }

  func write(to record: inout RecordWriter, version: Int) {
    record.put("code", code)
    record.put("notice", link.notice?.description)
    record.put("case", link.caseCode?.description)
    if version > 1 { record.put("batch", link.batch?.description) }
  }

  init(from record: inout RecordScanner) throws(RecordCodec.Fault) { try self.init(from: &record, version: 1) }

  init(from record: inout RecordScanner, version: Int) throws(RecordCodec.Fault) {
    self.init(
      code: try record.code("code"),
      link: TicketLink(
        notice: try record.codeOrNull("notice"), caseCode: try record.codeOrNull("case"),
        batch: version < 2 ? nil : try record.codeOrNull("batch")))
  }
}
