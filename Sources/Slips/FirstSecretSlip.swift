package import Groundwork
package import Hall

/// 初始口令: a member's first secret, one slip for each, handed over by whoever set the hall up. It is printed once and kept nowhere.
package struct FirstSecretSlip: Hashable, Sendable {
  package let slip: SlipID
  package let hall: String
  package let name: String
  package let badge: String
  package let secret: String
  package let printedAt: Timestamp
  package let zone: ZoneOffset

  package init(
    slip: SlipID, hall: String, name: String, badge: String, secret: String, printedAt: Timestamp,
    zone: ZoneOffset = .beijing
  ) {
    self.slip = slip
    self.hall = hall
    self.name = name
    self.badge = badge
    self.secret = secret
    self.printedAt = printedAt
    self.zone = zone
  }

  package func document() -> SlipDocument {
    SlipDocument(
      kind: .ticket, slip: slip, largeType: false,
      blocks: [
        .heading(text: hall), .title(text: Wording.firstSecretTitle),
        .keyValue(key: Wording.firstSecretName, value: name), .keyValue(key: Wording.firstSecretBadge, value: badge),
        .space(.small), .paragraph(text: secret, style: .subject), .space(.small),
        .paragraph(text: Wording.firstSecretUse, style: .body), .rule,
        .paragraph(text: Wording.moment(printedAt, zone: zone), style: .fine),
      ])
  }
}

extension Wording {
  static let firstSecretTitle = "初始口令"
  static let firstSecretName = "姓名"
  static let firstSecretBadge = "工号"
  static let firstSecretUse = "只交给本人。首次登录时要改成自己的口令，改好后请把这张纸撕碎。"
}
