import Groundwork
import Testing

/// Goal: dates and moments agree with the calendar. Method: days that implementations get wrong, and every day of four
/// centuries.
@Suite("Dates, times and zones")
struct TimeTests {
  @Test("every day of four centuries has its parts, its weekday and its text")
  func walk() throws {
    var day = try #require(CivilDate(year: 1899, month: 12, day: 31))
    var expected = (year: 1899, month: 12, day: 31)
    var weekday = 7
    for _ in 0..<146_100 {
      guard day.parts == expected, day.weekday.rawValue == weekday, CivilDate(day.description) == day,
        CivilDate(year: expected.year, month: expected.month, day: expected.day) == day
      else {
        Issue.record("\(day) is not \(expected)")
        return
      }
      day = day.adding(days: 1)
      weekday = weekday % 7 + 1
      expected.day += 1
      if expected.day > CivilDate.length(ofMonth: expected.month, year: expected.year) {
        expected = (expected.year, expected.month + 1, 1)
        if expected.month == 13 { expected = (expected.year + 1, 1, 1) }
      }
    }
  }

  @Test(
    "leap years follow the Gregorian rule", arguments: [(1900, 28), (2000, 29), (2024, 29), (2026, 28), (2100, 28)])
  func leap(year: Int, days: Int) { #expect(CivilDate.length(ofMonth: 2, year: year) == days) }

  @Test(
    "known days",
    arguments: [("1970-01-01", 0, Weekday.thursday), ("2026-11-23", 20_780, .monday), ("1969-12-31", -1, .wednesday)])
  func known(text: String, days: Int, weekday: Weekday) throws {
    let date = try #require(CivilDate(text))
    #expect(date.daysSinceEpoch == days)
    #expect(date.weekday == weekday)
  }

  @Test(
    "what is no date is refused",
    arguments: [
      "2026-02-29", "2026-13-01", "2026-00-10", "2026-11-31", "2026-11-00", "26-11-23", "2026-1-23", "2026-+1-01",
      "2026-11-+3", "-026-11-23", "+026-11-23", "2026/11/23", "2026-11-23T", "0000-01-01", "２０２６-11-23", "",
    ])
  func noDate(text: String) { #expect(CivilDate(text) == nil) }

  @Test(
    "times of day go from 00:00 to 24:00",
    arguments: [
      ("00:00", 0), ("9:05", 545), ("17:30", 1050), ("24:00", 1440),
    ])
  func times(text: String, minutes: Int) throws { #expect(try #require(CivilTime(text)).minuteOfDay == minutes) }

  @Test(
    "what is no time is refused", arguments: ["24:01", "25:00", "12:60", "12", "+9:00", "9:0", "-1:00", "", "12:30:00"])
  func noTime(text: String) { #expect(CivilTime(text) == nil) }

  @Test(
    "RFC 3339 says the hall's own time and offset",
    arguments: [
      (Int64(0), 480, "1970-01-01T08:00:00+08:00"), (1_795_395_120_000, 480, "2026-11-23T08:52:00+08:00"),
      (1_795_395_120_007, 480, "2026-11-23T08:52:00.007+08:00"), (-1, 480, "1970-01-01T07:59:59.999+08:00"),
      (1_795_395_120_000, 0, "2026-11-23T00:52:00+00:00"), (1_795_395_120_000, -210, "2026-11-22T21:22:00-03:30"),
    ])
  func rfc3339(milliseconds: Int64, offset: Int, text: String) {
    #expect(ZoneOffset(minutes: offset).rfc3339(Timestamp(milliseconds: milliseconds)) == text)
  }

  @Test("a civil moment and its date and time are the same moment", arguments: [480, 0, -210, 840, -840])
  func zone(offset: Int) {
    let zone = ZoneOffset(minutes: offset)
    var random = SeededRandom(seed: UInt64(offset + 1000))
    for _ in 0..<500 {
      let minute = Int64.random(in: -50_000_000...50_000_000, using: &random)
      let moment = Timestamp(milliseconds: minute * 60_000)
      let (date, time) = zone.civil(moment)
      #expect(zone.moment(date, time) == moment)
    }
  }

  @Test("the day changes at the hall's midnight, not at UTC's")
  func midnight() {
    let before = ZoneOffset.beijing.civil(Timestamp(milliseconds: 1_795_449_599_999))
    let after = ZoneOffset.beijing.civil(Timestamp(milliseconds: 1_795_449_600_000))
    #expect("\(before.date) \(before.time)" == "2026-11-23 23:59")
    #expect("\(after.date) \(after.time)" == "2026-11-24 00:00")
  }

  @Test("moments are compared and counted in milliseconds")
  func arithmetic() {
    let moment = Timestamp(milliseconds: 5_000)
    #expect(moment.adding(seconds: 3).since(moment) == 3_000)
    #expect(moment.since(moment.adding(seconds: 3)) == -3_000)
    #expect(moment < moment.adding(seconds: 1))
  }

  @Test(
    "digits and nothing else are a decimal",
    arguments: [
      ("0", 0), ("007", 7), ("", nil), ("+1", nil), ("-1", nil), (" 1", nil), ("1a", nil), ("１", nil),
      ("99999999999999999999", nil),
    ] as [(String, Int?)])
  func decimals(text: String, value: Int?) { #expect(decimal(text) == value) }
}
