import Groundwork
@testable import Hall
import Testing

/// Goal: the invariants can fail. Method: events that `decide` would never make, and states that no events produce.
@Suite("Invariants")
struct InvariantTests {
  private func bench() throws -> (bench: Bench, waiting: PublicCode, called: PublicCode) {
    var bench = try Bench.open(windows: 2)
    let called = try bench.take()
    let waiting = try bench.take()
    try bench.at(1, .call(nil))
    return (bench, waiting, called)
  }

  @Test("every step that is not open to a ticket is seen before it is taken")
  func illegalSteps() throws {
    let (bench, waiting, called) = try bench()
    let ghost = PublicCode(entropy: 99)
    let number = try bench.ticket(called).number
    let again = try issued(in: bench, code: ghost, number: number)
    let illegal: [Event] = [
      .window(.ticketCalled(TicketCalled(code: called, window: 2))),
      .window(.ticketCalled(TicketCalled(code: waiting, window: 1))),
      .window(.ticketCalled(TicketCalled(code: ghost, window: 2))),
      .window(.ticketFinished(TicketAtWindow(code: called, window: 2))),
      .window(.ticketFinished(TicketAtWindow(code: waiting, window: 1))),
      .window(.serviceStarted(TicketAtWindow(code: waiting, window: 1))),
      .window(.ticketSuspended(TicketAtWindow(code: called, window: 1))),
      .window(.ticketMissed(TicketAtWindow(code: waiting, window: 2))),
      .window(.ticketRecalled(TicketAtWindow(code: waiting, window: 1))),
      .window(.ticketResumed(TicketAtWindow(code: waiting, window: 2))),
      .queue(.ticketCheckedIn(TicketCheckedIn(code: waiting, place: 0))),
      .queue(.ticketAbandoned(TicketAbandoned(code: called, window: nil))),
      .queue(.ticketAbandoned(TicketAbandoned(code: waiting, window: 1))),
      .window(.stepUndone(StepUndone(code: waiting, window: 2, restored: .serving))),
      .window(.windowClosed(WindowClosed(window: 1))),
      .window(.windowPaused(WindowPaused(window: 1, reason: PauseReason(.other, "午休")))),
      .queue(.ticketIssued(again)),
      .day(.dayClosed(DayClosed(day: date("2026-11-24"), closed: [], totals: DayTotals()))),
    ]
    for event in illegal { #expect(bench.state.violations(before: event) != [], "\(event)") }
  }

  /// The shape that `decide` would give a second ticket of the same number.
  private func issued(in bench: Bench, code: PublicCode, number: TicketNumber) throws -> TicketIssued {
    var copy = bench
    try copy.take()
    guard case .queue(.ticketIssued(let last)) = copy.events.last?.event else {
      throw Bench.Unexpected(outcome: "no ticket")
    }
    return TicketIssued(
      code: code, number: number, day: last.day, items: [], priority: false, kiosk: nil,
      catalogueVersion: last.catalogueVersion, ahead: 0)
  }

  @Test("a number given twice is seen")
  func twice() throws {
    var (bench, _, called) = try bench()
    let again = try issued(in: bench, code: PublicCode(entropy: 99), number: try bench.ticket(called).number)
    bench.state.evolve(
      RecordedEvent(
        sequence: bench.state.sequence + 1, at: bench.now, actor: .system, event: .queue(.ticketIssued(again)),
        answer: nil))
    #expect(bench.state.violations().contains { $0.contains("given twice") })
  }

  @Test("each broken list, window and account is seen", arguments: 0..<7)
  func broken(_ kind: Int) throws {
    var (bench, waiting, called) = try bench()
    #expect(bench.state.violations() == [])
    switch kind {
    case 0: bench.state.windows.states[2, default: WindowState()].ticket = called
    case 1: bench.state.windows.states[1]?.ticket = nil
    case 2: bench.state.queue.join(try bench.ticket(called))
    case 3: bench.state.queue.waiting[try letter("A")] = LaneQueue()
    case 4: bench.state.queue.missed = [waiting]
    case 5: bench.state.days.open?.totals.issued += 1
    default: bench.state.queue.ordinals[date("2026-11-23")]?[try letter("A")] = 1
    }
    #expect(bench.state.violations() != [])
  }
}
