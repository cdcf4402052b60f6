import Groundwork
import Hall

extension DayFigures {
  func write(to record: inout RecordWriter) {
    record.put("date", date)
    record.put("openedAt", openedAt)
    record.put("closedAt", closedAt)
    record.objects("lanes", lanes.sorted { $0.key < $1.key }) { record, lane in
      record.put("lane", lane.key.description)
      lane.value.write(to: &record)
    }
    record.objects("hours", hours.sorted { $0.key < $1.key }) { record, hour in
      record.put("hour", hour.key)
      record.put("issued", hour.value.issued)
      record.put("called", hour.value.called)
      record.put("served", hour.value.served)
    }
    record.objects("waits", waits) { $1.write(to: &$0) }
    record.array("services", services.values) { $0.put(nil, $1) }
    record.objects("windows", windows.sorted { $0.key < $1.key }) { record, window in
      record.put("number", window.key)
      record.put("since", window.value.since)
      record.put("served", window.value.served)
      record.put("unnumbered", window.value.unnumbered)
    }
    record.objects("tickets", tickets.sorted { $0.key.bits < $1.key.bits }) { record, ticket in
      record.put("code", ticket.key)
      ticket.value.write(to: &record)
    }
    record.put("transfers", transfers)
    record.put("sentAround", sentAround)
    record.objects("secondWaits", secondWaits) { $1.write(to: &$0) }
  }

  init(from record: inout RecordScanner) throws(RecordCodec.Fault) {
    self.init()
    date = try record.dateOrNull("date")
    openedAt = try record.momentOrNull("openedAt")
    closedAt = try record.momentOrNull("closedAt")
    lanes = try record.dictionary("lanes") { (record) throws(RecordCodec.Fault) in
      (try record.lane("lane"), try LaneTally(from: &record))
    }
    hours = try record.dictionary("hours") { (record) throws(RecordCodec.Fault) in
      let hour = try record.int("hour")
      var tally = HourTally()
      tally.issued = try record.int("issued")
      tally.called = try record.int("called")
      tally.served = try record.int("served")
      return (hour, tally)
    }
    waits = try record.objects("waits") { (record) throws(RecordCodec.Fault) in try FirstCall(from: &record) }
    services = SortedSeconds(
      try record.array("services") { (record) throws(RecordCodec.Fault) in try record.int() })
    windows = try record.dictionary("windows") { (record) throws(RecordCodec.Fault) in
      let number = try record.int("number")
      var tally = WindowTally()
      tally.since = try record.momentOrNull("since")
      tally.served = try record.int("served")
      tally.unnumbered = try record.int("unnumbered")
      return (number, tally)
    }
    tickets = try record.dictionary("tickets") { (record) throws(RecordCodec.Fault) in
      (try record.code("code"), try TicketTally(from: &record))
    }
    transfers = try record.int("transfers")
    sentAround = try record.int("sentAround")
    secondWaits = try record.objects("secondWaits") { (record) throws(RecordCodec.Fault) in
      try FirstCall(from: &record)
    }
  }
}

extension FirstCall {
  func write(to record: inout RecordWriter) {
    record.put("lane", lane.description)
    record.put("since", since)
    record.put("at", at)
  }

  init(from record: inout RecordScanner) throws(RecordCodec.Fault) {
    self.init(lane: try record.lane("lane"), since: try record.moment("since"), at: try record.moment("at"))
  }
}

extension LaneTally {
  func write(to record: inout RecordWriter) {
    record.put("issued", issued)
    record.put("served", served)
    record.put("missed", missed)
    record.put("abandoned", abandoned)
    record.put("closed", closed)
  }

  init(from record: inout RecordScanner) throws(RecordCodec.Fault) {
    self.init()
    issued = try record.int("issued")
    served = try record.int("served")
    missed = try record.int("missed")
    abandoned = try record.int("abandoned")
    closed = try record.int("closed")
  }
}

extension TicketTally {
  func write(to record: inout RecordWriter) {
    record.put("lane", lane.description)
    record.put("since", since)
    record.put("called", isCalled)
    record.put("servingSince", servingSince)
    record.put("served", served.map(Int.init))
    record.put("misses", misses)
    record.objects("lastStep", lastStep.map { [$0] } ?? []) { record, step in
      record.put("kind", step.kind.rawValue)
      record.put("hour", step.hour)
      record.put("servingSince", step.servingSince)
      record.put("served", step.served.map(Int.init))
    }
    record.put("transfers", transfers)
    record.put("waitsAgainSince", waitsAgainSince)
  }

  init(from record: inout RecordScanner) throws(RecordCodec.Fault) {
    self.init(lane: try record.lane("lane"), since: try record.moment("since"))
    isCalled = try record.bool("called")
    servingSince = try record.momentOrNull("servingSince")
    served = try record.integerOrNull("served")
    misses = try record.int("misses")
    lastStep = try record.objects("lastStep") { (record) throws(RecordCodec.Fault) in
      LastStep(
        kind: try record.text("kind", as: LastStep.Kind.init(rawValue:)), hour: try record.int("hour"),
        servingSince: try record.momentOrNull("servingSince"), served: try record.integerOrNull("served"))
    }.first
    transfers = try record.int("transfers")
    waitsAgainSince = try record.momentOrNull("waitsAgainSince")
  }
}
