package import Groundwork
package import Hall

/// The content of a receipt (收件凭证): what was taken, when and by whom, and until when the hall tells what comes of it.
///
/// It is not acceptance. Source: 行政许可法 第三十二条第二款, 优化营商环境条例 第三十六条.
package struct ReceiptSlip: Hashable, Sendable {
  package let head: CaseHead
  /// Whose matter it is, in full: the paper is their own.
  package let name: String
  package let papers: [PaperAccount]
  package let receivedAt: Timestamp
  /// Name and badge of who took them.
  package let clerk: String
  package let telling: CaseTelling

  package init(
    head: CaseHead, name: String, papers: [PaperAccount], receivedAt: Timestamp, clerk: String, telling: CaseTelling
  ) {
    self.head = head
    self.name = name
    self.papers = papers
    self.receivedAt = receivedAt
    self.clerk = clerk
    self.telling = telling
  }

  package func document() -> SlipDocument {
    var blocks = head.head(Wording.receiptTitle)
    blocks.append(.paragraph(text: Wording.received(name, head.itemName), style: .lead))
    blocks += papers.enumerated().map { index, paper in
      .checkItem(
        number: index + 1, name: paper.material, copies: Wording.counts(paper),
        details: paper.isSeen ? [Wording.seenAndReturned] : [], mark: .have)
    }
    if papers.isEmpty { blocks.append(.paragraph(text: Wording.noPapersTaken, style: .body)) }
    blocks += [
      .rule, .keyValue(key: Wording.receivedAt, value: Wording.longMoment(receivedAt, zone: head.zone)),
      .keyValue(key: Wording.receiver, value: clerk),
      .paragraph(text: Wording.tellBy(telling.by), style: .lead),
      .paragraph(text: Wording.tellBasis(telling), style: .body),
      .paragraph(text: Wording.keepReceipt, style: .body),
      .keyValue(key: Wording.bearerSigns, value: Wording.signHere),
    ]
    return SlipDocument(
      kind: .receipt, slip: head.slip, largeType: head.largeType, blocks: blocks + head.foot())
  }
}
