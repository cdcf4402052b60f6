import Groundwork
import Hall
import Testing

/// Goal: the minutes on a slip come from this hall's own services, and are left out where there is no basis for them. A
/// table of the rule by hand, then the hall that feeds it.
@Suite("How long a ticket waits")
struct WaitForecastTests {
  struct Row: Sendable, CustomTestStringConvertible {
    let finishes: Int
    let minutes: Double
    let range: ClosedRange<Int>?

    init(_ finishes: Int, expected minutes: Double, _ range: ClosedRange<Int>?) {
      (self.finishes, self.minutes, self.range) = (finishes, minutes, range)
    }

    var testDescription: String { "\(finishes) services, \(minutes) minutes" }
  }

  static let table = [
    // 0.15 and 2.1 times 8 minutes, rounded away from it.
    Row(1, expected: 8, 0...20), Row(1, expected: 2, 0...5), Row(1, expected: 40, 5...85),
    // 0.35 and 2.2.
    Row(2, expected: 12, 0...30), Row(3, expected: 24, 5...55),
    // 0.45 and 2.0; 0.50 and 1.8; 0.55 and 1.6.
    Row(4, expected: 20, 5...40), Row(8, expected: 40, 20...75), Row(13, expected: 60, 30...100),
    // Four hours are told, more are not.
    Row(13, expected: 150, 80...240), Row(13, expected: 151, nil),
    // The ends are never equal.
    Row(1, expected: 0.001, 0...5),
  ]

  @Test("a range without measurements goes by the table, in whole steps", arguments: table)
  func rule(row: Row) throws {
    let spread = WaitState().spread(try letter("A"), finishes: row.finishes)
    let forecast = WaitForecast(finishes: row.finishes, expected: Int64(row.minutes * 60_000), spread: spread)
    #expect(forecast.minutes == row.range)
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
    #expect(next.waitAtIssue == 0...20)
    guard case .queue(.ticketIssued(let issued))? = bench.events.last?.event else {
      throw Bench.Unexpected(outcome: "event")
    }
    #expect(issued.wait == 0...20)
    #expect(issued.forecast == WaitForecast(finishes: 1, expected: 480_000, minutes: 0...20))
    #expect(try bench.takeTicket().waitAtIssue == 5...40)
  }

  @Test("no open window at the lane, no minutes; a paused one does not count either")
  func windows() throws {
    var limits = QueueLimits()
    limits.usualServiceMinutes = 8
    var bench = try Bench.open(.bench(limits: limits), windows: 2)
    let letter = try letter("A")
    #expect(bench.state.waitMinutes(letter, ahead: 6, bench.rules) == 5...40)
    try bench.at(2, .pause(PauseReason(.other, "饮水")))
    #expect(bench.state.waitMinutes(letter, ahead: 6, bench.rules) == 20...100)
    try bench.at(1, .close)
    #expect(bench.state.waitMinutes(letter, ahead: 6, bench.rules) == nil)
  }

  @Test("the configuration's usual length holds until this hall's own pace is known")
  func usual() throws {
    var limits = QueueLimits()
    limits.usualServiceMinutes = 20
    var bench = try Bench.open(.bench(limits: limits))
    let letter = try letter("A")
    #expect(bench.state.waitMinutes(letter, ahead: 1, bench.rules) == 0...45)
    try serve(5, minutes: 4, &bench)
    #expect(bench.state.waitMinutes(letter, ahead: 4, bench.rules) == 5...35)
    #expect(bench.state.waitMinutes(try self.letter("E"), ahead: 4, bench.rules) == nil, "nobody serves 出件")
  }

  private func letter(_ text: String) throws -> LaneLetter { try #require(LaneLetter(text)) }

  @Test(
    "a wrong press and a forgotten finish do not count; a suspension ends a service; a finish taken back counts once")
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
    bench.wait(seconds: 900)
    try bench.at(1, .finish)
    #expect(count() == 1, "what follows a suspension is no service from a call")
    #expect(bench.state.queue.paces[letter]?.mean == 300_000)
    try bench.take()
    try bench.at(1, .call(nil))
    bench.wait(seconds: 300)
    try bench.at(1, .finish)
    #expect(count() == 2)
    bench.wait(seconds: 2)
    try bench.at(1, .undo)
    #expect(count() == 1)
    bench.wait(seconds: 58)
    try bench.at(1, .finish)
    #expect(bench.state.queue.paces[letter]?.mean == 330_000)
    try bench.take()
    try bench.at(1, .call(nil))
    bench.wait(seconds: 90)
    try bench.at(1, .miss)
    #expect(bench.state.queue.paces[letter]?.mean == 250_000, "a call in vain keeps a window too")
  }

  @Test("the pace is that of the last sixty services, and outlives the night")
  func kept() throws {
    var bench = try Bench.open()
    try serve(ServicePace.kept, minutes: 30, &bench)
    try serve(ServicePace.kept, minutes: 5, &bench)
    let letter = try letter("A")
    #expect(bench.state.queue.paces[letter]?.mean == 300_000)
    try bench.closeDay()
    bench.wait(seconds: 24 * 3600)
    try bench.openDay()
    #expect(bench.state.queue.paces[letter]?.count == ServicePace.kept)
  }

  @Test("what a window calls first in its other lanes counts as before")
  func otherLanes() throws {
    var limits = QueueLimits()
    limits.usualServiceMinutes = 8
    // Window 1 calls B before C.
    var bench = try Bench.open(.bench(mode: .departmental, limits: limits))
    let (mine, other) = (try letter("C"), try letter("B"))
    #expect(bench.state.waitMinutes(mine, ahead: 2, bench.rules) == 5...40)
    for _ in 0..<3 { try bench.take(["RS-004"]) }
    #expect(bench.state.queue.waitingCount(other) == 3)
    #expect(bench.state.waitMinutes(mine, ahead: 2, bench.rules) == 15...80)
    #expect(bench.state.waitMinutes(other, ahead: 2, bench.rules) == 5...40)
  }
}
