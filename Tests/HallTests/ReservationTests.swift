import Groundwork
import Testing

@testable import Hall

/// Goal: a reservation becomes one ticket with the place that its slot gives, and leaves nothing behind.
/// Method: whole stories on the core; every event is checked by the invariants.
@Suite("Reservations")
struct ReservationTests {
  static let rules = HallRules.reserving()

  @Test("a slot's places are the share of what the lane's windows can serve in it, at least one")
  func capacity() throws {
    var limits = QueueLimits()
    limits.usualServiceMinutes = 6
    let bench = Bench(.reserving(limits: limits))
    // Two windows, 30 minutes, 6 each: ten people, of which 30 % are three.
    #expect(bench.state.slotCapacity(try letter("A"), bench.rules) == 3)
    #expect(Bench(Self.rules).state.slotCapacity(try letter("A"), Self.rules) == 1)
  }

  @Test("slots fit into sessions, and only open days within the days ahead are offered")
  func slots() throws {
    let starts = HallState().slots(on: date("2026-11-24"), Self.rules).map(\.from.description)
    #expect(starts.prefix(2) == ["09:00", "09:30"])
    #expect(starts.contains("11:30") && !starts.contains("12:00") && starts.last == "17:00")
    let dates = HallState().reservationDates(from: date("2026-11-26"), withToday: false, Self.rules)
    #expect(dates.map(\.description) == ["2026-11-27", "2026-11-30", "2026-12-01", "2026-12-02", "2026-12-03"])
  }

