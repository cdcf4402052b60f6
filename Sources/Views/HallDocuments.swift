import Groundwork
package import Hall
package import Ports

extension HallViews {
  /// GET /v1/hall, and the kiosk feed's snapshot.
  package func hall(now: HallTime, faults: [PresentFault], frequent: [String], demo: Bool) -> [UInt8] {
    var json = JSONText()
    json.object { json in
      now.write(rules.zone, into: &json)
      identity(into: &json)
      json.field("mode", rules.mode.rawValue)
      json.field("demo", demo)
      day(now: now.clock, key: "day", into: &json)
      lanes(into: &json)
      windows(into: &json)
      json.array("help", state.help.rings) { help($1, into: &$0) }
      json.field("catalogue_version", rules.catalogue.version)
      self.faults(faults, into: &json)
      json.strings("kiosks", rules.kiosks.map(\.id))
      json.object("kiosk_names") { json in
        for kiosk in rules.kiosks { json.field(kiosk.id, kiosk.name) }
      }
      json.strings("printing_kiosks", rules.kiosks.filter(\.prints).map(\.id))
      json.strings("case_printers", rules.casePrinters.map(\.id))
      json.strings("frequent", shown(frequent))
      choices(into: &json)
    }
    return json.bytes
  }

  /// The frequent items: those that a coordinator chose as far as the catalogue has them, else the configured ones.
  private func shown(_ configured: [String]) -> [String] {
    let chosen = state.arrangements.frequent?.what.items.filter { rules.catalogue.item($0) != nil } ?? []
    return chosen.isEmpty ? configured : chosen
  }

  private func identity(into json: inout JSONText) {
    json.object("hall") { json in
      json.field("name", rules.identity.name)
      json.field("code", rules.identity.division.code)
      json.field("address", rules.address)
      json.field("hours", rules.hoursText)
      json.field("consult_phone", rules.consultPhone)
      json.field("supervise_phone", rules.supervisePhone)
      json.field("level", rules.identity.level.rawValue)
      json.field("queue", rules.hasQueue)
      station(into: &json)
      json.field("zone", String(rules.zone.rfc3339(Timestamp(milliseconds: 0)).suffix(6)))
    }
  }

  /// A village's station: its address, the town's hall, its agents; null in a town.
  private func station(into json: inout JSONText) {
    guard let station = rules.station else {
      json.null("station")
      return
    }
    json.object("station") { json in
      json.field("town", station.town)
      json.field("site", station.site)
      json.array("agents", station.agents) { json, agent in
        json.object { json in
          json.field("name", agent.name)
          json.field("phone", agent.phone)
        }
      }
    }
  }

  /// GET /v1/queue, and the staff feed's snapshot.
  package func queue(now: HallTime, faults: [PresentFault], printers: [PresentPrinter]) -> [UInt8] {
    var json = JSONText()
    json.object { json in
      now.write(rules.zone, into: &json)
      day(now: now.clock, key: "day", into: &json)
      lanes(into: &json)
      windows(into: &json)
      tickets(into: &json)
      closing(key: "closing", into: &json)
      ranges(into: &json)
      json.array("help", state.help.rings) { help($1, into: &$0) }
      self.faults(faults, into: &json)
      self.printers(printers, into: &json)
    }
    return json.bytes
  }

  /// The tickets that consoles list.
  func tickets(into json: inout JSONText) {
    json.array("tickets", openTickets) { ticket($1.code, at: $1.place, into: &$0) }
  }

  /// At windows, suspended, missed, waiting for one window, then waiting by lane in the order of their call.
  private var openTickets: [(code: PublicCode, place: WaitingPlace?)] {
    let away =
      state.windows.states.sorted { $0.key < $1.key }.compactMap(\.value.ticket) + state.queue.suspended
      + state.queue.missed
    let own = state.queue.pools.sorted { $0.key < $1.key }.flatMap(\.value).map(\.code)
    return (away + own).map { ($0, nil) }
      + rules.lanes.flatMap { places($0.letter, most: Self.waitingShown) }.map { ($0.code, $0.place) }
  }

  /// The most waiting tickets of one lane that a console gets one by one; counts are always complete.
  static let waitingShown = 200

  /// The public feed's snapshot: numbers, windows, lanes and times, and nothing else (docs/DATA.md).
  package func board(now: HallTime) -> [UInt8] {
    var json = JSONText()
    json.object { json in
      json.object("hall") { json in
        json.field("name", rules.identity.name)
        json.field("hours", rules.hoursText)
        json.field("consult_phone", rules.consultPhone)
        json.field("supervise_phone", rules.supervisePhone)
      }
      now.write(rules.zone, into: &json)
      day(now: now.clock, key: "day", into: &json)
      publicLanes(nil, into: &json)
      publicWindows(nil, into: &json)
      publicCalls(into: &json)
      publicHelp(into: &json)
      json.field("speak_seconds", Self.speakSeconds)
    }
    return json.bytes
  }

  /// Seconds after which a call is only shown and no longer spoken: its resident was called again, or has gone.
  static let speakSeconds = 60

  /// The most calls that a board gets.
  static let callsShown = 8

  package func publicWindows(_ number: Int?, into json: inout JSONText) {
    json.array("windows", rules.windows.filter { number == nil || $0.number == number }) { json, rule in
      let window = state.windows[rule.number] ?? WindowState()
      json.object { json in
        json.field("number", rule.number)
        json.field("state", windowWord(window))
        json.field("ticket", window.ticket.flatMap { state.tickets[$0]?.number.description })
      }
    }
  }

  /// The latest calls, newest first, each with its result; and the missed numbers.
  package func publicCalls(into json: inout JSONText) {
    var calls = state.windows.recentCalls.reversed().compactMap { call in callWord(call).map { (call, $0) } }
    // Where there are too many, the oldest served ones are dropped first.
    while calls.count > Self.callsShown, let served = calls.lastIndex(where: { $0.1 == "finished" }) {
      calls.remove(at: served)
    }
    json.array("calls", Array(calls.prefix(Self.callsShown))) { json, shown in
      json.object { json in
        json.field("number", shown.0.number.description)
        json.field("window", shown.0.window)
        json.field("at", rules.zone.rfc3339(shown.0.at))
        json.field("state", shown.1)
      }
    }
    json.strings("missed", state.queue.missed.suffix(12).compactMap { state.tickets[$0]?.number.description })
  }

  /// Whether a help ring is escalated, without the kiosk and the person.
  package func publicHelp(into json: inout JSONText) {
    json.field("help_waiting", state.help.rings.contains(where: \.isEscalated))
  }

  /// The result of a call: `called`, `serving`, `missed`, `finished`; nil for a call that was undone.
  private func callWord(_ call: RecentCall) -> String? {
    switch state.tickets[call.code]?.state {
    case .called, .serving:
      state.windows[call.window]?.ticket == call.code ? state.tickets[call.code]?.state.rawValue : nil
    case .missed, .finished: state.tickets[call.code]?.state.rawValue
    case .waiting, .suspended, .abandoned, .closed, nil: nil
    }
  }

  package func publicLanes(_ letters: [LaneLetter]?, into json: inout JSONText) {
    json.array("lanes", rules.lanes.filter { letters?.contains($0.letter) ?? true }) { json, lane in
      json.object { json in
        json.field("letter", lane.letter.description)
        json.field("name", lane.name)
        json.field("waiting", state.queue.waitingCount(lane.letter))
        json.field("stopped", state.cutOff.stopped[lane.letter] != nil)
        json.field("paused", state.arrangements.paused[lane.letter] != nil)
      }
    }
  }
}
