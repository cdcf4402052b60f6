import Groundwork
import Hall
import Testing

/// Goal: whoever needs no number is served and counted without one, no call is made meanwhile, and whatever asks when a
/// window is free knows that it is taken.
@Suite("Served without a number")
struct UnnumberedTests {
  @Test("an idle window serves somebody without a number; nothing else happens there until it is done")
  func once() throws {
    var bench = try Bench.open()
    let first = try bench.take()
    try bench.at(1, .serveUnnumbered)
    for verb in [
      WindowCommand.call(nil), .call(first), .callPassingOver(first, reason: "急件"), .pause(PauseReason(.meal)), .close,
      .serveUnnumbered,
    ] {
      #expect(bench.refusal(at: 1, verb) == .window(.servingUnnumbered(1)))
    }
    for verb in [WindowCommand.finish, .finishAndCall, .recall, .serve, .miss, .suspend, .abandon] {
      #expect(bench.refusal(at: 1, verb) == .window(.windowEmpty(1)))
    }
    #expect(bench.refusal(at: 1, .finishUnnumbered, by: .clerk(2)) == .window(.notYourWindow(1)))
    try bench.at(1, .finishUnnumbered)
    #expect(bench.refusal(at: 1, .finishUnnumbered) == .window(.windowEmpty(1)))
    try bench.at(1, .call(nil))
    let number = try bench.ticket(first).number
    #expect(bench.refusal(at: 1, .serveUnnumbered) == .window(.windowBusy(number)))
  }

  @Test("it is counted at its window and nowhere among numbers, waits, services and paces")
  func counted() throws {
    var bench = try Bench.open(windows: 2)
    for _ in 0..<3 {
      try bench.at(1, .serveUnnumbered)
      bench.wait(seconds: 300)
      try bench.at(1, .finishUnnumbered)
    }
    try bench.at(2, .serveUnnumbered)
    let figures = bench.state.figures
    #expect(figures.windows[1]?.unnumbered == 3 && figures.windows[1]?.served == 0)
    #expect(figures.windows[2]?.unnumbered == 1)
    #expect(figures.total == LaneTally() && figures.waits == [] && figures.services.values == [])
    #expect(bench.state.queue.paces.isEmpty)
  }

  @Test("one that lasts past the day's end is of the day on which it began")
  func pastTheEnd() throws {
    var bench = try Bench.open(at: "2026-11-23 17:20")
    try bench.at(1, .serveUnnumbered)
    try bench.closeDay()
    try bench.at(1, .finishUnnumbered)
    #expect(bench.state.figures.windows[1]?.unnumbered == 1)
    #expect(bench.refusal(at: 1, .serveUnnumbered) == .day(.dayNotOpen))
    bench.now = moment("2026-11-24 09:00")
    try bench.openDay()
    #expect(bench.state.figures.windows[1]?.unnumbered == 0)
  }

  @Test("a paused window serves nobody without a number, and a coordinator may end what a clerk left behind")
  func refused() throws {
    var bench = try Bench.open()
    try bench.at(1, .pause(PauseReason(.rest)))
    #expect(bench.refusal(at: 1, .serveUnnumbered) == .window(.windowPaused(1)))
    try bench.at(1, .open)
    try bench.at(1, .serveUnnumbered)
    try bench.at(1, .finishUnnumbered, by: .coordinator)
    #expect(bench.state.windows[1]?.isFree == true)
  }

  @Test("a window whose clerk has gone is closed with it, because nobody's number is lost")
  func left() throws {
    var bench = try Bench.open()
    try bench.at(1, .serveUnnumbered)
    try bench.at(1, .close, by: .system)
    #expect(bench.state.windows[1] == WindowState())
    try bench.at(1, .open, by: .clerk(2))
    #expect(bench.refusal(at: 1, .call(nil), by: .clerk(2)) == .window(.nobodyWaiting))
  }

  @Test("the step before it can no longer be undone, as after a call")
  func undo() throws {
    var bench = try Bench.open()
    try bench.take()
    try bench.at(1, .call(nil))
    try bench.at(1, .finish)
    try bench.at(1, .serveUnnumbered)
    #expect(bench.refusal(at: 1, .undo) == .window(.nothingToUndo))
    try bench.at(1, .finishUnnumbered)
    #expect(bench.refusal(at: 1, .undo) == .window(.nothingToUndo))
  }

  @Test("a number that is transferred to the window waits for its end, and so does one that was suspended")
  func others() throws {
    var bench = try Bench.open(windows: 2)
    let moved = try bench.take()
    let away = try bench.take()
    try bench.at(2, .call(moved))
    try bench.at(1, .call(away))
    try bench.at(1, .serve)
    try bench.at(1, .suspend)
    try bench.at(1, .serveUnnumbered)
    try bench.at(2, .transfer(TransferTicket(to: .window(1), reason: .code(.wrongWindow))))
    #expect(bench.refusal(at: 1, .resume(away)) == .window(.servingUnnumbered(1)))
    try bench.at(1, .finishUnnumbered)
    try bench.at(1, .call(nil))
    #expect(try bench.atWindow(1) == bench.number(moved))
  }

  @Test("a wait that is told, and the windows that are advised, take the window for one that is busy")
  func forecast() throws {
    var limits = QueueLimits()
    limits.usualServiceMinutes = 10
    var bench = try Bench.open(.bench(limits: limits))
    let lane = try #require(LaneLetter("A"))
    #expect(bench.state.waitOutlook(lane, ahead: 0, bench.rules) == .free)
    try bench.at(1, .serveUnnumbered)
    #expect(bench.state.waitOutlook(lane, ahead: 0, bench.rules).forecast?.finishes == 1)
  }

  @Test("the clock that staff confirm brings its beginning back")
  func clock() throws {
    var bench = try Bench.open(at: "2027-11-23 09:00")
    try bench.at(1, .serveUnnumbered)
    bench.now = moment("2026-11-23 09:00")
    try bench.ask(
      .day(.openDay(OpenDay(date: bench.rules.zone.civil(bench.now).date, confirmed: true, closesOther: true))),
      by: .coordinator)
    #expect(bench.state.windows[1]?.unnumberedSince == bench.now)
  }

  @Test("it changes nobody's attendance")
  func attendance() throws {
    var bench = try Bench.open()
    try bench.at(1, .serveUnnumbered)
    try bench.at(1, .finishUnnumbered)
    var log = AttendanceLog()
    for event in bench.events { log.take(event) }
    #expect(log.presences["AJ001"]?.count == 1 && log.pauses.isEmpty)
  }
}
