import Groundwork
import Hall

extension AgencyEvent: RecordedSlice {
  static var shapes: [EventShape] {
    [
      EventShape("agencyEntrusted", AgencyEntrusted.self) { .agency(.agencyEntrusted($0)) },
      EventShape("agencyTaken", AgencyTaken.self) { .agency(.agencyTaken($0)) },
      EventShape("agencyDeclined", AgencyDeclined.self) { .agency(.agencyDeclined($0)) },
      EventShape("agencyCarried", AgencyCarried.self) { .agency(.agencyCarried($0)) },
      EventShape("agencyHandedIn", AgencyHandedIn.self) { .agency(.agencyHandedIn($0)) },
      EventShape("agencyFetched", AgencyFetched.self) { .agency(.agencyFetched($0)) },
      EventShape("agencyReturned", AgencyReturned.self) { .agency(.agencyReturned($0)) },
      EventShape("agencyDelivered", AgencyDelivered.self) { .agency(.agencyDelivered($0)) },
      EventShape("agencyFiled", AgencyFiled.self) { .agency(.agencyFiled($0)) },
      EventShape("agencyAsked", AgencyAsked.self) { .agency(.agencyAsked($0)) },
      EventShape("agencyEnded", AgencyEnded.self) { .agency(.agencyEnded($0)) },
      EventShape("agencyRenewed", AgencyRenewed.self) { .agency(.agencyRenewed($0)) },
      EventShape("agencyReassigned", AgencyReassigned.self) { .agency(.agencyReassigned($0)) },
      EventShape("agencyReported", AgencyReported.self) { .agency(.agencyReported($0)) },
    ]
  }

  var payload: any RecordPayload {
    switch self {
    case .agencyEntrusted(let payload): payload
    case .agencyTaken(let payload): payload
    case .agencyDeclined(let payload): payload
    case .agencyCarried(let payload): payload
    case .agencyHandedIn(let payload): payload
    case .agencyFetched(let payload): payload
    case .agencyReturned(let payload): payload
    case .agencyDelivered(let payload): payload
    case .agencyFiled(let payload): payload
    case .agencyAsked(let payload): payload
    case .agencyEnded(let payload): payload
    case .agencyRenewed(let payload): payload
    case .agencyReassigned(let payload): payload
    case .agencyReported(let payload): payload
    }
  }
}

extension AgencyEntrusted: RecordPayload {
  func write(to record: inout RecordWriter) {
    record.put("code", code)
    record.put("number", number.description)
    record.put("item", item)
    record.put("catalogueVersion", catalogueVersion)
    record.texts("answers", answers)
    record.put("principal", principal.description)
    record.put("holder", holder?.description)
    record.put("agent", agent)
    record.put("on", on)
    record.put("until", until)
    record.objects("originals", originals) { $1.write(to: &$0) }
    record.objects("copies", copies) { $1.write(to: &$0) }
    record.put("isFromStation", isFromStation)
  }

  init(from record: inout RecordScanner) throws(RecordCodec.Fault) {
    self.init(
      code: try record.code("code"),
      number: try record.text("number", as: CaseNumber.init(_:)),
      item: try record.text("item"),
      catalogueVersion: try record.text("catalogueVersion"),
      answers: try record.texts("answers"),
      principal: try record.text("principal", as: SealedCaseText.init(_:)),
      holder: try record.textOrNull("holder", as: HolderPseudonym.init(_:)),
      agent: try record.text("agent"),
      on: try record.date("on"),
      until: try record.date("until"),
      originals: try record.objects("originals") { (record) throws(RecordCodec.Fault) in
        try AgencyOriginal(from: &record)
      },
      copies: try record.objects("copies") { (record) throws(RecordCodec.Fault) in try AgencyCopies(from: &record) },
      isFromStation: try record.bool("isFromStation"))
  }
}

extension AgencyTaken: RecordPayload {
  func write(to record: inout RecordWriter) {
    record.put("code", code)
    record.put("on", on)
    record.texts("missing", missing)
  }

  init(from record: inout RecordScanner) throws(RecordCodec.Fault) {
    self.init(
      code: try record.code("code"),
      on: try record.date("on"),
      missing: try record.texts("missing"))
  }
}

