import Groundwork
import Testing

@testable import Hall

/// Goal: an agent has one number in a lane for all that it carries on a trip, and no priority by it.
@Suite("The number of an agent's trip")
struct TripTicketTests {
  @Test("one number for a lane names what the trip carries there; a second one only on purpose, or after the first")
  func one() throws {
    var bench = try Bench.trip()
    let (batch, cases) = try bench.carry(2)
    let lanes = bench.state.carried(on: try #require(bench.state.agency.batches[batch]), bench.rules)
    #expect(lanes.map(\.lane) == [try letter("A")] && lanes[0].cases.map(\.code) == cases)
    let code = try bench.takeFor(batch)
    #expect(try bench.ticket(code).items == ["SB-901"])
    #expect(bench.state.ticket(of: batch, in: try letter("A"))?.code == code)
    let number = try bench.ticket(code).number
    #expect(bench.refusal(bench.take(batch), by: .kiosk("kiosk-1")) == .queue(.tripHasTicket(code, number)))
    #expect(bench.refusal(bench.take(batch, insist: true), by: .clerk(1)) == nil)
    try bench.at(1, .call(nil))
    try bench.at(1, .serve)
    try bench.at(1, .finish)
    #expect(bench.refusal(bench.take(batch), by: .kiosk("kiosk-1")) == nil)
  }

  @Test("a trip has no priority, and what it handed in is carried no more")
  func rules() throws {
    var bench = try Bench.trip()
    let (batch, cases) = try bench.carry(1)
    #expect(bench.refusal(bench.take(batch, priority: true), by: .clerk(1)) == .queue(.priorityNotForAgents))
    let (code, unknown) = (try bench.take(lane: "A"), TicketLink(batch: PublicCode(entropy: 5)))
    #expect(bench.refusal(.queue(.link(code, unknown)), by: .clerk(1)) == .agency(.unknownAgency))
    try bench.ask(.agency(.step(cases[0], .handIn(HandInAgency(proof: .signature)))), by: Bench.carrier)
    #expect(bench.state.carried(on: try #require(bench.state.agency.batches[batch]), bench.rules).isEmpty)
  }
}

extension Bench {
  fileprivate static let carrier = Principal.staff(badge: "DB001", role: .agent)

  fileprivate static func trip() throws -> Bench {
    var rules = HallRules.bench(
      calendar: DueDateTests.calendar,
      items: [
        Item(
          code: "SB-901", name: "社保卡申领", initials: "SBKSL", category: "社保", queueGroup: "社保", handledBy: .window,
          promisedLimit: TimeLimit(count: 5, unit: .workingDay))
      ])
    rules.agency = AgencyRule(agents: ["DB001"])
    return try .open(rules)
  }

  /// A trip with so many agency cases of one item.
  fileprivate mutating func carry(_ count: Int) throws -> (batch: PublicCode, cases: [PublicCode]) {
    var cases: [PublicCode] = []
    for _ in 0..<count {
      let entrust = EntrustAgency(item: "SB-901", principal: CaseTests.sealed)
      guard case .agency(let code) = try ask(.agency(.entrust(entrust)), by: Self.carrier) else {
        throw Unexpected(outcome: "no agency case")
      }
      try ask(.agency(.step(code, .take(missing: []))), by: Self.carrier)
      cases.append(code)
    }
    guard case .agencyBatch(let batch) = try ask(.agency(.carry(cases, kiosk: nil)), by: Self.carrier) else {
      throw Unexpected(outcome: "no trip")
    }
    return (batch, cases)
  }

  fileprivate func take(_ batch: PublicCode, priority: Bool = false, insist: Bool = false) -> Command {
    .queue(
      .takeTicket(
        TakeTicket(lane: LaneLetter("A"), priority: priority, insist: insist, link: TicketLink(batch: batch))))
  }

  fileprivate mutating func takeFor(_ batch: PublicCode) throws -> PublicCode {
    guard case .ticket(let code) = try ask(take(batch), by: .kiosk("kiosk-1")) else {
      throw Unexpected(outcome: "no ticket")
    }
    return code
  }
}
