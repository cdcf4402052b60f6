import Hall

/// What events about the cut-off by remaining capacity have in their payloads.
extension CutOffRule {
  func write(to record: inout RecordWriter) {
    record.put("load", load)
    record.put("earliestMinutes", earliestMinutes)
    record.put("overtimeMinutes", overtimeMinutes)
  }

  init(from record: inout RecordScanner) throws(RecordCodec.Fault) {
    self.init(
      load: try record.int("load"), earliestMinutes: try record.int("earliestMinutes"),
      overtimeMinutes: try record.int("overtimeMinutes"))
  }
}

extension LaneLoad {
  func write(to record: inout RecordWriter) {
    record.put("need", need)
    record.put("capacity", capacity)
  }

  init(from record: inout RecordScanner) throws(RecordCodec.Fault) {
    self.init(need: try record.int("need"), capacity: try record.int("capacity"))
  }
}

extension LaneStopped: RecordPayload {
  func write(to record: inout RecordWriter) {
    record.put("lane", lane.description)
    record.object("load") { load.write(to: &$0) }
  }

  init(from record: inout RecordScanner) throws(RecordCodec.Fault) {
    self.init(
      lane: try record.lane("lane"),
      load: try record.object("load") { (record) throws(RecordCodec.Fault) in try LaneLoad(from: &record) })
  }
}

extension LaneWentOn: RecordPayload {
  func write(to record: inout RecordWriter) {
    record.put("lane", lane.description)
    record.objects("load", load.map { [$0] } ?? []) { $1.write(to: &$0) }
  }

  init(from record: inout RecordScanner) throws(RecordCodec.Fault) {
    self.init(
      lane: try record.lane("lane"),
      load: try record.objects("load") { (record) throws(RecordCodec.Fault) in try LaneLoad(from: &record) }.first)
  }
}
