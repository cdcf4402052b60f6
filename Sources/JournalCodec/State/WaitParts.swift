import Groundwork
import Hall

extension WaitState {
  func write(to record: inout RecordWriter) {
    record.objects("terms", terms.map { [$0] } ?? []) { $1.write(to: &$0) }
    record.objects("forecasts", forecasts.sorted { $0.key.bits < $1.key.bits }) { record, ticket in
      record.put("code", ticket.key)
      record.object("forecast") { ticket.value.write(to: &$0) }
    }
    record.objects("ratios", ratios.sorted { $0.key < $1.key }) { record, lane in
      record.put("lane", lane.key.description)
      record.objects("buckets", lane.value) { record, bucket in
        record.array("of", bucket.ratios) { $0.put(nil, $1) }
      }
    }
    record.put("marks", String(self.record.marks.map { $0 ? Character("1") : "0" }))
    record.put("telling", self.record.isTelling)
    record.put("broken", broken)
  }

  init(from record: inout RecordScanner) throws(RecordCodec.Fault) {
    self.init()
    terms = try record.objects("terms") { (record) throws(RecordCodec.Fault) in try DayTerms(from: &record) }.first
    forecasts = try record.dictionary("forecasts") { (record) throws(RecordCodec.Fault) in
      let code = try record.code("code")
      let forecast = try record.object("forecast") { (record) throws(RecordCodec.Fault) in
        try WaitForecast(from: &record)
      }
      return (code, forecast)
    }
    let lanes = try record.dictionary("ratios") { (record) throws(RecordCodec.Fault) in
      let lane = try record.lane("lane")
      let buckets = try record.objects("buckets") { (record) throws(RecordCodec.Fault) in
        WaitRatios(try record.array("of") { (record) throws(RecordCodec.Fault) in try record.int() })
      }
      guard buckets.count == WaitBucket.allCases.count else { throw record.damage }
      return (lane, buckets)
    }
    for (lane, ratios) in lanes { restore(lane, ratios) }
    let marks = try record.text("marks").map { $0 == "1" }
    self.record = RangeRecord(marks, isTelling: try record.bool("telling"))
    broken = try record.int("broken")
  }
}
