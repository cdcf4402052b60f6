import Groundwork
import Hall
import Testing

/// Goal: a wrong press can be undone for five seconds, a call never, and nobody else's step ever.
@Suite("Undo")
struct UndoTests {
  @Test(
    "finish, miss and abandon are taken back within five seconds",
    arguments: [
      (WindowCommand.finish, TicketState.serving), (.abandon, .serving), (.miss, .called),
    ])
  func within(verb: WindowCommand, before: TicketState) throws {
    var bench = try Bench.open()
    let code = try bench.take()
    try bench.at(1, .call(nil))
    if before == .serving { try bench.at(1, .serve) }
    try bench.at(1, verb)
    bench.wait(seconds: 5)
    #expect(try bench.at(1, .undo) == .ticket(code))
    #expect(try bench.ticket(code).state == before)
    #expect(try bench.ticket(code).endedAt == nil)
    #expect(try bench.atWindow(1) == "A001")
    #expect(bench.state.queue.missed.isEmpty)
    #expect(bench.state.day?.totals.finished == 0)
    #expect(bench.state.day?.totals.abandoned == 0)
    #expect(bench.refusal(at: 1, .undo) == .window(.nothingToUndo))
    try bench.at(1, .finish)
    #expect(bench.state.day?.totals.finished == 1)
  }

  @Test("after five seconds it is too late")
  func late() throws {
    var bench = try Bench.open()
    try bench.take()
    try bench.at(1, .call(nil))
    try bench.at(1, .finish)
    bench.now = Timestamp(milliseconds: bench.now.milliseconds + 5_001)
    #expect(bench.refusal(at: 1, .undo) == .window(.nothingToUndo))
  }

  @Test("a call, a recall, a service begun, a suspension and a resumption stay", arguments: 0..<5)
  func never(step: Int) throws {
    var bench = try Bench.open()
    let code = try bench.take()
    try bench.at(1, .call(nil))
    if step == 1 { try bench.at(1, .recall) }
    if step >= 2 { try bench.at(1, .serve) }
    if step >= 3 { try bench.at(1, .suspend) }
    if step >= 4 { try bench.at(1, .resume(code)) }
    #expect(bench.refusal(at: 1, .undo) == .window(.nothingToUndo))
  }

  @Test("the call after a finish ends what can be undone")
  func afterCall() throws {
    var bench = try Bench.open()
    try bench.take()
    try bench.take()
    try bench.at(1, .call(nil))
    try bench.at(1, .finishAndCall)
    #expect(bench.refusal(at: 1, .undo) == .window(.nothingToUndo))
    try bench.at(1, .finishAndCall)
    // If nobody was called in the same press, the finish can be undone.
    #expect(bench.refusal(at: 1, .undo) == nil)
  }

  @Test("one window never takes back another window's step")
  func otherWindow() throws {
    var bench = try Bench.open(windows: 2)
    let code = try bench.take()
    try bench.at(1, .call(nil))
    try bench.at(1, .miss)
    try bench.at(2, .call(code))
    try bench.at(2, .miss)
    #expect(bench.refusal(at: 1, .undo) == .window(.nothingToUndo))
    #expect(try bench.at(2, .undo) == .ticket(code))
    #expect(try bench.ticket(code).window == 2)
  }

  @Test("what the resident did since is not taken back")
  func residentWentOn() throws {
    var bench = try Bench.open()
    let gone = try bench.take()
    try bench.at(1, .call(nil))
    try bench.at(1, .miss)
    try bench.ask(.queue(.abandonTicket(gone)), by: .kiosk("kiosk-1"))
    #expect(bench.refusal(at: 1, .undo) == .window(.nothingToUndo))
    let back = try bench.take()
    try bench.at(1, .call(nil))
    try bench.at(1, .miss)
    try bench.ask(.queue(.checkIn(back)), by: .kiosk("kiosk-1"))
    #expect(bench.refusal(at: 1, .undo) == .window(.nothingToUndo))
    #expect(try bench.ticket(back).state == .waiting)
  }

  @Test("a paused window can take back what it did before the pause; a closed one cannot")
  func pausedAndClosed() throws {
    var bench = try Bench.open()
    let code = try bench.take()
    try bench.at(1, .call(nil))
    try bench.at(1, .finish)
    try bench.at(1, .pause(PauseReason(.other, "午休")))
    try bench.at(1, .undo)
    #expect(try bench.ticket(code).state == .called)
    try bench.at(1, .finish)
    try bench.at(1, .close)
    try bench.at(1, .open)
    #expect(bench.refusal(at: 1, .undo) == .window(.nothingToUndo))
  }
}
