import Groundwork
import Testing

@testable import Hall

/// Goal: a kiosk that is cut off gives numbers, and once it is back the queue is as if it had never been away: no number
/// twice, nobody's paper worthless, and whoever waited keeps their place.
@Suite("Leased numbers and adopted tickets")
struct LeaseTests {
  private func open(windows: Int = 1) throws -> Bench {
    var rules = HallRules.bench()
    rules.leasesNumbers = true
    return try Bench.open(rules, windows: windows)
  }

  private func lease(_ bench: inout Bench, _ kiosk: String? = "kiosk-1", holder: String = "o1") throws -> NumbersLeased
  {
    try bench.ask(
      .lease(.leaseNumbers(LeaseNumbers(kiosk: kiosk, machine: "hall-1", holder: holder, lane: try letter("A")))))
    return try #require(bench.state.leases.out.last)
  }

  private func table(_ bench: inout Bench) throws -> LeaseTable {
    var table = LeaseTable()
    table.hold(try lease(&bench))
    return table
  }

  private func key(_ text: String) -> IdempotencyKey { IdempotencyKey(scope: "kiosk:kiosk-1", key: text) }

  private func envelope(_ bench: Bench, _ text: String, at: Timestamp? = nil) -> Envelope {
    Envelope(
      .queue(.takeTicket(take)), by: .kiosk("kiosk-1"), at: at ?? bench.now, entropy: UInt64(text.hashValue.magnitude),
      key: key(text), bodyDigest: [1, 2, 3])
  }

  private let take = TakeTicket(kiosk: "kiosk-1")

  private func give(_ table: inout LeaseTable, _ bench: Bench, _ text: String) throws -> LeasedTicket {
    try table.take(take, bench.state, bench.rules, envelope(bench, text))
  }

  private func online(_ bench: inout Bench, _ text: String) throws -> PublicCode {
    let outcome = try bench.ask(.queue(.takeTicket(take)), by: .kiosk("kiosk-1"), key: key(text))
    guard case .ticket(let code) = outcome else { throw Bench.Unexpected(outcome: "\(outcome)") }
    return code
  }

  @discardableResult
  private func adopt(_ bench: inout Bench, _ ticket: LeasedTicket) throws -> Outcome {
    try bench.ask(.lease(.adoptTicket(ticket)))
  }

  private func line(_ bench: Bench) throws -> [String] {
    try (bench.state.queue.waiting[letter("A")]?.byRank ?? []).map { try bench.number($0.code) }
  }

  // MARK: Leases

