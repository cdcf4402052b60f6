import Groundwork

/// The letter of a lane (队列): A 综合, E 出件 …
///
/// One capital letter without I and O, which read as digits.
package struct LaneLetter: Hashable, Comparable, Sendable, Codable, CustomStringConvertible {
  package let ascii: UInt8

  package init?(_ text: some StringProtocol) {
    guard text.utf8.count == 1, let byte = text.utf8.first, (65...90).contains(byte),
      byte != UInt8(ascii: "I"), byte != UInt8(ascii: "O")
    else { return nil }
    ascii = byte
  }

  /// The same for a whole string, for modules that cannot specialise the general form.
  package init?(_ text: String) { self.init(text[...]) }

  package init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    guard let letter = LaneLetter(try container.decode(String.self)) else {
      throw DecodingError.dataCorruptedError(
        in: container, debugDescription: "a lane is one capital letter other than I and O")
    }
    self = letter
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }

  package var description: String { String(UnicodeScalar(ascii)) }
  package static func < (a: LaneLetter, b: LaneLetter) -> Bool { a.ascii < b.ascii }
}

/// A number as called and printed: A001, A1000.
///
/// Three digits, four from 1000 on; it never wraps.
package struct TicketNumber: Hashable, Comparable, Sendable, Codable, CustomStringConvertible {
  package let lane: LaneLetter
  /// 1...9999.
  package let ordinal: Int

  package static let highestOrdinal = 9999

  package init(lane: LaneLetter, ordinal: Int) {
    self.lane = lane
    self.ordinal = ordinal
  }

  /// Parses a printed number; nil for any other text.
  package init?(_ text: some StringProtocol) {
    guard let lane = LaneLetter(text.prefix(1)), (4...5).contains(text.utf8.count),
      let ordinal = decimal(text.dropFirst()), (1...Self.highestOrdinal).contains(ordinal)
    else { return nil }
    self.lane = lane
    self.ordinal = ordinal
    // A number has one spelling: A0001 is not A001.
    guard description.utf8.elementsEqual(text.utf8) else { return nil }
  }

  /// The same for a whole string, for modules that cannot specialise the general form.
  package init?(_ text: String) { self.init(text[...]) }

  package init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    guard let number = TicketNumber(try container.decode(String.self)) else {
      throw DecodingError.dataCorruptedError(in: container, debugDescription: "not a ticket number")
    }
    self = number
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }

  package var description: String { "\(lane)\(padded(ordinal, 3))" }

  package static func < (a: TicketNumber, b: TicketNumber) -> Bool {
    (a.lane, a.ordinal) < (b.lane, b.ordinal)
  }
}
