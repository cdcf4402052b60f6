import Groundwork
import Hall
import Testing

/// Goal: the minutes on a slip come from this hall's own services, and are left out where there is no basis for them. A
/// table of the rule by hand, then the hall that feeds it.
@Suite("How long a ticket waits")
struct WaitEstimateTests {
  struct Row: Sendable, CustomTestStringConvertible {
    let ahead: Int, aside: Int, windows: Int, idle: Int
    let seconds: Int64
    let minutes: ClosedRange<Int>?

    init(_ ahead: Int, aside: Int = 0, windows: Int, idle: Int = 0, service: Int64, _ minutes: ClosedRange<Int>?) {
      (self.ahead, self.aside, self.windows, self.idle, self.minutes) = (ahead, aside, windows, idle, minutes)
      seconds = service
    }

    var testDescription: String { "\(ahead)+\(aside) at \(windows)-\(idle) each \(seconds) s" }
  }

  static let table = [
    // 8 finishes at 3 windows of 8 minutes: 21 minutes; 16 and 27 rounded away from it.
    Row(7, windows: 3, service: 480, 15...30),
    // One window must become free: 8 minutes; 6 and 10.
    Row(0, windows: 1, service: 480, 5...10),
    // Under one step it says one step, not nought.
    Row(0, windows: 4, service: 120, 5...5),
    // Tickets ahead in another lane of its window raise the upper bound, never the lower one.
    Row(3, aside: 2, windows: 1, service: 300, 15...40),
    Row(3, aside: 0, windows: 1, service: 300, 15...25),
    // Nobody waits for a window that is free.
    Row(0, windows: 1, idle: 1, service: 480, nil),
    Row(1, windows: 3, idle: 2, service: 480, nil),
    Row(2, windows: 3, idle: 2, service: 480, 5...5),
    // No window, no service, no estimate.
    Row(4, windows: 0, service: 480, nil),
    Row(4, windows: 2, service: 0, nil),
    // Four hours are shown, more are not.
    Row(11, windows: 1, service: 960, 140...240),
    Row(12, windows: 1, service: 960, nil),
  ]

  @Test("counts services that must end before, at the windows that are open", arguments: table)
  func rule(row: Row) {
    let estimate = WaitEstimate(
      ahead: row.ahead, aside: row.aside, windows: row.windows, idle: row.idle, service: row.seconds * 1000)
    #expect(estimate.minutes == row.minutes)
  }

  /// Serves `count` tickets at window 1, each in `minutes`.
  private func serve(_ count: Int, minutes: Int64, _ bench: inout Bench) throws {
    for _ in 0..<count {
      try bench.take()
      try bench.at(1, .call(nil))
      bench.wait(seconds: minutes * 60)
      try bench.at(1, .finish)
    }
  }

  @Test("a ticket says nothing before five services were seen, then goes by them; the event carries it")
  func own() throws {
    var bench = try Bench.open()
    try serve(4, minutes: 8, &bench)
    try bench.take()
    try bench.at(1, .call(nil))
    #expect(try bench.takeTicket().waitAtIssue == nil)
    bench.wait(seconds: 8 * 60)
    try bench.at(1, .finishAndCall)
    // One is being served, nobody waits: the next one's turn is when that one finishes.
    let next = try bench.takeTicket()
    #expect(next.waitAtIssue == 5...10)
    guard case .queue(.ticketIssued(let issued))? = bench.events.last?.event else {
      throw Bench.Unexpected(outcome: "event")
    }
    #expect(issued.wait == 5...10)
    #expect(try bench.takeTicket().waitAtIssue == 10...20)
  }