extension AgencyDeclined: RecordPayload {
  func write(to record: inout RecordWriter) {
    record.put("code", code)
    record.put("on", on)
    record.put("ground", ground.rawValue)
    record.put("reason", reason.description)
  }

  init(from record: inout RecordScanner) throws(RecordCodec.Fault) {
    self.init(
      code: try record.code("code"),
      on: try record.date("on"),
      ground: try record.text("ground", as: AgencyDecline.init(rawValue:)),
      reason: try record.text("reason", as: SealedCaseText.init(_:)))
  }
}

extension AgencyCarried: RecordPayload {
  func write(to record: inout RecordWriter) {
    record.put("code", code)
    record.put("batch", batch)
    record.put("number", number.description)
    record.put("on", on)
  }

  init(from record: inout RecordScanner) throws(RecordCodec.Fault) {
    self.init(
      code: try record.code("code"),
      batch: try record.code("batch"),
      number: try record.text("number", as: CaseNumber.init(_:)),
      on: try record.date("on"))
  }
}

extension AgencyHandedIn: RecordPayload {
  func write(to record: inout RecordWriter) {
    record.put("code", code)
    record.put("on", on)
    record.put("townCase", townCase)
    record.put("townNumber", townNumber)
    record.texts("originals", originals.map(String.init))
    record.texts("kept", kept.map(String.init))
    record.put("proof", proof.description)
  }

  init(from record: inout RecordScanner) throws(RecordCodec.Fault) {
    self.init(
      code: try record.code("code"),
      on: try record.date("on"),
      townCase: try record.codeOrNull("townCase"),
      townNumber: try record.textOrNull("townNumber"),
      originals: try record.indices("originals"),
      kept: try record.indices("kept"),
      proof: try record.text("proof", as: HandOver.init(_:)))
  }
}

extension AgencyFetched: RecordPayload {
  func write(to record: inout RecordWriter) {
    record.put("code", code)
    record.put("on", on)
    record.texts("originals", originals.map(String.init))
    record.put("isFinished", isFinished)
    record.put("proof", proof.description)
  }

  init(from record: inout RecordScanner) throws(RecordCodec.Fault) {
    self.init(
      code: try record.code("code"),
      on: try record.date("on"),
      originals: try record.indices("originals"),
      isFinished: try record.bool("isFinished"),
      proof: try record.text("proof", as: HandOver.init(_:)))
  }
}

extension AgencyReturned: RecordPayload {
  func write(to record: inout RecordWriter) {
    record.put("code", code)
    record.put("on", on)
    record.texts("originals", originals.map(String.init))
  }

  init(from record: inout RecordScanner) throws(RecordCodec.Fault) {
    self.init(
      code: try record.code("code"),
      on: try record.date("on"),
      originals: try record.indices("originals"))
  }
}

extension AgencyDelivered: RecordPayload {
  func write(to record: inout RecordWriter) {
    record.put("code", code)
    record.put("on", on)
    record.objects("fee", [fee].compactMap(\.self)) { $1.write(to: &$0) }
  }

  init(from record: inout RecordScanner) throws(RecordCodec.Fault) {
    self.init(
      code: try record.code("code"),
      on: try record.date("on"),
      fee: try record.objects("fee") { (record) throws(RecordCodec.Fault) in try AgencyFee(from: &record) }.first)
  }
}

extension AgencyFiled: RecordPayload {
  func write(to record: inout RecordWriter) {
    record.put("code", code)
    record.put("on", on)
    record.put("sheets", sheets)
  }

  init(from record: inout RecordScanner) throws(RecordCodec.Fault) {
    self.init(
      code: try record.code("code"),
      on: try record.date("on"),
      sheets: try record.int("sheets"))
  }
}

extension AgencyAsked: RecordPayload {
  func write(to record: inout RecordWriter) {
    record.put("code", code)
    record.put("on", on)
    record.put("answer", answer.rawValue)
    record.put("way", way.rawValue)
  }

  init(from record: inout RecordScanner) throws(RecordCodec.Fault) {
    self.init(
      code: try record.code("code"),
      on: try record.date("on"),
      answer: try record.text("answer", as: AgencyAnswer.init(rawValue:)),
      way: try record.text("way", as: AgencyAsking.init(rawValue:)))
  }
}

