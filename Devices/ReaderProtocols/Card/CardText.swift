package import Groundwork

/// The 256 bytes of text of a card, without photo and fingerprints.
///
/// Personal data: it must not appear in a log line or an error.
package struct CardText: Hashable, Sendable {
  package static let byteCount = 256
  static let letterOffset = 248

  package enum Fault: Error, Hashable, Sendable {
    /// Not 256 bytes.
    case wrongLength(Int)
    /// An unknown letter, on a card whose number is not a resident's either.
    case unknownKind(UInt16)
  }

  package let kind: CardKind
  private let fields: [CardField: String]

  /// The text of a card of this kind; fields that the kind does not have are ignored.
  package init(_ kind: CardKind, _ fields: [CardField: String]) {
    let known = Set(CardLayout(kind).entries.map(\.field))
    self.kind = kind
    self.fields = fields.filter { known.contains($0.key) }
  }

  package init(_ bytes: [UInt8]) throws(Fault) {
    guard bytes.count == Self.byteCount else { throw .wrongLength(bytes.count) }
    let letter = UInt16(bytes[Self.letterOffset]) | UInt16(bytes[Self.letterOffset + 1]) << 8
    let kind = CardKind.allCases.first { $0 != .resident && $0.letter == letter } ?? .resident
    var fields: [CardField: String] = [:]
    for entry in CardLayout(kind).entries {
      fields[entry.field] = Self.string(entry.ranges.flatMap { bytes[$0] })
    }
    self.kind = kind
    self.fields = fields
    // The documents do not define this unit for a resident card; a card with another value counts as one by its number.
    if kind == .resident, letter != 0x20, letter != 0, !PersonNumber(number, on: .resident).problems.isEmpty {
      throw .unknownKind(letter)
    }
  }

  /// The value of a field without its padding; nil for a field that this kind of card does not have.
  package subscript(field: CardField) -> String? { fields[field] }

  /// The name to address the person by: the Chinese one if there is one, else the Latin one.
  package var name: String {
    let chinese = fields[.name] ?? ""
    return chinese.isEmpty ? fields[.latinName] ?? "" : chinese
  }
  package var number: String { fields[.number] ?? "" }
  /// Whether the number identifies a person: it has its kind's form and a birth date. A blank or damaged text has not,
  /// and all such cards would share a pseudonym. Wrong check digits exist on valid cards and do not count.
  package var namesSomebody: Bool {
    !PersonNumber(number, on: kind).problems.contains { $0 == .numberForm || $0 == .numberBirth }
  }
  package var sex: Sex? { Sex(code: fields[.sex] ?? "") }
  package var nation: Nation? { fields[.nation].map(Nation.init(code:)) }
  package var birth: CivilDate? { CivilDate(cardDate: fields[.birth] ?? "") }
  package var validFrom: CivilDate? { CivilDate(cardDate: fields[.validFrom] ?? "") }
  /// nil for 长期 and for anything that is not a date; `isValidForever` distinguishes them.
  package var validTo: CivilDate? { CivilDate(cardDate: fields[.validTo] ?? "") }
  package var isValidForever: Bool { fields[.validTo] == "长期" }

  /// Inconsistencies, for people to judge: valid cards with wrong check digits exist.
  package var doubts: [CardDoubt] {
    let number = PersonNumber(number, on: kind)
    var doubts = number.problems
    if birth == nil { doubts.append(.birthUnreadable) }
    if let birth, let numbered = number.birth, birth != numbered { doubts.append(.birthDiffers) }
    if let sex = number.sex, let own = self.sex, [.male, .female].contains(own), sex != own {
      doubts.append(.sexDiffers)
    }
    if validFrom == nil || validTo == nil && !isValidForever {
      doubts.append(.validityUnreadable)
    } else if let from = validFrom, let to = validTo, to < from {
      doubts.append(.validityReversed)
    }
    return doubts
  }

  /// The 256 bytes of the card; text beyond a field's length is cut off.
  package var bytes: [UInt8] {
    var bytes = (0..<Self.byteCount).map { $0 % 2 == 0 ? UInt8(0x20) : 0 }
    func put(_ units: some Sequence<UInt16>, at offsets: [Int]) {
      for (offset, unit) in zip(offsets, units) {
        bytes[offset] = UInt8(truncatingIfNeeded: unit)
        bytes[offset + 1] = UInt8(truncatingIfNeeded: unit >> 8)
      }
    }
    for entry in CardLayout(kind).entries {
      put(
        (fields[entry.field] ?? "").utf16,
        at: entry.ranges.flatMap { stride(from: $0.lowerBound, to: $0.upperBound, by: 2) })
    }
    put([kind.letter], at: [Self.letterOffset])
    return bytes
  }

  /// Decodes UTF-16, little-endian, without the padding of spaces and zeros. Half a surrogate pair becomes U+FFFD; an
  /// odd last byte is dropped.
  static func string(_ bytes: some RandomAccessCollection<UInt8>) -> String {
    var units: [UInt16] = []
    var low: UInt8?
    for byte in bytes {
      if let first = low {
        units.append(UInt16(first) | UInt16(byte) << 8)
        low = nil
      } else {
        low = byte
      }
    }
    while let last = units.last, last == 0x20 || last == 0 { units.removeLast() }
    return String(decoding: units, as: UTF16.self)
  }
}

/// An inconsistency of a card's text.
package enum CardDoubt: String, Error, Hashable, Sendable, CaseIterable {
  /// The number does not have the form of its kind.
  case numberForm = "number_form"
  /// Its check digit is wrong.
  case numberCheck = "number_check"
  /// Its birth date does not exist.
  case numberBirth = "number_birth"
  case birthUnreadable = "birth_unreadable"
  /// Number and card have different birth dates.
  case birthDiffers = "birth_differs"
  case sexDiffers = "sex_differs"
  case validityUnreadable = "validity_unreadable"
  case validityReversed = "validity_reversed"
}

extension CivilDate {
  /// A date as cards write it, YYYYMMDD.
  package init?(cardDate: some StringProtocol) {
    let digits = Array(cardDate.utf8)
    guard digits.count == 8, digits.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
    func number(_ range: Range<Int>) -> Int { digits[range].reduce(0) { $0 * 10 + Int($1 - 0x30) } }
    self.init(year: number(0..<4), month: number(4..<6), day: number(6..<8))
  }
}
