import Groundwork
import Hall
import Testing

/// Goal: waiting is time within the hall's sessions, and a wait over the promise becomes an event at the call or at the day's
/// close.
///
/// Method: a small day with every kind of ticket, whose waits were worked out by hand, and moments around a lunch break.
@Suite("Hall time and the promise")
struct PromiseTests {
  private static let hours: OpeningHours = {
    let day = [
      OpeningHours.Session(from: time("09:00"), to: time("12:00")),
      OpeningHours.Session(from: time("14:00"), to: time("17:30")),
    ]
    return OpeningHours(sessions: [.monday: day])
  }()

  private static func rules(promise: Int?, windows: Int = 3) -> HallRules {
    let bench = HallRules.bench(hours: hours)
    return HallRules(
      identity: bench.identity, address: "", hoursText: "", consultPhone: "", supervisePhone: "", mode: bench.mode,
      lanes: bench.lanes,
      windows: bench.windows.map { WindowRule(number: $0.number, name: $0.name, lanes: bench.lanes.map(\.letter)) },
      calendar: bench.calendar, hours: hours, catalogue: bench.catalogue, kiosks: bench.kiosks,
      promise: promise.map { ServicePromise(waitMinutes: $0) })
  }

  private func terms(promise: Int? = 15) throws -> DayTerms {
    try #require(DayTerms(date("2026-11-30"), Self.rules(promise: promise)))
  }

  @Test("time between sessions and outside of them is not waiting")
  func hallTime() throws {
    let terms = try terms()
    func between(_ from: String, _ to: String) -> Int64 {
      terms.hallTime(from: moment("2026-11-30 \(from)"), to: moment("2026-11-30 \(to)")) / 60_000
    }
    #expect(between("09:10", "09:25") == 15)
    #expect(between("11:50", "14:02") == 12)
    #expect(between("08:40", "09:05") == 5)
    #expect(between("12:30", "13:30") == 0)
    #expect(between("16:00", "23:59") == 90)
    #expect(between("10:00", "09:00") == 0)
  }

  @Test("a wait of so much hall time ends behind the lunch break, or not on this day")
  func moments() throws {
    let terms = try terms()
    func after(_ minutes: Int64, _ from: String) -> Timestamp? {
      terms.moment(after: minutes * 60_000, from: moment("2026-11-30 \(from)"))
    }
    #expect(after(15, "09:10") == moment("2026-11-30 09:25"))
    #expect(after(15, "11:50") == moment("2026-11-30 14:05"))
    #expect(after(10, "11:50") == moment("2026-11-30 12:00"))
    #expect(after(5, "12:30") == moment("2026-11-30 14:05"))
    #expect(after(15, "17:20") == nil)
  }

  @Test("the break that a wait meets is told, and none where it ends before")
  func breaks() throws {
    let terms = try terms()
    func met(_ minutes: Int, from: String) -> Bool {
      terms.breakMet(from: moment("2026-11-30 \(from)"), minutes: minutes) != nil
    }
    #expect(!met(20, from: "11:35"))
    #expect(!met(25, from: "11:35"), "it ends when the break begins")
    #expect(met(30, from: "11:35"))
    #expect(met(5, from: "12:30"))
    #expect(!met(240, from: "14:00"))
  }

  @Test("a hall that is always open and promises nothing has no terms, so that older programs read its days")
  func none() throws {
    #expect(DayTerms(date("2026-11-30"), .bench()) == nil)
    #expect(DayTerms(date("2026-11-29"), Self.rules(promise: nil)) == nil, "a Sunday")
    #expect(try terms(promise: nil).promised == nil)
  }

