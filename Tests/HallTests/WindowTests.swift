import Groundwork
import Hall
import Testing

/// Goal: a clerk's verbs and all their refusals.
@Suite("At the window")
struct WindowTests {
  @Test("an ordinary visit: call, serve, finish")
  func visit() throws {
    var bench = try Bench.open()
    let code = try bench.take()
    bench.wait(seconds: 60)
    #expect(try bench.at(1, .call(nil)) == .ticket(code))
    #expect(try bench.ticket(code).state == .called)
    #expect(try bench.ticket(code).firstAsked == nil)
    bench.wait(seconds: 30)
    try bench.at(1, .serve)
    #expect(try bench.ticket(code).firstAsked == "AJ001")
    #expect(try bench.ticket(code).state == .serving)
    bench.wait(seconds: 300)
    try bench.at(1, .finish)
    let ticket = try bench.ticket(code)
    #expect(ticket.state == .finished)
    #expect(ticket.firstCalledAt?.since(ticket.issuedAt) == 60_000)
    #expect(ticket.servingAt?.since(ticket.issuedAt) == 90_000)
    #expect(ticket.endedAt?.since(ticket.issuedAt) == 390_000)
    #expect(bench.state.day?.totals.finished == 1)
    #expect(try bench.atWindow(1) == nil)
  }

  @Test("a resident who comes and is done at once can be finished without 到达")
  func finishFromCalled() throws {
    var bench = try Bench.open()
    let code = try bench.take()
    try bench.at(1, .call(nil))
    try bench.at(1, .finish)
    #expect(try bench.ticket(code).state == .finished)
    #expect(try bench.ticket(code).firstAsked == "AJ001")
  }

  @Test("windows call in the order of issue, each ticket once")
  func order() throws {
    var bench = try Bench.open(windows: 2)
    let codes = try (0..<3).map { _ in try bench.take() }
    #expect(try bench.at(1, .call(nil)) == .ticket(codes[0]))
    #expect(try bench.at(2, .call(nil)) == .ticket(codes[1]))
    #expect(bench.refusal(at: 1, .call(nil)) == .window(.windowBusy(try bench.ticket(codes[0]).number)))
    try bench.at(1, .finish)
    #expect(try bench.at(1, .call(nil)) == .ticket(codes[2]))
    try bench.at(2, .finish)
    #expect(bench.refusal(at: 2, .call(nil)) == .window(.nobodyWaiting))
  }

  @Test("a window serves the first of its lanes in which somebody waits, and no other lane")
  func laneOrder() throws {
    var bench = try Bench.open(.bench(mode: .departmental), windows: 2)
    let insurance = try bench.take(["YB-001"])
    let social = try bench.take(["RS-004"])
    // Window 1 serves B before C although C waited longer; window 2 the other way round.
    #expect(try bench.at(1, .call(nil)) == .ticket(social))
    #expect(try bench.at(2, .call(nil)) == .ticket(insurance))
    let police = try bench.take(["GA-001"])
    try bench.at(1, .finish)
    #expect(bench.refusal(at: 1, .call(nil)) == .window(.nobodyWaiting))
    #expect(bench.refusal(at: 1, .call(police)) == .window(.laneNotServedHere(try letter("H"))))
  }

  @Test("a ticket can be called by name, out of turn and when it was missed")
  func byName() throws {
    var bench = try Bench.open(windows: 2)
    let first = try bench.take()
    let second = try bench.take()
    #expect(try bench.at(1, .callPassingOver(second, reason: "急件")) == .ticket(second))
    try bench.at(1, .miss)
    #expect(try bench.at(2, .call(second)) == .ticket(second))
    #expect(bench.refusal(at: 1, .call(second)) == .queue(.ticketIs(.called)))
    #expect(bench.refusal(at: 1, .call(PublicCode(entropy: 99))) == .queue(.unknownTicket))
    #expect(try bench.at(1, .call(nil)) == .ticket(first))
  }

  @Test("a call is repeated three times at most; then the ticket can only be missed, served or given up")
  func recall() throws {
    var bench = try Bench.open()
    let code = try bench.take()
    try bench.at(1, .call(nil))
    for _ in 0..<3 { try bench.at(1, .recall) }
    #expect(try bench.ticket(code).calls == 4)
    #expect(bench.refusal(at: 1, .recall) == .window(.callLimitReached(4)))
    try bench.at(1, .serve)
    #expect(bench.refusal(at: 1, .recall) == .queue(.ticketIs(.serving)))
  }

