package import Groundwork

/// Papers were taken: the case begins (收件). It contains the rules that hold for the case, as they were on that day.
package struct CaseOpened: Hashable, Sendable {
  package let code: PublicCode
  /// 收件凭证号.
  package let number: CaseNumber
  package let item: String
  package let catalogueVersion: String
  /// Keys of the situations.
  package let answers: [String]
  package let ticket: PublicCode?
  /// Name, card and phone of whose matter it is, and the name of who came for them.
  package let applicant: SealedCaseText
  /// The pseudonym by which the case is found without its receipt: a keyed digest of the card's number; nil without one.
  package let holder: HolderPseudonym?
  package let by: CaseBearer
  package let receivedAt: Timestamp
  /// In the hall's zone; before `receivedAt` only for what a village took and told later.
  package let receivedOn: CivilDate
  /// 委托受理、授权办理 at a village's station.
  package let isAtVillage: Bool
  /// 首问责任人: the badge of the ticket's, else who took the papers.
  package let firstAsked: String
  /// 经办: a badge.
  package let responsible: String
  /// The checklist.
  package let materials: [CaseMaterial]
  package let papers: [CasePaper]
  package let limits: CaseLimits
  package let telling: CaseTelling

  package init(
    code: PublicCode, number: CaseNumber, item: String, catalogueVersion: String, answers: [String],
    ticket: PublicCode?, applicant: SealedCaseText, holder: HolderPseudonym?, by: CaseBearer, receivedAt: Timestamp,
    receivedOn: CivilDate, isAtVillage: Bool, firstAsked: String, responsible: String, materials: [CaseMaterial],
    papers: [CasePaper], limits: CaseLimits, telling: CaseTelling
  ) {
    self.code = code
    self.number = number
    self.item = item
    self.catalogueVersion = catalogueVersion
    self.answers = answers
    self.ticket = ticket
    self.applicant = applicant
    self.holder = holder
    self.by = by
    self.receivedAt = receivedAt
    self.receivedOn = receivedOn
    self.isAtVillage = isAtVillage
    self.firstAsked = firstAsked
    self.responsible = responsible
    self.materials = materials
    self.papers = papers
    self.limits = limits
    self.telling = telling
  }
}

/// 当场更正 (行政许可法 第三十二条第一款第三项): a mistake that was put right at once. It starts nothing.
package struct CorrectedOnSpot: Hashable, Sendable {
  package let code: PublicCode
  package let material: String
  package let what: SealedCaseText

  package init(code: PublicCode, material: String, what: SealedCaseText) {
    self.code = code
    self.material = material
    self.what = what
  }
}

/// 材料补正一次性告知书: all that is missing or wrong, at once.
package struct CorrectionIssued: Hashable, Sendable {
  package let code: PublicCode
  package let number: CaseNumber
  /// From 1.
  package let attempt: Int
  /// At least one.
  package let lines: [CorrectionLine]
  /// Told electronically, with the applicant's consent; else on paper.
  package let isElectronic: Bool
  /// Nil where it names nothing that the first notice should have named.
  package let second: SecondNotice?

  package init(
    code: PublicCode, number: CaseNumber, attempt: Int, lines: [CorrectionLine], isElectronic: Bool,
    second: SecondNotice?
  ) {
    self.code = code
    self.number = number
    self.attempt = attempt
    self.lines = lines
    self.isElectronic = isElectronic
    self.second = second
  }
}

/// 二次告知: why something was told that could have been told the first time.
package struct SecondNotice: Hashable, Sendable {
  package let reason: SealedCaseText
  /// What the first notice should have named; empty for lines outside the list.
  package let materials: [String]

  package init(reason: SealedCaseText, materials: [String]) {
    self.reason = reason
    self.materials = materials
  }
}

/// The applicant has been told.
package struct CorrectionServed: Hashable, Sendable {
  package let code: PublicCode
  package let way: ServingWay
  package let on: CivilDate
  /// Badges; two where the signature was refused.
  package let witnesses: [String]
  /// No printer confirmed the paper: the clerk says that it was handed over.
  package let isByHand: Bool

  package init(code: PublicCode, way: ServingWay, on: CivilDate, witnesses: [String], isByHand: Bool) {
    self.code = code
    self.way = way
    self.on = on
    self.witnesses = witnesses
    self.isByHand = isByHand
  }
}

/// Papers came after the receipt: what was asked for, or what was owed.
package struct PapersReturned: Hashable, Sendable {
  package let code: PublicCode
  /// The number of the receipt (补正材料收件凭证) that lists them; nil in records of earlier programs.
  package let number: CaseNumber?
  package let papers: [CasePaper]
  package let on: CivilDate
  /// Nothing that was asked for, or owed, is left out.
  package let isComplete: Bool

  package init(code: PublicCode, number: CaseNumber? = nil, papers: [CasePaper], on: CivilDate, isComplete: Bool) {
    self.code = code
    self.number = number
    self.papers = papers
    self.on = on
    self.isComplete = isComplete
  }
}

/// 视为受理: accepted from the day of receipt, because nothing was told in time (行政许可法 第三十二条第一款第四项).
package struct AcceptanceDeemed: Hashable, Sendable {
  package let code: PublicCode
  package let number: CaseNumber
  /// The day of receipt.
  package let acceptedOn: CivilDate
  package let article: String
  package let due: CaseDue

  package init(code: PublicCode, number: CaseNumber, acceptedOn: CivilDate, article: String, due: CaseDue) {
    self.code = code
    self.number = number
    self.acceptedOn = acceptedOn
    self.article = article
    self.due = due
  }
}

/// Nothing was told by the day that the hall had promised.
package struct CorrectionPromiseBroken: Hashable, Sendable {
  package let code: PublicCode
  package let tellBy: CivilDate

  package init(code: PublicCode, tellBy: CivilDate) {
    self.code = code
    self.tellBy = tellBy
  }
}
