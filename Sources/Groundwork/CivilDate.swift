/// A date of the proleptic Gregorian calendar, without a zone.
package struct CivilDate: Hashable, Comparable, Sendable, Codable, CustomStringConvertible {
  /// Days since 1970-01-01.
  package let daysSinceEpoch: Int

  package init(daysSinceEpoch: Int) { self.daysSinceEpoch = daysSinceEpoch }

  /// The date, or nil when there is no such day (`2026-02-30`).
  package init?(year: Int, month: Int, day: Int) {
    guard (1...9999).contains(year), (1...12).contains(month), day >= 1,
      day <= CivilDate.length(ofMonth: month, year: year)
    else { return nil }
    // The algorithm `days_from_civil`, which counts in years that begin in March.
    let y = month <= 2 ? year - 1 : year
    let era = y / 400
    let yearOfEra = y - era * 400
    let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    daysSinceEpoch = era * 146_097 + dayOfEra - 719_468
  }

  /// A date written `YYYY-MM-DD`; nil for any other text.
  package init?(_ text: some StringProtocol) {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.count == 3, parts[0].utf8.count == 4, parts[1].utf8.count == 2,
      parts[2].utf8.count == 2, let year = decimal(parts[0]), let month = decimal(parts[1]),
      let day = decimal(parts[2])
    else { return nil }
    self.init(year: year, month: month, day: day)
  }

  /// The same for a whole string, for modules that cannot specialise the general form.
  package init?(_ text: String) { self.init(text[...]) }

  package init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    let text = try container.decode(String.self)
    guard let date = CivilDate(text) else {
      throw DecodingError.dataCorruptedError(in: container, debugDescription: "not a date: YYYY-MM-DD")
    }
    self = date
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }

  package var parts: (year: Int, month: Int, day: Int) {
    let shifted = daysSinceEpoch + 719_468
    let era = Int(Int64(shifted).flooredDivision(by: 146_097))
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let marchMonth = (5 * dayOfYear + 2) / 153
    let month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9
    let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    return (year, month, dayOfYear - (153 * marchMonth + 2) / 5 + 1)
  }

  package var weekday: Weekday {
    Weekday(rawValue: Int((Int64(daysSinceEpoch) + 3) - (Int64(daysSinceEpoch) + 3).flooredDivision(by: 7) * 7) + 1)
      ?? .monday
  }

  package var description: String {
    String(unsafeUninitializedCapacity: (0...9999).contains(parts.year) ? 10 : 48) { text in
      var line = DigitLine(text)
      line.put(self)
      return line.count
    }
  }

  package func adding(days: Int) -> CivilDate { CivilDate(daysSinceEpoch: daysSinceEpoch + days) }

  package static func < (a: CivilDate, b: CivilDate) -> Bool { a.daysSinceEpoch < b.daysSinceEpoch }

  package static func length(ofMonth month: Int, year: Int) -> Int {
    switch month {
    case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }
}

/// ISO 8601 weekday: Monday is 1, Sunday is 7.
package enum Weekday: Int, Hashable, Sendable, Codable, CaseIterable {
  case monday = 1, tuesday, wednesday, thursday, friday, saturday, sunday

  package var isWeekend: Bool { self == .saturday || self == .sunday }
}

/// A time of day to the minute; 24:00 is allowed as the end of a session.
package struct CivilTime: Hashable, Comparable, Sendable, Codable, CustomStringConvertible {
  /// 0...1440.
  package let minuteOfDay: Int

  package init(minuteOfDay: Int) { self.minuteOfDay = minuteOfDay }

  /// A time written `HH:MM` (00:00 to 24:00); nil for any other text.
  package init?(_ text: some StringProtocol) {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count == 2, parts[0].utf8.count <= 2, parts[1].utf8.count == 2,
      let hour = decimal(parts[0]), let minute = decimal(parts[1]), (0...24).contains(hour),
      (0...59).contains(minute), hour * 60 + minute <= 1440
    else { return nil }
    minuteOfDay = hour * 60 + minute
  }

  package var description: String { "\(padded(minuteOfDay / 60, 2)):\(padded(minuteOfDay % 60, 2))" }

  package static func < (a: CivilTime, b: CivilTime) -> Bool { a.minuteOfDay < b.minuteOfDay }
}
