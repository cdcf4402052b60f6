import Groundwork
import Testing

@testable import Hall

/// Goal: whoever is sent on waits on as if they had stood in the other lane from the beginning, and nobody is sent around unseen.
@Suite("Transfers")
struct TransferTests {
  private func transfer(
    _ lane: String, _ reason: TransferReason = .code(.wrongWindow), items: [String]? = nil, insist: Bool = false
  ) throws -> WindowCommand {
    .transfer(TransferTicket(to: .lane(try letter(lane)), reason: reason, items: items, insist: insist))
  }

  private func transfer(to window: Int, _ reason: TransferReason = .code(.language), insist: Bool = false)
    -> WindowCommand
  {
    .transfer(TransferTicket(to: .window(window), reason: reason, insist: insist))
  }

  private func numbers(_ bench: Bench, _ lane: String) throws -> [String] {
    try (bench.state.queue.waiting[try letter(lane)]?.byRank ?? []).map { try bench.number($0.code) }
  }

  @Test("in the other lane it stands before those who came later, with number, code, rank, wait and first asked")
  func keepsItsPlace() throws {
    var bench = try Bench.open(windows: 3)
    let early = try bench.take(["GA-001"])
    let code = try bench.take(["RS-004"])
    let late = try bench.take(["GA-001"])
    let before = try bench.ticket(code)
    bench.wait(seconds: 60)
    try bench.at(1, .call(nil))
    try bench.at(1, .serve)
    bench.wait(seconds: 60)
    #expect(try bench.at(1, transfer("H", items: ["GA-001"])) == .ticket(code))
    let after = try bench.ticket(code)
    #expect(try after.state == .waiting && after.lane == letter("H") && after.number == before.number)
    #expect(after.rank == before.rank && after.since == before.since && after.firstAsked == "AJ001")
    #expect(after.items == ["GA-001"] && after.calls == 0)
    #expect(try numbers(bench, "H") == ["H001", "A001", "H002"])
    #expect(bench.state.queue.openTransfers == [code])
    #expect(try bench.at(3, .call(nil)) == .ticket(early))
    #expect(try bench.at(3, .finishAndCall) == .finishedAndCalled(finished: early, called: code))
    #expect(bench.state.queue.openTransfers == [code])
    try bench.at(3, .serve)
    #expect(bench.state.queue.openTransfers.isEmpty)
    #expect(try bench.ticket(code).firstAsked == "AJ001")
    #expect(try bench.at(3, .finishAndCall) == .finishedAndCalled(finished: code, called: late))
  }

  @Test("what cannot be done is refused, and by whom it may be insisted")
  func refusals() throws {
    var bench = try Bench.open(windows: 2)
    let h = try letter("H")
    #expect(bench.refusal(at: 1, try transfer("H")) == .window(.windowEmpty(1)))
    try bench.take(["RS-004"])
    try bench.at(1, .call(nil))
    #expect(bench.refusal(at: 1, try transfer("A")) == .window(.transferToItself))
    #expect(bench.refusal(at: 1, transfer(to: 1)) == .window(.transferToItself))
    #expect(bench.refusal(at: 1, try transfer("Z")) == .queue(.unknownLane(try letter("Z"))))
    #expect(bench.refusal(at: 1, transfer(to: 9)) == .window(.unknownWindow(9)))
    #expect(bench.refusal(at: 1, transfer(to: 3)) == .window(.windowNotOpen(3)))
    #expect(bench.refusal(at: 1, try transfer("H")) == .window(.noOpenWindow(.lane(h))))
    #expect(bench.refusal(at: 1, try transfer("H", items: ["XX-999"])) == .request(.unknownItem("XX-999")))
    #expect(bench.refusal(at: 1, try transfer("H", .words(String(repeating: "长", count: 61)))) == .request(.badReason))
    #expect(bench.refusal(at: 1, try transfer("H"), by: .clerk(2)) == .window(.notYourWindow(1)))
    try bench.at(2, .pause(PauseReason(.other, "午休")))
    #expect(bench.refusal(at: 1, transfer(to: 2)) == .window(.noOpenWindow(.window(2))))
    #expect(bench.refusal(at: 1, transfer(to: 2, insist: true)) == nil)
    try bench.at(1, .serve)
    try bench.at(1, .suspend)
    #expect(bench.refusal(at: 1, try transfer("H", insist: true)) == .window(.windowEmpty(1)))
  }

