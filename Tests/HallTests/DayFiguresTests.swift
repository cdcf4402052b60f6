import Groundwork
import Testing

@testable import Hall

/// Goal: the day's figures are what the formulas say, counted with each event, whatever is undone.
///
/// Method: a day with two sessions, played by the minute, whose figures were worked out by hand; then the steps that
/// take a figure back.
@Suite("The figures of a day")
struct DayFiguresTests {
  private static let hours = OpeningHours(
    sessions: Dictionary(
      uniqueKeysWithValues: Weekday.allCases.map {
        ($0, [session("09:00", "12:00"), session("14:00", "17:30")])
      }))

  private static func session(_ from: String, _ to: String) -> OpeningHours.Session {
    guard let from = CivilTime(from), let to = CivilTime(to) else { preconditionFailure("\(from) is a time") }
    return OpeningHours.Session(from: from, to: to)
  }

  /// A bench whose rules have those hours; a number is taken by staff, so that the hour is not asked for.
  private func bench() throws -> Bench { try .open(.bench(hours: Self.hours), windows: 2) }

  private func waits(_ bench: Bench) throws -> SortedSeconds {
    var waits = HallWaits()
    let date = try #require(bench.state.figures.date)
    waits.follow(bench.state.figures, DayTerms(date, bench.rules))
    return waits.seconds
  }

  private func set(_ bench: inout Bench, _ clock: String) throws {
    let parts = clock.split(separator: ":")
    let seconds = parts.count == 3 ? Int64(parts[2]) ?? 0 : 0
    bench.now = moment("2026-11-23 \(parts[0]):\(parts[1])").adding(seconds: seconds)
  }

