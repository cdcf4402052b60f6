import Groundwork
import Hall
import Testing

/// Goal: the hall's knowledge of paper is what was reported, attempt by attempt, and a number never waits for paper.
@Suite("Slips")
struct PrintTests {
  private func issued(_ bench: inout Bench) throws -> (code: PublicCode, slip: SlipID) {
    let code = try bench.take(kiosk: "kiosk-1")
    return (code, try #require(bench.state.tickets[code]?.slip))
  }

  @Test("a ticket at a kiosk with a printer asks for a slip, elsewhere for none")
  func request() throws {
    var bench = try Bench.open()
    let (code, slip) = try issued(&bench)
    #expect(bench.state.print.slips[slip]?.state == .queued)
    #expect(bench.state.print.slips[slip]?.attempt == 1)
    #expect(bench.state.print.slips[slip]?.subject == .ticket(code))
    #expect(bench.state.print.slips[slip]?.expiresAt == bench.now.adding(seconds: 15))
    let silent = try bench.take(kiosk: "kiosk-2")
    #expect(try bench.ticket(silent).slip == nil)
  }

  @Test("a slip in large type stays so on every copy, of a ticket and of a notice")
  func largeType() throws {
    var bench = try Bench.open()
    let take = TakeTicket(kiosk: "kiosk-1", largeType: true)
    guard case .ticket(let ticket) = try bench.ask(.queue(.takeTicket(take)), by: .kiosk("kiosk-1")),
      case .notice(let notice) = try bench.ask(
        .notice(.issueNotice(IssueNotice(item: "RS-004", kiosk: "kiosk-1", largeType: true))), by: .kiosk("kiosk-1"))
    else { throw Bench.Unexpected(outcome: "neither") }
    for code in [ticket, notice] {
      let slip = try #require(bench.state.tickets[code]?.slip ?? bench.state.notices[code]?.slip)
      #expect(bench.state.print.slips[slip]?.largeType == true)
      try bench.ask(.print(.expire(slip)))
      try bench.ask(.print(.reprint(code, kiosk: nil)), by: .kiosk("kiosk-1"))
      #expect(bench.state.print.slips[slip]?.attempt == 2)
      #expect(bench.state.print.slips[slip]?.largeType == true)
    }
    let (_, ordinary) = try issued(&bench)
    #expect(bench.state.print.slips[ordinary]?.largeType == false)
  }

  @Test("a ticket in English stays so on every copy; a notice is Chinese")
  func language() throws {
    var bench = try Bench.open()
    let take = TakeTicket(kiosk: "kiosk-1", language: .english)
    guard case .ticket(let code) = try bench.ask(.queue(.takeTicket(take)), by: .kiosk("kiosk-1")) else {
      throw Bench.Unexpected(outcome: "no ticket")
    }
    let slip = try #require(bench.state.tickets[code]?.slip)
    #expect(bench.state.print.slips[slip]?.language == .english)
    try bench.ask(.print(.expire(slip)))
    try bench.ask(.print(.reprint(code, kiosk: nil)), by: .kiosk("kiosk-1"))
    #expect(bench.state.print.slips[slip]?.attempt == 2 && bench.state.print.slips[slip]?.language == .english)
    let (_, ordinary) = try issued(&bench)
    #expect(bench.state.print.slips[ordinary]?.language == .chinese)
  }

  @Test("an attempt is started, prepared and ended, each once")
  func attempt() throws {
    var bench = try Bench.open()
    let (_, slip) = try issued(&bench)
    #expect(bench.refusal(.print(.end(slip, attempt: 1, .printed(.echo)))) == .print(.staleAttempt))
    #expect(bench.refusal(.print(.prepared(slip, attempt: 1, jobUUID: "u"))) == .print(.staleAttempt))
    try bench.ask(.print(.start(slip, attempt: 1)))
    #expect(bench.state.print.slips[slip]?.state == .printing(attempt: 1))
    #expect(bench.refusal(.print(.start(slip, attempt: 1))) == .print(.staleAttempt))
    #expect(bench.refusal(.print(.expire(slip))) == .print(.staleAttempt))
    try bench.ask(.print(.prepared(slip, attempt: 1, jobUUID: "urn:uuid:1")))
    #expect(bench.state.print.slips[slip]?.jobUUID == "urn:uuid:1")
    try bench.ask(.print(.end(slip, attempt: 1, .printed(.echo))))
    #expect(bench.state.print.slips[slip]?.state == .printed(attempt: 1, .echo))
    #expect(bench.refusal(.print(.end(slip, attempt: 1, .printed(.echo)))) == .print(.staleAttempt))
    #expect(bench.refusal(.print(.start(slip, attempt: 1))) == .print(.staleAttempt))
  }

  @Test("only what was not sent is tried again by itself, and under the same attempt")
  func notSent() throws {
    var bench = try Bench.open()
    let (_, slip) = try issued(&bench)
    try bench.ask(.print(.start(slip, attempt: 1)))
    try bench.ask(.print(.end(slip, attempt: 1, .notSent(reason: "offline"))))
    try bench.ask(.print(.start(slip, attempt: 1)))
    try bench.ask(.print(.end(slip, attempt: 1, .unknown(reason: "cut off"))))
    #expect(bench.refusal(.print(.start(slip, attempt: 1))) == .print(.staleAttempt))
    #expect(bench.state.print.slips[slip]?.state == .unknown(attempt: 1, reason: "cut off"))
  }

  @Test("a slip that nobody began expires; one that could not be sent does too")
  func expiry() throws {
    var bench = try Bench.open()
    let (_, slip) = try issued(&bench)
    try bench.ask(.print(.expire(slip)))
    #expect(bench.state.print.slips[slip]?.state == .expired)
    #expect(bench.refusal(.print(.expire(slip))) == .print(.staleAttempt))
    #expect(bench.refusal(.print(.start(slip, attempt: 1))) == .print(.staleAttempt))
    let (_, other) = try issued(&bench)
    try bench.ask(.print(.start(other, attempt: 1)))
    try bench.ask(.print(.end(other, attempt: 1, .notSent(reason: "offline"))))
    try bench.ask(.print(.expire(other)))
    #expect(bench.state.print.openSlips.isEmpty)
  }

  @Test(
    "a reprint keeps the number, makes the next attempt and leaves the old one behind",
    arguments: [
      AttemptOutcome.printed(.echo), .printed(.accepted), .unknown(reason: "cut off"), .notSent(reason: "offline"),
    ])
  func reprint(outcome: AttemptOutcome) throws {
    var bench = try Bench.open()
    let (code, slip) = try issued(&bench)
    #expect(bench.refusal(.print(.reprint(code, kiosk: nil)), by: .kiosk("kiosk-1")) == .print(.slipOnItsWay))
    try bench.ask(.print(.start(slip, attempt: 1)))
    #expect(bench.refusal(.print(.reprint(code, kiosk: nil)), by: .kiosk("kiosk-1")) == .print(.slipOnItsWay))
    try bench.ask(.print(.end(slip, attempt: 1, outcome)))
    let before = try bench.number(code)
    #expect(try bench.ask(.print(.reprint(code, kiosk: nil)), by: .kiosk("kiosk-1")) == .ticket(code))
    #expect(try bench.number(code) == before)
    #expect(bench.state.print.slips[slip]?.attempt == 2)
    #expect(bench.state.print.slips[slip]?.state == .queued)
    #expect(bench.refusal(.print(.start(slip, attempt: 1))) == .print(.staleAttempt))
    try bench.ask(.print(.start(slip, attempt: 2)))
    #expect(bench.refusal(.print(.end(slip, attempt: 1, .printed(.echo)))) == .print(.staleAttempt))
    #expect(bench.state.tickets.count == 1)
  }

  @Test("a reprint needs a ticket, a kiosk and a printer there")
  func reprintRefused() throws {
    var bench = try Bench.open()
    let silent = try bench.take(kiosk: "kiosk-2")
    let nowhere = try bench.take()
    func refused(_ code: PublicCode, _ kiosk: String?) -> Refusal? {
      bench.refusal(.print(.reprint(code, kiosk: kiosk)), by: .clerk(1))
    }
    #expect(refused(PublicCode(entropy: 99), nil) == .queue(.unknownTicket))
    #expect(refused(PublicCode(entropy: 99), "kiosk-1") == .queue(.unknownTicket))
    #expect(refused(silent, nil) == .print(.noPrinter("kiosk-2")))
    #expect(refused(nowhere, nil) == .print(.unknownSlip))
    #expect(refused(nowhere, "kiosk-9") == .request(.unknownKiosk("kiosk-9")))
    // A ticket without paper gets its first slip where it is asked for.
    try bench.ask(.print(.reprint(nowhere, kiosk: "kiosk-1")), by: .clerk(1))
    let slip = try #require(bench.state.tickets[nowhere]?.slip)
    #expect(bench.state.print.slips[slip]?.attempt == 1)
    #expect(bench.state.print.slips[slip]?.kiosk == "kiosk-1")
  }

  @Test("an acknowledgement is kept, twice is once")
  func acknowledge() throws {
    var bench = try Bench.open()
    let (code, slip) = try issued(&bench)
    try bench.ask(.print(.acknowledge(code)), by: .kiosk("kiosk-1"))
    #expect(bench.state.print.slips[slip]?.acknowledged == true)
    let sequence = bench.state.sequence
    #expect(try bench.ask(.print(.acknowledge(code)), by: .kiosk("kiosk-1")) == .ticket(code))
    #expect(bench.state.sequence == sequence)
    #expect(bench.refusal(.print(.acknowledge(PublicCode(entropy: 99)))) == .queue(.unknownTicket))
    let silent = try bench.take()
    #expect(bench.refusal(.print(.acknowledge(silent))) == .print(.unknownSlip))
  }

  @Test("an unknown slip is refused in every print command")
  func unknown() throws {
    let bench = try Bench.open()
    let none = SlipID("none")
    for command in [
      PrintCommand.start(none, attempt: 1), .prepared(none, attempt: 1, jobUUID: "u"),
      .end(none, attempt: 1, .printed(.echo)), .expire(none),
    ] { #expect(bench.refusal(.print(command)) == .print(.unknownSlip)) }
  }

  @Test("the print desk finds what it has to see to, first asked for first")
  func openSlips() throws {
    var bench = try Bench.open()
    let first = try issued(&bench).slip
    bench.wait(seconds: 1)
    let second = try issued(&bench).slip
    bench.wait(seconds: 1)
    let third = try issued(&bench).slip
    try bench.ask(.print(.start(first, attempt: 1)))
    try bench.ask(.print(.start(second, attempt: 1)))
    try bench.ask(.print(.end(second, attempt: 1, .printed(.ippCompleted))))
    #expect(bench.state.print.openSlips.map(\.id) == [first, third])
  }

  @Test(
    "paper accepted by something is called sent, never printed",
    arguments: [
      (SlipState.printed(attempt: 1, .accepted), "sent"), (.printed(attempt: 1, .ippCompleted), "printed"),
      (.printed(attempt: 1, .echo), "printed"), (.queued, "queued"), (.printing(attempt: 1), "printing"),
      (.notSent(attempt: 1, reason: ""), "not_sent"), (.unknown(attempt: 1, reason: ""), "unknown"),
      (.expired, "expired"),
    ])
  func words(state: SlipState, word: String) { #expect(state.word == word) }
}
