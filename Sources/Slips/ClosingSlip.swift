package import Groundwork
package import Hall

/// The content of a closing slip (日结单): what was done on a business day, and the journal's head, which leaves the
/// machine with it.
///
/// It has no name, no item and no staff member: a signature is written on it by hand.
package struct ClosingSlip: Hashable, Sendable {
  package let slip: SlipID
  package let hallName: String
  package let day: ClosedDay
  /// `JournalHead.description`.
  package let head: String
  /// The names of lanes, where the hall still has them.
  package let laneNames: [LaneLetter: String]
  package let zone: ZoneOffset
  /// 1 for the first copy; from 2 on the slip says 补打.
  package let copy: Int

  package init(
    slip: SlipID, hallName: String, day: ClosedDay, head: String, laneNames: [LaneLetter: String],
    zone: ZoneOffset = .beijing, copy: Int = 1
  ) {
    self.slip = slip
    self.hallName = hallName
    self.day = day
    self.head = head
    self.laneNames = laneNames
    self.zone = zone
    self.copy = copy
  }

  package func document() -> SlipDocument {
    let opened = Wording.moment(day.openedAt, zone: zone)
    let closed = Wording.moment(day.closedAt, zone: zone)
    var blocks: [SlipBlock] = [
      .heading(text: hallName), .title(text: Wording.closingTitle),
      .paragraph(text: "\(day.date)", style: .leadCentred),
    ]
    if copy >= 2 { blocks.append(.paragraph(text: Wording.copy(copy), style: .bodyCentred)) }
    blocks += [
      .keyValue(key: Wording.dayOpened, value: opened), .keyValue(key: Wording.dayClosed, value: closed), .rule,
    ]
    if day.lanes.isEmpty { blocks.append(.paragraph(text: Wording.noNumbers, style: .body)) }
    for lane in day.lanes {
      let name = laneNames[lane.lane].map { "\(lane.lane) \($0)" } ?? "\(lane.lane)"
      blocks.append(.keyValue(key: name, value: Wording.figures(lane)))
    }
    if let first = day.firstCallAt, let last = day.lastCallAt {
      blocks.append(.keyValue(key: Wording.calls, value: Wording.span(first, last, zone: zone)))
    }
    blocks.append(.keyValue(key: Wording.notices, value: Wording.notices(day.notices, printed: day.noticesPrinted)))
    blocks.append(.section(title: Wording.headTitle, advice: Wording.headAdvice))
    blocks += Self.lines(head).map { .paragraph(text: $0, style: .leadCentred) }
    blocks += [
      .code(payload: head, beside: [SlipLine(Wording.headInCode), SlipLine(Wording.headUse)], caption: ""),
      .paragraph(text: Wording.signature, style: .lead), .space(.large), .rule,
      .paragraph(text: Wording.closingNumber(day), style: .fine),
    ]
    return SlipDocument(kind: .closing, slip: slip, largeType: false, blocks: blocks)
  }

  /// The head in lines that fit the narrow paper and can be read out one after the other: number and day, then three
  /// groups each.
  static func lines(_ head: String) -> [String] {
    let groups = head.split(separator: "-").map(String.init)
    let starts = [0] + stride(from: 2, to: groups.count, by: 3)
    return zip(starts, starts.dropFirst() + [groups.count]).map { groups[$0..<min($1, groups.count)] }
      .filter { !$0.isEmpty }.map { $0.joined(separator: " ") }
  }
}
