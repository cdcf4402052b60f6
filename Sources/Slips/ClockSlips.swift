package import Groundwork
package import Hall

/// The content of 特别程序告知: a stage whose time does not count towards the limit, and its length (行政许可法 第四十五条).
package struct PauseSlip: Hashable, Sendable {
  package let head: CaseHead
  package let name: String
  package let stage: String
  package let from: CivilDate
  package let expectedDays: Int
  /// What is left of the limit meanwhile.
  package let due: CaseDue
  package let basis: String
  package let clerk: String

  package init(
    head: CaseHead, name: String, stage: String, from: CivilDate, expectedDays: Int, due: CaseDue, basis: String,
    clerk: String
  ) {
    self.head = head
    self.name = name
    self.stage = stage
    self.from = from
    self.expectedDays = expectedDays
    self.due = due
    self.basis = basis
    self.clerk = clerk
  }

  package func document() -> SlipDocument {
    head.letter(
      CaseNumber.Kind.pause.chinese, to: name,
      [
        .paragraph(text: Wording.paused(head.itemName, stage), style: .lead),
        .paragraph(text: Wording.pauseSpan(from, days: expectedDays), style: .lead),
        .paragraph(text: Wording.leftAfterwards(due), style: .lead), .rule,
        .keyValue(key: Wording.lawBasis, value: basis), .keyValue(key: Wording.handler, value: clerk),
        .keyValue(key: Wording.applicantSigns, value: Wording.signHere),
      ])
  }
}

/// The content of 延长办理期限告知 (行政许可法 第四十二条).
package struct ExtensionSlip: Hashable, Sendable {
  package let head: CaseHead
  package let name: String
  package let reason: String
  /// The head of the organ, by office and name.
  package let approvedBy: String
  package let count: Int
  package let unit: LimitUnit
  package let article: String
  package let due: CaseDue

  package init(
    head: CaseHead, name: String, reason: String, approvedBy: String, count: Int, unit: LimitUnit, article: String,
    due: CaseDue
  ) {
    self.head = head
    self.name = name
    self.reason = reason
    self.approvedBy = approvedBy
    self.count = count
    self.unit = unit
    self.article = article
    self.due = due
  }

  package func document() -> SlipDocument {
    var blocks: [SlipBlock] = [
      .paragraph(text: Wording.extended(head.itemName, reason, approvedBy, count, unit), style: .lead),
      .paragraph(text: Wording.decidedBy(due) + "。", style: .lead),
    ]
    if let rest = Wording.restDay(due) { blocks.append(.paragraph(text: rest, style: .body)) }
    return head.letter(
      CaseNumber.Kind.extending.chinese, to: name,
      blocks + [
        .paragraph(text: Wording.apology, style: .body), .rule, .keyValue(key: Wording.lawBasis, value: article),
        .keyValue(key: Wording.applicantSigns, value: Wording.signHere),
      ])
  }
}

/// The content of 超期说明: why it is late, and when it will be done (优化营商环境条例 第三十六条).
package struct OverdueSlip: Hashable, Sendable {
  package let head: CaseHead
  package let name: String
  package let due: CivilDate
  package let reason: String
  package let expected: CivilDate?
  package let clerk: String
  package let tellsRemedy: Bool
  package let remedyOrgan: String?

  package init(
    head: CaseHead, name: String, due: CivilDate, reason: String, expected: CivilDate?, clerk: String,
    tellsRemedy: Bool, remedyOrgan: String?
  ) {
    self.head = head
    self.name = name
    self.due = due
    self.reason = reason
    self.expected = expected
    self.clerk = clerk
    self.tellsRemedy = tellsRemedy
    self.remedyOrgan = remedyOrgan
  }

  package func document() -> SlipDocument {
    var blocks: [SlipBlock] = [
      .paragraph(text: Wording.notDecided(head.itemName, due), style: .lead),
      .keyValue(key: Wording.cause, value: reason),
    ]
    if let expected { blocks.append(.keyValue(key: Wording.expected, value: Wording.longDay(expected))) }
    blocks += [
      .keyValue(key: Wording.handler, value: clerk),
      .paragraph(text: Wording.apology, style: .body),
      .paragraph(text: Wording.complain(head.supervisePhone), style: .lead),
    ]
    if tellsRemedy { blocks.append(.paragraph(text: Wording.remedyForSilence(remedyOrgan), style: .body)) }
    return head.letter(CaseNumber.Kind.overdue.chinese, to: name, blocks)
  }
}

extension CaseHead {
  /// A sealed paper to the applicant.
  func letter(_ title: String, to name: String, _ blocks: [SlipBlock]) -> SlipDocument {
    SlipDocument(
      kind: .casePaper, slip: slip, largeType: largeType,
      blocks: head(title) + [.paragraph(text: Wording.addressed(name), style: .lead)] + blocks + foot())
  }
}