  @Test("a whole day by hand: waits in hall time, services without suspensions, what was missed, given up and left")
  func goldenDay() throws {
    var bench = try bench()
    var codes: [String: PublicCode] = [:]
    func at(_ clock: String, _ act: (inout Bench) throws -> Void) throws {
      try set(&bench, clock)
      try act(&bench)
    }
    func code(_ number: String) throws -> PublicCode { try #require(codes[number]) }
    func take(_ number: String) -> (inout Bench) throws -> Void {
      { codes[number] = try $0.take() }
    }
    func call(_ window: Int, _ number: String) -> (inout Bench) throws -> Void {
      { try $0.at(window, .call(try code(number))) }
    }
    func step(_ window: Int, _ verb: WindowCommand) -> (inout Bench) throws -> Void { { try $0.at(window, verb) } }
    try at("9:00", take("A001"))
    try at("9:01", take("A002"))
    try at("9:02", call(1, "A001"))
    try at("9:02:30", step(1, .serve))
    try at("9:03", take("A003"))
    try at("9:04", call(2, "A002"))
    try at("9:05", step(2, .recall))
    try at("9:05", take("A004"))
    try at("9:05:40", step(2, .serve))
    try at("9:06", take("A005"))
    try at("9:08", take("A006"))
    try at("9:10", step(1, .finish))
    try at("9:10:30", call(1, "A003"))
    try at("9:11", step(1, .recall))
    try at("9:12:30", step(1, .miss))
    try at("9:12:40", call(1, "A004"))
    try at("9:13", step(1, .serve))
    try at("9:15:40", step(2, .finish))
    try at("9:16", step(1, .suspend))
    try at("9:16", call(2, "A005"))
    try at("9:16:30", step(2, .serve))
    try at("9:20", { try $0.ask(.queue(.checkIn(try code("A003"))), by: .clerk(1)) })
    try at("9:24:30", step(2, .finish))
    try at("9:25", { try $0.ask(.queue(.abandonTicket(try code("A006"))), by: .clerk(1)) })
    try at("9:26", call(1, "A003"))
    try at("9:26:20", step(1, .serve))
    try at("9:30:20", step(1, .finish))
    try at("9:31", { try $0.at(1, .resume(try code("A004"))) })
    try at("9:35", step(1, .finish))
    try at("11:50", take("A007"))
    try at("14:02", call(2, "A007"))
    try at("14:02:20", step(2, .serve))
    try at("14:12:20", step(2, .finish))
    try at("16:00", take("A008"))
    try at("17:30", { try $0.closeDay() })

    let figures = bench.state.figures
    var total = LaneTally()
    (total.issued, total.served, total.missed, total.abandoned, total.closed) = (8, 6, 1, 1, 1)
    #expect(figures.total == total)
    let wait = try waits(bench)
    #expect(wait.values == [120, 180, 450, 460, 600, 720])
    #expect(wait.mean.map { ($0 * 10).rounded() / 10 } == 421.7)
    #expect([wait.percentile(50), wait.percentile(90), wait.longest] == [450, 720, 720])
    // A001, A002, A003, A004 without its quarter of an hour away, A005, A007.
    #expect(figures.services.values == [240, 420, 450, 480, 600, 600])
    #expect(figures.services.mean == 465)
    #expect([figures.services.percentile(50), figures.services.percentile(90)] == [450, 600])
    let hours = figures.hours.mapValues { [$0.issued, $0.called, $0.served] }
    #expect(hours == [9: [6, 5, 5], 11: [1, 0, 0], 14: [0, 1, 1], 16: [1, 0, 0]])
    #expect(figures.windows.mapValues(\.served) == [1: 3, 2: 3])
    #expect([figures.openedAt, figures.closedAt] == [moment("2026-11-23 09:00"), moment("2026-11-23 17:30")])
  }

  @Test("what is undone is not counted, and a service goes on from where it had begun")
  func undone() throws {
    var bench = try bench()
    try bench.take()
    try bench.at(1, .call(nil))
    try bench.at(1, .serve)
    bench.wait(seconds: 100)
    let before = bench.state.figures
    for verb in [WindowCommand.finish, .abandon] {
      try bench.at(1, verb)
      bench.wait(seconds: 2)
      try bench.at(1, .undo)
      #expect(bench.state.figures.total == before.total)
      #expect(bench.state.figures.services == before.services)
      #expect(bench.state.figures.hours.mapValues(\.served) == [9: 0])
    }
    bench.wait(seconds: 96)
    try bench.at(1, .finish)
    #expect(bench.state.figures.services.values == [200])
    try bench.take()
    try bench.at(1, .call(nil))
    try bench.at(1, .miss)
    #expect(bench.state.figures.total.missed == 1)
    try bench.at(1, .undo)
    #expect(bench.state.figures.total.missed == 0)
    // Called in vain, and finished without anybody having come: no service was measured.
    try bench.at(1, .finish)
    #expect(bench.state.figures.services.count == 1)
    #expect(bench.state.figures.total.served == 2)
  }

  @Test("a window says since when it does what it does; a recall changes nothing about that")
  func since() throws {
    var bench = try bench()
    let opened = bench.now
    #expect(bench.state.figures.windows[1]?.since == opened)
    try bench.take()
    bench.wait(seconds: 60)
    try bench.at(1, .call(nil))
    let called = bench.now
    bench.wait(seconds: 60)
    try bench.at(1, .recall)
    #expect(bench.state.figures.windows[1]?.since == called)
    try bench.at(1, .serve)
    #expect(bench.state.figures.windows[1]?.since == bench.now)
  }

  @Test("a day that is opened again goes on; a new day begins anew, with its windows")
  func days() throws {
    var bench = try bench()
    try bench.take()
    try bench.closeDay()
    #expect(bench.state.figures.closedAt == bench.now)
    bench.wait(seconds: 60)
    try bench.openDay()
    #expect(bench.state.figures.closedAt == nil)
    try bench.take()
    #expect(bench.state.figures.total.issued == 2)
    try bench.closeDay()
    bench.wait(seconds: 86_400)
    try bench.openDay()
    #expect(bench.state.figures.total == LaneTally())
    #expect(bench.state.figures.windows == [1: WindowTally(), 2: WindowTally()])
    try bench.take()
    #expect(bench.state.figures.tickets.count == 1)
  }

  @Test("other sessions of the day count its waits anew; a new day forgets them")
  func followed() throws {
    var bench = try bench()
    try bench.take()
    bench.wait(seconds: 300)
    try bench.at(1, .call(nil))
    var waits = HallWaits()
    func terms(_ from: String) -> DayTerms {
      let spans = DayTerms.spans([Self.session(from, "12:00")], on: date("2026-11-23"), .beijing)
      return DayTerms(sessions: spans, promisedMinutes: nil)
    }
    let late = terms("09:03")
    waits.follow(bench.state.figures, terms("09:00"))
    #expect(waits.seconds.values == [300])
    waits.follow(bench.state.figures, late)
    #expect(waits.seconds.values == [120])
    try bench.at(1, .finish)
    try bench.closeDay()
    bench.wait(seconds: 86_400)
    try bench.openDay()
    waits.follow(bench.state.figures, late)
    #expect(waits.seconds.values == [])
  }

  @Test("percentiles are the nearest rank, of none there is none")
  func ranks() {
    var seconds = SortedSeconds([3, 1, 2])
    #expect([1, 34, 67, 100].map { seconds.percentile($0) } == [1, 2, 3, 3])
    seconds.remove(2)
    seconds.remove(7)
    #expect(seconds.values == [1, 3])
    #expect(seconds.mean == 2)
    #expect(SortedSeconds().percentile(90) == nil)
    #expect(SortedSeconds().mean == nil)
  }

  @Test("a clock that staff set back takes the figures' moments back with it")
  func clock() throws {
    var bench = try bench()
    bench.wait(seconds: 3 * 3600)
    try bench.take()
    try bench.at(1, .call(nil))
    bench.now = moment("2026-11-23 09:10")
    try bench.openDay("2026-11-23", confirmed: true)
    #expect(bench.state.figures.waits.map(\.since) == [bench.now])
    #expect(bench.state.figures.windows[1]?.since == bench.now)
  }
}
