import Groundwork
import Hall

extension QueueState {
  func write(to record: inout RecordWriter) {
    record.objects("tickets", tickets.values.sorted { $0.issuedSequence < $1.issuedSequence }) { $1.write(to: &$0) }
    record.objects("waiting", waiting.sorted { $0.key < $1.key }) { record, lane in
      record.put("lane", lane.key.description)
      lane.value.write(to: &record)
    }
    record.codes("missed", missed)
    record.codes("suspended", suspended)
    record.objects("ordinals", ordinals.sorted { $0.key < $1.key }) { record, day in
      record.put("day", day.key)
      record.counts("lanes", day.value)
    }
    record.objects("holders", holders.sorted { $0.key.description < $1.key.description }) { record, holder in
      record.put("mark", holder.key.description)
      record.codes("codes", holder.value)
    }
    record.objects("agents", agents.sorted { $0.key < $1.key }) { record, agent in
      record.put("badge", agent.key)
      record.codes("codes", agent.value)
    }
    record.objects("paces", paces.sorted { $0.key < $1.key }) { record, lane in
      record.put("lane", lane.key.description)
      record.objects("services", lane.value.services) { record, service in
        record.put("code", service.code)
        record.put("ms", service.milliseconds)
      }
    }
    record.objects("pools", pools.sorted { $0.key < $1.key }) { record, pool in
      record.put("window", pool.key)
      record.codes("codes", pool.value.map(\.code))
    }
    record.codes("openTransfers", openTransfers)
    record.objects("links", links.sorted { $0.key.bits < $1.key.bits }) { record, link in
      TicketLinked(code: link.key, link: link.value).write(to: &record, version: 2)
    }
  }

  /// - Parameter layout: up to 2 a lane is one list in the order of its calls; up to 4 no link names a trip.
  init(from record: inout RecordScanner, layout: Int) throws(RecordCodec.Fault) {
    self.init()
    var tickets = try record.dictionary("tickets") { (record) throws(RecordCodec.Fault) in
      let ticket = try Ticket(from: &record, layout: layout)
      return (ticket.code, ticket)
    }
    waiting = try record.dictionary("waiting") { (record) throws(RecordCodec.Fault) in
      let lane = try record.lane("lane")
      guard layout > 2 else { return (lane, LaneQueue(inOrder: try record.codes("codes"), &tickets)) }
      return (lane, try LaneQueue(from: &record, tickets))
    }
    self.tickets = tickets
    missed = try record.codes("missed")
    suspended = try record.codes("suspended")
    ordinals = try record.dictionary("ordinals") { (record) throws(RecordCodec.Fault) in
      (try record.date("day"), try record.counts("lanes", as: LaneLetter.init(_:)))
    }
    holders = try record.dictionary("holders") { (record) throws(RecordCodec.Fault) in
      (try record.text("mark", as: HolderPseudonym.init(_:)), try record.codes("codes"))
    }
    agents = try record.dictionary("agents") { (record) throws(RecordCodec.Fault) in
      (try record.text("badge"), try record.codes("codes"))
    }
    paces = try record.dictionary("paces") { (record) throws(RecordCodec.Fault) in
      let lane = try record.lane("lane")
      let services = try record.objects("services") { (record) throws(RecordCodec.Fault) in
        ServicePace.Service(code: try record.code("code"), milliseconds: try record.integer("ms"))
      }
      return (lane, ServicePace(services))
    }
    guard layout > 2 else { return }
    pools = try record.dictionary("pools") { (record) throws(RecordCodec.Fault) in
      let window = try record.int("window")
      let codes = try record.codes("codes")
      let entries = codes.compactMap { code in
        tickets[code].map { LaneOrder.Entry(code: code, rank: $0.rank, overtaken: $0.overtaken) }
      }
      guard entries.count == codes.count else { throw record.damage }
      return (window, LaneOrder(entries))
    }
    openTransfers = try record.codes("openTransfers")
    guard layout > 3 else { return }
    links = try record.dictionary("links") { (record) throws(RecordCodec.Fault) in
      let linked = try TicketLinked(from: &record, version: layout > 4 ? 2 : 1)
      return (linked.code, linked.link)
    }
  }
}

extension Ticket {
  func write(to record: inout RecordWriter) {
    record.put("code", code)
    record.put("number", number.description)
    record.put("day", day)
    record.texts("items", items)
    record.put("priority", priority)
    record.put("kiosk", kiosk)
    record.put("catalogueVersion", catalogueVersion)
    record.put("issuedAt", issuedAt)
    record.put("issuedBy", issuedBy.recordText)
    record.put("ahead", aheadAtIssue)
    record.minutes("wait", waitAtIssue)
    record.put("issuedSequence", issuedSequence)
    record.put("state", state.rawValue)
    record.put("window", window)
    record.put("calls", calls)
    record.put("reCheckIns", reCheckIns)
    record.put("firstCalledAt", firstCalledAt)
    record.put("calledAt", calledAt)
    record.put("servingAt", servingAt)
    record.put("atWindowSince", atWindowSince)
    record.put("endedAt", endedAt)
    record.put("firstAsked", firstAsked)
    record.put("slip", slip?.text)
    record.put("rank", rank.key)
    record.put("since", since)
    record.put("joinedSequence", joinedSequence)
    record.put("overtaken", overtaken)
    record.objects("call", call.map { [$0] } ?? []) { $1.write(to: &$0) }
    writeWay(to: &record)
  }

  /// - Parameter layout: up to 2 a ticket has no rank of its own; `LaneQueue` gives one to those that wait.
  init(from record: inout RecordScanner, layout: Int) throws(RecordCodec.Fault) {
    self.init(
      code: try record.code("code"), number: try record.text("number", as: TicketNumber.init(_:)),
      day: try record.date("day"), items: try record.texts("items"), priority: try record.bool("priority"),
      kiosk: try record.textOrNull("kiosk"), catalogueVersion: try record.text("catalogueVersion"),
      issuedAt: try record.moment("issuedAt"), issuedBy: try record.text("issuedBy", as: Principal.init(recordText:)),
      aheadAtIssue: try record.int("ahead"), waitAtIssue: try record.minutes("wait"),
      issuedSequence: try record.integer("issuedSequence"))
    state = try record.text("state", as: TicketState.init(rawValue:))
    window = try record.intOrNull("window")
    calls = try record.int("calls")
    reCheckIns = try record.int("reCheckIns")
    firstCalledAt = try record.momentOrNull("firstCalledAt")
    calledAt = try record.momentOrNull("calledAt")
    servingAt = try record.momentOrNull("servingAt")
    atWindowSince = try record.momentOrNull("atWindowSince")
    endedAt = try record.momentOrNull("endedAt")
    firstAsked = try record.textOrNull("firstAsked")
    slip = try record.textOrNull("slip").map(SlipID.init)
    guard layout > 2 else { return }
    rank = Rank(key: try record.integer("rank"), sequence: issuedSequence)
    since = try record.moment("since")
    joinedSequence = try record.integer("joinedSequence")
    overtaken = try record.int("overtaken")
    call = try record.objects("call") { (record) throws(RecordCodec.Fault) in try CallNote(from: &record) }.first
    try readWay(from: &record)
  }
}
