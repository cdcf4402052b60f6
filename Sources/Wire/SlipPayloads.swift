import Groundwork
import Hall

// What happens to slips and notices.

extension SlipRequested: RecordPayload {
  /// Version 2 says the language; a slip in Chinese needs no such word.
  var shapeVersion: Int { language == .chinese ? 1 : 2 }

  func write(to record: inout RecordWriter) {
    record.put("slip", slip)
    record.put("subject", subject.recordText)
    record.put("kiosk", kiosk)
    record.put("attempt", attempt)
    if shapeVersion == 2 {
      record.put("large", largeType)
      record.put("language", language.rawValue)
    } else if largeType {
      record.put("large", true)
    }
  }

  init(from record: inout RecordScanner) throws(RecordCodec.Fault) {
    self.init(
      slip: try record.slip("slip"),
      subject: try record.text("subject", as: SlipSubject.init(recordText:)),
      kiosk: try record.text("kiosk"),
      attempt: try record.int("attempt"),
      largeType: record.isAtEndOfObject ? false : try record.bool("large"))
  }

  /// Version 2: size and language always stand there.
  init(secondVersion record: inout RecordScanner) throws(RecordCodec.Fault) {
    self.init(
      slip: try record.slip("slip"),
      subject: try record.text("subject", as: SlipSubject.init(recordText:)),
      kiosk: try record.text("kiosk"),
      attempt: try record.int("attempt"),
      largeType: try record.bool("large"),
      language: try record.text("language", as: SlipLanguage.init(rawValue:)))
  }
}

extension AttemptStarted: RecordPayload {
  func write(to record: inout RecordWriter) {
    record.put("slip", slip)
    record.put("attempt", attempt)
  }

  init(from record: inout RecordScanner) throws(RecordCodec.Fault) {
    self.init(slip: try record.slip("slip"), attempt: try record.int("attempt"))
  }
}

extension AttemptPrepared: RecordPayload {
  func write(to record: inout RecordWriter) {
    record.put("slip", slip)
    record.put("attempt", attempt)
    record.put("jobUUID", jobUUID)
  }

  init(from record: inout RecordScanner) throws(RecordCodec.Fault) {
    self.init(slip: try record.slip("slip"), attempt: try record.int("attempt"), jobUUID: try record.text("jobUUID"))
  }
}

extension AttemptEnded: RecordPayload {
  func write(to record: inout RecordWriter) {
    record.put("slip", slip)
    record.put("attempt", attempt)
    record.put("outcome", outcome.recordText)
  }

  init(from record: inout RecordScanner) throws(RecordCodec.Fault) {
    self.init(
      slip: try record.slip("slip"),
      attempt: try record.int("attempt"),
      outcome: try record.text("outcome", as: AttemptOutcome.init(recordText:)))
  }
}

extension PaperUsed: RecordPayload {
  func write(to record: inout RecordWriter) {
    record.put("kiosk", kiosk)
    record.put("millimetres", millimetres)
  }

  init(from record: inout RecordScanner) throws(RecordCodec.Fault) {
    self.init(kiosk: try record.text("kiosk"), millimetres: try record.int("millimetres"))
  }
}

extension RollChanged: RecordPayload {
  func write(to record: inout RecordWriter) {
    record.put("kiosk", kiosk)
  }

  init(from record: inout RecordScanner) throws(RecordCodec.Fault) {
    self.init(kiosk: try record.text("kiosk"))
  }
}

extension SlipExpired: RecordPayload {
  func write(to record: inout RecordWriter) {
    record.put("slip", slip)
  }

  init(from record: inout RecordScanner) throws(RecordCodec.Fault) {
    self.init(slip: try record.slip("slip"))
  }
}

extension SlipAcknowledged: RecordPayload {
  func write(to record: inout RecordWriter) {
    record.put("slip", slip)
  }

  init(from record: inout RecordScanner) throws(RecordCodec.Fault) {
    self.init(slip: try record.slip("slip"))
  }
}

extension Notice: RecordPayload {
  func write(to record: inout RecordWriter) {
    record.put("code", code)
    record.put("number", number)
    record.put("item", item)
    record.array("situations", situations) { $0.put(nil, $1) }
    record.put("catalogueVersion", catalogueVersion)
    record.put("issuedAt", issuedAt.milliseconds)
    record.put("ticket", ticket)
    record.put("kiosk", kiosk)
    record.put("slip", slip?.text)
    guard !marks.isEmpty else { return }
    record.array("have", marks.have) { $0.put(nil, $1) }
    record.array("missing", marks.missing) { $0.put(nil, $1) }
  }

  init(from record: inout RecordScanner) throws(RecordCodec.Fault) {
    self.init(
      code: try record.code("code"),
      number: try record.text("number"),
      item: try record.text("item"),
      situations: try record.array("situations") { (record) throws(RecordCodec.Fault) in try record.text() },
      catalogueVersion: try record.text("catalogueVersion"),
      issuedAt: try record.moment("issuedAt"),
      ticket: try record.codeOrNull("ticket"),
      kiosk: try record.textOrNull("kiosk"),
      slip: try record.textOrNull("slip").map(SlipID.init),
      marks: record.isAtEndOfObject
        ? NoticeMarks()
        : NoticeMarks(
          have: try record.array("have") { (record) throws(RecordCodec.Fault) in try record.text() },
          missing: try record.array("missing") { (record) throws(RecordCodec.Fault) in try record.text() }))
  }
}
