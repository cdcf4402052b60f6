import Hall

/// What events about waits have in their payloads.
extension WaitForecast {
  func write(to record: inout RecordWriter) {
    record.put("finishes", finishes)
    record.put("expected", expected)
    record.minutes("minutes", minutes)
  }

  init(from record: inout RecordScanner) throws(RecordCodec.Fault) {
    self.init(
      finishes: try record.int("finishes"), expected: try record.integer("expected"),
      minutes: try record.minutes("minutes"))
  }
}

extension DayTerms {
  func write(to record: inout RecordWriter) {
    record.objects("sessions", sessions) { record, session in
      record.put("from", session.from)
      record.put("to", session.to)
    }
    record.put("promisedMinutes", promisedMinutes)
    record.objects("cutOff", cutOff.map { [$0] } ?? []) { $1.write(to: &$0) }
  }

  init(from record: inout RecordScanner) throws(RecordCodec.Fault) {
    let sessions = try record.objects("sessions") { (record) throws(RecordCodec.Fault) in
      DayTerms.Stretch(from: try record.moment("from"), to: try record.moment("to"))
    }
    self.init(
      sessions: sessions, promisedMinutes: try record.intOrNull("promisedMinutes"),
      cutOff: try record.objects("cutOff") { (record) throws(RecordCodec.Fault) in try CutOffRule(from: &record) }.first
    )
  }
}

extension PromiseBroken: RecordPayload {
  func write(to record: inout RecordWriter) {
    record.put("kind", kind.rawValue)
    record.put("code", code)
    record.put("waited", waited)
    record.put("promisedMinutes", promisedMinutes)
  }

  init(from record: inout RecordScanner) throws(RecordCodec.Fault) {
    self.init(
      kind: try record.text("kind", as: Kind.init(rawValue:)), code: try record.code("code"),
      waited: try record.integer("waited"), promisedMinutes: try record.int("promisedMinutes"))
  }
}

extension RecordWriter {
  /// A range as its two ends; empty where there is none.
  mutating func minutes(_ key: StaticString, _ range: ClosedRange<Int>?) {
    array(key, range.map { [$0.lowerBound, $0.upperBound] } ?? []) { $0.put(nil, $1) }
  }
}

extension RecordScanner {
  mutating func minutes(_ key: StaticString) throws(Fault) -> ClosedRange<Int>? {
    let ends = try array(key) { (record) throws(Fault) in try record.int() }
    if ends.isEmpty { return nil }
    guard ends.count == 2, ends[0] <= ends[1] else { throw damage }
    return ends[0]...ends[1]
  }
}
