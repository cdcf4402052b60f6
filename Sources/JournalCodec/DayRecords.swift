import Groundwork
import Hall

extension DayEvent: RecordedSlice {
  static var shapes: [EventShape] {
    [
      EventShape("dayOpened", DayOpened.self) { .day(.dayOpened($0)) },
      EventShape("dayOvertaken", DayOvertaken.self) { .day(.dayOvertaken($0)) },
      EventShape("dayClosed", DayClosed.self) { .day(.dayClosed($0)) },
      EventShape("journalAccepted", JournalAccepted.self) { .day(.journalAccepted($0)) },
      EventShape("clockConfirmed", ClockConfirmed.self) { .day(.clockConfirmed($0)) },
      EventShape("headNoted", HeadNoted.self) { .day(.headNoted($0)) },
      EventShape("recordsLeft", RecordsLeft.self) { .day(.recordsLeft($0)) },
      EventShape("formatRaised", FormatRaised.self) { .day(.formatRaised($0)) },
    ]
  }

  var payload: any RecordPayload {
    switch self {
    case .dayOpened(let payload): payload
    case .dayOvertaken(let payload): payload
    case .dayClosed(let payload): payload
    case .journalAccepted(let payload): payload
    case .clockConfirmed(let payload): payload
    case .headNoted(let payload): payload
    case .recordsLeft(let payload): payload
    case .formatRaised(let payload): payload
    }
  }
}

/// Version 2 has the day's terms; version 3 for how long cases stay that ended.
extension DayOpened: RecordPayload {
  static var newestVersion: Int { 3 }
  var shapeVersion: Int { casesKept != nil ? 3 : terms == nil && order == nil ? 1 : 2 }

  func write(to record: inout RecordWriter) {
    record.put("day", day)
    record.put("mode", mode.rawValue)
    record.put("catalogueVersion", catalogueVersion)
    record.put("starts", starts)
    record.put("confirmed", confirmed)
    guard shapeVersion > 1 else { return }
    record.objects("terms", terms.map { [$0] } ?? []) { $1.write(to: &$0) }
    record.objects("order", order.map { [$0] } ?? []) { $1.write(to: &$0) }
    guard shapeVersion > 2 else { return }
    record.put("casesKept", casesKept)
  }

  init(from record: inout RecordScanner) throws(RecordCodec.Fault) { try self.init(from: &record, version: 1) }

  /// Version 2 has the day's sessions and promise, and the order of calls.
  init(from record: inout RecordScanner, version: Int) throws(RecordCodec.Fault) {
    self.init(
      day: try record.date("day"),
      mode: try record.text("mode", as: WindowMode.init(rawValue:)),
      catalogueVersion: try record.text("catalogueVersion"),
      starts: try record.starts("starts"),
      confirmed: try record.bool("confirmed"),
      terms: version == 1
        ? nil
        : try record.objects("terms") { (record) throws(RecordCodec.Fault) in try DayTerms(from: &record) }.first,
      order: version == 1
        ? nil
        : try record.objects("order") { (record) throws(RecordCodec.Fault) in try OrderRule(from: &record) }.first,
      casesKept: version < 3 ? nil : try record.intOrNull("casesKept"))
  }
}

extension OrderRule {
  func write(to record: inout RecordWriter) {
    record.put("inARow", inARow)
    record.put("overtakings", overtakings)
    record.put("patience", patience.map(Int.init))
  }

  init(from record: inout RecordScanner) throws(RecordCodec.Fault) {
    self.init(
      inARow: try record.int("inARow"), overtakings: try record.int("overtakings"),
      patience: try record.intOrNull("patience").map(Int64.init))
  }
}

extension DayOvertaken: RecordPayload {
  func write(to record: inout RecordWriter) {
    record.put("day", day)
    record.put("date", date)
    record.put("waiting", waiting)
  }

  init(from record: inout RecordScanner) throws(RecordCodec.Fault) {
    self.init(
      day: try record.date("day"), date: try record.date("date"), waiting: try record.int("waiting"))
  }
}

extension DayClosed: RecordPayload {
  func write(to record: inout RecordWriter) {
    record.put("day", day)
    record.array("closed", closed) { $0.put(nil, $1) }
    record.object("totals") { totals.write(to: &$0) }
  }

  init(from record: inout RecordScanner) throws(RecordCodec.Fault) {
    let day = try record.date("day")
    let closed = try record.array("closed") { (record) throws(RecordCodec.Fault) in try record.code() }
    let totals = try record.object("totals") { (record) throws(RecordCodec.Fault) in try DayTotals(from: &record) }
    self.init(day: day, closed: closed, totals: totals)
  }
}

extension DayTotals {
  func write(to record: inout RecordWriter) {
    record.put("issued", issued)
    record.put("finished", finished)
    record.put("abandoned", abandoned)
    record.put("closed", closed)
    record.put("notices", notices)
  }

  init(from record: inout RecordScanner) throws(RecordCodec.Fault) {
    self.init()
    issued = try record.int("issued")
    finished = try record.int("finished")
    abandoned = try record.int("abandoned")
    closed = try record.int("closed")
    notices = try record.int("notices")
  }
}

extension JournalAccepted: RecordPayload {
  func write(to record: inout RecordWriter) {
    record.put("epoch", epoch)
    record.put("floors", floors)
    record.put("day", day)
  }

  init(from record: inout RecordScanner) throws(RecordCodec.Fault) {
    self.init(
      epoch: try record.integer("epoch"),
      floors: try record.starts("floors"),
      day: try record.dateOrNull("day"))
  }
}

extension ClockConfirmed: RecordPayload {
  func write(to record: inout RecordWriter) {
    record.put("after", after.milliseconds)
  }

  init(from record: inout RecordScanner) throws(RecordCodec.Fault) {
    self.init(after: try record.moment("after"))
  }
}

extension HeadNoted: RecordPayload {
  func write(to record: inout RecordWriter) {
    record.put("day", day)
    record.put("code", code)
    record.put("head", head)
  }

  init(from record: inout RecordScanner) throws(RecordCodec.Fault) {
    self.init(day: try record.date("day"), code: try record.code("code"), head: try record.text("head"))
  }
}

extension RecordsLeft: RecordPayload {
  func write(to record: inout RecordWriter) {
    record.put("first", first)
    record.put("last", last)
    record.put("from", from)
    record.put("through", through)
    record.put("keepDays", keepDays)
    record.put("head", head)
    record.put("carried", carried)
    record.array("exports", exports) { $0.put(nil, $1) }
  }

  init(from record: inout RecordScanner) throws(RecordCodec.Fault) {
    self.init(
      first: try record.integer("first"), last: try record.integer("last"), from: try record.date("from"),
      through: try record.date("through"), keepDays: try record.int("keepDays"), head: try record.text("head"),
      carried: try record.text("carried"),
      exports: try record.array("exports") { (record) throws(RecordCodec.Fault) in try record.text() })
  }
}

extension FormatRaised: RecordPayload {
  func write(to record: inout RecordWriter) { record.put("format", format) }

  init(from record: inout RecordScanner) throws(RecordCodec.Fault) { self.init(format: try record.int("format")) }
}
