import Groundwork
import Testing

@Suite("civil dates and times")
struct CivilTimeTests {
  @Test(
    "a date written as ISO 8601 comes back as it was",
    arguments: ["1970-01-01", "2026-11-23", "2000-02-29", "1900-03-01", "0001-01-01", "9999-12-31", "1969-12-31"])
  func roundTrip(text: String) throws { #expect(try #require(CivilDate(text)).description == text) }

  @Test(
    "what is not a date is refused",
    arguments: [
      "2026-02-29", "2026-13-01", "2026-00-10", "2026-1-1", "2026/01/01", "", "2026-01-32", "1900-02-29", "x",
    ])
  func refused(text: String) { #expect(CivilDate(text) == nil) }

  @Test("days count through leap years, month by month and back")
  func everyDay() throws {
    var expected = try #require(CivilDate("1999-12-28"))
    for year in 2000...2001 {
      for month in 1...12 {
        for day in 1...CivilDate.length(ofMonth: month, year: year) {
          let date = try #require(CivilDate(year: year, month: month, day: day))
          #expect(date.parts == (year, month, day))
          if (year, month, day) == (2000, 1, 1) { expected = date }
          #expect(date == expected)
          expected = expected.adding(days: 1)
        }
      }
    }
  }

  @Test(
    "weekdays are those of the calendar on the wall",
    arguments: [
      ("1970-01-01", Weekday.thursday), ("2026-11-23", .monday), ("2024-02-29", .thursday), ("1969-12-28", .sunday),
    ])
  func weekdays(text: String, weekday: Weekday) throws {
    #expect(try #require(CivilDate(text)).weekday == weekday)
  }

  @Test("times of day from 00:00 to 24:00, and nothing else")
  func times() {
    #expect(CivilTime("09:05")?.minuteOfDay == 545)
    #expect(CivilTime("9:05")?.description == "09:05")
    #expect(CivilTime("24:00")?.minuteOfDay == 1440)
    for text in ["24:01", "9:5", "25:00", "09:60", "0905", "", "009:00", "-1:00"] { #expect(CivilTime(text) == nil) }
  }

  @Test("a moment and its civil time in Beijing agree, across midnight and before 1970")
  func zones() throws {
    let zone = ZoneOffset.beijing
    let date = try #require(CivilDate("2026-11-23"))
    let midnight = zone.moment(date, CivilTime(minuteOfDay: 0))
    #expect(zone.civil(midnight).date == date)
    #expect(zone.civil(midnight.adding(seconds: -1)).date == date.adding(days: -1))
    #expect(zone.civil(midnight.adding(seconds: -1)).time.description == "23:59")
    let old = zone.moment(try #require(CivilDate("1969-06-01")), CivilTime(minuteOfDay: 61))
    #expect(zone.civil(old).time.description == "01:01")
    #expect(zone.rfc3339(midnight.adding(seconds: 9 * 3600 + 12 * 60 + 5)) == "2026-11-23T09:12:05+08:00")
    #expect(ZoneOffset(minutes: -210).rfc3339(Timestamp(milliseconds: 7)) == "1969-12-31T20:30:00.007-03:30")
  }
}
