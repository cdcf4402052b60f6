package import Groundwork

/// The number on a card, parsed and checked by the rules of its kind.
///
/// - 居民身份证 and 居住证: GB 11643, six digits of region, eight of birth, three of order (odd for men), a check character. A
///   residence permit's region is 810000, 820000 or 830000.
/// - Permanent resident, 2023: 9, two digits of province, three of country, then as above.
/// - Permanent resident, 2017: three letters, eleven digits of which six are the birth without its century, and the
///   check digit of passports (ICAO 9303) over all before it.
///
/// Regions are not looked up: they are merged and renamed, and a number keeps its first.
package struct PersonNumber: Hashable, Sendable {
  /// In the order form, check, birth; empty for a valid number.
  package let problems: [CardDoubt]
  /// nil when the number does not contain it.
  package let birth: CivilDate?
  package let sex: Sex?

  package init(_ number: String, on kind: CardKind) {
    let characters = Array(number.utf8)
    switch kind {
    case .resident: self.init(eighteen: characters) { ($0.first ?? 0x30) != 0x39 }
    case .residencePermit:
      self.init(eighteen: characters) {
        [[0x38, 0x31], [0x38, 0x32], [0x38, 0x33]].contains(Array($0.prefix(2)))
          && $0.dropFirst(2).prefix(4).allSatisfy { $0 == 0x30 }
      }
    case .permanentResident2023: self.init(eighteen: characters) { $0.first == 0x39 }
    case .permanentResident2017: self.init(fifteen: characters)
    }
  }

  private init(eighteen characters: [UInt8], region isInForm: (ArraySlice<UInt8>) -> Bool) {
    let isDigit = { (c: UInt8) in (0x30...0x39).contains(c) }
    guard characters.count == 18, characters.prefix(17).allSatisfy(isDigit),
      isDigit(characters[17]) || characters[17] == UInt8(ascii: "X"), isInForm(characters[..<17])
    else {
      (problems, birth, sex) = ([.numberForm], nil, nil)
      return
    }
    birth = CivilDate(cardDate: String(decoding: characters[6..<14], as: UTF8.self))
    sex = characters[16] % 2 == 1 ? .male : .female
    problems =
      (Self.checkCharacter(characters.prefix(17)) == characters[17] ? [] : [.numberCheck])
      + (birth == nil ? [.numberBirth] : [])
  }

  private init(fifteen characters: [UInt8]) {
    // Neither the century nor the meaning of the digit before the last is certain, so birth and sex come from the card.
    (birth, sex) = (nil, nil)
    guard characters.count == 15, characters.prefix(3).allSatisfy({ (0x41...0x5A).contains($0) }),
      characters.dropFirst(3).allSatisfy({ (0x30...0x39).contains($0) })
    else {
      problems = [.numberForm]
      return
    }
    problems = Self.passportCheck(characters.prefix(14)) == characters[14] ? [] : [.numberCheck]
  }

  /// The check character of ISO 7064 MOD 11-2 over 17 digits, `0`…`9` or `X`.
  static func checkCharacter(_ digits: some Sequence<UInt8>) -> UInt8 {
    // Horner's scheme: the weights of GB 11643 are the powers of two modulo 11.
    let sum = digits.reduce(0) { ($0 + Int($1) - 0x30) * 2 % 11 }
    let check = (12 - sum) % 11
    return check == 10 ? UInt8(ascii: "X") : UInt8(0x30 + check)
  }

  /// The check digit of ICAO 9303 part 3: weights 7, 3, 1; letters count from A = 10.
  static func passportCheck(_ characters: some Sequence<UInt8>) -> UInt8 {
    let sum = characters.enumerated().reduce(0) { sum, next in
      let value = next.element >= 0x41 ? Int(next.element) - 0x41 + 10 : Int(next.element) - 0x30
      return sum + value * [7, 3, 1][next.offset % 3]
    }
    return UInt8(0x30 + sum % 10)
  }
}
