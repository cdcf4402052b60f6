package import Groundwork
package import Hall

/// Why one number was called before another, on paper for the resident who asked: no name, no badge, no reason of priority.
package struct OrderSlip: Hashable, Sendable {
  package let slip: SlipID
  package let hallName: String
  package let sentence: OrderSentence
  package let language: SlipLanguage
  package let supervisePhone: String
  package let printedAt: Timestamp
  package let zone: ZoneOffset

  package init(
    slip: SlipID, hallName: String, sentence: OrderSentence, language: SlipLanguage, supervisePhone: String,
    printedAt: Timestamp, zone: ZoneOffset = .beijing
  ) {
    self.slip = slip
    self.hallName = hallName
    self.sentence = sentence
    self.language = language
    self.supervisePhone = supervisePhone
    self.printedAt = printedAt
    self.zone = zone
  }

  package func document() -> SlipDocument {
    let isChinese = language == .chinese
    return SlipDocument(
      kind: .notice, slip: slip, largeType: false,
      blocks: [
        .heading(text: hallName), .title(text: isChinese ? Wording.orderTitle : Wording.orderTitleEnglish), .rule,
        .paragraph(
          text: isChinese ? sentence.chinese(forResident: true) : sentence.english(forResident: true), style: .lead),
        .space(.small),
        .paragraph(text: isChinese ? Wording.orderNote : Wording.orderNoteEnglish, style: .body), .rule,
        .keyValue(
          key: isChinese ? Wording.orderPhone : Wording.orderPhoneEnglish, value: supervisePhone),
        .paragraph(text: Wording.moment(printedAt, zone: zone), style: .fine),
      ])
  }
}

extension Wording {
  static let orderTitle = "为什么先叫"
  static let orderTitleEnglish = "Why this number was called first"
  static let orderNote = "您的号仍然有效，请继续等候。"
  static let orderNoteEnglish = "Your number stays valid; please go on waiting."
  static let orderPhone = "监督电话"
  static let orderPhoneEnglish = "Supervision"
}
