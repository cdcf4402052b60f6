import Groundwork
import Hall
import Testing

/// 一人一号: a person who has shown a card holds one ticket at a time; a card is never required.
struct HolderTests {
  let somebody = HolderPseudonym(digest: Array(repeating: 7, count: 32))
  let other = HolderPseudonym(digest: Array(repeating: 8, count: 32))

  private func take(_ pseudonym: HolderPseudonym?, byProxy: Bool = false, reason: String? = nil) throws -> Command {
    let card = pseudonym.map { PresentedCard.pseudonym($0, byProxy: byProxy) }
    return .queue(.takeTicket(TakeTicket(kiosk: "kiosk-1", card: card, reason: reason)))
  }

  private func code(_ outcome: Outcome) throws -> PublicCode {
    guard case .ticket(let code) = outcome else { throw Bench.Unexpected(outcome: "\(outcome)") }
    return code
  }

  @Test func theSecondNumberOfOnePersonIsTheFirstOneAgain() throws {
    var bench = try Bench.open()
    let first = try code(try bench.ask(try take(somebody), by: .kiosk("kiosk-1")))
    let number = try bench.ticket(first).number
    #expect(bench.refusal(try take(somebody), by: .kiosk("kiosk-1")) == .queue(.holderHasTicket(first, number)))
    // Another kiosk; another person; no card.
    #expect(bench.refusal(try take(somebody), by: .kiosk("kiosk-2")) == .queue(.holderHasTicket(first, number)))
    #expect(bench.refusal(try take(other), by: .kiosk("kiosk-1")) == nil)
    #expect(bench.refusal(try take(nil), by: .kiosk("kiosk-1")) == nil)
  }

  @Test(arguments: [WindowCommand.finish, .abandon])
  func whoIsDoneMayTakeTheNext(_ end: WindowCommand) throws {
    var bench = try Bench.open()
    let first = try code(try bench.ask(try take(somebody), by: .kiosk("kiosk-1")))
    try bench.at(1, .call(nil))
    #expect(bench.refusal(try take(somebody)) == .queue(.holderHasTicket(first, try bench.ticket(first).number)))
    try bench.at(1, end)
    #expect(bench.refusal(try take(somebody), by: .kiosk("kiosk-1")) == nil)
  }

  @Test func aMissedNumberIsStillHeld() throws {
    var bench = try Bench.open()
    let first = try code(try bench.ask(try take(somebody), by: .kiosk("kiosk-1")))
    try bench.at(1, .call(nil))
    try bench.at(1, .miss)
    #expect(bench.refusal(try take(somebody)) == .queue(.holderHasTicket(first, try bench.ticket(first).number)))
  }

  @Test func whoComesForOthersMayHoldTwo() throws {
    var bench = try Bench.open()
    try bench.ask(try take(somebody), by: .kiosk("kiosk-1"))
    let second = try code(try bench.ask(try take(somebody, byProxy: true), by: .kiosk("kiosk-1")))
    #expect(
      bench.refusal(try take(somebody, byProxy: true))
        == .queue(.holderHasTicket(second, try bench.ticket(second).number)))
    var limits = bench.rules.limits
    limits.ticketsByProxy = 3
    bench.rules = .bench(limits: limits)
    #expect(bench.refusal(try take(somebody, byProxy: true), by: .kiosk("kiosk-1")) == nil)
  }

  @Test func aClerkGivesOneMoreWithAReasonAndTheJournalSaysWhy() throws {
    var bench = try Bench.open()
    try bench.ask(try take(somebody), by: .kiosk("kiosk-1"))
    #expect(bench.refusal(try take(somebody, reason: "陪同老人"), by: .kiosk("kiosk-1")) == .request(.staffOnly))
    #expect(bench.refusal(try take(somebody, reason: ""), by: .clerk(1)) == .request(.badReason))
    #expect(
      bench.refusal(try take(nil, reason: String(repeating: "长", count: 61)), by: .clerk(1)) == .request(.badReason))
    let code = try code(try bench.ask(try take(somebody, reason: "陪同老人"), by: .clerk(1)))
    let noted = bench.events.last {
      $0.event == .queue(.holderNoted(HolderNoted(code: code, pseudonym: somebody, reason: "陪同老人")))
    }
    #expect(noted?.actor == .clerk(1))
    try bench.ask(try take(nil, reason: "无证件"), by: .clerk(1))
    #expect(bench.state.queue.holders.count == 1)
  }

  @Test func anAgentCarriesAsManyAsTheHallAllows() throws {
    var bench = try Bench.open()
    var limits = bench.rules.limits
    limits.ticketsByAgent = 2
    bench.rules = .bench(limits: limits)
    let command = Command.queue(.takeTicket(TakeTicket(kiosk: "kiosk-1", card: .agent(badge: "DB01"))))
    let first = try code(try bench.ask(command, by: .kiosk("kiosk-1")))
    #expect(
      bench.events.contains {
        $0.event == .queue(.holderNoted(HolderNoted(code: first, pseudonym: nil, byProxy: true, agent: "DB01")))
      })
    try bench.ask(command, by: .kiosk("kiosk-1"))
    #expect(bench.refusal(command, by: .kiosk("kiosk-1")) == .queue(.agentHoldsEnough(limit: 2)))
    let other = Command.queue(.takeTicket(TakeTicket(kiosk: "kiosk-1", card: .agent(badge: "DB02"))))
    #expect(bench.refusal(other, by: .kiosk("kiosk-1")) == nil)
    try bench.at(1, .call(nil))
    try bench.at(1, .finish)
    #expect(bench.refusal(command, by: .kiosk("kiosk-1")) == nil)
    try bench.closeDay(force: true)
    #expect(bench.state.queue.agents.isEmpty)
  }

  @Test(arguments: [StaffRole.agent, .supervisor]) func whoServesNobodyOpensNoWindow(_ role: StaffRole) throws {
    let bench = try Bench.open()
    #expect(bench.refusal(.window(2, .open), by: .staff(badge: "DB01", role: role)) == .request(.staffOnly))
  }

  @Test func aCardThatWasForgottenHasToBeLaidAgain() throws {
    let bench = try Bench.open()
    #expect(
      bench.refusal(.queue(.takeTicket(TakeTicket(kiosk: "kiosk-1", card: .forgotten)))) == .queue(.cardForgotten))
  }

  @Test func nobodyIsKnownAfterTheDay() throws {
    var bench = try Bench.open()
    try bench.ask(try take(somebody), by: .kiosk("kiosk-1"))
    #expect(bench.state.ticketsHeld(by: try #require(somebody)).count == 1)
    try bench.closeDay(force: true)
    #expect(bench.state.queue.holders.isEmpty)
    bench.now = moment("2026-11-24 09:00")
    try bench.openDay()
    #expect(bench.refusal(try take(somebody), by: .kiosk("kiosk-1")) == nil)
  }

  @Test(arguments: [
    "", "00", String(repeating: "A", count: 64), String(repeating: "g", count: 64), String(repeating: "0", count: 65),
  ])
  func aMarkIs64Digits(_ text: String) { #expect(HolderPseudonym(text) == nil) }

  @Test func aMarkIsItsDigest() throws {
    let pseudonym = try #require(HolderPseudonym(digest: Array(0..<32)))
    #expect(pseudonym.description == "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f")
    #expect(HolderPseudonym(pseudonym.description) == pseudonym)
    #expect(HolderPseudonym(digest: [1]) == nil)
  }
}
