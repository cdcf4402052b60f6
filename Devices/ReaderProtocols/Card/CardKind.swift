/// The kinds of card that a module reads. The letter at offset 248 of the text identifies the kind.
package enum CardKind: String, Hashable, Sendable, CaseIterable {
  /// 居民身份证.
  case resident
  /// 港澳台居民居住证, since 2018: letter J.
  case residencePermit = "residence_permit"
  /// 外国人永久居留身份证 of 2017: letter I.
  case permanentResident2017 = "permanent_resident_2017"
  /// 外国人永久居留身份证 of 2023: letter Y.
  case permanentResident2023 = "permanent_resident_2023"

  /// The UTF-16 unit at offset 248; a space on a resident card.
  package var letter: UInt16 {
    switch self {
    case .resident: 0x20
    case .residencePermit: 0x4A
    case .permanentResident2017: 0x49
    case .permanentResident2023: 0x59
    }
  }
}

/// The fields of a card's text, with their names for programs.
package enum CardField: String, Hashable, Sendable, CaseIterable {
  /// In Chinese; may be blank on a foreigner's card.
  case name
  case latinName = "latin_name"
  /// One digit, GB/T 2261.1; see `Sex`.
  case sex
  /// Two digits, GB/T 3304; see `Nation`.
  case nation
  /// YYYYMMDD, as all dates on cards.
  case birth
  case address
  /// The number of the person; see `PersonNumber`.
  case number
  case issuer
  case validFrom = "valid_from"
  /// A date or 长期.
  case validTo = "valid_to"
  /// The number of the travel permit to the mainland (通行证).
  case travelPermit = "travel_permit"
  /// How often the permit was issued (签发次数).
  case issueCount = "issue_count"
  /// How often the card was renewed (换证次数).
  case renewalCount = "renewal_count"
  /// Three letters, GB/T 2659 (ISO 3166-1 alpha-3).
  case nationality
  case cardVersion = "card_version"
  /// The authority that accepted the application (受理机关代码).
  case authority
  /// The reference to an earlier number (既往版本关联项).
  case previousLink = "previous_link"
}
