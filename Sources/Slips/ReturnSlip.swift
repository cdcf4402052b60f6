package import Groundwork
package import Hall

/// The content of 补正材料收件凭证: the papers that were handed in after a correction notice, or that had been owed.
///
/// Source: 行政许可法 第三十二条第二款.
package struct ReturnSlip: Hashable, Sendable {
  package let head: CaseHead
  package let name: String
  package let papers: [CasePaper]
  /// Everything that was asked for has been handed in.
  package let isComplete: Bool
  package let receivedAt: Timestamp
  /// Name and badge of who took them.
  package let clerk: String
  /// The number of the notice that asked for them; nil for what was owed.
  package let notice: String?
  /// Papers that the notice asked for and that were not handed in.
  package let missing: [String]

  package init(
    head: CaseHead, name: String, papers: [CasePaper], isComplete: Bool, receivedAt: Timestamp, clerk: String,
    notice: String?, missing: [String]
  ) {
    self.head = head
    self.name = name
    self.papers = papers
    self.isComplete = isComplete
    self.receivedAt = receivedAt
    self.clerk = clerk
    self.notice = notice
    self.missing = missing
  }

  package func document() -> SlipDocument {
    var blocks = head.head(Wording.returnTitle)
    blocks.append(.paragraph(text: Wording.returned(name, head.itemName), style: .lead))
    if let notice { blocks.append(.keyValue(key: Wording.askedBy, value: notice)) }
    blocks += papers.enumerated().map { index, paper in
      var account = PaperAccount(material: paper.material)
      account.originals = paper.originals
      account.copies = paper.copies
      account.isSeen = paper.isSeen
      account.isElectronic = paper.isElectronic
      return .checkItem(
        number: index + 1, name: paper.material, copies: Wording.counts(account),
        details: paper.isSeen ? [Wording.seenAndReturned] : [], mark: .have)
    }
    blocks.append(.rule)
    if isComplete {
      blocks.append(.paragraph(text: Wording.returnComplete, style: .lead))
    } else if missing.isEmpty {
      blocks.append(.paragraph(text: Wording.returnIncomplete, style: .lead))
    } else {
      blocks.append(.section(title: Wording.stillMissing, advice: nil))
      blocks += missing.enumerated().map { .checkItem(number: $0 + 1, name: $1, copies: [], details: []) }
    }
    blocks += [
      .keyValue(key: Wording.receivedAt, value: Wording.longMoment(receivedAt, zone: head.zone)),
      .keyValue(key: Wording.receiver, value: clerk),
      .keyValue(key: Wording.bearerSigns, value: Wording.signHere),
    ]
    return SlipDocument(
      kind: .casePaper, slip: head.slip, largeType: head.largeType, blocks: blocks + head.foot())
  }
}
