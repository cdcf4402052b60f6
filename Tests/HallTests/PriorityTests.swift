import Groundwork
import Hall
import Testing

/// Goal: who may be called earlier, who decides that, and what a call by name needs.
@Suite("Priority (优) and calls by name")
struct PriorityTests {
  private func taken(_ bench: inout Bench, _ priority: Bool = false) throws -> PublicCode {
    let outcome = try bench.ask(.queue(.takeTicket(TakeTicket(priority: priority))), by: .kiosk("kiosk-1"))
    guard case .ticket(let code) = outcome else { throw Bench.Unexpected(outcome: "\(outcome)") }
    return code
  }

  @Test("two overtake in a row, then an ordinary one is called; nobody is overtaken five times")
  func inARow() throws {
    var bench = try Bench.open()
    let ordinary = try (0..<3).map { _ in try taken(&bench) }
    let urgent = try (0..<6).map { _ in try taken(&bench, true) }
    #expect(try bench.ticket(urgent[0]).aheadAtIssue == 0)
    #expect(try bench.ticket(urgent[2]).aheadAtIssue == 3)
    var order: [PublicCode] = []
    for _ in 0..<9 {
      guard case .ticket(let code) = try bench.at(1, .call(nil)) else { continue }
      order.append(code)
      try bench.at(1, .finish)
    }
    #expect(
      order == [
        urgent[0], urgent[1], ordinary[0], urgent[2], urgent[3], ordinary[1], ordinary[2], urgent[4], urgent[5],
      ])
    #expect(try bench.ticket(ordinary[1]).overtaken == 4 && bench.ticket(ordinary[0]).overtaken == 2)
  }

  @Test("a clerk gives priority to somebody who waits, and takes it back; the rank stays")
  func later() throws {
    var bench = try Bench.open()
    let codes = try (0..<3).map { _ in try taken(&bench) }
    try bench.ask(.queue(.changePriority(ChangePriority(code: codes[2], priority: true))), by: .clerk(1))
    #expect(
      bench.state.queue.waiting[try letter("A")]?.forecast(bench.state.orderRule) == [codes[2], codes[0], codes[1]])
    try bench.ask(.queue(.changePriority(ChangePriority(code: codes[2], priority: false))), by: .clerk(1))
    #expect(bench.state.queue.waiting[try letter("A")]?.forecast(bench.state.orderRule) == codes)
    let events = bench.events.count
    try bench.ask(.queue(.changePriority(ChangePriority(code: codes[2], priority: false))), by: .clerk(1))
    #expect(bench.events.count == events)
    let give = Command.queue(.changePriority(ChangePriority(code: codes[0], priority: true)))
    #expect(bench.refusal(give, by: .kiosk("kiosk-1")) == .request(.staffOnly))
    try bench.at(1, .call(nil))
    #expect(bench.refusal(give, by: .clerk(1)) == .queue(.ticketIs(.called)))
  }

  @Test("an agent's numbers have no priority, neither taken nor given")
  func agents() throws {
    var bench = try Bench.open()
    let urgent = TakeTicket(priority: true, card: .agent(badge: "DB001"))
    #expect(bench.refusal(.queue(.takeTicket(urgent)), by: .kiosk("kiosk-1")) == .queue(.priorityNotForAgents))
    let outcome = try bench.ask(.queue(.takeTicket(TakeTicket(card: .agent(badge: "DB001")))), by: .kiosk("kiosk-1"))
    guard case .ticket(let code) = outcome else { throw Bench.Unexpected(outcome: "\(outcome)") }
    let give = Command.queue(.changePriority(ChangePriority(code: code, priority: true)))
    #expect(bench.refusal(give, by: .clerk(1)) == .queue(.priorityNotForAgents))
  }

  @Test("a reason is noted beside the ticket and in no state")
  func reason() throws {
    var bench = try Bench.open()
    let digest = try #require(HolderPseudonym(digest: Array(0..<32)))
    let mark = try #require(PriorityReasonMark(salt: 7, digest: digest))
    #expect(PriorityReasonMark(mark.description) == mark && PriorityReasonMark("00") == nil)
    try bench.ask(
      .queue(.takeTicket(TakeTicket(priority: true, priorityReason: mark))), by: .kiosk("kiosk-1"))
    let noted = bench.events.compactMap { recorded in
      if case .queue(.priorityReasonNoted(let e)) = recorded.event { e.mark } else { nil }
    }
    #expect(noted == [mark])
    // Without priority there is no reason to note.
    try bench.ask(.queue(.takeTicket(TakeTicket(priority: false, priorityReason: mark))), by: .kiosk("kiosk-1"))
    #expect(bench.events.count { $0.event.name == "priorityReasonNoted" } == 1)
  }

  @Test("a call by name that passes over others needs a reason, and counts for them")
  func byName() throws {
    var bench = try Bench.open()
    let codes = try (0..<3).map { _ in try taken(&bench) }
    let number = try bench.ticket(codes[2]).number
    #expect(bench.refusal(at: 1, .call(codes[2])) == .window(.callNeedsReason(number, passed: 2)))
    #expect(bench.refusal(at: 1, .callPassingOver(codes[2], reason: "")) == .request(.badReason))
    try bench.at(1, .callPassingOver(codes[2], reason: "抱着发烧的孩子"))
    let lane = try letter("A")
    #expect(bench.state.queue.waiting[lane]?.ordinary.map(\.overtaken) == [1, 1])
    #expect(try bench.ticket(codes[2]).call?.basis == .byName(badge: "AJ001", reason: "抱着发烧的孩子"))
    try bench.at(1, .finish)
    // Whoever is next by the rule may be named without one.
    try bench.at(1, .call(codes[0]))
    #expect(try bench.ticket(codes[0]).call?.basis == .inTurn)
  }

  @Test("a window with two lanes keeps to its first until somebody in the other has waited for its patience")
  func patience() throws {
    let full = HallRules.bench()
    let (a, e) = (try letter("A"), try letter("E"))
    let rules = HallRules(
      identity: full.identity, address: "", hoursText: "", consultPhone: "", supervisePhone: "", mode: full.mode,
      lanes: full.lanes, windows: [WindowRule(number: 1, name: "1号窗口", lanes: [a, e])], calendar: full.calendar,
      hours: full.hours, catalogue: full.catalogue, kiosks: full.kiosks)
    var bench = try Bench.open(rules)
    let collecting = try bench.take(["CJ-001"])
    bench.wait(seconds: 60)
    for _ in 0..<3 {
      try bench.take()
      guard case .ticket(let code) = try bench.at(1, .call(nil)) else {
        Issue.record("nobody is called")
        return
      }
      #expect(try bench.ticket(code).lane == a)
      #expect(try bench.ticket(code).call?.lanes == [a, e])
      try bench.at(1, .finish)
      bench.wait(seconds: 300)
    }
    try bench.take()
    bench.wait(seconds: 300)
    #expect(try bench.at(1, .call(nil)) == .ticket(collecting))
  }

  @Test("a new rule is in force from the next day, also when the present one is opened again")
  func nextDay() throws {
    var bench = try Bench.open()
    bench.rules = .bench(
      limits: {
        var limits = QueueLimits()
        limits.order = OrderRule(inARow: 1, overtakings: 1, patience: 0)
        return limits
      }())
    try bench.closeDay(force: true)
    try bench.openDay()
    #expect(bench.state.orderRule == OrderRule())
    try bench.closeDay(force: true)
    bench.now = moment("2026-11-24 09:00")
    try bench.openDay()
    #expect(bench.state.orderRule == OrderRule(inARow: 1, overtakings: 1, patience: 0))
  }

  @Test("a call out of turn breaks an invariant")
  func outOfTurn() throws {
    var bench = try Bench.open()
    let codes = try (0..<2).map { _ in try taken(&bench) }
    let wrong = Event.window(.ticketCalled(TicketCalled(code: codes[1], window: 1)))
    #expect(bench.state.violations(before: wrong).contains { $0.contains("out of turn") })
  }
}