  @Test(
    "each verb has its states",
    arguments: [
      (WindowCommand.recall, Refusal.queue(.ticketIs(.serving))), (.serve, .queue(.ticketIs(.serving))),
      (.miss, .queue(.ticketIs(.serving))),
    ])
  func wrongWhileServing(verb: WindowCommand, expected: Refusal) throws {
    var bench = try Bench.open()
    try bench.take()
    try bench.at(1, .call(nil))
    #expect(bench.refusal(at: 1, .suspend) == .queue(.ticketIs(.called)))
    try bench.at(1, .serve)
    #expect(bench.refusal(at: 1, verb) == expected)
  }

  @Test(
    "an empty window has nobody to step with",
    arguments: [
      WindowCommand.recall, .serve, .finish, .finishAndCall, .miss, .suspend, .abandon,
    ])
  func empty(verb: WindowCommand) throws {
    let bench = try Bench.open()
    #expect(bench.refusal(at: 1, verb) == .window(.windowEmpty(1)))
  }

  @Test(
    "a closed window has no verbs but opening",
    arguments: [
      WindowCommand.pause(PauseReason(.other, "午休")), .close, .call(nil), .recall, .serve, .finish, .finishAndCall,
      .miss, .suspend,
      .resume(PublicCode(entropy: 1)), .abandon, .undo,
    ])
  func closed(verb: WindowCommand) throws {
    let bench = try Bench.open(windows: 0)
    #expect(bench.refusal(at: 1, verb) == .window(.windowNotOpen(1)))
  }

  @Test("windows are for staff who work there")
  func who() throws {
    let bench = try Bench.open()
    #expect(bench.refusal(.window(9, .open), by: .clerk(1)) == .window(.unknownWindow(9)))
    for actor in [Principal.kiosk("kiosk-1"), .system, .operator, .staff(badge: "S", role: .supervisor)] {
      #expect(bench.refusal(.window(1, .call(nil)), by: actor) == .request(.staffOnly))
    }
    #expect(bench.refusal(.window(1, .call(nil)), by: .clerk(2)) == .window(.notYourWindow(1)))
    // A coordinator may act at any window.
    #expect(bench.refusal(.window(1, .call(nil)), by: .coordinator) == .window(.nobodyWaiting))
  }

  @Test("one badge has one window, one window one badge")
  func badges() throws {
    var bench = try Bench.open()
    #expect(bench.refusal(at: 1, .open, by: .clerk(2)) == .window(.windowTaken(badge: "AJ001")))
    #expect(bench.refusal(at: 2, .open, by: .clerk(1)) == .window(.badgeAtOtherWindow(1)))
    let sequence = bench.state.sequence
    #expect(try bench.at(1, .open) == .window(1))
    #expect(bench.state.sequence == sequence)
    try bench.at(1, .close)
    #expect(try bench.at(1, .open, by: .clerk(2)) == .window(1))
    #expect(bench.state.windows[1]?.badge == "AJ002")
  }

  @Test("a paused window calls nobody and says why; opening ends the pause")
  func pause() throws {
    var bench = try Bench.open()
    let code = try bench.take()
    try bench.at(1, .pause(PauseReason(.other, "午休")))
    #expect(bench.state.windows[1]?.duty == .paused(PauseReason(.other, "午休")))
    #expect(bench.refusal(at: 1, .call(nil)) == .window(.windowPaused(1)))
    #expect(bench.refusal(at: 1, .resume(code)) == .window(.windowPaused(1)))
    try bench.at(1, .open)
    #expect(try bench.at(1, .call(nil)) == .ticket(code))
    let number = try bench.ticket(code).number
    #expect(bench.refusal(at: 1, .pause(PauseReason(.other, "午休"))) == .window(.windowBusy(number)))
    #expect(bench.refusal(at: 1, .close) == .window(.windowBusy(number)))
  }

