import Groundwork
import Hall

extension ArrangementState {
  func write(to record: inout RecordWriter) {
    record.objects("paused", paused.values.sorted { $0.what.lane < $1.what.lane }) { $1.write(to: &$0) }
    record.objects("sessions", sessions.values.sorted { $0.what.date < $1.what.date }) { $1.write(to: &$0) }
    record.objects("frequent", frequent.map { [$0] } ?? []) { $1.write(to: &$0) }
    record.objects("publicity", publicity.map { [$0] } ?? []) { $1.write(to: &$0) }
  }

  init(from record: inout RecordScanner) throws(RecordCodec.Fault) {
    self.init()
    paused = try record.dictionary("paused") { (record) throws(RecordCodec.Fault) in
      let paused = try Arranged<LanePaused>(from: &record)
      return (paused.what.lane, paused)
    }
    sessions = try record.dictionary("sessions") { (record) throws(RecordCodec.Fault) in
      let added = try Arranged<SessionAdded>(from: &record)
      return (added.what.date, added)
    }
    frequent = try Self.one("frequent", &record)
    publicity = try Self.one("publicity", &record)
  }

  private static func one<What: RecordPayload & Hashable & Sendable>(
    _ key: StaticString, _ record: inout RecordScanner
  ) throws(RecordCodec.Fault) -> Arranged<What>? {
    try record.objects(key) { (record) throws(RecordCodec.Fault) in try Arranged<What>(from: &record) }.first
  }
}

extension ArrangementState.Arranged where What: RecordPayload {
  func write(to record: inout RecordWriter) {
    record.object("what") { what.write(to: &$0) }
    record.put("by", by.recordText)
    record.put("at", at)
  }

  init(from record: inout RecordScanner) throws(RecordCodec.Fault) {
    self.init(
      try record.object("what") { (record) throws(RecordCodec.Fault) in try What(from: &record) },
      by: try record.text("by", as: Principal.init(recordText:)), at: try record.moment("at"))
  }
}
