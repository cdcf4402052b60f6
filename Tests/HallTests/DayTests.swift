import Groundwork
import Hall
import Testing

/// Goal: the business day comes from events, never from the present date, and no number is issued twice on one day.
@Suite("The business day")
struct DayTests {
  @Test("without an open day there are no numbers and no calls")
  func dayNotOpen() throws {
    var bench = Bench()
    #expect(bench.refusal(.queue(.takeTicket(TakeTicket())), by: .kiosk("kiosk-1")) == .day(.dayNotOpen))
    try bench.at(1, .open)
    #expect(bench.refusal(at: 1, .call(nil)) == .day(.dayNotOpen))
    #expect(bench.refusal(.day(.closeDay(CloseDay())), by: .coordinator) == .day(.dayNotOpen))
  }

  @Test("the timer and a coordinator open and close a day, nobody else does")
  func whoOpens() throws {
    let open = Command.day(.openDay(OpenDay(date: date("2026-11-23"))))
    var bench = Bench()
    for actor in [
      Principal.clerk(1), .kiosk("kiosk-1"), .staff(badge: "S", role: .supervisor), .staff(badge: "D", role: .agent),
    ] {
      #expect(bench.refusal(open, by: actor) == .request(.coordinatorOnly))
    }
    for actor in [Principal.system, .coordinator, .operator] { #expect(bench.refusal(open, by: actor) == nil) }
    try bench.openDay()
    for actor in [Principal.clerk(1), .kiosk("kiosk-1")] {
      #expect(bench.refusal(.day(.closeDay(CloseDay())), by: actor) == .request(.coordinatorOnly))
    }
    #expect(bench.refusal(open) == .day(.dayAlreadyOpen(date("2026-11-23"))))
  }

  @Test("the timer cannot confirm a doubtful date by itself")
  func timerCannotConfirm() {
    let bench = Bench()
    #expect(
      bench.refusal(.day(.openDay(OpenDay(date: date("2026-11-23"), confirmed: true)))) == .request(.coordinatorOnly))
  }

