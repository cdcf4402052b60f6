import Groundwork
import Hall

extension OwedPaper {
  func write(to record: inout RecordWriter) {
    record.put("material", material)
    record.put("by", by)
  }

  init(from record: inout RecordScanner) throws(RecordCodec.Fault) {
    self.init(
      material: try record.text("material"),
      by: try record.dateOrNull("by"))
  }
}

extension CaseAccepted: RecordPayload {
  func write(to record: inout RecordWriter) {
    record.put("code", code)
    record.put("number", number.description)
    record.put("acceptedOn", acceptedOn)
    record.put("due", due.recordText)
    record.objects("owed", owed) { $1.write(to: &$0) }
    record.put("isImmediate", isImmediate)
  }

  init(from record: inout RecordScanner) throws(RecordCodec.Fault) {
    self.init(
      code: try record.code("code"),
      number: try record.text("number", as: CaseNumber.init(_:)),
      acceptedOn: try record.date("acceptedOn"),
      due: try record.text("due", as: CaseDue.init(recordText:)),
      owed: try record.objects("owed") { (record) throws(RecordCodec.Fault) in try OwedPaper(from: &record) },
      isImmediate: try record.bool("isImmediate"))
  }
}

extension RefusalProposed: RecordPayload {
  func write(to record: inout RecordWriter) {
    record.put("code", code)
    record.put("ground", ground.rawValue)
    record.put("article", article)
    record.put("text", text.description)
    record.put("told", told)
  }

  init(from record: inout RecordScanner) throws(RecordCodec.Fault) {
    self.init(
      code: try record.code("code"),
      ground: try record.text("ground", as: RefusalGround.init(rawValue:)),
      article: try record.text("article"),
      text: try record.text("text", as: SealedCaseText.init(_:)),
      told: try record.textOrNull("told"))
  }
}

extension CaseRefused: RecordPayload {
  func write(to record: inout RecordWriter) {
    record.put("code", code)
    record.put("number", number.description)
    record.object("proposal") { proposal.write(to: &$0) }
    record.put("approver", approver)
    record.put("title", title)
    record.objects("returned", returned) { $1.write(to: &$0) }
  }

  init(from record: inout RecordScanner) throws(RecordCodec.Fault) {
    self.init(
      code: try record.code("code"),
      number: try record.text("number", as: CaseNumber.init(_:)),
      proposal: try record.object("proposal") { (record) throws(RecordCodec.Fault) in try RefusalProposed(from: &record)
      },
      approver: try record.text("approver"),
      title: try record.text("title"),
      returned: try record.objects("returned") { (record) throws(RecordCodec.Fault) in try OriginalsMoved(from: &record)
      })
  }
}

extension CaseRedirected: RecordPayload {
  func write(to record: inout RecordWriter) {
    record.put("code", code)
    record.put("organ", organ)
    record.put("address", address)
    record.put("phone", phone)
    record.objects("returned", returned) { $1.write(to: &$0) }
  }

  init(from record: inout RecordScanner) throws(RecordCodec.Fault) {
    self.init(
      code: try record.code("code"),
      organ: try record.text("organ"),
      address: try record.text("address"),
      phone: try record.text("phone"),
      returned: try record.objects("returned") { (record) throws(RecordCodec.Fault) in try OriginalsMoved(from: &record)
      })
  }
}

extension CaseWithdrawn: RecordPayload {
  func write(to record: inout RecordWriter) {
    record.put("code", code)
    record.objects("returned", returned) { $1.write(to: &$0) }
  }

  init(from record: inout RecordScanner) throws(RecordCodec.Fault) {
    self.init(
      code: try record.code("code"),
      returned: try record.objects("returned") { (record) throws(RecordCodec.Fault) in try OriginalsMoved(from: &record)
      })
  }
}

extension CaseForwarded: RecordPayload {
  func write(to record: inout RecordWriter) {
    record.put("code", code)
    record.put("number", number.description)
    record.put("department", department)
    record.texts("materials", materials)
    record.objects("kept", kept) { $1.write(to: &$0) }
  }

  init(from record: inout RecordScanner) throws(RecordCodec.Fault) {
    self.init(
      code: try record.code("code"),
      number: try record.text("number", as: CaseNumber.init(_:)),
      department: try record.text("department"),
      materials: try record.texts("materials"),
      kept: try record.objects("kept") { (record) throws(RecordCodec.Fault) in try OriginalsMoved(from: &record) })
  }
}

extension ForwardConfirmed: RecordPayload {
  func write(to record: inout RecordWriter) {
    record.put("code", code)
    record.put("receiver", receiver)
    record.texts("differs", differs)
    record.put("isFromPaper", isFromPaper)
  }

  init(from record: inout RecordScanner) throws(RecordCodec.Fault) {
    self.init(
      code: try record.code("code"),
      receiver: try record.textOrNull("receiver"),
      differs: try record.texts("differs"),
      isFromPaper: try record.bool("isFromPaper"))
  }
}

extension ClockPaused: RecordPayload {
  func write(to record: inout RecordWriter) {
    record.put("code", code)
    record.put("number", number.description)
    record.put("stage", stage)
    record.put("from", from)
    record.put("expectedDays", expectedDays)
    record.put("due", due.recordText)
    record.put("reason", reason)
  }