  @Test("undo restores everything within seconds, and not once the receiver has called")
  func undo() throws {
    var bench = try Bench.open(windows: 3)
    let code = try bench.take(["RS-004"])
    try bench.at(1, .call(nil))
    try bench.at(1, .recall)
    try bench.at(1, .serve)
    try bench.at(1, .noteItems(["YB-001"]))
    let before = try bench.ticket(code)
    bench.wait(seconds: 30)
    try bench.at(1, transfer("H", items: ["GA-001"]))
    bench.wait(seconds: 5)
    try bench.at(1, .undo)
    #expect(try bench.ticket(code) == before)
    #expect(try bench.state.queue.openTransfers.isEmpty && bench.state.queue.waitingCount(letter("H")) == 0)
    #expect(try bench.state.figures.transfers == 0 && bench.state.queue.paces[letter("A")]?.count == 0)
    try bench.at(1, transfer("H"))
    try bench.at(3, .call(nil))
    #expect(bench.refusal(at: 1, .undo) == .window(.nothingToUndo))
    try bench.at(3, .miss)
    try bench.ask(.queue(.checkIn(code)), by: .kiosk("kiosk-1"))
    #expect(bench.refusal(at: 1, .undo) == .window(.nothingToUndo))
  }

  @Test("the oldest who waits for one window is called before a lane whose first came later, and by no other window")
  func pool() throws {
    var bench = try Bench.open(windows: 2)
    let (first, second) = (try bench.take(["RS-004"]), try bench.take(["RS-004"]))
    let third = try bench.take(["RS-004"])
    try bench.at(1, .call(nil))
    try bench.at(2, .call(nil))
    try bench.at(2, transfer(to: 1))
    #expect(bench.refusal(at: 2, .call(second)) == .window(.laneNotServedHere(try letter("A"))))
    #expect(try bench.at(1, .finishAndCall) == .finishedAndCalled(finished: first, called: second))
    #expect(
      bench.events.last?.event
        == .window(.ticketCalled(TicketCalled(code: second, window: 1, lanes: [try letter("A")]))))
    #expect(try bench.state.whyBefore(bench.ticket(second), bench.ticket(third)) == .cameFirst)
    #expect(try bench.at(2, .call(nil)) == .ticket(third))
  }

  @Test("who waits for a window that closes, or pauses for ten minutes, waits in the lane of the items")
  func lapse() throws {
    var bench = try Bench.open(windows: 3)
    let code = try bench.take(["RS-004"])
    try bench.at(1, .call(nil))
    try bench.at(1, transfer(to: 3))
    #expect(try bench.state.queue.pools[3]?.count == 1 && bench.state.queue.waitingCount(letter("A")) == 0)
    try bench.at(3, .close)
    #expect(bench.state.queue.pools.isEmpty)
    #expect(try numbers(bench, "A") == ["A001"])
    try bench.at(1, .call(nil))
    try bench.at(1, transfer(to: 2))
    try bench.at(2, .pause(PauseReason(.other, "午休")))
    bench.wait(seconds: 599)
    try bench.ask(.queue(.lapseTransfers(2)))
    #expect(bench.state.queue.pools[2]?.count == 1)
    bench.wait(seconds: 1)
    #expect(bench.refusal(.queue(.lapseTransfers(2)), by: .clerk(2)) == .request(.staffOnly))
    try bench.ask(.queue(.lapseTransfers(2)))
    #expect(try numbers(bench, "A") == ["A001"] && bench.ticket(code).pool == nil)
    #expect(try bench.at(1, .call(nil)) == .ticket(code))
  }

  @Test("the third transfer needs a reason in words, and is counted for the coordinator")
  func third() throws {
    var bench = try Bench.open(windows: 3)
    let code = try bench.take(["RS-004"])
    try bench.at(1, .call(nil))
    try bench.at(1, transfer("H"))
    try bench.at(3, .call(nil))
    try bench.at(3, transfer("A"))
    try bench.at(1, .call(nil))
    let number = try bench.ticket(code).number
    #expect(bench.refusal(at: 1, try transfer("H")) == .window(.transferNeedsWords(number, times: 2)))
    try bench.at(1, transfer("H", .words("两边都说不归自己办")))
    #expect(try bench.ticket(code).transfers == 3)
    #expect(bench.state.figures.transfers == 3 && bench.state.figures.sentAround == 1)
  }

  @Test("why it was called: it had waited elsewhere; and in its first lane, as if it had never left")
  func why() throws {
    var bench = try Bench.open(windows: 3)
    let code = try bench.take(["RS-004"])
    let (other, later) = (try bench.take(["GA-001"]), try bench.take(["RS-004"]))
    let last = try bench.take(["GA-001"])
    try bench.at(1, .call(nil))
    try bench.at(1, transfer("H"))
    try bench.at(3, .call(nil))
    let ticket = try bench.ticket(code)
    #expect(try bench.state.whyBefore(ticket, bench.ticket(other)) == .waitedElsewhere(try letter("A")))
    #expect(try bench.state.whyBefore(ticket, bench.ticket(later)) == .cameFirst)
    try bench.at(3, transfer(to: 1))
    try bench.at(3, .call(nil))
    #expect(
      try bench.state.whyBefore(bench.ticket(other), bench.ticket(code)) == .waitsForWindow(1))
    #expect(try bench.state.whyBefore(bench.ticket(other), bench.ticket(last)) == .cameFirst)
  }

  @Test(
    "a journal with transfers is judged right, and one in which a lane's first was passed over is not",
    arguments: [false, true])
  func judged(isWrong: Bool) throws {
    var bench = try Bench.open(windows: 3)
    let code = try bench.take(["RS-004"])
    let other = try bench.take(["GA-001"])
    try bench.at(1, .call(nil))
    try bench.at(1, transfer("H"))
    let called = RecordedEvent(
      sequence: bench.state.sequence + 1, at: bench.now, actor: .clerk(3),
      event: .window(.ticketCalled(TicketCalled(code: isWrong ? other : code, window: 3))), answer: nil)
    var check = OrderCheck(from: HallState())
    for record in bench.events + [called] { check.take(record) }
    check.finish()
    #expect(check.judged == 2 && check.contradicted == (isWrong ? 1 : 0))
  }

  @Test("golden day, A005: the service ends at the transfer, and the second wait runs to the next call")
  func golden() throws {
    var bench = try Bench.open(windows: 3, at: "2026-11-30 09:06")
    let code = try bench.take(["RS-004"])
    func at(_ minute: Int, _ second: Int) {
      bench.now = moment("2026-11-30 09:\(minute)").adding(seconds: Int64(second))
    }
    at(16, 0)
    try bench.at(2, .call(nil))
    at(16, 30)
    try bench.at(2, .serve)
    at(20, 30)
    try bench.at(2, transfer("H"))
    at(25, 0)
    try bench.at(3, .call(nil))
    at(25, 30)
    try bench.at(3, .serve)
    at(33, 30)
    try bench.at(3, .finish)
    let figures = bench.state.figures
    #expect(figures.services.values == [720])
    #expect(figures.secondWaits.map { $0.at.since($0.since) } == [270_000])
    #expect(figures.waits.map { $0.at.since($0.since) } == [600_000])
    #expect(figures.lanes[try letter("A")]?.served == 1)
    // The window was kept from the call to the transfer.
    #expect(bench.state.queue.paces[try letter("A")]?.services.map(\.milliseconds) == [270_000])
    #expect(bench.state.queue.paces[try letter("H")]?.services.map(\.milliseconds) == [510_000])
    #expect(try bench.ticket(code).state == .finished)
  }

  @Test("what was really done stands beside what was asked for, until it is the same again")
  func served() throws {
    var bench = try Bench.open()
    let code = try bench.take(["RS-004"])
    #expect(bench.refusal(at: 1, .noteItems(["YB-001"])) == .window(.windowEmpty(1)))
    try bench.at(1, .call(nil))
    try bench.at(1, .noteItems(["YB-001", "RS-006"]))
    #expect(try bench.ticket(code).items == ["RS-004"])
    #expect(try bench.ticket(code).served == ["YB-001", "RS-006"])
    #expect(bench.refusal(at: 1, .noteItems([])) == .queue(.laneNeeded))
    #expect(bench.refusal(at: 1, .noteItems(["XX-999"])) == .request(.unknownItem("XX-999")))
    try bench.at(1, .noteItems(["RS-004"]))
    #expect(try bench.ticket(code).served == nil)
  }
}
