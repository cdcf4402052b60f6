import Groundwork
import Hall
import Testing

/// Goal: the hall counts each kiosk's paper from events, asks about unknown outcomes, and keeps slips in order.
@Suite("Paper")
struct PaperTests {
  private func slip(_ bench: inout Bench) throws -> (code: PublicCode, id: SlipID) {
    let code = try bench.take(kiosk: "kiosk-1")
    return (code, try #require(bench.state.tickets[code]?.slip))
  }

  private func end(_ bench: inout Bench, _ slip: SlipID, _ outcome: AttemptOutcome, _ millimetres: Int) throws {
    try bench.ask(.print(.start(slip, attempt: 1)))
    try bench.ask(.print(.end(slip, attempt: 1, outcome, millimetres: millimetres)))
  }

  @Test("what came out, or may have, is counted; what was not sent is not; a new roll starts at nothing")
  func roll() throws {
    var bench = try Bench.open()
    for (outcome, counted) in [
      (AttemptOutcome.printed(.echo), 90), (.unknown(reason: "cut off"), 180), (.notSent(reason: "offline"), 180),
      (.printed(.accepted), 270),
    ] {
      try end(&bench, try slip(&bench).id, outcome, 90)
      #expect(bench.state.print.rolls["kiosk-1"]?.millimetres == counted)
    }
    #expect(bench.state.print.rolls["kiosk-1"] == PaperRoll(slips: 3, millimetres: 270))
    try bench.ask(.print(.changeRoll(kiosk: "kiosk-1")), by: .clerk(1))
    #expect(bench.state.print.rolls["kiosk-1"] == PaperRoll(changedAt: bench.now))
    try end(&bench, try slip(&bench).id, .printed(.echo), 88)
    #expect(bench.state.print.rolls["kiosk-1"] == PaperRoll(slips: 1, millimetres: 88, changedAt: bench.now))
  }

  @Test("a length that is not known is not counted, and one that no slip has is never written down")
  func length() throws {
    var bench = try Bench.open()
    try end(&bench, try slip(&bench).id, .printed(.echo), 0)
    #expect(bench.state.print.rolls.isEmpty)
    for millimetres in [0, -1, 10_001] {
      #expect(
        !bench.state.violations(before: .print(.paperUsed(PaperUsed(kiosk: "kiosk-1", millimetres: millimetres))))
          .isEmpty)
    }
  }

  @Test("a roll is changed by staff, the operator or the print desk, at a kiosk that prints")
  func change() throws {
    let bench = try Bench.open()
    for actor in [Principal.clerk(1), .coordinator, .operator, .system] {
      #expect(bench.refusal(.print(.changeRoll(kiosk: "kiosk-1")), by: actor) == nil)
    }
    #expect(bench.refusal(.print(.changeRoll(kiosk: "kiosk-1")), by: .kiosk("kiosk-1")) == .request(.staffOnly))
    #expect(bench.refusal(.print(.changeRoll(kiosk: "kiosk-2")), by: .clerk(1)) == .print(.noPrinter("kiosk-2")))
    #expect(bench.refusal(.print(.changeRoll(kiosk: "kiosk-9")), by: .clerk(1)) == .request(.unknownKiosk("kiosk-9")))
  }

  @Test("what is unknown is the resident's question for half a minute, unless it is answered")
  func question() throws {
    var bench = try Bench.open()
    let (code, id) = try slip(&bench)
    #expect(bench.state.print.slips[id]?.askedUntil == nil)
    try end(&bench, id, .unknown(reason: "cut off"), 0)
    #expect(bench.state.print.slips[id]?.askedUntil == bench.now.adding(seconds: 30))
    try bench.ask(.print(.acknowledge(code)), by: .kiosk("kiosk-1"))
    #expect(bench.state.print.slips[id]?.askedUntil == nil)
    try bench.ask(.print(.reprint(code, kiosk: nil)), by: .kiosk("kiosk-1"))
    #expect(bench.state.print.slips[id]?.acknowledged == false)
    #expect(bench.state.print.slips[id]?.askedUntil == nil)
  }

  @Test("slips that wait stand in the order in which they were asked for, also within one moment and after a reprint")
  func order() throws {
    var bench = try Bench.open()
    let slips = try (0..<20).map { _ in try slip(&bench) }
    #expect(bench.state.print.openSlips.map(\.id) == slips.map(\.id))
    try end(&bench, slips[0].id, .printed(.echo), 90)
    try bench.ask(.print(.reprint(slips[0].code, kiosk: nil)), by: .kiosk("kiosk-1"))
    #expect(bench.state.print.openSlips.map(\.id) == slips.dropFirst().map(\.id) + [slips[0].id])
  }

  @Test("another try of an attempt is nobody in the printing system until it is prepared")
  func anotherTry() throws {
    var bench = try Bench.open()
    let (_, id) = try slip(&bench)
    try bench.ask(.print(.start(id, attempt: 1)))
    try bench.ask(.print(.prepared(id, attempt: 1, jobUUID: "urn:uuid:1")))
    try bench.ask(.print(.end(id, attempt: 1, .notSent(reason: "offline"))))
    #expect(bench.state.print.slips[id]?.jobUUID == "urn:uuid:1")
    try bench.ask(.print(.start(id, attempt: 1)))
    #expect(bench.state.print.slips[id]?.jobUUID == nil)
  }
}
