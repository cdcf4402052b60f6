package import Groundwork
package import Hall

/// The content of 补正材料收件凭证: what came after a correction notice, or what had been owed. It agrees with the notice.
///
/// Source: 行政许可法 第三十二条第二款.
package struct ReturnSlip: Hashable, Sendable {
  package let head: CaseHead
  package let name: String
  package let papers: [CasePaper]
  /// Nothing that was asked for is left out.
  package let isComplete: Bool
  package let receivedAt: Timestamp
  /// Name and badge of who took them.
  package let clerk: String
  /// The number of the notice that asked for them; nil for what was owed.
  package let notice: String?
  /// What the notice asked for and has not come.
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