extension AgencyEnded: RecordPayload {
  func write(to record: inout RecordWriter) {
    record.put("code", code)
    record.put("on", on)
    record.put("by", by.rawValue)
    record.put("reason", reason.description)
    record.texts("returned", returned.map(String.init))
  }

  init(from record: inout RecordScanner) throws(RecordCodec.Fault) {
    self.init(
      code: try record.code("code"),
      on: try record.date("on"),
      by: try record.text("by", as: AgencyEnder.init(rawValue:)),
      reason: try record.text("reason", as: SealedCaseText.init(_:)),
      returned: try record.indices("returned"))
  }
}

extension AgencyRenewed: RecordPayload {
  func write(to record: inout RecordWriter) {
    record.put("code", code)
    record.put("on", on)
    record.put("until", until)
    record.put("reason", reason.description)
  }

  init(from record: inout RecordScanner) throws(RecordCodec.Fault) {
    self.init(
      code: try record.code("code"),
      on: try record.date("on"),
      until: try record.date("until"),
      reason: try record.text("reason", as: SealedCaseText.init(_:)))
  }
}

extension AgencyReassigned: RecordPayload {
  func write(to record: inout RecordWriter) {
    record.put("code", code)
    record.put("on", on)
    record.put("from", from)
    record.put("to", to)
    record.put("reason", reason.description)
    record.put("isAgreed", isAgreed)
  }

  init(from record: inout RecordScanner) throws(RecordCodec.Fault) {
    self.init(
      code: try record.code("code"),
      on: try record.date("on"),
      from: try record.text("from"),
      to: try record.text("to"),
      reason: try record.text("reason", as: SealedCaseText.init(_:)),
      isAgreed: try record.bool("isAgreed"))
  }
}

extension AgencyOriginal {
  func write(to record: inout RecordWriter) {
    record.put("name", name)
    record.put("count", count)
    record.put("mark", mark)
  }

  init(from record: inout RecordScanner) throws(RecordCodec.Fault) {
    self.init(name: try record.text("name"), count: try record.int("count"), mark: try record.textOrNull("mark"))
  }
}

extension AgencyCopies {
  func write(to record: inout RecordWriter) {
    record.put("name", name)
    record.put("count", count)
  }

  init(from record: inout RecordScanner) throws(RecordCodec.Fault) {
    self.init(name: try record.text("name"), count: try record.int("count"))
  }
}

extension AgencyFee {
  func write(to record: inout RecordWriter) {
    record.put("fen", fen)
    record.put("receipt", receipt)
  }

  init(from record: inout RecordScanner) throws(RecordCodec.Fault) {
    self.init(fen: try record.int("fen"), receipt: try record.text("receipt"))
  }
}

extension AgencyReported: RecordPayload {
  func write(to record: inout RecordWriter) {
    record.put("month", month)
    record.put("entrusted", counts.entrusted)
    record.put("taken", counts.taken)
    record.put("declined", counts.declined)
    record.put("handedIn", counts.handedIn)
    record.put("delivered", counts.delivered)
    record.put("filed", counts.filed)
    record.put("ended", counts.ended)
    record.put("asked", counts.asked)
    record.put("satisfied", counts.satisfied)
    record.put("late", counts.late)
  }

  init(from record: inout RecordScanner) throws(RecordCodec.Fault) {
    let month = try record.date("month")
    var counts = AgencyCounts()
    counts.entrusted = try record.int("entrusted")
    counts.taken = try record.int("taken")
    counts.declined = try record.int("declined")
    counts.handedIn = try record.int("handedIn")
    counts.delivered = try record.int("delivered")
    counts.filed = try record.int("filed")
    counts.ended = try record.int("ended")
    counts.asked = try record.int("asked")
    counts.satisfied = try record.int("satisfied")
    counts.late = try record.int("late")
    self.init(month: month, counts: counts)
  }
}

extension RecordScanner {
  /// Indices in a list, written as decimal texts.
  fileprivate mutating func indices(_ key: StaticString) throws(Fault) -> [Int] {
    let texts = try texts(key)
    let indices = texts.compactMap { decimal($0) }
    guard indices.map(String.init) == texts else { throw damage }
    return indices
  }
}
