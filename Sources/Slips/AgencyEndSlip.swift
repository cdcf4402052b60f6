package import Groundwork
package import Hall

/// The content of 代办终止单, which ends an authority before its matter is done, and of 代办续办单, which extends an authority.
///
/// The principal and the agent sign it.
package struct AgencyEndSlip: Hashable, Sendable {
  package let head: CaseHead
  package let item: String
  package let name: String
  /// Name and badge, as printed.
  package let agent: String
  package let change: Change
  package let on: CivilDate

  package enum Change: Hashable, Sendable {
    /// - Parameters:
    ///   - returned: originals that the principal has again.
    ///   - open: what the agent still has to fetch and give back.
    case end(AgencyEnder, reason: String, returned: [AgencyOriginal], open: [AgencyOriginal])
    case renewal(until: CivilDate, reason: String)
  }

  package init(head: CaseHead, item: String, name: String, agent: String, change: Change, on: CivilDate) {
    self.head = head
    self.item = item
    self.name = name
    self.agent = agent
    self.change = change
    self.on = on
  }

  package func document() -> SlipDocument {
    let (kind, title): (SlipKind, String) =
      switch change {
      case .end: (.agencyEnd, Wording.agencyEndTitle)
      case .renewal: (.agencyRenewal, Wording.agencyRenewalTitle)
      }
    var blocks = head.head(title)
    blocks += [
      .keyValue(key: Wording.agencyPrincipal, value: name),
      .keyValue(key: Wording.agent, value: agent),
    ]
    blocks += body
    blocks += [
      .rule, .keyValue(key: Wording.principalSigns, value: Wording.signHere),
      .keyValue(key: Wording.agentSigns, value: Wording.signHere),
      .keyValue(key: Wording.signedAt, value: Wording.longDay(on)),
    ]
    return SlipDocument(
      kind: kind, slip: head.slip, largeType: head.largeType, blocks: blocks + head.agencyFoot(item: item))
  }

  private var body: [SlipBlock] {
    switch change {
    case .renewal(let until, let reason):
      return [
        .paragraph(text: Wording.agencyRenewed(head.itemName), style: .lead),
        .keyValue(key: Wording.until, value: Wording.longDay(until)), .keyValue(key: Wording.reason, value: reason),
        .paragraph(text: Wording.agencyEndsAnyTime, style: .body),
      ]
    case .end(let by, let reason, let returned, let open):
      var blocks: [SlipBlock] = [
        .paragraph(text: Wording.agencyEnds(head.itemName), style: .lead),
        .keyValue(key: Wording.endedBy, value: by.chinese), .keyValue(key: Wording.reason, value: reason),
        .section(title: Wording.returnedOriginals, advice: nil),
      ]
      blocks +=
        returned.isEmpty ? [.paragraph(text: Wording.nothing, style: .body)] : AgencyPapers.boxes(returned, mark: .have)
      if !open.isEmpty {
        blocks.append(.section(title: Wording.openOriginals, advice: Wording.openAdvice))
        blocks += AgencyPapers.boxes(open)
      }
      return blocks
    }
  }
}

/// The content of a trip's list (代办批次单).
///
/// It has numbers and counts, and neither names nor items, because it is carried on the outside of the bag.
package struct AgencyBatchSlip: Hashable, Sendable {
  package let slip: SlipID
  package let hallName: String
  package let number: String
  /// Name and badge, as printed.
  package let agent: String
  package let on: CivilDate
  package let entries: [Entry]
  package let code: PublicCode
  package let copy: Int

  package struct Entry: Hashable, Sendable {
    /// `DB-…`.
    package let number: String
    package let originals: Int
    package let copies: Int

    package init(number: String, originals: Int, copies: Int) {
      self.number = number
      self.originals = originals
      self.copies = copies
    }
  }

  package init(
    slip: SlipID, hallName: String, number: String, agent: String, on: CivilDate, entries: [Entry], code: PublicCode,
    copy: Int = 1
  ) {
    self.slip = slip
    self.hallName = hallName
    self.number = number
    self.agent = agent
    self.on = on
    self.entries = entries
    self.code = code
    self.copy = copy
  }

  package func document() -> SlipDocument {
    let originals = entries.map(\.originals).reduce(0, +)
    let copies = entries.map(\.copies).reduce(0, +)
    var blocks: [SlipBlock] = [.heading(text: hallName), .title(text: Wording.agencyBatchTitle)]
    if copy >= 2 { blocks.append(.paragraph(text: Wording.copy(copy), style: .leadCentred)) }
    blocks += [
      .paragraph(text: Wording.batchOf(entries.count, originals, copies), style: .subject),
      .keyValue(key: Wording.agent, value: agent),
      .keyValue(key: Wording.signedAt, value: Wording.longDay(on)), .rule,
    ]
    blocks += entries.enumerated().map { index, one in
      .checkItem(
        number: index + 1, name: Wording.shortNumber(one.number),
        copies: Wording.batchCounts(one.originals, one.copies), details: [one.number])
    }
    blocks += [
      .rule, .keyValue(key: Wording.townSigns, value: Wording.signHere),
      .paragraph(text: Wording.batchRule, style: .body),
      .code(
        payload: CodePayload.ofCase(number: number, code: code), beside: [], caption: Wording.scanInHall),
      .paragraph(text: Wording.caseNumber(number), style: .fine),
    ]
    return SlipDocument(kind: .agencyBatch, slip: slip, largeType: false, blocks: blocks)
  }
}
