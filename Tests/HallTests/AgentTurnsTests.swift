import Groundwork
import Testing

@testable import Hall

/// Goal: an agent with a village's numbers does not hold up the others, and loses nothing where nobody else waits.
@Suite("An agent's numbers in a row")
struct AgentTurnsTests {
  private func take(_ bench: inout Bench, agent: String? = nil, priority: Bool = false) throws -> PublicCode {
    let take = TakeTicket(
      lane: try letter("A"), priority: priority, kiosk: "kiosk-1", card: agent.map { .agent(badge: $0) })
    let outcome = try bench.ask(.queue(.takeTicket(take)), by: .kiosk("kiosk-1"))
    if case .ticket(let code) = outcome { return code }
    return try #require(nil as PublicCode?, "\(outcome)")
  }

  private func order(_ bench: Bench) throws -> [String] {
    try (bench.state.queue.waiting[letter("A")]?.byRank ?? []).map { try bench.number($0.code) }
  }

  @Test("each newcomer stands behind two of eight numbers, and the next one behind the next two")
  func eight() throws {
    var bench = try Bench.open()
    for _ in 0..<8 { _ = try take(&bench, agent: "DB001") }
    let first = try take(&bench)
    _ = try take(&bench)
    #expect(
      try order(bench) == ["A001", "A002", "A009", "A003", "A004", "A010", "A005", "A006", "A007", "A008"])
    #expect(try bench.ticket(first).aheadAtIssue == 2)
    _ = try take(&bench)
    _ = try take(&bench)
    // A011 stands behind A006; then two are left, and A012 stands at the end.
    #expect(
      try order(bench).suffix(7) == ["A010", "A005", "A006", "A011", "A007", "A008", "A012"])
  }

  @Test("why a newcomer was called before the third one is a sentence of its own")
  func why() throws {
    var bench = try Bench.open()
    let held = try (0..<3).map { _ in try take(&bench, agent: "DB001") }
    let newcomer = try take(&bench)
    try bench.at(1, .call(nil))
    try bench.at(1, .finishAndCall)
    #expect(try bench.at(1, .finishAndCall) == .finishedAndCalled(finished: held[1], called: newcomer))
    let reason = try bench.state.whyBefore(bench.ticket(newcomer), bench.ticket(held[2]))
    #expect(reason == .amongAgents)
  }

  @Test("two numbers, the agent's own next one and priority change nothing; another agent is somebody else")
  func others() throws {
    var bench = try Bench.open()
    for _ in 0..<2 { _ = try take(&bench, agent: "DB001") }
    _ = try take(&bench)
    #expect(try order(bench) == ["A001", "A002", "A003"])
    for _ in 0..<3 { _ = try take(&bench, agent: "DB001") }
    #expect(try order(bench).suffix(3) == ["A004", "A005", "A006"])
    _ = try take(&bench, priority: true)
    #expect(try order(bench).last == "A007")
    _ = try take(&bench, agent: "DB002")
    #expect(try order(bench).suffix(4) == ["A005", "A008", "A006", "A007"])
  }
}
