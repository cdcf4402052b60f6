package import Groundwork
package import Hall

/// What every slip of a case has: the hall, the case, and the paper's own number.
package struct CaseHead: Hashable, Sendable {
  package let slip: SlipID
  package let hallName: String
  package let consultPhone: String
  package let supervisePhone: String
  package let code: PublicCode
  package let number: String
  package let itemName: String
  /// What the applicant answered, in words.
  package let situations: [String]
  package let catalogueVersion: String
  package let printedAt: Timestamp
  package let zone: ZoneOffset
  /// 1 for the first copy; from 2 on the slip says 补打.
  package let copy: Int
  package let largeType: Bool

  package init(
    slip: SlipID, hallName: String, consultPhone: String, supervisePhone: String, code: PublicCode, number: String,
    itemName: String, situations: [String] = [], catalogueVersion: String, printedAt: Timestamp,
    zone: ZoneOffset = .beijing, copy: Int = 1, largeType: Bool = false
  ) {
    self.slip = slip
    self.hallName = hallName
    self.consultPhone = consultPhone
    self.supervisePhone = supervisePhone
    self.code = code
    self.number = number
    self.itemName = itemName
    self.situations = situations
    self.catalogueVersion = catalogueVersion
    self.printedAt = printedAt
    self.zone = zone
    self.copy = copy
    self.largeType = largeType
  }

  func head(_ title: String) -> [SlipBlock] {
    [.heading(text: hallName), .title(text: title)]
      + (copy >= 2 ? [.paragraph(text: Wording.copy(copy), style: .leadCentred)] : [])
      + [.paragraph(text: itemName, style: .subject)]
      + (situations.isEmpty ? [] : [.paragraph(text: Wording.chosen(situations), style: .body)])
  }

  /// - Parameters:
  ///   - isSealed: an organ's paper, with room for its seal.
  func foot(isSealed: Bool = true) -> [SlipBlock] {
    let hotline = [consultPhone, supervisePhone].contains(Wording.hotline) ? [] : [Wording.hotline]
    let lines = [
      Wording.caseNumber(number), Wording.caseCode(code), Wording.catalogue(catalogueVersion),
      Wording.printed(Wording.moment(printedAt, zone: zone)), Wording.caseFades, Wording.casePrivacy,
    ]
    let seal: [SlipBlock] =
      isSealed ? [.sealBox(caption: Wording.sealBox, beside: [Wording.unsealed, Wording.sealHere])] : []
    return seal + [
      .rule,
      .code(
        payload: CodePayload.ofCase(number: number, code: code),
        beside: [
          SlipLine(consultPhone, key: Wording.consult, strong: true),
          SlipLine(([supervisePhone] + hotline).joined(separator: "、"), key: Wording.supervise, strong: true),
        ],
        caption: Wording.scanInHall),
    ] + lines.map { .paragraph(text: $0, style: .fine) }
  }
}
