import Hall

// What happens to the day, the windows, help rings and the journal itself.

extension DayOpened: RecordPayload {
  func write(to record: inout RecordWriter) {
    record.put("day", day)
    record.put("mode", mode.rawValue)
    record.put("catalogueVersion", catalogueVersion)
    record.put("starts", starts)
    record.put("confirmed", confirmed)
  }

  init(from record: inout RecordScanner) throws(RecordCodec.Fault) {
    self.init(
      day: try record.date("day"),
      mode: try record.text("mode", as: WindowMode.init(rawValue:)),
      catalogueVersion: try record.text("catalogueVersion"),
      starts: try record.starts("starts"),
      confirmed: try record.bool("confirmed"))
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

extension CataloguePublished: RecordPayload {
  func write(to record: inout RecordWriter) {
    record.put("version", version)
    record.put("content", content)
    record.put("items", items)
    record.put("cause", cause.rawValue)
  }

  init(from record: inout RecordScanner) throws(RecordCodec.Fault) {
    self.init(
      version: try record.text("version"), content: try record.text("content"), items: try record.int("items"),
      cause: try record.text("cause", as: Cause.init(rawValue:)))
  }
}

extension WindowOpened: RecordPayload {
  func write(to record: inout RecordWriter) {
    record.put("window", window)
    record.put("badge", badge)
  }

  init(from record: inout RecordScanner) throws(RecordCodec.Fault) {
    self.init(window: try record.int("window"), badge: try record.text("badge"))
  }
}

extension WindowPaused: RecordPayload {
  func write(to record: inout RecordWriter) {
    record.put("window", window)
    record.put("reason", reason)
  }

  init(from record: inout RecordScanner) throws(RecordCodec.Fault) {
    self.init(window: try record.int("window"), reason: try record.text("reason"))
  }
}

extension WindowClosed: RecordPayload {
  func write(to record: inout RecordWriter) {
    record.put("window", window)
  }

  init(from record: inout RecordScanner) throws(RecordCodec.Fault) {
    self.init(window: try record.int("window"))
  }
}

extension HelpRequested: RecordPayload {
  func write(to record: inout RecordWriter) {
    record.put("id", id)
    record.put("kiosk", kiosk)
  }

  init(from record: inout RecordScanner) throws(RecordCodec.Fault) {
    self.init(id: try record.text("id"), kiosk: try record.text("kiosk"))
  }
}

extension AwarenessAnswered: RecordPayload {
  func write(to record: inout RecordWriter) {
    record.put("question", question)
    record.put("answer", answer)
  }

  init(from record: inout RecordScanner) throws(RecordCodec.Fault) {
    self.init(question: try record.text("question"), answer: try record.int("answer"))
  }
}

extension HelpHeard: RecordPayload {
  func write(to record: inout RecordWriter) {
    record.put("id", id)
    record.put("badge", badge)
  }

  init(from record: inout RecordScanner) throws(RecordCodec.Fault) {
    self.init(id: try record.text("id"), badge: try record.text("badge"))
  }
}

extension HelpEscalated: RecordPayload {
  func write(to record: inout RecordWriter) {
    record.put("id", id)
  }

  init(from record: inout RecordScanner) throws(RecordCodec.Fault) {
    self.init(id: try record.text("id"))
  }
}

extension HelpAnswered: RecordPayload {
  func write(to record: inout RecordWriter) {
    record.put("id", id)
    record.put("badge", badge)
  }

  init(from record: inout RecordScanner) throws(RecordCodec.Fault) {
    self.init(id: try record.text("id"), badge: try record.text("badge"))
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
    record.object("totals") { record in
      record.put("issued", totals.issued)
      record.put("finished", totals.finished)
      record.put("abandoned", totals.abandoned)
      record.put("closed", totals.closed)
      record.put("notices", totals.notices)
    }
  }

  init(from record: inout RecordScanner) throws(RecordCodec.Fault) {
    let day = try record.date("day")
    let closed = try record.array("closed") { (record) throws(RecordCodec.Fault) in try record.code() }
    let totals = try record.object("totals") { (record) throws(RecordCodec.Fault) in
      var totals = DayTotals()
      totals.issued = try record.int("issued")
      totals.finished = try record.int("finished")
      totals.abandoned = try record.int("abandoned")
      totals.closed = try record.int("closed")
      totals.notices = try record.int("notices")
      return totals
    }
    self.init(day: day, closed: closed, totals: totals)
  }
}
