import Groundwork
import Hall

/// How the cases of each month went.
extension CasesState {
  func writeMonths(to record: inout RecordWriter) {
    record.objects("months", months.sorted { $0.key < $1.key }) { record, month in
      record.put("month", month.key.description)
      record.objects("items", month.value.items.sorted { $0.key < $1.key }) { record, item in
        record.put("item", item.key)
        item.value.write(to: &record)
      }
    }
  }

  mutating func readMonths(from record: inout RecordScanner) throws(RecordCodec.Fault) {
    months = try record.dictionary("months") { (record) throws(RecordCodec.Fault) in
      let month = try record.text("month", as: CalendarMonth.init(_:))
      var tallies = CaseMonth()
      tallies.items = try record.dictionary("items") { (record) throws(RecordCodec.Fault) in
        (try record.text("item"), try CaseTally(from: &record))
      }
      return (month, tallies)
    }
  }
}

extension CaseTally {
  func write(to record: inout RecordWriter) {
    record.put("decided", decided)
    record.put("prepared", prepared)
    record.put("preparedCorrected", preparedCorrected)
    record.put("corrected", corrected)
    record.put("trips", trips)
    record.put("avoidable", avoidable)
    let sorted = causes.sorted {
      ($0.key.material ?? "", $0.key.reason.rawValue) < ($1.key.material ?? "", $1.key.reason.rawValue)
    }
    record.objects("causes", sorted) { record, cause in
      record.put("material", cause.key.material)
      record.put("reason", cause.key.reason.rawValue)
      record.put("is", cause.value)
    }
  }

  init(from record: inout RecordScanner) throws(RecordCodec.Fault) {
    self.init()
    decided = try record.int("decided")
    prepared = try record.int("prepared")
    preparedCorrected = try record.int("preparedCorrected")
    corrected = try record.int("corrected")
    trips = try record.int("trips")
    avoidable = try record.int("avoidable")
    causes = try record.dictionary("causes") { (record) throws(RecordCodec.Fault) in
      let material = try record.textOrNull("material")
      let reason = try record.text("reason", as: CorrectionReason.init(rawValue:))
      return (CorrectionCause(material: material, reason: reason), try record.int("is"))
    }
  }
}
