package import Groundwork
package import Hall

/// The content of 受理通知: from when the limit runs, and until when the case is decided.
package struct AcceptanceSlip: Hashable, Sendable {
  package let head: CaseHead
  package let name: String
  package let acceptedOn: CivilDate
  /// The article by which the application is deemed accepted (视为受理); nil where a clerk accepted it.
  package let deemedBy: String?
  package let limits: CaseLimits
  package let due: CaseDue
  package let owed: [OwedPaper]
  /// Where owed papers are handed in: 1, 2 …
  package let windows: [Int]
  package let department: String
  /// Name and badge.
  package let clerk: String
  /// The document that the applicant gets; nil where the catalogue names none.
  package let result: String?
  package let collectionWindows: [Int]

  package init(
    head: CaseHead, name: String, acceptedOn: CivilDate, deemedBy: String?, limits: CaseLimits, due: CaseDue,
    owed: [OwedPaper], windows: [Int], department: String, clerk: String, result: String?, collectionWindows: [Int]
  ) {
    self.head = head
    self.name = name
    self.acceptedOn = acceptedOn
    self.deemedBy = deemedBy
    self.limits = limits
    self.due = due
    self.owed = owed
    self.windows = windows
    self.department = department
    self.clerk = clerk
    self.result = result
    self.collectionWindows = collectionWindows
  }

  package func document() -> SlipDocument {
    var blocks = head.head(CaseNumber.Kind.acceptance.chinese)
    blocks += [
      .paragraph(text: Wording.addressed(name), style: .lead),
      .paragraph(text: Wording.accepted(head.itemName, acceptedOn), style: .lead),
    ]
    if let deemedBy { blocks.append(.paragraph(text: Wording.deemed(acceptedOn, deemedBy), style: .body)) }
    blocks += dates()
    if !owed.isEmpty {
      let place = Wording.windowsOrDesk(windows, "收件窗口")
      blocks.append(.paragraph(text: Wording.stillOwed, style: .lead))
      blocks += owed.enumerated().map { index, paper in
        .checkItem(
          number: index + 1, name: paper.material, copies: [], details: [Wording.owedBy(paper.by, place)])
      }
      blocks.append(.paragraph(text: Wording.owedMatters, style: .body))
    }
    blocks += [
      .rule, .keyValue(key: Wording.department, value: department),
      .keyValue(key: Wording.handler, value: clerk),
      .paragraph(
        text: Wording.resultAt(result, Wording.windowsOrDesk(collectionWindows, "受理窗口")), style: .lead),
      .paragraph(text: Wording.lookUp, style: .body),
    ]
    return SlipDocument(
      kind: .casePaper, slip: head.slip, largeType: head.largeType, blocks: blocks + head.foot())
  }

  private func dates() -> [SlipBlock] {
    var blocks: [SlipBlock] = []
    if due != .atOnce {
      if let legal = limits.legal { blocks.append(.keyValue(key: Wording.legalLimit, value: legal.span)) }
      if let promised = limits.promised { blocks.append(.keyValue(key: Wording.promisedLimit, value: promised.span)) }
    }
    blocks.append(.paragraph(text: Wording.decidedBy(due) + "。", style: .lead))
    if let rest = Wording.restDay(due) { blocks.append(.paragraph(text: rest, style: .body)) }
    if due != .atOnce, let apart = Wording.stagesApart(limits) { blocks.append(.paragraph(text: apart, style: .body)) }
    return blocks
  }
}
