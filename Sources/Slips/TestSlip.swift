package import Groundwork
package import Hall

/// A test slip for whoever sets a printer up: it shows the width, every size of letter and the code. It belongs to no
/// ticket.
package struct TestSlip: Hashable, Sendable {
  package let slip: SlipID
  /// The name of the queue or kiosk that prints it.
  package let location: String
  package let printedAt: Timestamp
  package let zone: ZoneOffset

  package init(slip: SlipID, location: String, printedAt: Timestamp, zone: ZoneOffset = .beijing) {
    self.slip = slip
    self.location = location
    self.printedAt = printedAt
    self.zone = zone
  }

  package func document() -> SlipDocument {
    SlipDocument(
      kind: .ticket, slip: slip, largeType: false,
      blocks: [
        .heading(text: Wording.testTitle), .bigNumber(text: "0000"),
        .paragraph(text: Wording.testNotATicket, style: .leadCentred), .rule,
        .paragraph(text: Wording.testEdges, style: .body),
        .keyValue(key: Wording.testLocation, value: location),
        .code(
          payload: Wording.testTitle, beside: [SlipLine(Wording.moment(printedAt, zone: zone))], caption: ""),
        .paragraph(text: Wording.testCut, style: .fine),
      ])
  }
}

extension Wording {
  static let testTitle = "打印机测试"
  static let testNotATicket = "这不是排队号"
  static let testEdges = "上面的横线应当完整，左右不缺；二维码应能扫出“打印机测试”。"
  static let testLocation = "打印位置"
  static let testCut = "本行之后应自动切纸。"
}
