package import Groundwork
package import Hall

/// The content of an agent's authority (代办委托单): what a principal wants carried, and each original that goes with it. Two
/// parts, one for each of them, both signed.
///
/// Source: 民法典 第一百六十五条.
package struct AgencySlip: Hashable, Sendable {
  package let head: CaseHead
  package let item: String
  /// In full: the paper is the principal's own.
  package let name: String
  package let phone: String?
  /// Name and badge, as printed.
  package let agent: String
  package let until: CivilDate
  package let originals: [AgencyOriginal]
  package let copies: [AgencyCopies]
  package let on: CivilDate

  package init(
    head: CaseHead, item: String, name: String, phone: String?, agent: String, until: CivilDate,
    originals: [AgencyOriginal], copies: [AgencyCopies], on: CivilDate
  ) {
    self.head = head
    self.item = item
    self.name = name
    self.phone = phone
    self.agent = agent
    self.until = until
    self.originals = originals
    self.copies = copies
    self.on = on
  }

  package func document() -> SlipDocument {
    var blocks = head.head(Wording.agencyTitle)
    blocks += [
      .paragraph(text: Wording.principalsPart, style: .bodyCentred), .rule,
      .keyValue(key: Wording.agencyPrincipal, value: [name, phone].compactMap(\.self).joined(separator: "　")),
      .keyValue(key: Wording.agent, value: agent),
      .paragraph(text: Wording.authority(head.itemName), style: .lead),
      .paragraph(text: Wording.notIncluded, style: .body),
      .paragraph(text: Wording.holds(until), style: .lead),
    ]
    blocks += AgencyPapers.handedOver(originals, copies)
    blocks += [
      .rule, .paragraph(text: Wording.agencyIsFree, style: .body),
      .paragraph(text: Wording.agencyEndsAnyTime, style: .lead),
    ]
    blocks += signatures + head.agencyFoot(item: item)
    return SlipDocument(kind: .agency, slip: head.slip, largeType: head.largeType, blocks: blocks + agentsPart())
  }

  private var signatures: [SlipBlock] {
    [
      .keyValue(key: Wording.principalSigns, value: Wording.signHere),
      .keyValue(key: Wording.agentSigns, value: Wording.signHere),
      .keyValue(key: Wording.signedAt, value: Wording.longDay(on)),
    ]
  }

  /// The agent's part goes into the file, with the signature for what came back.
  private func agentsPart() -> [SlipBlock] {
    var blocks: [SlipBlock] = [
      .cutLine(caption: Wording.agentsPart), .title(text: Wording.agencyTitle),
      .paragraph(text: Wording.caseNumber(head.number), style: .body),
      .keyValue(key: Wording.agencyPrincipal, value: [name, phone].compactMap(\.self).joined(separator: "　")),
      .keyValue(key: Wording.agent, value: agent),
      .paragraph(text: Wording.authority(head.itemName), style: .body),
      .paragraph(text: Wording.notIncluded, style: .body),
      .paragraph(text: Wording.holds(until), style: .body),
    ]
    blocks += AgencyPapers.handedOver(originals, copies)
    blocks += signatures
    guard !originals.isEmpty else { return blocks }
    blocks += [.rule, .section(title: Wording.returnedAtEnd, advice: Wording.listOfReturns)]
    blocks += AgencyPapers.boxes(originals)
    blocks += [
      .keyValue(key: Wording.principalSigns, value: Wording.signHere),
      .keyValue(key: Wording.signedAt, value: Wording.signHere),
    ]
    return blocks
  }
}

/// Originals and copies on the slips of agency cases.
enum AgencyPapers {
  static func handedOver(_ originals: [AgencyOriginal], _ copies: [AgencyCopies]) -> [SlipBlock] {
    var blocks: [SlipBlock] = []
    if originals.isEmpty {
      blocks.append(.paragraph(text: Wording.noOriginals, style: .body))
    } else {
      blocks.append(.section(title: Wording.originalsTitle, advice: Wording.originalsAdvice))
      blocks += boxes(originals)
    }
    if !copies.isEmpty { blocks.append(.keyValue(key: Wording.handedCopies, value: Wording.copies(copies))) }
    return blocks
  }

  /// A box for each, to be ticked as it changes hands.
  static func boxes(_ originals: [AgencyOriginal], mark: CheckMark? = nil) -> [SlipBlock] {
    originals.enumerated().map { index, one in
      .checkItem(
        number: index + 1, name: one.name, copies: [Wording.count(one.count)],
        details: one.mark.map { [Wording.mark($0)] } ?? [], mark: mark)
    }
  }
}

extension CaseHead {
  /// No seal: the paper is between a principal and an agent.
  func agencyFoot(item: String) -> [SlipBlock] {
    let hotline = [consultPhone, supervisePhone].contains(Wording.hotline) ? [] : [Wording.hotline]
    let lines = [
      Wording.caseNumber(number), Wording.agencyCode(code), Wording.catalogue(catalogueVersion),
      Wording.printed(Wording.moment(printedAt, zone: zone)), Wording.caseFades, Wording.agencyPrivacy,
    ]
    return [
      .rule,
      .code(
        payload: CodePayload.ofAgency(number: number, item: item, code: code),
        beside: [
          SlipLine(consultPhone, key: Wording.consult, strong: true),
          SlipLine(([supervisePhone] + hotline).joined(separator: "、"), key: Wording.supervise, strong: true),
        ],
        caption: Wording.scanInHall),
    ] + lines.map { .paragraph(text: $0, style: .fine) }
  }
}