  @Test("a hall on one machine leases nothing, and its ordinary numbers go to 9999")
  func alone() throws {
    let bench = try Bench.open()
    let lane = try letter("A")
    #expect(
      bench.refusal(.lease(.leaseNumbers(LeaseNumbers(kiosk: "kiosk-1", machine: "m", holder: "o", lane: lane))))
        == .lease(.noLeases))
  }

  @Test("each lease is fifty other numbers; the holder's last one stays out until the one after the next")
  func leases() throws {
    var bench = try open()
    let first = try lease(&bench)
    #expect(first.from == 9_001 && first.through == 9_050)
    #expect(try lease(&bench, "kiosk-2", holder: "o2").from == 9_051)
    #expect(try lease(&bench).from == 9_101)
    #expect(bench.state.leases.out.count == 3)
    let third = try lease(&bench)
    #expect(third.from == 9_151)
    #expect(!bench.state.leases.out.contains(first) && bench.state.leases.out.count == 3)
    // What was returned is not leased again on this day, and is on the next one.
    try bench.closeDay()
    bench.now = moment("2026-11-24 09:00")
    try bench.openDay()
    #expect(try lease(&bench, "kiosk-2", holder: "o3").from == 9_001)
    // What is out is never leased again, whatever the day.
    #expect(try lease(&bench, "kiosk-2", holder: "o3").from == 9_201)
  }

  @Test("the numbers of a lane that can be leased come to an end; ordinary ones end at 9000 and never reach them")
  func ends() throws {
    var bench = try open()
    let lane = try letter("A")
    for holder in 0..<20 { _ = try lease(&bench, holder: "o\(holder)") }
    #expect(bench.state.leases.out.last?.through == 9_999)
    #expect(
      bench.refusal(
        .lease(.leaseNumbers(LeaseNumbers(kiosk: "kiosk-1", machine: "m", holder: "x", lane: lane))))
        == .lease(.leasesExhausted(lane)))
    bench.state.queue.raise(lane, on: try #require(bench.state.day?.date), to: 9_000)
    #expect(
      bench.refusal(.queue(.takeTicket(TakeTicket())), by: .clerk(1)) == .queue(.numbersExhausted(lane)))
  }

  @Test("only the system leases and adopts, and only on an open day")
  func rights() throws {
    var bench = try open()
    let asks = LeaseCommand.leaseNumbers(
      LeaseNumbers(kiosk: "kiosk-1", machine: "m", holder: "o", lane: try letter("A")))
    #expect(bench.refusal(.lease(asks), by: .coordinator) == .request(.coordinatorOnly))
    #expect(bench.refusal(.lease(asks), by: .kiosk("kiosk-1")) == .request(.coordinatorOnly))
    var table = try table(&bench)
    let ticket = try give(&table, bench, "a")
    #expect(bench.refusal(.lease(.adoptTicket(ticket)), by: .kiosk("kiosk-1")) == .request(.coordinatorOnly))
    try bench.closeDay()
    #expect(bench.refusal(.lease(asks)) == .day(.dayNotOpen))
  }

  // MARK: The lease table of a machine that is cut off

  @Test("a table gives each number once, in order, until the lease is at its end; a new lease goes on")
  func gives() throws {
    var bench = try open()
    var table = try table(&bench)
    let given = try (0..<50).map { try give(&table, bench, "k\($0)").number.ordinal }
    #expect(given == Array(9_001...9_050))
    let lane = try letter("A")
    #expect(throws: Refusal.lease(.noNumbersLeft(lane))) { try give(&table, bench, "more") }
    table.hold(try lease(&bench))
    #expect(try give(&table, bench, "more").number.ordinal == 9_051)
    #expect(table.ticket(for: key("k7"))?.number.ordinal == 9_008)
    #expect(table.left(lane, at: "kiosk-1") == 49 && table.left(lane, at: "kiosk-2") == 0)
  }

  @Test("the rules for numbers hold while cut off: items, lanes, and one person one number on this machine")
  func rulesHold() throws {
    var bench = try open()
    var table = try table(&bench)
    #expect(throws: Refusal.request(.unknownItem("none"))) {
      try table.take(
        TakeTicket(items: ["none"], kiosk: "kiosk-1"), bench.state, bench.rules, envelope(bench, "n"))
    }
    let pseudonym = try #require(HolderPseudonym(digest: Array(repeating: 7, count: 32)))
    let own = TakeTicket(kiosk: "kiosk-1", card: .pseudonym(pseudonym, byProxy: false))
    let first = try table.take(own, bench.state, bench.rules, envelope(bench, "one"))
    #expect(throws: Refusal.queue(.holderHasTicket(first.code, first.number))) {
      try table.take(own, bench.state, bench.rules, envelope(bench, "two"))
    }
    try adopt(&bench, first)
    #expect(bench.state.ticketsHeld(by: pseudonym).map(\.code) == [first.code])
  }

  // MARK: Adoption

  @Test("an adopted ticket stands where its resident came, has the answer of its request, and is adopted once")
  func place() throws {
    var bench = try open()
    var table = try table(&bench)
    try bench.take()
    bench.wait(seconds: 60)
    let ticket = try give(&table, bench, "a")
    bench.wait(seconds: 60)
    try bench.take()
    try adopt(&bench, ticket)
    #expect(try line(bench) == ["A001", "A9001", "A002"])
    #expect(bench.state.answers.answer(for: key("a"))?.outcome == .ticket(ticket.code))
    #expect(try bench.ticket(ticket.code).issuedAt == ticket.issuedAt)
    let before = bench.events.count
    #expect(try adopt(&bench, ticket) == .ticket(ticket.code))
    #expect(bench.events.count == before)
    // Ordinary numbers go on where they were.
    #expect(try bench.takeNumber() == "A003")
    #expect(bench.state.day?.totals.issued == 4)
  }

  @Test("tickets of a morning are adopted in the order in which they were given")
  func many() throws {
    var bench = try open()
    var table = try table(&bench)
    let given = try (0..<5).map { index in
      bench.wait(seconds: 10)
      return try give(&table, bench, "k\(index)")
    }
    bench.wait(seconds: 10)
    try bench.take()
    for ticket in given { try adopt(&bench, ticket) }
    #expect(try line(bench) == ["A9001", "A9002", "A9003", "A9004", "A9005", "A001"])
    for ticket in given { table.settle(ticket.code) }
    #expect(table.pending.isEmpty)
  }

  @Test("a doubtful request that waits is withdrawn, and the number on paper takes its place")
  func doubtfulWaits() throws {
    var bench = try open()
    var table = try table(&bench)
    let ticket = try give(&table, bench, "a")
    let online = try online(&bench, "a")
    try bench.take()
    #expect(table.superseded(in: bench.state) == [online])
    try adopt(&bench, ticket)
    #expect(try line(bench) == ["A9001", "A002"])
    #expect(bench.state.tickets[online] == nil)
    #expect(bench.state.answers.answer(for: key("a"))?.outcome == .ticket(ticket.code))
    #expect(bench.state.day?.totals.issued == 2)
    #expect(bench.state.leases.adopted[ticket.code]?.insteadOf?.description == "A001")
    // Its number is not given again.
    #expect(try bench.takeNumber() == "A003")
  }

  @Test("the slip of a withdrawn ticket that was not sent is not printed any more")
  func slip() throws {
    var bench = try open()
    var table = try table(&bench)
    let ticket = try give(&table, bench, "a")
    let online = try online(&bench, "a")
    let slip = try #require(try bench.ticket(online).slip)
    try adopt(&bench, ticket)
    #expect(bench.state.print.slips[slip]?.state == .expired)
  }

  @Test("one that was called in vain frees its window, and the number on paper is next")
  func doubtfulCalled() throws {
    var bench = try open()
    var table = try table(&bench)
    let ticket = try give(&table, bench, "a")
    _ = try online(&bench, "a")
    try bench.take()
    try bench.at(1, .call(nil))
    try adopt(&bench, ticket)
    #expect(try bench.atWindow(1) == nil)
    #expect(bench.state.windows.recentCalls.isEmpty)
    #expect(try line(bench) == ["A9001", "A002"])
    try bench.at(1, .call(nil))
    #expect(try bench.atWindow(1) == "A9001")
  }

  @Test("one that was missed or given up is withdrawn too, and cannot be undone", arguments: [true, false])
  func doubtfulMissed(_ isMissed: Bool) throws {
    var bench = try open()
    var table = try table(&bench)
    let ticket = try give(&table, bench, "a")
    let online = try online(&bench, "a")
    try bench.take()
    try bench.at(1, .call(nil))
    try bench.at(1, isMissed ? .miss : .abandon)
    try adopt(&bench, ticket)
    #expect(try line(bench) == ["A9001", "A002"])
    #expect(bench.state.tickets[online] == nil && bench.state.queue.missed.isEmpty)
    #expect(bench.refusal(at: 1, .undo) == .window(.nothingToUndo))
    #expect(bench.state.day?.totals.abandoned == 0)
    let lane = try letter("A")
    #expect(bench.state.figures.lanes[lane].map { [$0.issued, $0.missed, $0.abandoned] } == [2, 0, 0])
  }

  @Test("one that is served or finished stays; the number on paper ends as given twice", arguments: [true, false])
  func doubtfulServed(_ isFinished: Bool) throws {
    var bench = try open()
    var table = try table(&bench)
    let ticket = try give(&table, bench, "a")
    let online = try online(&bench, "a")
    try bench.at(1, .call(nil))
    try bench.at(1, .serve)
    if isFinished { try bench.at(1, .finish) }
    try adopt(&bench, ticket)
    #expect(try bench.ticket(ticket.code).state == .closed)
    #expect(bench.state.leases.adopted[ticket.code]?.ended == .twice)
    #expect(try bench.ticket(online).state == (isFinished ? .finished : .serving))
    #expect(bench.state.answers.answer(for: key("a"))?.outcome == .ticket(ticket.code))
    if !isFinished { try bench.at(1, .finish) }
  }

  @Test("after the day was closed it ends as late; on a day that nobody has opened yet it waits for that")
  func late() throws {
    var bench = try open()
    var table = try table(&bench)
    let ticket = try give(&table, bench, "a")
    try bench.closeDay()
    try adopt(&bench, ticket)
    #expect(try bench.ticket(ticket.code).state == .closed)
    #expect(bench.state.leases.adopted[ticket.code]?.ended == .late)
    bench.now = moment("2026-11-24 09:00")
    let next = try give(&table, bench, "b")
    #expect(bench.refusal(.lease(.adoptTicket(next))) == .day(.dayNotOpen))
    try bench.openDay()
    try adopt(&bench, next)
    #expect(try line(bench) == ["A9002"])
    #expect(bench.state.day?.totals.issued == 1)
  }

  @Test("a number that was not leased, or given before, is an incident; its ticket joins no queue")
  func incidents() throws {
    var bench = try open()
    var first = try table(&bench)
    // A copy of the machine with the same lease.
    var clone = first
    let ticket = try give(&first, bench, "a")
    let twin = try give(&clone, bench, "b")
    #expect(ticket.number == twin.number)
    try adopt(&bench, ticket)
    try adopt(&bench, twin)
    #expect(bench.state.leases.incidents.map(\.reason) == [.givenBefore])
    #expect(bench.state.tickets[twin.code] == nil)
    let before = bench.events.count
    try adopt(&bench, twin)
    #expect(bench.events.count == before)
    var foreign = LeaseTable()
    foreign.hold(
      NumbersLeased(
        kiosk: "kiosk-1", machine: "m", holder: "z", lane: try letter("A"), day: try #require(bench.state.day?.date),
        from: 9_801, through: 9_850))
    try adopt(&bench, try give(&foreign, bench, "c"))
    #expect(bench.state.leases.incidents.map(\.reason) == [.givenBefore, .notLeased])
  }

  // MARK: On paper

  @Test("slips printed beforehand are entered afterwards: waiting, served or missing, each number once")
  func paper() throws {
    var bench = try open()
    _ = try lease(&bench, nil, holder: "slips-1")
    try bench.take()
    let number = try #require(TicketNumber("A9001"))
    let early = bench.now.adding(seconds: -600)
    try bench.ask(.lease(.enterSlip(EnterSlip(number: number, issuedAt: early))), by: .coordinator)
    #expect(try line(bench) == ["A9001", "A001"])
    let served = try #require(TicketNumber("A9002"))
    let outcome = try bench.ask(
      .lease(.enterSlip(EnterSlip(number: served, issuedAt: early, what: .served))), by: .coordinator)
    guard case .ticket(let code) = outcome else { throw Bench.Unexpected(outcome: "\(outcome)") }
    #expect(try bench.ticket(code).state == .finished)
    let again = LeaseCommand.enterSlip(EnterSlip(number: served, issuedAt: early))
    #expect(bench.refusal(.lease(again), by: .coordinator) == .lease(.givenBefore(served)))
    let other = try #require(TicketNumber("A9051"))
    #expect(
      bench.refusal(.lease(.enterSlip(EnterSlip(number: other, issuedAt: early))), by: .coordinator)
        == .lease(.notLeased(other)))
    #expect(bench.refusal(.lease(again), by: .clerk(1)) == .request(.coordinatorOnly))
  }

  @Test("what was called by voice is recorded by hand, but not over what went on meanwhile")
  func byHand() throws {
    var bench = try open()
    let first = try bench.take()
    let second = try bench.take()
    _ = try bench.take()
    func record(_ text: String, _ what: RecordedByHand.What) throws -> Command {
      .lease(.recordByHand(RecordByHand(number: try #require(TicketNumber(text)), what: what)))
    }
    try bench.ask(try record("A001", .served), by: .coordinator)
    try bench.ask(try record("A002", .missing), by: .coordinator)
    #expect(try bench.ticket(first).state == .finished && bench.ticket(second).state == .missed)
    #expect(try line(bench) == ["A003"])
    try bench.at(1, .call(nil))
    #expect(bench.refusal(try record("A003", .served), by: .coordinator) == .queue(.ticketIs(.called)))
    #expect(bench.refusal(try record("A009", .served), by: .coordinator) == .queue(.unknownTicket))
    #expect(bench.refusal(try record("A003", .served), by: .clerk(1)) == .request(.coordinatorOnly))
    let lane = try letter("A")
    #expect(bench.state.figures.lanes[lane].map { [$0.issued, $0.served, $0.missed] } == [3, 1, 1])
    try bench.ask(.queue(.checkIn(second)))
    #expect(try line(bench) == ["A002"])
  }
}
