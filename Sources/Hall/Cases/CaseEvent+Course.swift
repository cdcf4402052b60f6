package import Groundwork

/// 容缺后补: a paper that is accepted as to follow.
package struct OwedPaper: Hashable, Sendable {
  package let material: String
  /// The last day on which it may follow; nil: before the decision.
  package let by: CivilDate?

  package init(material: String, by: CivilDate?) {
    self.material = material
    self.by = by
  }
}

/// 受理: the limit runs from here.
package struct CaseAccepted: Hashable, Sendable {
  package let code: PublicCode
  package let number: CaseNumber
  /// The day on which all papers were there.
  package let acceptedOn: CivilDate
  package let due: CaseDue
  package let owed: [OwedPaper]
  /// 即办件.
  package let isImmediate: Bool

  package init(
    code: PublicCode, number: CaseNumber, acceptedOn: CivilDate, due: CaseDue, owed: [OwedPaper], isImmediate: Bool
  ) {
    self.code = code
    self.number = number
    self.acceptedOn = acceptedOn
    self.due = due
    self.owed = owed
    self.isImmediate = isImmediate
  }
}

/// A clerk proposes to an approver not to accept the application.
package struct RefusalProposed: Hashable, Sendable {
  package let code: PublicCode
  package let ground: RefusalGround
  package let article: String
  /// The reason in words, for the applicant.
  package let text: SealedCaseText
  /// Where it is done instead.
  package let told: String?

  package init(code: PublicCode, ground: RefusalGround, article: String, text: SealedCaseText, told: String?) {
    self.code = code
    self.ground = ground
    self.article = article
    self.text = text
    self.told = told
  }
}

/// 不予受理: a decision of the organ, by a named approver.
package struct CaseRefused: Hashable, Sendable {
  package let code: PublicCode
  package let number: CaseNumber
  package let proposal: RefusalProposed
  /// The badge.
  package let approver: String
  /// Their office, as printed.
  package let title: String
  package let returned: [OriginalsMoved]

  package init(
    code: PublicCode, number: CaseNumber, proposal: RefusalProposed, approver: String, title: String,
    returned: [OriginalsMoved]
  ) {
    self.code = code
    self.number = number
    self.proposal = proposal
    self.approver = approver
    self.title = title
    self.returned = returned
  }
}

/// 转其他机关 (行政许可法 第三十二条第一款第二项): the applicant was told which organ is competent.
package struct CaseRedirected: Hashable, Sendable {
  package let code: PublicCode
  package let organ: String
  package let address: String
  package let phone: String
  package let returned: [OriginalsMoved]

  package init(code: PublicCode, organ: String, address: String, phone: String, returned: [OriginalsMoved]) {
    self.code = code
    self.organ = organ
    self.address = address
    self.phone = phone
    self.returned = returned
  }
}

/// 撤回, by the applicant who signed.
package struct CaseWithdrawn: Hashable, Sendable {
  package let code: PublicCode
  package let returned: [OriginalsMoved]

  package init(code: PublicCode, returned: [OriginalsMoved]) {
    self.code = code
    self.returned = returned
  }
}

/// The papers went to the department (物料流转单).
package struct CaseForwarded: Hashable, Sendable {
  package let code: PublicCode
  package let number: CaseNumber
  package let department: String
  /// Names of what went.
  package let materials: [String]
  /// Originals that the department keeps for good.
  package let kept: [OriginalsMoved]

  package init(code: PublicCode, number: CaseNumber, department: String, materials: [String], kept: [OriginalsMoved]) {
    self.code = code
    self.number = number
    self.department = department
    self.materials = materials
    self.kept = kept
  }
}

/// The department has the papers.
package struct ForwardConfirmed: Hashable, Sendable {
  package let code: PublicCode
  /// The badge; nil where the signed sheet says it.
  package let receiver: String?
  /// Materials that are not as the sheet says.
  package let differs: [String]
  /// Entered from the signed sheet.
  package let isFromPaper: Bool

  package init(code: PublicCode, receiver: String?, differs: [String], isFromPaper: Bool) {
    self.code = code
    self.receiver = receiver
    self.differs = differs
    self.isFromPaper = isFromPaper
  }
}