  @Test("residents reserve hours ahead, staff until the slot begins")
  func inTime() throws {
    var bench = try Bench.open(Self.rules, at: "2026-11-23 16:00")
    #expect(bench.refusal(bench.make("2026-11-23", "15:30"), by: .clerk(1)) == .reservation(.slotTooNear(hours: 0)))
    #expect(
      bench.refusal(bench.make("2026-11-23", "16:30"), by: .kiosk("kiosk-1"))
        == .reservation(.dateNotOffered(last: date("2026-11-30"))))
    bench.now = moment("2026-11-23 22:00")
    #expect(
      bench.refusal(bench.make("2026-11-24", "09:00"), by: .kiosk("kiosk-1"))
        == .reservation(.slotTooNear(hours: 12)))
    try bench.ask(bench.make("2026-11-24", "09:00"), by: .clerk(1))
    #expect(
      bench.refusal(bench.make("2026-11-24", "09:00"), by: .clerk(1))
        == .reservation(.slotFull(next: moment("2026-11-24 09:30"))))
    #expect(bench.refusal(bench.make("2026-11-24", "09:10"), by: .clerk(1)) == .reservation(.unknownSlot))
  }

  @Test("a date that is over for the hall is not offered, whatever the clock shows")
  func clockBehind() throws {
    var bench = try Bench.open(Self.rules, at: "2026-11-25 09:00")
    bench.now = moment("2026-11-23 09:00")
    #expect(bench.state.reservationDates(at: bench.now, forStaff: true, Self.rules).first == date("2026-11-25"))
    #expect(bench.refusal(bench.make("2026-11-24", "10:00"), by: .clerk(1)) != nil)
    try bench.closeDay()
    #expect(bench.state.reservationDates(at: bench.now, forStaff: true, Self.rules).first == date("2026-11-26"))
  }

  @Test("on time it stands where its slot began, before whoever came later, and counts as an overtaking")
  func onTime() throws {
    var bench = try Bench.reserved("2026-11-24", "10:00")
    bench.now = moment("2026-11-24 09:55")
    let early = try bench.take(lane: "A")
    bench.now = moment("2026-11-24 10:02")
    let later = try bench.take(lane: "A")
    bench.now = moment("2026-11-24 10:14")
    let reserved = try bench.scan()
    let ticket = try bench.ticket(reserved)
    #expect(ticket.reservation?.timing == .onTime && ticket.goesFirst && !ticket.priority)
    #expect(try ticket.rank > bench.ticket(early).rank && ticket.rank < bench.ticket(later).rank)
    #expect(ticket.since == bench.now)
    try bench.at(1, .call(nil))
    #expect(try bench.atWindow(1) == bench.number(reserved))
    #expect(bench.state.queue.waiting[ticket.lane]?.ordinary.map(\.overtaken) == [1, 0])
    #expect(
      try bench.state.whyBefore(bench.ticket(reserved), bench.ticket(early))
        == .reservation(from: moment("2026-11-24 10:00"), isOwed: false))
  }

  @Test("before its slot it is called only while nobody else waits; when it begins it takes its place")
  func early() throws {
    var bench = try Bench.reserved("2026-11-24", "10:00")
    bench.now = moment("2026-11-24 09:50")
    let reserved = try bench.scan()
    let walkIn = try bench.take(lane: "A")
    #expect(try bench.ticket(reserved).rank.isToCome)
    try bench.at(1, .call(nil))
    #expect(try bench.atWindow(1) == bench.number(walkIn))
    #expect(
      try bench.state.whyBefore(bench.ticket(walkIn), bench.ticket(reserved))
        == .slotToCome(from: moment("2026-11-24 10:00")))
    let second = try bench.take(lane: "A")
    bench.now = moment("2026-11-24 10:00")
    let third = try bench.take(lane: "A")
    #expect(try bench.ticket(reserved).goesFirst)
    #expect(try bench.ticket(reserved).rank > bench.ticket(second).rank)
    #expect(try bench.ticket(reserved).rank < bench.ticket(third).rank)
    try bench.at(1, .finishAndCall)
    #expect(try bench.atWindow(1) == bench.number(reserved))
  }

  @Test("a call at the slot's start knows that it has begun, though nothing was recorded since")
  func beginsAtCall() throws {
    var bench = try Bench.reserved("2026-11-24", "10:00")
    bench.now = moment("2026-11-24 09:50")
    let walkIn = try bench.take(lane: "A")
    let reserved = try bench.scan()
    bench.now = moment("2026-11-24 10:00")
    try bench.at(1, .call(nil))
    #expect(try bench.atWindow(1) == bench.number(reserved))
    #expect(bench.state.queue.waiting[try letter("A")]?.entry(of: walkIn)?.overtaken == 1)
  }

  @Test("items of several lanes make one reservation, and one ticket that visits them one after the other")
  func severalLanes() throws {
    var bench = try Bench.open(Self.rules, at: "2026-11-23 09:00")
    let make = MakeReservation(
      items: ["RS-004", "GA-001"], date: date("2026-11-23"), from: time("10:00"), source: .console)
    try bench.ask(.reservation(.make(make)), by: .clerk(1))
    bench.now = moment("2026-11-23 10:01")
    let code = try bench.scan()
    let ticket = try bench.ticket(code)
    #expect(try ticket.lane == letter("A") && ticket.stops == [letter("H")])
    #expect(ticket.goesFirst && ticket.items == ["RS-004", "GA-001"])
  }

  @Test("called before its slot and sent on, it stands in the other lane by when it came, and waits for no slot")
  func sentOnBeforeItsSlot() throws {
    var bench = try Bench.reserved("2026-11-24", "10:00")
    bench.now = moment("2026-11-24 09:46")
    let earlier = try bench.take(["GA-001"])
    let reserved = try bench.scan()
    let later = try bench.take(["GA-001"])
    try bench.at(1, .call(nil))
    try bench.at(
      1, .transfer(TransferTicket(to: .lane(try letter("H")), reason: .code(.wrongWindow), insist: true)))
    let lane = try #require(bench.state.queue.waiting[try letter("H")])
    #expect(lane.byRank.map(\.code) == [earlier, reserved, later])
    #expect(lane.priority.map(\.code) == [reserved])
    #expect(try !bench.ticket(reserved).rank.isToCome)
  }

  @Test("reserved slots still to come count where the lane's capacity is weighed")
  func weighed() throws {
    var limits = QueueLimits()
    limits.usualServiceMinutes = 10
    var bench = try Bench.open(.reserving(limits: limits), at: "2026-11-23 16:20")
    let lane = try letter("A")
    func need() throws -> Int? { bench.state.load(of: lane, bench.rules, at: bench.now)?.need }
    #expect(try need() == 1)
    try bench.ask(bench.make("2026-11-23", "17:00"), by: .clerk(1))
    #expect(try need() == 2)
    bench.now = moment("2026-11-23 17:00")
    try bench.scan()
    #expect(try need() == 2)
  }

  @Test("nobody else waits: whoever came early is called before the slot")
  func alone() throws {
    var bench = try Bench.reserved("2026-11-24", "10:00")
    bench.now = moment("2026-11-24 09:46")
    let reserved = try bench.scan()
    try bench.at(1, .call(nil))
    #expect(try bench.atWindow(1) == bench.number(reserved))
  }

  @Test("later than a quarter of an hour it is a ticket like any other, until its session ends")
  func late() throws {
    var bench = try Bench.reserved("2026-11-24", "10:00")
    bench.now = moment("2026-11-24 10:16")
    let walkIn = try bench.take(lane: "A")
    let reserved = try bench.scan()
    let ticket = try bench.ticket(reserved)
    #expect(ticket.reservation?.timing == .late && !ticket.goesFirst)
    #expect(try ticket.rank > bench.ticket(walkIn).rank)
  }

  @Test("too early, another date, cancelled, over: refused; scanned twice it is the same ticket")
  func scans() throws {
    var bench = try Bench.reserved("2026-11-24", "11:30")
    let code = try bench.code()
    let scan = Command.reservation(.checkIn(CheckInReservation(code: code)))
    bench.now = moment("2026-11-24 11:14")
    #expect(bench.refusal(scan) == .reservation(.tooEarly(from: moment("2026-11-24 11:30"))))
    let unknown = CheckInReservation(code: PublicCode(entropy: 99))
    #expect(bench.refusal(.reservation(.checkIn(unknown))) == .reservation(.unknownReservation))
    var later = bench
    later.now = moment("2026-11-24 12:00")
    #expect(later.refusal(scan) == .reservation(.reservationOver(from: moment("2026-11-24 11:30"))))
    var cancelled = bench
    try cancelled.ask(.reservation(.cancel(code)), by: .kiosk("kiosk-1"))
    cancelled.now = moment("2026-11-24 11:30")
    #expect(cancelled.refusal(scan) == .reservation(.reservationCancelled))
    bench.now = moment("2026-11-24 11:45")
    let first = try bench.scan()
    let issued = bench.state.day?.totals.issued
    #expect(try bench.scan() == first)
    #expect(bench.state.day?.totals.issued == issued)
    #expect(bench.refusal(.reservation(.cancel(code))) == .reservation(.reservationIs("arrived")))
  }

  @Test("three no-shows in 90 days close reserving for a phone for 30 days; who comes after all is forgiven")
  func noShows() throws {
    let phone = try #require(HolderPseudonym(digest: Array(0..<32)))
    var bench = try Bench.open(Self.rules)
    for day in ["2026-11-24", "2026-11-25", "2026-11-26"] {
      try bench.ask(bench.make(day, "10:00", phone: phone), by: .clerk(1))
      #expect(bench.refusal(bench.make(day, "11:00", phone: phone)) != nil)
      try bench.closeDay()
      bench.now = moment("\(day) 09:00")
      try bench.openDay()
      bench.now = moment("\(day) 10:30")
      try bench.ask(.reservation(.lapse))
    }
    #expect(bench.state.reservations.noShows[phone]?.count == 3)
    #expect(
      bench.refusal(bench.make("2026-11-27", "10:00", phone: phone), by: .clerk(1))
        == .reservation(.phoneClosed(until: date("2026-12-26"))))
    var forgiven = bench
    try forgiven.scan()
    #expect(forgiven.state.reservations.noShows[phone]?.count == 2)
    try forgiven.ask(forgiven.make("2026-11-27", "10:00", phone: phone), by: .clerk(1))
    // With the days they are forgotten.
    try bench.closeDay()
    bench.now = moment("2027-02-25 09:00")
    try bench.openDay(confirmed: true)
    #expect(bench.state.reservations.noShows.isEmpty)
  }

  @Test("a reservation leaves with its day; one that the hall cancelled stands at the front when its person comes")
  func cancelledByHall() throws {
    var bench = try Bench.open(Self.rules)
    try bench.ask(bench.make("2026-11-24", "10:00"), by: .clerk(1))
    let code = try bench.code()
    #expect(bench.refusal(.reservation(.cancelDay(date("2026-11-24"))), by: .clerk(1)) == .request(.coordinatorOnly))
    try bench.ask(.reservation(.cancelDay(date("2026-11-24"))), by: .coordinator)
    #expect(bench.state.reservations[code]?.state == .cancelledByHall)
    try bench.closeDay()
    bench.now = moment("2026-11-25 09:00")
    try bench.openDay()
    let walkIn = try bench.take(lane: "A")
    let owed = try bench.scan(code)
    #expect(try bench.ticket(owed).rank < bench.ticket(walkIn).rank)
    try bench.at(1, .call(nil))
    #expect(try bench.atWindow(1) == bench.number(owed))
    try bench.at(1, .finish)
    try bench.closeDay()
    #expect(bench.state.reservations.known.isEmpty)
  }

  @Test("a day on which the hall did not open is the hall's fault")
  func shutDay() throws {
    var bench = try Bench.open(Self.rules)
    try bench.ask(bench.make("2026-11-24", "10:00"), by: .clerk(1))
    let code = try bench.code()
    try bench.closeDay()
    bench.now = moment("2026-11-25 09:00")
    try bench.openDay()
    #expect(bench.state.reservations[code]?.state == .cancelledByHall)
  }

  @Test("the hall is late: a promise of a reservation is broken at the call")
  func brokenPromise() throws {
    var bench = try Bench.reserved("2026-11-24", "10:00")
    bench.now = moment("2026-11-24 09:50")
    try bench.scan()
    bench.now = moment("2026-11-24 10:10")
    var kept = bench
    try kept.at(1, .call(nil))
    #expect(kept.state.reservations.broken == 0)
    bench.wait(seconds: 1)
    try bench.at(1, .call(nil))
    #expect(bench.state.reservations.broken == 1 && bench.state.waits.broken == 0)
  }

  @Test("many at once are made, or none, and every fault is found")
  func all() throws {
    var bench = try Bench.open(Self.rules)
    let good = MakeReservation(lane: try letter("A"), date: date("2026-11-24"), from: time("10:00"), source: .file)
    let other = MakeReservation(lane: try letter("A"), date: date("2026-11-24"), from: time("10:30"), source: .file)
    let faults = bench.state.faults(of: [good, good, other], bench.rules, .operator, at: bench.now)
    #expect(faults.map { $0?.code } == [nil, "slot_full", nil])
    #expect(bench.refusal(.reservation(.makeAll([good, good])), by: .operator) != nil)
    try bench.ask(.reservation(.makeAll([good, other])), by: .operator)
    #expect(bench.state.reservations.known.count == 2)
  }

  @Test("the state replays to the same, with early tickets and slots that have begun")
  func replay() throws {
    var bench = try Bench.reserved("2026-11-24", "10:00")
    bench.now = moment("2026-11-24 09:50")
    try bench.scan()
    try bench.take(lane: "A")
    bench.now = moment("2026-11-24 10:01")
    try bench.take(lane: "A")
    try bench.at(1, .call(nil))
    var state = HallState()
    for event in bench.events { state.evolve(event) }
    #expect(state == bench.state)
  }
}