  @Test(
    "a reason for a pause is one line of up to sixty characters",
    arguments: [
      ("", false), (String(repeating: "午", count: 60), true), (String(repeating: "午", count: 61), false),
      ("午\n休", false),
      ("午\u{7}休", false),
    ])
  func reasons(reason: String, good: Bool) throws {
    let bench = try Bench.open()
    #expect(bench.refusal(at: 1, .pause(PauseReason(.other, reason))) == (good ? nil : .request(.badReason)))
  }

  @Test("finishing and calling is one press; with nobody waiting the visit is finished all the same")
  func finishAndCall() throws {
    var bench = try Bench.open()
    let first = try bench.take()
    let second = try bench.take()
    try bench.at(1, .call(nil))
    #expect(try bench.at(1, .finishAndCall) == .finishedAndCalled(finished: first, called: second))
    #expect(try bench.ticket(first).state == .finished)
    #expect(try bench.ticket(second).state == .called)
    #expect(try bench.at(1, .finishAndCall) == .finishedAndCalled(finished: second, called: nil))
    #expect(try bench.ticket(second).state == .finished)
    #expect(try bench.atWindow(1) == nil)
  }

  @Test("somebody who fetches a paper is suspended and resumed, at another window if need be, with the same number")
  func suspend() throws {
    var bench = try Bench.open(windows: 2)
    let away = try bench.take()
    let next = try bench.take()
    try bench.at(1, .call(nil))
    try bench.at(1, .serve)
    try bench.at(1, .suspend)
    #expect(bench.state.queue.suspended == [away])
    #expect(bench.refusal(at: 1, .call(away)) == .queue(.ticketIs(.suspended)))
    try bench.at(1, .call(nil))
    #expect(bench.refusal(at: 1, .resume(away)) == .window(.windowBusy(try bench.ticket(next).number)))
    #expect(bench.refusal(at: 2, .resume(next)) == .queue(.ticketIs(.called)))
    #expect(bench.refusal(at: 2, .resume(PublicCode(entropy: 99))) == .queue(.unknownTicket))
    let served = try bench.ticket(away).servingAt
    bench.wait(seconds: 600)
    #expect(try bench.at(2, .resume(away)) == .ticket(away))
    #expect(try bench.ticket(away).state == .serving)
    #expect(try bench.ticket(away).window == 2)
    #expect(try bench.ticket(away).servingAt == served)
    #expect(try bench.ticket(away).firstAsked == "AJ001")
    #expect(bench.state.queue.suspended.isEmpty)
  }

  @Test("a ticket is given up by its holder while it waits or was missed, by the clerk while it is at the window")
  func abandon() throws {
    var bench = try Bench.open()
    let codes = try (0..<3).map { _ in try bench.take() }
    try bench.ask(.queue(.abandonTicket(codes[1])), by: .kiosk("kiosk-1"))
    try bench.at(1, .call(nil))
    #expect(bench.refusal(.queue(.abandonTicket(codes[0])), by: .kiosk("kiosk-1")) == .queue(.ticketIs(.called)))
    try bench.at(1, .miss)
    try bench.ask(.queue(.abandonTicket(codes[0])), by: .kiosk("kiosk-1"))
    #expect(bench.refusal(.queue(.abandonTicket(codes[0])), by: .kiosk("kiosk-1")) == .queue(.ticketIs(.abandoned)))
    #expect(try bench.at(1, .call(nil)) == .ticket(codes[2]))
    try bench.at(1, .abandon)
    #expect(try bench.ticket(codes[2]).state == .abandoned)
    #expect(bench.state.day?.totals.abandoned == 3)
    #expect(bench.refusal(.queue(.abandonTicket(PublicCode(entropy: 99)))) == .queue(.unknownTicket))
  }

  @Test("the last calls are remembered for the board, the newest last, each number once")
  func recentCalls() throws {
    var bench = try Bench.open()
    let calls = RecentCall.kept + 2
    for _ in 0..<calls { try bench.take() }
    for _ in 0..<calls {
      try bench.at(1, .call(nil))
      try bench.at(1, .recall)
      try bench.at(1, .finish)
    }
    let lane = try #require(LaneLetter("A"))
    let expected = (3...calls).map { TicketNumber(lane: lane, ordinal: $0).description }
    #expect(bench.state.windows.recentCalls.map(\.number.description) == expected)
  }
}