  init(from record: inout RecordScanner) throws(RecordCodec.Fault) {
    self.init(
      code: try record.code("code"),
      number: try record.text("number", as: CaseNumber.init(_:)),
      stage: try record.text("stage"),
      from: try record.date("from"),
      expectedDays: try record.int("expectedDays"),
      due: try record.text("due", as: CaseDue.init(recordText:)),
      reason: try record.textOrNull("reason"))
  }
}

extension ClockResumed: RecordPayload {
  func write(to record: inout RecordWriter) {
    record.put("code", code)
    record.put("to", to)
    record.put("due", due.recordText)
  }

  init(from record: inout RecordScanner) throws(RecordCodec.Fault) {
    self.init(
      code: try record.code("code"),
      to: try record.date("to"),
      due: try record.text("due", as: CaseDue.init(recordText:)))
  }
}

extension TimeExtended: RecordPayload {
  func write(to record: inout RecordWriter) {
    record.put("code", code)
    record.put("number", number.description)
    record.put("count", count)
    record.put("unit", unit.rawValue)
    record.put("head", head)
    record.put("reason", reason)
    record.put("article", article)
    record.put("due", due.recordText)
  }

  init(from record: inout RecordScanner) throws(RecordCodec.Fault) {
    self.init(
      code: try record.code("code"),
      number: try record.text("number", as: CaseNumber.init(_:)),
      count: try record.int("count"),
      unit: try record.text("unit", as: LimitUnit.init(rawValue:)),
      head: try record.text("head"),
      reason: try record.text("reason"),
      article: try record.text("article"),
      due: try record.text("due", as: CaseDue.init(recordText:)))
  }
}

extension DueRecomputed: RecordPayload {
  func write(to record: inout RecordWriter) {
    record.put("code", code)
    record.put("due", due.recordText)
    record.object("tellBy") { tellBy.write(to: &$0) }
  }

  init(from record: inout RecordScanner) throws(RecordCodec.Fault) {
    self.init(
      code: try record.code("code"),
      due: try record.text("due", as: CaseDue.init(recordText:)),
      tellBy: try record.object("tellBy") { (record) throws(RecordCodec.Fault) in try TellBy(from: &record) })
  }
}

extension CaseResult {
  func write(to record: inout RecordWriter) {
    record.put("name", name)
    record.put("copies", copies)
    record.put("isElectronic", isElectronic)
  }

  init(from record: inout RecordScanner) throws(RecordCodec.Fault) {
    self.init(
      name: try record.text("name"),
      copies: try record.int("copies"),
      isElectronic: try record.bool("isElectronic"))
  }
}

extension CaseDecided: RecordPayload {
  func write(to record: inout RecordWriter) {
    record.put("code", code)
    record.put("outcome", outcome.rawValue)
    record.put("on", on)
    record.objects("results", results) { $1.write(to: &$0) }
    record.put("isFromPaper", isFromPaper)
  }

  init(from record: inout RecordScanner) throws(RecordCodec.Fault) {
    self.init(
      code: try record.code("code"),
      outcome: try record.text("outcome", as: CaseOutcome.init(rawValue:)),
      on: try record.date("on"),
      results: try record.objects("results") { (record) throws(RecordCodec.Fault) in try CaseResult(from: &record) },
      isFromPaper: try record.bool("isFromPaper"))
  }
}

extension ResultReady: RecordPayload {
  func write(to record: inout RecordWriter) {
    record.put("code", code)
    record.put("number", number.description)
    record.put("place", location)
  }

  init(from record: inout RecordScanner) throws(RecordCodec.Fault) {
    self.init(
      code: try record.code("code"),
      number: try record.text("number", as: CaseNumber.init(_:)),
      location: try record.text("place"))
  }
}

extension ResultCollected: RecordPayload {
  func write(to record: inout RecordWriter) {
    record.put("code", code)
    record.put("by", by.rawValue)
    record.put("shown", shown.rawValue)
    record.put("isSigned", isSigned)
    record.objects("returned", returned) { $1.write(to: &$0) }
  }

  init(from record: inout RecordScanner) throws(RecordCodec.Fault) {
    self.init(
      code: try record.code("code"),
      by: try record.text("by", as: CaseBearer.init(rawValue:)),
      shown: try record.text("shown", as: CollectionProof.init(rawValue:)),
      isSigned: try record.bool("isSigned"),
      returned: try record.objects("returned") { (record) throws(RecordCodec.Fault) in try OriginalsMoved(from: &record)
      })
  }
}

extension ResultSent: RecordPayload {
  func write(to record: inout RecordWriter) {
    record.put("code", code)
    record.put("way", way.rawValue)
    record.put("reference", reference)
    record.objects("returned", returned) { $1.write(to: &$0) }
  }

  init(from record: inout RecordScanner) throws(RecordCodec.Fault) {
    self.init(
      code: try record.code("code"),
      way: try record.text("way", as: SendingWay.init(rawValue:)),
      reference: try record.textOrNull("reference"),
      returned: try record.objects("returned") { (record) throws(RecordCodec.Fault) in try OriginalsMoved(from: &record)
      })
  }
}
