import Groundwork
import Hall

extension PauseAnnounced: RecordPayload {
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

extension ExtensionAnnounced: RecordPayload {
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

extension AcceptanceUndone: RecordPayload {
  func write(to record: inout RecordWriter) {
    record.put("code", code)
    record.put("number", number.description)
  }

  init(from record: inout RecordScanner) throws(RecordCodec.Fault) {
    self.init(code: try record.code("code"), number: try record.text("number", as: CaseNumber.init(_:)))
  }
}

extension CaseReassigned: RecordPayload {
  func write(to record: inout RecordWriter) {
    record.put("code", code)
    record.put("from", from)
    record.put("to", to)
    record.put("reason", reason)
  }

  init(from record: inout RecordScanner) throws(RecordCodec.Fault) {
    self.init(
      code: try record.code("code"), from: try record.text("from"), to: try record.text("to"),
      reason: try record.text("reason"))
  }
}

extension CaseCorrected: RecordPayload {
  func write(to record: inout RecordWriter) {
    record.put("code", code)
    record.put("field", field.rawValue)
    record.put("material", material)
    record.put("old", old)
    record.put("new", new)
    record.put("holder", holder?.description)
    record.put("reason", reason.description)
    record.put("second", second)
  }

  init(from record: inout RecordScanner) throws(RecordCodec.Fault) {
    self.init(
      code: try record.code("code"),
      field: try record.text("field", as: CaseField.init(rawValue:)),
      material: try record.textOrNull("material"),
      old: try record.text("old"),
      new: try record.text("new"),
      holder: try record.textOrNull("holder", as: HolderPseudonym.init(_:)),
      reason: try record.text("reason", as: SealedCaseText.init(_:)),
      second: try record.text("second"))
  }
}

extension OverdueExplained: RecordPayload {
  func write(to record: inout RecordWriter) {
    record.put("code", code)
    record.put("number", number.description)
    record.put("text", text)
    record.put("due", due)
    record.put("expected", expected)
    record.put("tellsRemedy", tellsRemedy)
  }

  init(from record: inout RecordScanner) throws(RecordCodec.Fault) {
    self.init(
      code: try record.code("code"),
      number: try record.text("number", as: CaseNumber.init(_:)),
      text: try record.text("text"),
      due: try record.date("due"),
      expected: try record.dateOrNull("expected"),
      tellsRemedy: try record.bool("tellsRemedy"))
  }
}

extension ResultPlaced: RecordPayload {
  func write(to record: inout RecordWriter) {
    record.put("code", code)
    record.put("place", location)
  }

  init(from record: inout RecordScanner) throws(RecordCodec.Fault) {
    self.init(code: try record.code("code"), location: try record.text("place"))
  }
}

extension FurtherPapersAsked: RecordPayload {
  func write(to record: inout RecordWriter) {
    record.put("code", code)
    record.put("number", number.description)
    record.objects("lines", lines) { $1.write(to: &$0) }
  }

  init(from record: inout RecordScanner) throws(RecordCodec.Fault) {
    self.init(
      code: try record.code("code"),
      number: try record.text("number", as: CaseNumber.init(_:)),
      lines: try record.objects("lines") { (record) throws(RecordCodec.Fault) in try CorrectionLine(from: &record) })
  }
}

extension CorrectionDelivered: RecordPayload {
  func write(to record: inout RecordWriter) {
    record.put("code", code)
    record.put("on", on)
  }

  init(from record: inout RecordScanner) throws(RecordCodec.Fault) {
    self.init(code: try record.code("code"), on: try record.date("on"))
  }
}

extension CasesListed: RecordPayload {
  func write(to record: inout RecordWriter) {
    record.put("code", code)
    record.put("number", number.description)
    record.put("department", department)
    record.codes("cases", cases)
  }

  init(from record: inout RecordScanner) throws(RecordCodec.Fault) {
    self.init(
      code: try record.code("code"),
      number: try record.text("number", as: CaseNumber.init(_:)),
      department: try record.text("department"),
      cases: try record.codes("cases"))
  }
}
