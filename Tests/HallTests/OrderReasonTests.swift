import Groundwork
import Testing

@testable import Hall

/// Goal: every order of two calls has its reason, and a journal with a call that its day's order did not give is found out.
@Suite("Why a number was called before another")
struct OrderReasonTests {
  private func take(_ bench: inout Bench, _ items: [String] = [], priority: Bool = false) throws -> TicketNumber {
    let outcome = try bench.ask(
      .queue(.takeTicket(TakeTicket(items: items, priority: priority))), by: .kiosk("kiosk-1"))
    guard case .ticket(let code) = outcome else { throw Bench.Unexpected(outcome: "\(outcome)") }
    return try bench.ticket(code).number
  }

  private func why(_ bench: Bench, _ first: TicketNumber, _ other: TicketNumber) throws -> OrderReason {
    try bench.state.whyBefore(
      try #require(bench.state.ticket(numbered: first)), try #require(bench.state.ticket(numbered: other)))
  }

  private func serve(_ bench: inout Bench, _ verb: WindowCommand = .call(nil)) throws {
    try bench.at(1, verb)
    try bench.at(1, .finish)
  }

  @Test("in one lane: who came first, priority, by name, and who was away")
  func oneLane() throws {
    var bench = try Bench.open()
    let (a, b) = (try take(&bench), try take(&bench))
    let (c, d) = (try take(&bench, priority: true), try take(&bench))
    try serve(&bench)
    #expect(try why(bench, c, a) == .priority(inARow: 1, overtaken: 1, most: 4))
    #expect(throws: OrderQuestion.notCalled(a)) { try why(bench, a, b) }
    #expect(throws: OrderQuestion.same) { try why(bench, a, a) }
    let code = try #require(bench.state.ticket(numbered: d)?.code)
    try serve(&bench, .callPassingOver(code, reason: "急件"))
    #expect(try why(bench, d, b) == .byName(badge: "AJ001", reason: "急件"))
    try bench.at(1, .call(nil))
    try bench.at(1, .miss)
    #expect(try why(bench, a, b) == .cameFirst)
    try serve(&bench)
    let e = try take(&bench)
    #expect(try why(bench, b, e) == .notThereYet)
    #expect(throws: OrderQuestion.calledLater(first: b, then: a)) { try why(bench, b, a) }
    try bench.ask(.queue(.checkIn(try #require(bench.state.ticket(numbered: a)?.code))), by: .kiosk("kiosk-1"))
    #expect(try why(bench, b, a) == .wasAway)
  }

  @Test("at a window with two lanes, and at one that does not serve the other")
  func lanes() throws {
    let full = HallRules.bench()
    let (a, e, h) = (try letter("A"), try letter("E"), try letter("H"))
    var bench = try Bench.open(
      HallRules(
        identity: full.identity, address: "", hoursText: "", consultPhone: "", supervisePhone: "", mode: full.mode,
        lanes: full.lanes,
        windows: [
          WindowRule(number: 1, name: "", lanes: [a, e]), WindowRule(number: 2, name: "", lanes: [h]),
        ], calendar: full.calendar, hours: full.hours, catalogue: full.catalogue, kiosks: full.kiosks))
    let (collecting, police) = (try take(&bench, ["CJ-001"]), try take(&bench, ["GA-001"]))
    let ordinary = try take(&bench)
    try serve(&bench)
    #expect(try why(bench, ordinary, collecting) == .laneFirst(window: 1, first: a, then: e))
    #expect(try why(bench, ordinary, police) == .laneNotServed(window: 1, h))
    bench.wait(seconds: 1260)
    let later = try take(&bench)
    try serve(&bench)
    #expect(try why(bench, collecting, later) == .waitedLonger(window: 1, minutes: 21))
  }

  private func judged(_ records: [RecordedEvent], _ asked: TicketNumber? = nil) -> OrderCheck {
    var check = OrderCheck(from: HallState(), asked: asked)
    for record in records { check.take(record) }
    check.finish()
    return check
  }

  @Test("a planted wrong call is found, and a right journal has none", arguments: [false, true])
  func planted(isWrong: Bool) throws {
    var bench = try Bench.open()
    let (first, second) = (try take(&bench), try take(&bench))
    let urgent = try take(&bench, priority: true)
    try serve(&bench)
    var records = bench.events
    let called = try #require(bench.state.ticket(numbered: isWrong ? second : first))
    records.append(
      RecordedEvent(
        sequence: bench.state.sequence + 1, at: bench.now, actor: .clerk(1),
        event: .window(.ticketCalled(TicketCalled(code: called.code, window: 1))), answer: nil))
    let check = judged(records, first)
    #expect(check.judged == 2 && check.unjudged == 0)
    #expect(check.askedDay == date("2026-11-23"))
    #expect(check.before.map(\.first).contains(urgent))
    #expect(
      check.contradictions
        == (isWrong
          ? [
            OrderCheck.Contradiction(
              sequence: bench.state.sequence + 1, day: date("2026-11-23"), window: 1, called: second, next: first)
          ] : []))
  }

  @Test("calls of days that do not say their order are not judged")
  func earlier() throws {
    var bench = try Bench.open()
    let codes = try (0..<2).map { _ in try take(&bench) }
    let records = bench.events.map { record in
      guard case .day(.dayOpened(let e)) = record.event else { return record }
      let older = DayOpened(
        day: e.day, mode: e.mode, catalogueVersion: e.catalogueVersion, starts: e.starts, confirmed: e.confirmed)
      return RecordedEvent(
        sequence: record.sequence, at: record.at, actor: record.actor, event: .day(.dayOpened(older)), answer: nil)
    }
    let second = try #require(bench.state.ticket(numbered: codes[1]))
    let wrong = RecordedEvent(
      sequence: bench.state.sequence + 1, at: bench.now, actor: .clerk(1),
      event: .window(.ticketCalled(TicketCalled(code: second.code, window: 1))), answer: nil)
    let check = judged(records + [wrong])
    #expect(check.unjudged == 1 && check.judged == 0 && check.contradicted == 0)
  }
}
