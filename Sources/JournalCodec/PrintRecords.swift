import Hall

extension PrintEvent: RecordedSlice {
  static var shapes: [EventShape] {
    [
      EventShape("slipRequested", SlipRequested.self) { .print(.slipRequested($0)) },
      EventShape("attemptStarted", AttemptStarted.self) { .print(.attemptStarted($0)) },
      EventShape("attemptPrepared", AttemptPrepared.self) { .print(.attemptPrepared($0)) },
      EventShape("attemptEnded", AttemptEnded.self) { .print(.attemptEnded($0)) },
      EventShape("paperUsed", PaperUsed.self) { .print(.paperUsed($0)) },
      EventShape("rollChanged", RollChanged.self) { .print(.rollChanged($0)) },
      EventShape("slipExpired", SlipExpired.self) { .print(.slipExpired($0)) },
      EventShape("slipAcknowledged", SlipAcknowledged.self) { .print(.slipAcknowledged($0)) },
    ]
  }

  var payload: any RecordPayload {
    switch self {
    case .slipRequested(let payload): payload
    case .attemptStarted(let payload): payload
    case .attemptPrepared(let payload): payload
    case .attemptEnded(let payload): payload
    case .paperUsed(let payload): payload
    case .rollChanged(let payload): payload
    case .slipExpired(let payload): payload
    case .slipAcknowledged(let payload): payload
    }
  }
}

extension SlipRequested: RecordPayload {
  /// Version 2 has the language; a slip in Chinese does not need it.
  var shapeVersion: Int { language == .chinese ? 1 : 2 }

  static var newestVersion: Int { 2 }

  init(from record: inout RecordScanner, version: Int) throws(RecordCodec.Fault) {
    if version == 2 { try self.init(secondVersion: &record) } else { try self.init(from: &record) }
  }

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

  /// Version 2: size and language are always present.
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