  /// The day of the golden month: eight tickets, in seconds of the day.
  private func goldenDay() throws -> (Bench, [String: PublicCode]) {
    var bench = try Bench.open(Self.rules(promise: 15), windows: 3, at: "2026-11-30 08:59")
    var codes: [String: PublicCode] = [:]
    func at(_ text: String) -> Timestamp {
      let parts = text.split(separator: ":")
      return moment("2026-11-30 \(parts[0]):\(parts[1])").adding(seconds: parts.count > 2 ? Int64(parts[2]) ?? 0 : 0)
    }
    func code(_ number: String) throws -> PublicCode { try #require(codes[number]) }
    let story: [(String, String, Int?)] = [
      ("09:00", "take", nil), ("09:01", "take", nil), ("09:02", "call A001", 1), ("09:03", "take", nil),
      ("09:04", "call A002", 2), ("09:05", "take", nil), ("09:06", "take", nil), ("09:08", "take", nil),
      ("09:10", "finish", 1), ("09:10:30", "call A003", 1), ("09:12:30", "miss", 1), ("09:12:40", "call A004", 1),
      ("09:15:40", "finish", 2), ("09:16", "call A005", 2), ("09:20:30", "finish", 2), ("09:25", "abandon A006", nil),
      ("09:35", "finish", 1), ("11:50", "take", nil), ("14:02", "call A007", 2), ("14:12:20", "finish", 2),
      ("16:00", "take", nil),
    ]
    for (when, step, window) in story {
      bench.now = at(when)
      let words = step.split(separator: " ").map(String.init)
      switch (words[0], window) {
      case ("take", _):
        let ticket = try bench.takeTicket()
        codes[ticket.number.description] = ticket.code
      case ("call", let window?): try bench.at(window, .call(try code(words[1])))
      case ("finish", let window?): try bench.at(window, .finish)
      case ("miss", let window?): try bench.at(window, .miss)
      default: try bench.ask(.queue(.abandonTicket(try code(words[1]))), by: .clerk(1))
      }
    }
    bench.now = moment("2026-11-30 23:59")
    try bench.closeDay()
    return (bench, codes)
  }

  @Test("the golden day's waits, and the two promises that it broke: of a ticket given up and of one left at the close")
  func golden() throws {
    let (bench, codes) = try goldenDay()
    let day = try terms()
    let expected: [(String, Int64)] = [
      ("A001", 120), ("A002", 180), ("A003", 450), ("A004", 460), ("A005", 600), ("A007", 720),
    ]
    for (number, seconds) in expected {
      let ticket = try bench.ticket(try #require(codes[number]))
      let called = try #require(ticket.firstCalledAt)
      #expect(day.hallTime(from: ticket.waitsSince, to: called) == seconds * 1000, "\(number)")
      if number == "A007" { #expect(called.since(ticket.waitsSince) == 7_920_000, "by the clock") }
    }
    let broken = bench.events.compactMap { recorded -> PromiseBroken? in
      if case .queue(.promiseBroken(let broken)) = recorded.event { broken } else { nil }
    }
    #expect(
      broken == [
        PromiseBroken(kind: .wait, code: try #require(codes["A006"]), waited: 1_020_000, promisedMinutes: 15),
        PromiseBroken(kind: .wait, code: try #require(codes["A008"]), waited: 5_400_000, promisedMinutes: 15),
      ])
    #expect(bench.state.waits.broken == 2)
  }

  @Test("the call that comes too late says so at once, and only the first call of a ticket does")
  func late() throws {
    var bench = try Bench.open(Self.rules(promise: 15), windows: 1, at: "2026-11-30 11:50")
    let code = try bench.take()
    bench.now = moment("2026-11-30 14:05")
    try bench.at(1, .call(nil))
    #expect(bench.state.waits.broken == 0, "fifteen minutes are not more than fifteen")
    try bench.at(1, .finish)
    let late = try bench.take()
    bench.now = moment("2026-11-30 14:21")
    try bench.at(1, .call(nil))
    #expect(bench.events.suffix(2).map(\.event.name) == ["ticketCalled", "promiseBroken"])
    try bench.at(1, .miss)
    bench.now = moment("2026-11-30 15:00")
    try bench.at(1, .call(late))
    #expect(bench.state.waits.broken == 1)
    try bench.at(1, .finish)
    #expect(code != late)
  }

  @Test("a promise that is changed holds from the next day on")
  func nextDay() throws {
    var bench = try Bench.open(Self.rules(promise: 15), windows: 1, at: "2026-11-30 09:00")
    bench.rules = Self.rules(promise: nil)
    #expect(bench.state.waits.terms?.promisedMinutes == 15)
    try bench.closeDay()
    #expect(bench.state.waits.terms == nil)
    bench.now = moment("2026-12-07 09:00")
    try bench.openDay(confirmed: true)
    #expect(bench.state.waits.terms?.promisedMinutes == nil && bench.state.waits.terms?.sessions.count == 2)
  }

  @Test("a lane is marked at four fifths and at the whole of the promise; five over it advise another window")
  func lanes() throws {
    var bench = try Bench.open(Self.rules(promise: 15), windows: 2, at: "2026-11-30 09:00")
    let letter = try letter("A")
    #expect(bench.state.promise(of: letter, bench.rules)?.amberAt == nil)
    for window in [1, 2] {
      try bench.take()
      try bench.at(window, .call(nil))
    }
    for minute in 0..<5 {
      bench.now = moment("2026-11-30 11:5\(minute)")
      let promise = try #require(bench.state.promise(of: letter, bench.rules))
      #expect(promise.adviceAt == nil)
      try bench.take()
    }
    let promise = try #require(bench.state.promise(of: letter, bench.rules))
    #expect(promise.amberAt == moment("2026-11-30 14:02") && promise.redAt == moment("2026-11-30 14:05"))
    #expect(promise.adviceAt == moment("2026-11-30 14:09"), "the fifth came four minutes after the first")
    #expect(promise.windows == [3, 4])
    try bench.at(3, .open)
    try bench.at(3, .pause(PauseReason(.other, "饮水")))
    try bench.at(4, .open)
    #expect(
      bench.state.promise(of: letter, bench.rules)?.windows == [4, 3], "a free one first, then one that is paused")
  }

  @Test("an event of a promise that was not given is a bug")
  func invariant() throws {
    var bench = try Bench.open(Self.rules(promise: 15), windows: 1, at: "2026-11-30 09:00")
    let broken = PromiseBroken(kind: .wait, code: try bench.take(), waited: 1, promisedMinutes: 10)
    #expect(
      bench.state.violations(before: .queue(.promiseBroken(broken))) == ["a promise is broken that was not given"])
  }
}