extension HallRules {
  /// The hall of `bench` with office hours, reservations and their promise.
  static func reserving(limits: QueueLimits = QueueLimits()) -> HallRules {
    let base = HallRules.bench(limits: limits)
    let sessions = [
      OpeningHours.Session(from: time("09:00"), to: time("12:00")),
      OpeningHours.Session(from: time("14:00"), to: time("17:30")),
    ]
    let days: [Weekday] = [.monday, .tuesday, .wednesday, .thursday, .friday]
    return HallRules(
      identity: base.identity, address: base.address, hoursText: base.hoursText, consultPhone: base.consultPhone,
      supervisePhone: base.supervisePhone, mode: base.mode, lanes: base.lanes, windows: base.windows,
      calendar: base.calendar,
      hours: OpeningHours(sessions: Dictionary(uniqueKeysWithValues: days.map { ($0, sessions) })),
      catalogue: base.catalogue, kiosks: base.kiosks, limits: limits,
      promise: ServicePromise(waitMinutes: 240, reservationMinutes: 10), reservations: ReservationRule())
  }
}

extension Bench {
  /// A reservation of lane A, made the day before; the day of the slot is open, with window 1.
  static func reserved(_ day: String, _ from: String) throws -> Bench {
    var bench = try Bench.open(ReservationTests.rules, at: "2026-11-23 09:00")
    try bench.ask(bench.make(day, from), by: .kiosk("kiosk-1"))
    try bench.closeDay()
    bench.now = moment("\(day) 08:40")
    try bench.openDay()
    return bench
  }

  func make(_ day: String, _ from: String, phone: HolderPseudonym? = nil) -> Command {
    .reservation(
      .make(
        MakeReservation(
          lane: LaneLetter("A"), date: date(day), from: time(from), source: .console, phone: phone)))
  }

  /// The code of the newest reservation.
  func code() throws -> PublicCode {
    try #require(
      events.compactMap { recorded -> PublicCode? in
        if case .reservation(.reservationMade(let made)) = recorded.event { made.code } else { nil }
      }.last)
  }

  @discardableResult
  mutating func scan(_ code: PublicCode? = nil) throws -> PublicCode {
    let code = try code ?? self.code()
    let outcome = try ask(.reservation(.checkIn(CheckInReservation(code: code))), by: .kiosk("kiosk-1"))
    guard case .ticket(let ticket) = outcome else { throw Unexpected(outcome: "\(outcome)") }
    return ticket
  }
}
