package import Groundwork
package import Hall

/// The content of 不予受理告知: a decision of the organ, with its reason, its approver and what can be done about it.
///
/// Source: 行政许可法 第三十二条, 第三十八条; 行政复议法 第二十条; 行政诉讼法 第四十六条.
package struct RefusalSlip: Hashable, Sendable {
  package let head: CaseHead
  package let name: String
  package let maskedNumber: String?
  package let ground: RefusalGround
  package let reason: String
  package let article: String
  /// Who is competent instead; nil where nobody is named.
  package let told: String?
  /// 作出机关.
  package let organ: String
  /// Name and office.
  package let approver: String
  package let on: CivilDate
  /// The organ to which one applies for reconsideration; nil prints general words.
  package let remedyOrgan: String?

  package init(
    head: CaseHead, name: String, maskedNumber: String?, ground: RefusalGround, reason: String, article: String,
    told: String?, organ: String, approver: String, on: CivilDate, remedyOrgan: String?
  ) {
    self.head = head
    self.name = name
    self.maskedNumber = maskedNumber
    self.ground = ground
    self.reason = reason
    self.article = article
    self.told = told
    self.organ = organ
    self.approver = approver
    self.on = on
    self.remedyOrgan = remedyOrgan
  }

  package func document() -> SlipDocument {
    var blocks = head.head(CaseNumber.Kind.refusal.chinese)
    blocks.append(.paragraph(text: Wording.addressed(name), style: .lead))
    if let maskedNumber { blocks.append(.paragraph(text: Wording.card(maskedNumber), style: .body)) }
    blocks += [
      .paragraph(text: Wording.refused(head.itemName), style: .lead),
      .keyValue(key: Wording.refusalReason, value: reason), .keyValue(key: Wording.lawBasis, value: article),
    ]
    if ground == .notNeeded { blocks.append(.paragraph(text: Wording.notNeeded, style: .lead)) }
    if let told { blocks.append(.paragraph(text: Wording.competent(told), style: .lead)) }
    blocks += [
      .rule, .paragraph(text: Wording.mayStateCase, style: .body),
      .paragraph(text: Wording.remedy(remedyOrgan), style: .body), .rule,
      .keyValue(key: Wording.organ, value: organ), .keyValue(key: Wording.approver, value: approver),
      .keyValue(key: Wording.day, value: Wording.longDay(on)),
      .keyValue(key: Wording.applicantSigns, value: Wording.signHere),
    ]
    return SlipDocument(
      kind: .casePaper, slip: head.slip, largeType: head.largeType, blocks: blocks + head.foot())
  }
}
