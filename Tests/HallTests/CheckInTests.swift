import Hall
import Testing

@Suite("Re-check-in (报到)")
struct CheckInTests {
  @Test("a resident who comes back stands one place behind the head")
  func place() throws {
    var bench = try Bench.open()
    let late = try bench.take()
    let others = try (0..<3).map { _ in try bench.take() }
    try bench.at(1, .call(nil))
    try bench.at(1, .miss)
    try bench.ask(.queue(.checkIn(late)), by: .kiosk("kiosk-1"))
    let lane = bench.state.queue.waiting[try letter("A")]
    #expect(lane?.byRank.map(\.code) == [others[0], late, others[1], others[2]])
    #expect(bench.state.queue.missed.isEmpty)
    #expect(try bench.ticket(late).calls == 0)
  }

  @Test("with nobody waiting he is next")
  func alone() throws {
    var bench = try Bench.open()
    let late = try bench.take()
    try bench.at(1, .call(nil))
    try bench.at(1, .miss)
    try bench.ask(.queue(.checkIn(late)), by: .kiosk("kiosk-1"))
    #expect(try bench.at(1, .call(nil)) == .ticket(late))
  }

  @Test("twice a day, then a new number is needed")
  func limit() throws {
    var bench = try Bench.open()
    let late = try bench.take()
    for _ in 0..<2 {
      try bench.at(1, .call(nil))
      try bench.at(1, .miss)
      try bench.ask(.queue(.checkIn(late)), by: .kiosk("kiosk-1"))
    }
    try bench.at(1, .call(nil))
    try bench.at(1, .miss)
    #expect(bench.refusal(.queue(.checkIn(late)), by: .kiosk("kiosk-1")) == .queue(.checkInLimitReached(2)))
  }

  @Test("only who was missed checks in")
  func others() throws {
    var bench = try Bench.open()
    let code = try bench.take()
    #expect(bench.refusal(.queue(.checkIn(code)), by: .kiosk("kiosk-1")) == .queue(.ticketIs(.waiting)))
    #expect(bench.refusal(.queue(.checkIn(PublicCode(entropy: 99))), by: .kiosk("kiosk-1")) == .queue(.unknownTicket))
    try bench.at(1, .call(nil))
    #expect(bench.refusal(.queue(.checkIn(code)), by: .kiosk("kiosk-1")) == .queue(.ticketIs(.called)))
  }
}
