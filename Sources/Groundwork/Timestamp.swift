/// A moment, to the millisecond, counted from 1970-01-01T00:00:00Z.
///
/// The hall's own time type: the core has no clock, so every moment arrives in an envelope. Leap seconds do not
/// exist here, as in POSIX time.
package struct Timestamp: Hashable, Comparable, Sendable, Codable {
  /// Milliseconds since the epoch; negative before 1970.
  package let milliseconds: Int64

  package init(milliseconds: Int64) { self.milliseconds = milliseconds }

  /// The moments that RFC 3339 can express in every zone: the years 0001 to 9999, in milliseconds.
  package static let sayable: ClosedRange<Int64> = -62_135_510_400_000...253_402_214_400_000

  package init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    milliseconds = try container.decode(Int64.self)
    guard Self.sayable.contains(milliseconds) else {
      throw DecodingError.dataCorruptedError(in: container, debugDescription: "no moment of the years 0001 to 9999")
    }
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(milliseconds)
  }

  package static func < (a: Timestamp, b: Timestamp) -> Bool { a.milliseconds < b.milliseconds }

  /// This moment moved by whole seconds.
  package func adding(seconds: Int64) -> Timestamp {
    Timestamp(milliseconds: milliseconds + seconds * 1000)
  }

  /// Milliseconds from `earlier` to this moment; negative when this moment is the earlier one.
  package func since(_ earlier: Timestamp) -> Int64 { milliseconds - earlier.milliseconds }
}

/// The hall's zone as a fixed offset from UTC.
///
/// China has kept one offset and no summer time since 1991, so an offset is the whole zone.
package struct ZoneOffset: Hashable, Sendable, Codable {
  /// Minutes east of UTC, -840...840.
  package let minutes: Int

  package init(minutes: Int) { self.minutes = minutes }

  /// 北京时间, +08:00.
  package static let beijing = ZoneOffset(minutes: 480)

  /// The civil date and the minute of the day at `moment` in this zone.
  package func civil(_ moment: Timestamp) -> (date: CivilDate, time: CivilTime) {
    let local = moment.milliseconds + Int64(minutes) * 60_000
    let day = local.flooredDivision(by: 86_400_000)
    let minute = (local - day * 86_400_000) / 60_000
    return (CivilDate(daysSinceEpoch: Int(day)), CivilTime(minuteOfDay: Int(minute)))
  }

  /// The moment at which `date` reaches `time` in this zone.
  package func moment(_ date: CivilDate, _ time: CivilTime) -> Timestamp {
    Timestamp(
      milliseconds: Int64(date.daysSinceEpoch) * 86_400_000
        + Int64(time.minuteOfDay - minutes) * 60_000)
  }

  /// RFC 3339 with this offset, to the millisecond when there is a fraction: `2026-11-23T09:12:00+08:00`.
  package func rfc3339(_ moment: Timestamp) -> String {
    let (date, time) = civil(moment)
    let local = moment.milliseconds + Int64(minutes) * 60_000
    let second = Int((local.flooredDivision(by: 1000)) - local.flooredDivision(by: 60_000) * 60)
    let fraction = Int(local - local.flooredDivision(by: 1000) * 1000)
    let sign: Unicode.Scalar = minutes < 0 ? "-" : "+"
    let offset = abs(minutes)
    // Written digit by digit: every view and every feed event carry several of these.
    return String(unsafeUninitializedCapacity: 48) { text in
      var line = DigitLine(text)
      line.put(date)
      line.put("T")
      line.put(time.minuteOfDay / 60, 2)
      line.put(":")
      line.put(time.minuteOfDay % 60, 2)
      line.put(":")
      line.put(second, 2)
      if fraction != 0 {
        line.put(".")
        line.put(fraction, 3)
      }
      line.put(sign)
      line.put(offset / 60, 2)
      line.put(":")
      line.put(offset % 60, 2)
      return line.count
    }
  }
}

extension Int64 {
  /// Division that rounds towards negative infinity, so that moments before 1970 fall on the right day.
  package func flooredDivision(by divisor: Int64) -> Int64 {
    let quotient = self / divisor
    return (self % divisor != 0 && (self < 0) != (divisor < 0)) ? quotient - 1 : quotient
  }
}

/// `value` in decimal with at least `width` digits.
package func padded(_ value: Int, _ width: Int) -> String {
  // A `String` of at most 15 UTF-8 bytes is stored inline, without an allocation.
  let room = (0...999_999).contains(value) && width <= 6 ? 6 : max(width, 20) + 1
  return String(unsafeUninitializedCapacity: room) { text in
    var line = DigitLine(text)
    line.put(value, width)
    return line.count
  }
}

/// Writes ASCII digits into a buffer that the caller provides.
struct DigitLine {
  private let text: UnsafeMutableBufferPointer<UInt8>
  private(set) var count = 0

  /// - Parameter text: room for all that will be put.
  init(_ text: UnsafeMutableBufferPointer<UInt8>) { self.text = text }

  /// An ASCII character.
  mutating func put(_ character: Unicode.Scalar) {
    text[count] = UInt8(truncatingIfNeeded: character.value)
    count += 1
  }

  /// A number with at least `width` digits.
  mutating func put(_ value: Int, _ width: Int) {
    if value < 0 { put("-") }
    var digits = 1
    var rest = value.magnitude / 10
    while rest > 0 {
      digits += 1
      rest /= 10
    }
    let end = count + max(digits, width)
    rest = value.magnitude
    for index in stride(from: end - 1, through: count, by: -1) {
      text[index] = UInt8(48 + rest % 10)
      rest /= 10
    }
    count = end
  }

  /// `YYYY-MM-DD`.
  mutating func put(_ date: CivilDate) {
    let (year, month, day) = date.parts
    put(year, 4)
    put("-")
    put(month, 2)
    put("-")
    put(day, 2)
  }
}

/// The value of a text of decimal digits and nothing else, no sign and no space; nil for any other text.
package func decimal(_ text: some StringProtocol) -> Int? {
  guard !text.isEmpty, text.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }) else {
    return nil
  }
  return Int(text)
}