/// 特别程序: the limit stops, and the applicant has been told so in writing (行政许可法 第四十五条).
package struct ClockPaused: Hashable, Sendable {
  package let code: PublicCode
  package let number: CaseNumber
  package let stage: String
  package let from: CivilDate
  /// 1...365.
  package let expectedDays: Int
  package let due: CaseDue
  /// Why it is entered late.
  package let reason: String?

  package init(
    code: PublicCode, number: CaseNumber, stage: String, from: CivilDate, expectedDays: Int, due: CaseDue,
    reason: String?
  ) {
    self.code = code
    self.number = number
    self.stage = stage
    self.from = from
    self.expectedDays = expectedDays
    self.due = due
    self.reason = reason
  }
}

/// The limit runs again from the day after.
package struct ClockResumed: Hashable, Sendable {
  package let code: PublicCode
  package let to: CivilDate
  package let due: CaseDue

  package init(code: PublicCode, to: CivilDate, due: CaseDue) {
    self.code = code
    self.to = to
    self.due = due
  }
}

/// 延长办理期限 (行政许可法 第四十二条): once, by the head of the organ, with a reason that is told.
package struct TimeExtended: Hashable, Sendable {
  package let code: PublicCode
  package let number: CaseNumber
  package let count: Int
  package let unit: LimitUnit
  package let head: String
  package let reason: String
  package let article: String
  package let due: CaseDue

  package init(
    code: PublicCode, number: CaseNumber, count: Int, unit: LimitUnit, head: String, reason: String, article: String,
    due: CaseDue
  ) {
    self.code = code
    self.number = number
    self.count = count
    self.unit = unit
    self.head = head
    self.reason = reason
    self.article = article
    self.due = due
  }
}

/// The date moved because another notice of holidays is known.
package struct DueRecomputed: Hashable, Sendable {
  package let code: PublicCode
  package let due: CaseDue
  package let tellBy: TellBy

  package init(code: PublicCode, due: CaseDue, tellBy: TellBy) {
    self.code = code
    self.due = due
    self.tellBy = tellBy
  }
}

/// A document that the applicant gets.
package struct CaseResult: Hashable, Sendable {
  package let name: String
  package let copies: Int
  package let isElectronic: Bool

  package init(name: String, copies: Int, isElectronic: Bool) {
    self.name = name
    self.copies = copies
    self.isElectronic = isElectronic
  }
}

/// 办结: the organ has decided.
package struct CaseDecided: Hashable, Sendable {
  package let code: PublicCode
  package let outcome: CaseOutcome
  package let on: CivilDate
  package let results: [CaseResult]
  /// Entered from the signed sheet.
  package let isFromPaper: Bool

  package init(code: PublicCode, outcome: CaseOutcome, on: CivilDate, results: [CaseResult], isFromPaper: Bool) {
    self.code = code
    self.outcome = outcome
    self.on = on
    self.results = results
    self.isFromPaper = isFromPaper
  }
}

/// The result lies at 出件.
package struct ResultReady: Hashable, Sendable {
  package let code: PublicCode
  package let number: CaseNumber
  /// Shelf or cabinet cell, 1...20 characters.
  package let location: String

  package init(code: PublicCode, number: CaseNumber, location: String) {
    self.code = code
    self.number = number
    self.location = location
  }
}

/// 已领取: somebody has the result.
package struct ResultCollected: Hashable, Sendable {
  package let code: PublicCode
  package let by: CaseBearer
  package let shown: CollectionProof
  package let isSigned: Bool
  package let returned: [OriginalsMoved]

  package init(code: PublicCode, by: CaseBearer, shown: CollectionProof, isSigned: Bool, returned: [OriginalsMoved]) {
    self.code = code
    self.by = by
    self.shown = shown
    self.isSigned = isSigned
    self.returned = returned
  }
}

/// 已送达 without a visit.
package struct ResultSent: Hashable, Sendable {
  package let code: PublicCode
  package let way: SendingWay
  /// At most 40 characters.
  package let reference: String?
  package let returned: [OriginalsMoved]

  package init(code: PublicCode, way: SendingWay, reference: String?, returned: [OriginalsMoved]) {
    self.code = code
    self.way = way
    self.reference = reference
    self.returned = returned
  }
}

/// What somebody showed who collects a result.
package enum CollectionProof: String, Hashable, Sendable, CaseIterable {
  /// The applicant's own card.
  case card
  /// The receipt alone: only for the applicant, whom the clerk knows by their face on the card.
  case receipt
  /// A signed authority, for anybody else.
  case proxy
}

package enum SendingWay: String, Hashable, Sendable, CaseIterable {
  case post, agent, electronic
}
