import Groundwork
import Hall

extension DayState {
  func write(to record: inout RecordWriter) {
    record.objects("open", open.map { [$0] } ?? []) { record, day in
      record.put("date", day.date)
      record.put("openedAt", day.openedAt)
      record.put("catalogueVersion", day.catalogueVersion)
      record.put("openedSequence", day.openedSequence)
      record.object("totals") { day.totals.write(to: &$0) }
    }
    record.put("last", last)
    record.put("lastOpenedAt", lastOpenedAt)
    record.objects("overtaken", overtaken.map { [$0] } ?? []) { record, overtaken in
      record.object("event") { overtaken.event.write(to: &$0) }
      record.put("at", overtaken.at)
    }
  }

  init(from record: inout RecordScanner) throws(RecordCodec.Fault) {
    self.init()
    open = try record.objects("open") { (record) throws(RecordCodec.Fault) in
      BusinessDay(
        date: try record.date("date"), openedAt: try record.moment("openedAt"),
        catalogueVersion: try record.text("catalogueVersion"), openedSequence: try record.integer("openedSequence"),
        totals: try record.object("totals") { (record) throws(RecordCodec.Fault) in try DayTotals(from: &record) })
    }.first
    last = try record.dateOrNull("last")
    lastOpenedAt = try record.momentOrNull("lastOpenedAt")
    overtaken = try record.objects("overtaken") { (record) throws(RecordCodec.Fault) in
      OvertakenDay(
        event: try record.object("event") { (record) throws(RecordCodec.Fault) in try DayOvertaken(from: &record) },
        at: try record.moment("at"))
    }.first
  }
}
