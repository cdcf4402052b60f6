package import Groundwork

/// 特别程序告知 was written: a stage begins that is not counted. The limit runs on until the applicant has been told.
package struct PauseAnnounced: Hashable, Sendable {
  package let code: PublicCode
  package let number: CaseNumber
  package let stage: String
  package let from: CivilDate
  /// 1...365.
  package let expectedDays: Int
  /// What is left of the limit meanwhile, as the paper says.
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

/// 延长办理期限告知 was written: it holds once the applicant has been told.
package struct ExtensionAnnounced: Hashable, Sendable {
  package let code: PublicCode
  package let number: CaseNumber
  package let count: Int
  package let unit: LimitUnit
  package let head: String
  package let reason: String
  package let article: String
  /// Until when it would be decided, as the paper says.
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

/// The acceptance was taken back within seconds. Its number is not given again.
package struct AcceptanceUndone: Hashable, Sendable {
  package let code: PublicCode
  package let number: CaseNumber

  package init(code: PublicCode, number: CaseNumber) {
    self.code = code
    self.number = number
  }
}

/// Another badge handles it (顶岗补位).
package struct CaseReassigned: Hashable, Sendable {
  package let code: PublicCode
  package let from: String
  package let to: String
  package let reason: String

  package init(code: PublicCode, from: String, to: String, reason: String) {
    self.code = code
    self.from = from
    self.to = to
    self.reason = reason
  }
}

/// A wrong entry was put right. The event that has it stays as it is.
package struct CaseCorrected: Hashable, Sendable {
  package let code: PublicCode
  package let field: CaseField
  /// The material whose count was wrong; nil for other fields.
  package let material: String?
  package let old: String
  package let new: String
  /// The pseudonym by which the case is found from now on; only where there is another applicant, who has a card.
  package let holder: HolderPseudonym?
  package let reason: SealedCaseText
  /// The badge of the clerk who agreed.
  package let second: String

  package init(
    code: PublicCode, field: CaseField, material: String? = nil, old: String, new: String,
    holder: HolderPseudonym? = nil, reason: SealedCaseText, second: String
  ) {
    self.code = code
    self.field = field
    self.material = material
    self.old = old
    self.new = new
    self.holder = holder
    self.reason = reason
    self.second = second
  }
}

/// What of a case can be put right afterwards.
package enum CaseField: String, Hashable, Sendable, CaseIterable {
  /// Name, card and phone; also where the case goes to heirs. Old and new are sealed.
  case applicant
  /// Who came: `CaseBearer`.
  case bearer
  /// Counts of one material.
  case originals, copies
  /// The department that has the papers.
  case department
  /// The acceptance is taken back; `old` is its number, `new` is empty.
  case acceptance
  /// `CaseOutcome`.
  case outcome
}

/// 超期说明: why it is not decided yet (优化营商环境条例 第三十六条). The applicant reads it.
package struct OverdueExplained: Hashable, Sendable {
  package let code: PublicCode
  package let number: CaseNumber
  /// 1...200 characters.
  package let text: String
  /// The day that was told, which has passed.
  package let due: CivilDate
  /// When it will be done, as far as is known.
  package let expected: CivilDate?
  /// The paper says where somebody can turn to whose application is not decided (行政复议法 第二十三条).
  package let tellsRemedy: Bool

  package init(
    code: PublicCode, number: CaseNumber, text: String, due: CivilDate, expected: CivilDate?, tellsRemedy: Bool
  ) {
    self.code = code
    self.number = number
    self.text = text
    self.due = due
    self.expected = expected
    self.tellsRemedy = tellsRemedy
  }
}

/// The result was moved to another location.
package struct ResultPlaced: Hashable, Sendable {
  package let code: PublicCode
  /// Shelf or cabinet cell, 1...20 characters.
  package let location: String

  package init(code: PublicCode, location: String) {
    self.code = code
    self.location = location
  }
}

/// 补充材料通知: the department asks for more while it examines. The limit runs on.
package struct FurtherPapersAsked: Hashable, Sendable {
  package let code: PublicCode
  package let number: CaseNumber
  /// At least one.
  package let lines: [CorrectionLine]

  package init(code: PublicCode, number: CaseNumber, lines: [CorrectionLine]) {
    self.code = code
    self.number = number
    self.lines = lines
  }
}

/// A notice that was posted has come to the applicant.
package struct CorrectionDelivered: Hashable, Sendable {
  package let code: PublicCode
  package let on: CivilDate

  package init(code: PublicCode, on: CivilDate) {
    self.code = code
    self.on = on
  }
}
