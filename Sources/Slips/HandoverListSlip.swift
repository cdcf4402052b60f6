package import Groundwork
package import Hall

/// The content of 交接清单: a day's cases for one department, to tick and to sign. Numbers and counts, neither names nor items.
package struct HandoverListSlip: Hashable, Sendable {
  package let slip: SlipID
  package let hallName: String
  package let number: String
  package let department: String
  package let on: CivilDate
  package let entries: [Entry]
  package let copy: Int

  package struct Entry: Hashable, Sendable {
    /// `LZ-…`: of the hand-over sheet that lies with the papers.
    package let number: String
    package let originals: Int
    package let copies: Int
    /// Until when it is decided; nil without a date.
    package let by: CivilDate?

    package init(number: String, originals: Int, copies: Int, by: CivilDate?) {
      self.number = number
      self.originals = originals
      self.copies = copies
      self.by = by
    }
  }

  package init(
    slip: SlipID, hallName: String, number: String, department: String, on: CivilDate, entries: [Entry],
    copy: Int = 1
  ) {
    self.slip = slip
    self.hallName = hallName
    self.number = number
    self.department = department
    self.on = on
    self.entries = entries
    self.copy = copy
  }

  package func document() -> SlipDocument {
    let originals = entries.map(\.originals).reduce(0, +)
    let copies = entries.map(\.copies).reduce(0, +)
    var blocks: [SlipBlock] = [.heading(text: hallName), .title(text: CaseNumber.Kind.list.chinese)]
    if copy >= 2 { blocks.append(.paragraph(text: Wording.copy(copy), style: .leadCentred)) }
    blocks += [
      .paragraph(text: Wording.handOver(department), style: .lead),
      .paragraph(text: Wording.batchOf(entries.count, originals, copies), style: .subject),
      .keyValue(key: Wording.signedAt, value: Wording.longDay(on)), .rule,
    ]
    blocks += entries.enumerated().map { index, one in
      .checkItem(
        number: index + 1, name: Wording.shortNumber(one.number),
        copies: Wording.batchCounts(one.originals, one.copies),
        details: [one.number] + (one.by.map { [Wording.listedBy($0)] } ?? []))
    }
    blocks += [
      .rule, .keyValue(key: Wording.giver, value: Wording.signAndTime),
      .keyValue(key: Wording.taker, value: Wording.signAndTime),
      .paragraph(text: Wording.listRule, style: .body), .paragraph(text: Wording.caseNumber(number), style: .fine),
    ]
    return SlipDocument(kind: .handoverList, slip: slip, largeType: false, blocks: blocks)
  }
}
