import Groundwork
import Hall
import Testing

/// Goal: one number for several matters goes from lane to lane without queueing again.
@Suite("One number, several matters")
struct ItineraryTests {
  @Test("the first item's lane gives the number, the others follow in the order of the items")
  func planned() throws {
    var bench = try Bench.open(windows: 4)
    let ticket = try bench.takeTicket(["RS-004", "GA-001", "YB-001", "CJ-001"])
    #expect(ticket.number.description == "A001")
    #expect(ticket.stops == [try letter("H"), try letter("E")])
    #expect(try bench.takeTicket(["GA-001", "RS-004"]).number.description == "H001")
    #expect(try bench.takeTicket(["RS-004", "GA-001"], lane: "H").number.description == "H002")
    let elsewhere = TakeTicket(items: ["RS-004"], lane: try letter("H"))
    #expect(
      bench.refusal(.queue(.takeTicket(elsewhere)), by: .kiosk("kiosk-1"))
        == .queue(.laneDoesNotFit(try letter("H"), needed: try letter("A"))))
  }

  @Test("finishing in one lane puts it into the next by its rank; undo brings it back; the last finish ends it")
  func moves() throws {
    var bench = try Bench.open(windows: 3)
    let code = try bench.take(["RS-004", "GA-001"])
    try bench.take(["GA-001"])
    try bench.at(1, .call(nil))
    try bench.at(1, .finish)
    #expect(try bench.ticket(code).state == .waiting && bench.ticket(code).stops.isEmpty)
    #expect(bench.state.day?.totals.finished == 0 && bench.state.figures.windows[1]?.served == 1)
    try bench.at(1, .undo)
    #expect(try bench.ticket(code).stops == [letter("H")])
    #expect(try bench.atWindow(1) == "A001" && bench.state.figures.windows[1]?.served == 0)
    #expect(try bench.at(1, .finishAndCall) == .finishedAndCalled(finished: code, called: nil))
    #expect(try bench.at(3, .call(nil)) == .ticket(code))
    try bench.at(3, .finish)
    #expect(try bench.ticket(code).state == .finished)
    #expect(bench.state.day?.totals.finished == 1 && bench.state.figures.transfers == 0)
  }

  @Test("a window that serves the next lane too does both, and a transfer to it takes it off the list")
  func together() throws {
    var bench = try Bench.open(.bench(mode: .departmental), windows: 3)
    let code = try bench.take(["RS-004", "YB-001", "GA-001"])
    #expect(try bench.ticket(code).stops == [letter("C"), letter("H")])
    try bench.at(1, .call(nil))
    try bench.at(1, .finish)
    #expect(try bench.ticket(code).lane == letter("H"))
    let other = try bench.take(["RS-004", "GA-001"])
    try bench.at(1, .call(nil))
    try bench.at(
      1, .transfer(TransferTicket(to: .lane(letter("H")), reason: .code(.wrongWindow))))
    #expect(try bench.ticket(other).stops.isEmpty)
  }

  @Test("who is still served after the day's close is done with the finish")
  func closed() throws {
    var bench = try Bench.open(windows: 3)
    let code = try bench.take(["RS-004", "GA-001"])
    try bench.at(1, .call(nil))
    try bench.at(1, .serve)
    try bench.closeDay(force: true)
    try bench.at(1, .finish)
    #expect(try bench.ticket(code).state == .finished)
  }
}
