import Groundwork
import Hall
import Testing

/// Goal: when a kiosk issues numbers. Method: dates of the State Council's notice for 2026 and a hall that works
/// 9:00-12:00 and 14:00-17:30 from Monday to Friday and stops issuing 15 minutes before the end.
@Suite("Calendar and opening hours")
struct CalendarTests {
  static let hours: OpeningHours = {
    let day = [
      OpeningHours.Session(from: time("09:00"), to: time("12:00")),
      OpeningHours.Session(from: time("14:00"), to: time("17:30")),
    ]
    let friday = [OpeningHours.Session(from: time("09:00"), to: time("12:00"))]
    return OpeningHours(
      sessions: [.monday: day, .tuesday: day, .wednesday: day, .thursday: day, .friday: friday], cutOffMinutes: 15)
  }()

  @Test(
    "a working day is one of the week, less holidays, plus make-up days",
    arguments: [
      ("2026-11-23", true), ("2026-11-22", false), ("2026-02-14", true), ("2026-02-15", false), ("2026-02-16", false),
      ("2026-02-28", true), ("2026-10-01", false), ("2026-10-10", true), ("2026-10-11", false), ("2026-01-01", false),
    ])
  func workingDay(day: String, working: Bool) { #expect(WorkCalendar.bench.isWorkingDay(date(day)) == working) }

  @Test("a year whose notice is not known is not certain, although its Mondays work")
  func unknownYear() {
    #expect(WorkCalendar.bench.isCertain(date("2026-12-28")))
    for day in ["2026-12-29", "2026-12-30", "2026-12-31"] { #expect(!WorkCalendar.bench.isCertain(date(day))) }
    for day in ["01-01", "05-01", "05-02", "10-01", "10-02", "10-03"] {
      for year in [2024, 2026, 2027, 2051] {
        #expect(!WorkCalendar.bench.isWorkingDay(date("\(year)-\(day)")))
        #expect(WorkCalendar.bench.isCertain(date("\(year)-\(day)")))
      }
    }
    #expect(WorkCalendar.bench.holiday(date("2027-05-02")) == "劳动节")
    #expect(!WorkCalendar.bench.isCertain(date("2027-01-04")))
    #expect(WorkCalendar.bench.isWorkingDay(date("2027-01-04")))
    #expect(WorkCalendar.bench.holiday(date("2026-10-01")) == "国庆节")
    #expect(WorkCalendar.bench.holiday(date("2026-11-23")) == nil)
  }

  @Test(
    "no hall with hours opens on a holiday with a date of its own, whatever the notice lists or does not list",
    arguments: [2026, 2027, 2029])
  func fixedHolidaysStayClosed(year: Int) {
    for day in ["01-01", "05-01", "05-02", "10-01", "10-02", "10-03"] {
      let wrong = WorkCalendar(off: [:], worked: [date("\(year)-\(day)")], years: [2026])
      for calendar in [WorkCalendar.bench, wrong] {
        #expect(Self.hours.sessions(on: date("\(year)-\(day)"), calendar).isEmpty)
        let next = Self.hours.nextOpening(after: date("\(year)-\(day)"), time("00:00"), calendar)
        #expect(next.map { WorkCalendar.fixedHoliday($0.date) } == .some(nil))
      }
    }
  }

  @Test(
    "from November on a calendar without the next year says so, and without the present one as well",
    arguments: [
      ("2026-10-31", WorkCalendar.Reach.enough), ("2026-11-01", .endsWith(year: 2026)),
      ("2026-12-31", .endsWith(year: 2026)),
      ("2027-01-01", .ended(year: 2027)), ("2027-01-04", .ended(year: 2027)),
    ])
  func reach(day: String, expected: WorkCalendar.Reach) {
    #expect(WorkCalendar.bench.reach(on: date(day)) == expected)
    let next = WorkCalendar(off: [:], worked: [], years: [2026, 2027])
    #expect(next.reach(on: date(day)) == .enough)
  }

  @Test(
    "a clock time means one of four things",
    arguments: [
      ("2026-11-23", "08:59", OpeningHours.Phase.beforeOpening), ("2026-11-23", "09:00", .open),
      // Between the sessions the kiosk issues numbers: whoever comes at noon waits for two o'clock with one.
      ("2026-11-23", "12:00", .open), ("2026-11-23", "13:00", .open), ("2026-11-23", "17:14", .open),
      ("2026-11-23", "17:15", .cutOff), ("2026-11-23", "17:29", .cutOff), ("2026-11-23", "17:30", .closed),
      ("2026-11-27", "11:44", .open), ("2026-11-27", "11:45", .cutOff), ("2026-11-27", "14:00", .closed),
      ("2026-11-22", "10:00", .closed), ("2026-10-01", "10:00", .closed),
      // A make-up Saturday follows Monday's sessions, also in the afternoon.
      ("2026-02-14", "15:00", .open), ("2026-02-14", "08:00", .beforeOpening),
    ])
  func phase(day: String, clock: String, expected: OpeningHours.Phase) {
    #expect(Self.hours.phase(on: date(day), at: time(clock), .bench) == expected)
  }

  @Test("a make-up day follows the weekday that the hall names")
  func makeUpDay() {
    let likeFriday = OpeningHours(sessions: Self.hours.sessions, makeUpDay: .friday)
    #expect(likeFriday.phase(on: date("2026-02-14"), at: time("15:00"), .bench) == .closed)
    #expect(likeFriday.phase(on: date("2026-02-14"), at: time("10:00"), .bench) == .open)
  }

  @Test("a hall that is always open is open on New Year's night")
  func always() {
    #expect(OpeningHours.always.phase(on: date("2026-01-01"), at: time("03:00"), .bench) == .open)
    #expect(OpeningHours.always.sessions(on: date("2026-01-01"), .bench).count == 1)
  }

  @Test(
    "the next opening is told over nights, weekends and holidays",
    arguments: [
      ("2026-11-23", "08:00", "2026-11-23 09:00"), ("2026-11-23", "12:30", "2026-11-23 14:00"),
      ("2026-11-23", "18:00", "2026-11-24 09:00"), ("2026-11-27", "17:00", "2026-11-30 09:00"),
      ("2026-02-13", "18:00", "2026-02-14 09:00"),
    ])
  func nextOpening(day: String, clock: String, expected: String) throws {
    let next = try #require(Self.hours.nextOpening(after: date(day), time(clock), .bench))
    #expect("\(next.date) \(next.time)" == expected)
  }

  @Test("a hall without sessions has no next opening")
  func neverOpens() {
    #expect(OpeningHours(sessions: [:]).nextOpening(after: date("2026-11-23"), time("08:00"), .bench) == nil)
  }

  @Test(
    "at the kiosk a number is refused outside the hours, with the next opening",
    arguments: [
      ("2026-11-23 08:00", Refusal.queue(.hallClosed(nextOpening: moment("2026-11-23 09:00")))),
      ("2026-11-23 17:20", .queue(.pastCutOff(nextOpening: moment("2026-11-24 09:00")))),
      ("2026-11-28 10:00", .queue(.hallClosed(nextOpening: moment("2026-11-30 09:00")))),
    ])
  func kioskRefused(at: String, expected: Refusal) throws {
    var bench = Bench(.bench(hours: Self.hours), at: at)
    try bench.openDay()
    #expect(bench.refusal(.queue(.takeTicket(TakeTicket())), by: .kiosk("kiosk-1")) == expected)
    // 代取号 is the clerk's own judgement.
    #expect(bench.refusal(.queue(.takeTicket(TakeTicket())), by: .clerk(1)) == nil)
  }

  @Test("the lunch hour and a make-up Saturday give numbers", arguments: ["2026-11-23 13:00", "2026-02-14 10:00"])
  func kioskServed(at: String) throws {
    var bench = Bench(.bench(hours: Self.hours), at: at)
    try bench.openDay()
    #expect(try bench.takeNumber() == "A001")
  }
}