  @Test("no open window at the lane, no minutes; a paused one does not count either")
  func windows() throws {
    var limits = QueueLimits()
    limits.usualServiceMinutes = 8
    var bench = try Bench.open(.bench(limits: limits), windows: 2)
    let letter = try letter("A")
    #expect(bench.state.waitMinutes(letter, ahead: 6, bench.rules) == 15...25)
    try bench.at(2, .pause(reason: "饮水"))
    #expect(bench.state.waitMinutes(letter, ahead: 6, bench.rules) == 35...60)
    try bench.at(1, .close)
    #expect(bench.state.waitMinutes(letter, ahead: 6, bench.rules) == nil)
  }

  @Test("the configuration's usual length holds until this hall's own pace is known")
  func usual() throws {
    var limits = QueueLimits()
    limits.usualServiceMinutes = 20
    var bench = try Bench.open(.bench(limits: limits))
    let letter = try letter("A")
    #expect(bench.state.waitMinutes(letter, ahead: 1, bench.rules) == 15...25)
    try serve(5, minutes: 4, &bench)
    #expect(bench.state.waitMinutes(letter, ahead: 4, bench.rules) == 10...20)
    #expect(bench.state.waitMinutes(try self.letter("E"), ahead: 4, bench.rules) == nil, "nobody serves 出件")
  }

  private func letter(_ text: String) throws -> LaneLetter { try #require(LaneLetter(text)) }

  @Test("a wrong press, a forgotten finish and a suspended service do not count; a finish taken back counts once")
  func plausible() throws {
    var bench = try Bench.open()
    let letter = try letter("A")
    func count() -> Int { bench.state.queue.paces[letter]?.count ?? 0 }
    try bench.take()
    try bench.at(1, .call(nil))
    try bench.at(1, .finish)
    #expect(count() == 0)
    bench.wait(seconds: 10)
    try bench.take()
    try bench.at(1, .call(nil))
    bench.wait(seconds: 3 * 3600)
    try bench.at(1, .finish)
    #expect(count() == 0)
    let suspended = try bench.take()
    try bench.at(1, .call(nil))
    try bench.at(1, .serve)
    bench.wait(seconds: 300)
    try bench.at(1, .suspend)
    try bench.at(1, .resume(suspended))
    bench.wait(seconds: 300)
    try bench.at(1, .finish)
    #expect(count() == 0)
    try bench.take()
    try bench.at(1, .call(nil))
    bench.wait(seconds: 300)
    try bench.at(1, .finish)
    #expect(bench.state.queue.paces[letter]?.mean == 300_000)
    bench.wait(seconds: 2)
    try bench.at(1, .undo)
    #expect(count() == 0)
    bench.wait(seconds: 58)
    try bench.at(1, .finish)
    #expect(bench.state.queue.paces[letter]?.mean == 360_000)
  }

  @Test("the pace is that of the last twenty services, and outlives the night")
  func kept() throws {
    var bench = try Bench.open()
    try serve(20, minutes: 30, &bench)
    try serve(20, minutes: 5, &bench)
    let letter = try letter("A")
    #expect(bench.state.queue.paces[letter]?.mean == 300_000)
    try bench.closeDay()
    bench.wait(seconds: 24 * 3600)
    try bench.openDay()
    #expect(bench.state.queue.paces[letter]?.count == ServicePace.kept)
  }

  @Test("what a window calls first in its other lanes makes the cautious end later")
  func otherLanes() throws {
    var limits = QueueLimits()
    limits.usualServiceMinutes = 8
    // Window 1 calls B before C.
    var bench = try Bench.open(.bench(mode: .departmental, limits: limits))
    let (mine, other) = (try letter("C"), try letter("B"))
    #expect(bench.state.waitMinutes(mine, ahead: 2, bench.rules) == 10...20)
    for _ in 0..<3 { try bench.take(["RS-004"]) }
    #expect(bench.state.queue.waitingCount(other) == 3)
    #expect(bench.state.waitMinutes(mine, ahead: 2, bench.rules) == 10...50)
    #expect(bench.state.waitMinutes(other, ahead: 2, bench.rules) == 10...20)
  }
}