  @Test("a date before the last day asks staff, and once they confirm it the hall goes by it")
  func dateBehind() throws {
    var bench = Bench()
    try bench.openDay("2026-12-10")
    try bench.closeDay()
    // The clock had run ahead; today is really the 24th of November.
    #expect(
      bench.refusal(.day(.openDay(OpenDay(date: date("2026-11-24")))))
        == .day(.dateBehindJournal(given: date("2026-11-24"), last: date("2026-12-10"))))
    try bench.openDay("2026-11-24", confirmed: true)
    try bench.closeDay()
    // The next morning needs no confirmation.
    #expect(bench.refusal(.day(.openDay(OpenDay(date: date("2026-11-25"))))) == nil)
  }

  @Test("the first opening before 2026 asks staff: the clock has lost its time")
  func firstOpening() {
    let bench = Bench()
    #expect(
      bench.refusal(.day(.openDay(OpenDay(date: date("2000-01-01")))))
        == .day(.dateImplausible(given: date("2000-01-01"), last: nil)))
    #expect(
      bench.refusal(.day(.openDay(OpenDay(date: date("2025-12-31")))))
        == .day(.dateImplausible(given: date("2025-12-31"), last: nil)))
    #expect(bench.refusal(.day(.openDay(OpenDay(date: date("2026-01-01"))))) == nil)
  }

  @Test("a clock that is earlier than the program asks staff, also where the network seems to keep it")
  func earlierThanTheProgram() throws {
    var limits = QueueLimits()
    limits.earliestDate = date("2026-11-25")
    var bench = Bench(.bench(limits: limits))
    try bench.openDay("2026-11-23", confirmed: true)
    try bench.closeDay()
    for synchronised in [false, true] {
      #expect(
        bench.refusal(.day(.openDay(OpenDay(date: date("2026-11-24"), clockIsSynchronised: synchronised))))
          == .day(.dateImplausible(given: date("2026-11-24"), last: date("2026-11-23"))))
    }
    #expect(bench.refusal(.day(.openDay(OpenDay(date: date("2026-11-25"))))) == nil)
  }

  @Test(
    "a clock that skips more than two days on which the hall is usually open asks staff, unless it is synchronised",
    arguments: [(1, false), (3, false), (4, true), (20, true), (365, true)])
  func gap(days: Int, asks: Bool) throws {
    var bench = Bench()
    try bench.openDay()
    try bench.closeDay()
    let given = date("2026-11-23").adding(days: days)
    let expected: Refusal? = asks ? .day(.dateImplausible(given: given, last: date("2026-11-23"))) : nil
    #expect(bench.refusal(.day(.openDay(OpenDay(date: given)))) == expected)
    #expect(bench.refusal(.day(.openDay(OpenDay(date: given, clockIsSynchronised: true)))) == nil)
    #expect(bench.refusal(.day(.openDay(OpenDay(date: given, confirmed: true))), by: .coordinator) == nil)
  }

  @Test("days of rest and holidays count for nothing in a gap")
  func holidays() throws {
    let sessions = [
      OpeningHours.Session(from: CivilTime(minuteOfDay: 540), to: CivilTime(minuteOfDay: 1050))
    ]
    let days: [Weekday] = [.monday, .tuesday, .wednesday, .thursday, .friday]
    // Nine days of Spring Festival, and the weekend before it.
    let off = (0..<9).map { (date("2027-02-05").adding(days: $0), "春节") }
    let rules = HallRules.bench(
      calendar: WorkCalendar(off: Dictionary(off) { first, _ in first }, worked: [], years: [2027]),
      hours: OpeningHours(sessions: Dictionary(days.map { ($0, sessions) }) { first, _ in first }))
    #expect(rules.isPlausible(date("2027-02-15"), after: date("2027-02-04")))
    #expect(rules.isPlausible(date("2027-02-17"), after: date("2027-02-04")))
    #expect(!rules.isPlausible(date("2027-02-18"), after: date("2027-02-04")))
    #expect(!rules.isPlausible(date("2027-03-01"), after: date("2027-02-05")))
  }

  @Test("a coordinator who confirms a clock that was ahead closes the wrong day, and the time goes on from the clock")
  func ahead() throws {
    var bench = Bench()
    try bench.openDay()
    try bench.closeDay()
    let right = bench.now
    bench.now = Timestamp(milliseconds: right.milliseconds + 20 * 86_400_000)
    let wrong = date("2026-11-23").adding(days: 20)
    try bench.ask(.day(.openDay(OpenDay(date: wrong, confirmed: true))), by: .coordinator)
    let ticket = try bench.take()
    bench.now = Timestamp(milliseconds: right.milliseconds + 600_000)
    let today = OpenDay(date: date("2026-11-23"), confirmed: true, closesOther: true)
    let newest = bench.state.lastAt
    #expect(newest > bench.now)
    let before = bench.events.count
    try bench.ask(.day(.openDay(today)), by: .coordinator)
    #expect(bench.events[before].event == .day(.clockConfirmed(ClockConfirmed(after: newest))))
    #expect(bench.events.count == before + 3 && bench.state.lastAt == bench.now && bench.state.day?.date == today.date)
    #expect(bench.state.tickets[ticket]?.state == .closed)
    // Nobody confirms it twice; a system that opens a day confirms nothing.
    #expect(bench.refusal(.day(.openDay(today)), by: .coordinator) == .day(.dayAlreadyOpen(today.date)))
  }

  @Test("a coordinator confirms a clock that was ahead within the open day, and no number is lost")
  func aheadWithinTheDay() throws {
    var bench = Bench()
    try bench.openDay()
    let right = bench.now
    bench.now = Timestamp(milliseconds: right.milliseconds + 3 * 3_600_000)
    let ticket = try bench.take()
    bench.now = Timestamp(milliseconds: right.milliseconds + 60_000)
    let newest = bench.state.lastAt
    let today = OpenDay(date: date("2026-11-23"), confirmed: true, closesOther: true)
    try bench.ask(.day(.openDay(today)), by: .coordinator)
    #expect(bench.events.last?.event == .day(.clockConfirmed(ClockConfirmed(after: newest))))
    #expect(bench.state.lastAt == bench.now && bench.state.tickets[ticket]?.state == .waiting)
  }

  @Test("what a clock that was ahead had dated later counts from the moment at which it was confirmed")
  func broughtBack() throws {
    var bench = try Bench.open()
    let right = bench.now
    bench.now = right.adding(seconds: 3 * 3600)
    let ticket = try bench.take(kiosk: "kiosk-1")
    let other = try bench.take()
    try bench.at(1, .callPassingOver(other, reason: "急件"))
    try bench.at(1, .finish)
    try bench.ask(.help(.askForHelp(kiosk: "kiosk-1")), by: .kiosk("kiosk-1"))
    let slip = try #require(bench.ticket(ticket).slip)
    try bench.ask(.print(.start(slip, attempt: 1)))
    try bench.ask(.print(.end(slip, attempt: 1, .unknown(reason: "power"), millimetres: 0)))
    bench.now = right.adding(seconds: 60)
    try bench.ask(
      .day(.openDay(OpenDay(date: date("2026-11-23"), confirmed: true, closesOther: true))), by: .coordinator)
    #expect(try bench.ticket(ticket).issuedAt == bench.now)
    #expect(try bench.ticket(other).endedAt == bench.now)
    #expect(bench.state.help.rings.map(\.askedAt) == [bench.now])
    let known = try #require(bench.state.print.slips[slip])
    #expect([known.requestedAt, known.endedAt] == [bench.now, bench.now])
    #expect(known.askedUntil == bench.now.adding(seconds: 30))
    #expect(bench.state.windows.recentCalls.map(\.at) == [bench.now])
    // A step can be undone for its few seconds, and not for three hours.
    bench.wait(seconds: 6)
    #expect(bench.refusal(at: 1, .undo) != nil)
  }

  @Test("a date that is opened again goes on with its numbers")
  func reopened() throws {
    var bench = try Bench.open()
    #expect(try bench.takeNumber() == "A001")
    #expect(try bench.takeNumber() == "A002")
    try bench.closeDay()
    try bench.openDay()
    #expect(try bench.takeNumber() == "A003")
    try bench.closeDay()
    bench.wait(seconds: 86_400)
    try bench.openDay()
    #expect(try bench.takeNumber() == "A001")
    try bench.closeDay()
    // Also when staff go back to the day before.
    try bench.openDay("2026-11-23", confirmed: true)
    #expect(try bench.takeNumber() == "A004")
  }

  @Test("at midnight the business day goes on until it is closed")
  func midnight() throws {
    var bench = try Bench.open(at: "2026-11-23 23:59")
    let before = try bench.take()
    bench.wait(seconds: 120)
    let after = try bench.take()
    #expect(bench.rules.zone.civil(bench.now).date == date("2026-11-24"))
    #expect(try bench.ticket(after).day == date("2026-11-23"))
    #expect(try [bench.number(before), bench.number(after)] == ["A001", "A002"])
    try bench.closeDay()
    try bench.openDay()
    #expect(bench.state.day?.date == date("2026-11-24"))
    #expect(try bench.takeNumber() == "A001")
  }

  @Test("closing ends everybody who waits, was missed or is suspended")
  func closing() throws {
    var bench = try Bench.open()
    let missed = try bench.take()
    let suspended = try bench.take()
    let waiting = try bench.take()
    try bench.at(1, .call(nil))
    try bench.at(1, .miss)
    try bench.at(1, .call(nil))
    try bench.at(1, .serve)
    try bench.at(1, .suspend)
    try bench.closeDay()
    for code in [missed, suspended, waiting] {
      #expect(try bench.ticket(code).state == .closed)
      #expect(try bench.ticket(code).endedAt == bench.now)
    }
    guard case .day(.dayClosed(let closed)) = bench.events.last?.event else {
      Issue.record("the last event is no dayClosed")
      return
    }
    #expect(closed.closed == [missed, suspended, waiting])
    #expect(closed.totals.issued == 3)
    #expect(closed.totals.closed == 3)
    #expect(bench.refusal(.queue(.checkIn(missed)), by: .kiosk("kiosk-1")) == .queue(.ticketIs(.closed)))
  }

  @Test("a past day that a clock put right had left open ends with an event of its own, and only the system says so")
  func overtaken() throws {
    var bench = try Bench.open()
    let waiting = try bench.take()
    _ = try bench.take()
    try bench.at(1, .call(nil))
    try bench.at(1, .miss)
    let day = try #require(bench.state.day?.date)
    let later = CloseDay(force: true, overtakenBy: day.adding(days: 3))
    #expect(bench.refusal(.day(.closeDay(later)), by: .coordinator) == .request(.coordinatorOnly))
    let same = CloseDay(force: true, overtakenBy: day)
    #expect(bench.refusal(.day(.closeDay(same)), by: .system) == .day(.dateBehindJournal(given: day, last: day)))
    try bench.ask(.day(.closeDay(later)), by: .system)
    let events = bench.events.suffix(2).map(\.event)
    #expect(events.first == .day(.dayOvertaken(DayOvertaken(day: day, date: day.adding(days: 3), waiting: 1))))
    guard case .day(.dayClosed(let closed)) = events.last else {
      Issue.record("the day is not closed")
      return
    }
    #expect(closed.day == day && closed.closed.contains(waiting))
    #expect(bench.state.day == nil)
    #expect(bench.state.days.overtaken?.event.date == day.adding(days: 3))
  }

  @Test("a coordinator who has looked at a calendar closes what was left open and opens today in one step")
  func confirmedOverOpenDay() throws {
    var bench = try Bench.open()
    let waiting = try bench.take()
    let day = try #require(bench.state.day?.date)
    let today = day.adding(days: 3)
    for open in [OpenDay(date: today), OpenDay(date: today, confirmed: true), OpenDay(date: today, closesOther: true)] {
      #expect(bench.refusal(.day(.openDay(open)), by: .coordinator) == .day(.dayAlreadyOpen(day)))
    }
    let confirmed = OpenDay(date: today, confirmed: true, closesOther: true)
    #expect(
      bench.refusal(.day(.openDay(confirmed)), by: .staff(badge: "AJ001", role: .clerk)) == .request(.coordinatorOnly))
    let again = OpenDay(date: day, confirmed: true, closesOther: true)
    #expect(bench.refusal(.day(.openDay(again)), by: .coordinator) == .day(.dayAlreadyOpen(day)))
    try bench.ask(.day(.openDay(confirmed)), by: .coordinator)
    #expect(bench.state.day?.date == today)
    #expect(try bench.ticket(waiting).state == .closed)
  }

  @Test("a day is not closed over somebody at a window, unless it must be")
  func forced() throws {
    var bench = try Bench.open(windows: 2)
    let served = try bench.take()
    let called = try bench.take()
    try bench.at(1, .call(nil))
    try bench.at(1, .serve)
    try bench.at(2, .call(nil))
    let numbers = try [bench.ticket(served).number, bench.ticket(called).number]
    #expect(bench.refusal(.day(.closeDay(CloseDay())), by: .system) == .day(.ticketsInService(numbers)))
    try bench.closeDay(force: true)
    // Whoever is being served is served to the end (延时服务); whoever was only called is called again.
    #expect(try bench.ticket(served).state == .serving)
    #expect(try bench.ticket(called).state == .closed)
    #expect(try bench.atWindow(1) == "A001")
    #expect(try bench.atWindow(2) == nil)
    #expect(bench.refusal(at: 1, .suspend) == .day(.dayNotOpen))
    try bench.at(1, .finishAndCall)
    #expect(try bench.ticket(served).state == .finished)
    #expect(bench.refusal(at: 1, .undo) == .window(.nothingToUndo))
  }

  @Test("somebody served past midnight does not hinder the next day, nor count in it")
  func servedIntoTheNextDay() throws {
    var bench = try Bench.open()
    let served = try bench.take()
    try bench.at(1, .call(nil))
    try bench.at(1, .serve)
    try bench.closeDay(force: true)
    bench.wait(seconds: 86_400)
    try bench.openDay()
    #expect(bench.refusal(at: 1, .suspend) == .day(.dayNotOpen))
    try bench.at(1, .finish)
    #expect(try bench.ticket(served).state == .finished)
    #expect(bench.state.day?.totals.finished == 0)
    try bench.take()
    try bench.closeDay()
  }

  @Test("tickets of the day before stay readable, older ones are forgotten")
  func retention() throws {
    var bench = try Bench.open()
    let first = try bench.take(kiosk: "kiosk-1")
    try bench.closeDay()
    for expected in [true, true, false] {
      #expect((bench.state.tickets[first] != nil) == expected)
      bench.wait(seconds: 86_400)
      try bench.openDay()
      // Opening the same day again does not start a new day.
      try bench.closeDay()
      try bench.openDay()
      try bench.closeDay()
    }
    #expect(bench.state.tickets.isEmpty)
    #expect(bench.state.print.slips.isEmpty)
  }
}
