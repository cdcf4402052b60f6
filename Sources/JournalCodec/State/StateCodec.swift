import Groundwork
package import Hall

/// The hall's whole state as bytes: one JSON object, one member for each slice, its keys in a fixed order.
///
/// Equal states give equal bytes. Decoding gives the same state again, at any record of a journal, so that replaying
/// may begin there.
package enum StateCodec {
  /// The version of this shape, and of what `evolve` makes of events.
  ///
  /// It rises whenever a member of the state changes, or the effect of an event on it; the tests of both fail until it
  /// does. A snapshot of another layout is not used. The state with which a journal begins whose old days have left is
  /// read in every layout since the first.
  package static let layout = 6

  package static func encode(_ state: HallState) -> [UInt8] {
    var record = RecordWriter()
    write(state, to: &record)
    return record.bytes
  }

  /// The same bytes in parts of a megabyte or so, because the state of a large hall has a hundred of them.
  package static func encode(_ state: HallState, to put: @escaping (ArraySlice<UInt8>) -> Void) {
    var record = RecordWriter(to: put)
    write(state, to: &record)
    put(record.bytes[...])
  }

  private static func write(_ state: HallState, to record: inout RecordWriter) {
    record.object { record in
      record.put("sequence", state.sequence)
      record.put("at", state.lastAt.milliseconds)
      record.put("epoch", state.epoch)
      record.put("accepted", state.isAccepted)
      record.object("days") { state.days.write(to: &$0) }
      record.object("queue") { state.queue.write(to: &$0) }
      record.object("windows") { state.windows.write(to: &$0) }
      record.object("notices") { state.notices.write(to: &$0) }
      record.objects("help", state.help.rings) { $1.write(to: &$0) }
      record.object("print") { state.print.write(to: &$0) }
      record.objects("catalogue", state.catalogue.published) { $1.write(to: &$0) }
      record.objects("awareness", state.awareness.counts.sorted { $0.key < $1.key }) { record, question in
        record.put("question", question.key)
        record.counts("answers", question.value)
      }
      record.object("answers") { state.answers.write(to: &$0) }
      record.object("figures") { state.figures.write(to: &$0) }
      record.object("waits") { state.waits.write(to: &$0) }
      record.objects("staff", state.staff.present) { $1.write(to: &$0) }
      record.objects("stopped", state.cutOff.stopped.sorted { $0.key < $1.key }) { record, lane in
        record.put("lane", lane.key.description)
        record.put("since", lane.value)
      }
      record.object("arrangements") { state.arrangements.write(to: &$0) }
      record.objects("emergencies", state.emergencies.open) { $1.write(to: &$0) }
      record.object("reservations") { state.writeReservations(to: &$0) }
      let unnumbered = state.windows.states.compactMap { number, window in
        window.unnumberedSince.map { (number: number, since: $0) }
      }
      record.objects("unnumbered", unnumbered.sorted { $0.number < $1.number }) { record, one in
        record.put("window", one.number)
        record.put("since", one.since)
      }
      record.objects("substitutes", state.staff.substitutes) { $1.write(to: &$0) }
      record.object("cases") { state.cases.write(to: &$0) }
      record.object("consults") { state.consults.write(to: &$0) }
      record.object("agency") { state.agency.write(to: &$0) }
      record.object("leases") { state.leases.write(to: &$0) }
    }
  }

  /// - Parameters:
  ///   - bytes: what `encode` gave in that layout.
  ///   - layout: 1 to this program's.
  package static func decode(
    _ bytes: ArraySlice<UInt8>, layout: Int = layout
  ) throws(RecordCodec.Fault) -> HallState {
    guard (1...Self.layout).contains(layout) else { throw .damaged(detail: "the state has layout \(layout)") }
    return try bytes.withUnsafeBufferPointer { (bytes) throws(RecordCodec.Fault) in
      var record = RecordScanner(UnsafeRawBufferPointer(bytes), sequence: 0)
      let state = try record.object { (record) throws(RecordCodec.Fault) in
        try HallState(from: &record, layout: layout)
      }
      try record.finish()
      return state
    }
  }
}

extension HallState {
  init(from record: inout RecordScanner, layout: Int) throws(RecordCodec.Fault) {
    self.init(sequence: try record.integer("sequence"), lastAt: try record.moment("at"))
    epoch = try record.integer("epoch")
    isAccepted = try record.bool("accepted")
    days = try record.object("days") { (record) throws(RecordCodec.Fault) in
      try DayState(from: &record, layout: layout)
    }
    queue = try record.object("queue") { (record) throws(RecordCodec.Fault) in
      try QueueState(from: &record, layout: layout)
    }
    windows = try record.object("windows") { (record) throws(RecordCodec.Fault) in try WindowsState(from: &record) }
    notices = try record.object("notices") { (record) throws(RecordCodec.Fault) in try NoticeState(from: &record) }
    help.rings = try record.objects("help") { (record) throws(RecordCodec.Fault) in try HelpRing(from: &record) }
    print = try record.object("print") { (record) throws(RecordCodec.Fault) in try PrintState(from: &record) }
    catalogue.published = try record.objects("catalogue") { (record) throws(RecordCodec.Fault) in
      try PublishedCatalogue(from: &record)
    }
    let counts = try record.dictionary("awareness") { (record) throws(RecordCodec.Fault) in
      (try record.text("question"), try record.counts("answers", as: { Int($0) }))
    }
    awareness = AwarenessState(counts: counts)
    answers = try record.object("answers") { (record) throws(RecordCodec.Fault) in
      try IdempotencyTable(from: &record)
    }
    // Before layout 3 there were no figures: they begin with the next day.
    guard layout > 2 else { return }
    figures = try record.object("figures") { (record) throws(RecordCodec.Fault) in try DayFigures(from: &record) }
    waits = try record.object("waits") { (record) throws(RecordCodec.Fault) in try WaitState(from: &record) }
    staff.present = try record.objects("staff") { (record) throws(RecordCodec.Fault) in
      try StaffPresence(from: &record)
    }
    cutOff.stopped = try record.dictionary("stopped") { (record) throws(RecordCodec.Fault) in
      (try record.lane("lane"), try record.moment("since"))
    }
    arrangements = try record.object("arrangements") { (record) throws(RecordCodec.Fault) in
      try ArrangementState(from: &record)
    }
    emergencies.open = try record.objects("emergencies") { (record) throws(RecordCodec.Fault) in
      try Emergency(from: &record)
    }
    try record.object("reservations") { (record) throws(RecordCodec.Fault) in try readReservations(from: &record) }
    let unnumbered = try record.dictionary("unnumbered") { (record) throws(RecordCodec.Fault) in
      (try record.int("window"), try record.moment("since"))
    }
    for (number, since) in unnumbered { windows.states[number]?.unnumberedSince = since }
    staff.substitutes = try record.objects("substitutes") { (record) throws(RecordCodec.Fault) in
      try AttendanceNoted(from: &record)
    }
    cases = try record.object("cases") { (record) throws(RecordCodec.Fault) in
      try CasesState(from: &record, layout: layout)
    }
    guard layout > 3 else { return }
    consults = try record.object("consults") { (record) throws(RecordCodec.Fault) in try ConsultState(from: &record) }
    agency = try record.object("agency") { (record) throws(RecordCodec.Fault) in try AgencyState(from: &record) }
    guard layout > 4 else { return }
    leases = try record.object("leases") { (record) throws(RecordCodec.Fault) in try LeaseState(from: &record) }
  }
}
