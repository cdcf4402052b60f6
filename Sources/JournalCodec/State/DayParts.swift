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
    record.objects("closed", closed.map { [$0] } ?? []) { $1.write(to: &$0) }
    record.objects("left", left.map { [$0] } ?? []) { $1.write(to: &$0) }
    record.object("order") { order.write(to: &$0) }
    record.put("format", format)
  }

  /// - Parameter layout: 1 has neither the closed day nor what left; up to 2 calls are by arrival, and up to 5 there is one format.
  init(from record: inout RecordScanner, layout: Int) throws(RecordCodec.Fault) {
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
    guard layout > 1 else { return }
    closed = try record.objects("closed") { (record) throws(RecordCodec.Fault) in try ClosedDay(from: &record) }.first
    left = try record.objects("left") { (record) throws(RecordCodec.Fault) in try RecordsLeft(from: &record) }.first
    guard layout > 2 else { return }
    order = try record.object("order") { (record) throws(RecordCodec.Fault) in try OrderRule(from: &record) }
    guard layout > 5 else { return }
    format = try record.int("format")
  }
}

extension ClosedDay {
  func write(to record: inout RecordWriter) {
    record.put("date", date)
    record.put("openedAt", openedAt)
    record.put("closedAt", closedAt)
    record.put("closedSequence", closedSequence)
    record.objects("lanes", lanes) { $1.write(to: &$0) }
    record.put("firstCallAt", firstCallAt)
    record.put("lastCallAt", lastCallAt)
    record.put("notices", notices)
    record.put("noticesPrinted", noticesPrinted)
    record.objects("kept", kept.map { [$0] } ?? []) { record, kept in
      record.put("code", kept.code)
      record.put("text", kept.text)
      record.put("slip", kept.slip?.text)
    }
  }

  init(from record: inout RecordScanner) throws(RecordCodec.Fault) {
    self.init(
      date: try record.date("date"), openedAt: try record.moment("openedAt"), closedAt: try record.moment("closedAt"),
      closedSequence: try record.integer("closedSequence"),
      lanes: try record.objects("lanes") { (record) throws(RecordCodec.Fault) in try LaneFigures(from: &record) },
      firstCallAt: try record.momentOrNull("firstCallAt"), lastCallAt: try record.momentOrNull("lastCallAt"),
      notices: try record.int("notices"), noticesPrinted: try record.int("noticesPrinted"),
      kept: try record.objects("kept") { (record) throws(RecordCodec.Fault) in
        ClosingHead(
          code: try record.code("code"), text: try record.text("text"),
          slip: try record.textOrNull("slip").map(SlipID.init))
      }.first)
  }
}

extension LaneFigures {
  func write(to record: inout RecordWriter) {
    record.put("lane", lane.description)
    record.put("issued", issued)
    record.put("called", called)
    record.put("served", served)
    record.put("missed", missed)
    record.put("abandoned", abandoned)
    record.put("open", open)
  }

  init(from record: inout RecordScanner) throws(RecordCodec.Fault) {
    self.init(lane: try record.lane("lane"))
    issued = try record.int("issued")
    called = try record.int("called")
    served = try record.int("served")
    missed = try record.int("missed")
    abandoned = try record.int("abandoned")
    open = try record.int("open")
  }
}
