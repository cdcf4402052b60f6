package import Groundwork
package import Hall

/// The content of a correction notice (材料补正一次性告知书, Form B): everything that is missing or wrong, once.
///
/// Source: 行政许可法 第三十二条第一款第四项.
package struct CorrectionSlip: Hashable, Sendable {
  package let head: CaseHead
  /// In full, with the number masked: the paper is the applicant's own.
  package let name: String
  package let maskedNumber: String?
  package let receivedOn: CivilDate
  package let lines: [Line]
  /// What is there and need not be handed in again.
  package let received: [String]
  /// 1, 2 …
  package let windows: [Int]
  package let telling: CaseTelling
  package let clerk: String

  /// One line: what is wrong with what, and what exactly to bring.
  package struct Line: Hashable, Sendable {
    package let name: String
    package let reasons: [String]
    package let ask: String
    /// The article of a line that the list does not have.
    package let basis: String?

    package init(name: String, reasons: [String], ask: String, basis: String? = nil) {
      self.name = name
      self.reasons = reasons
      self.ask = ask
      self.basis = basis
    }
  }

  package init(
    head: CaseHead, name: String, maskedNumber: String?, receivedOn: CivilDate, lines: [Line], received: [String],
    windows: [Int], telling: CaseTelling, clerk: String
  ) {
    self.head = head
    self.name = name
    self.maskedNumber = maskedNumber
    self.receivedOn = receivedOn
    self.lines = lines
    self.received = received
    self.windows = windows
    self.telling = telling
    self.clerk = clerk
  }

  package func document() -> SlipDocument {
    var blocks = head.head(Wording.correctionTitle)
    blocks += [
      .paragraph(text: Wording.addressed(name), style: .lead)
    ]
    if let maskedNumber { blocks.append(.paragraph(text: Wording.card(maskedNumber), style: .body)) }
    blocks += [
      .paragraph(text: Wording.handedIn(receivedOn, head.itemName), style: .body),
      .paragraph(text: Wording.toCorrect(lines.count), style: .lead),
    ]
    blocks += Self.items(lines)
    blocks.append(.rule)
    if !received.isEmpty {
      blocks.append(.keyValue(key: Wording.alreadyReceived, value: received.joined(separator: "、")))
    }
    blocks.append(.paragraph(text: Wording.handIn(windows), style: .lead))
    if let within = telling.returnWithin {
      blocks.append(.paragraph(text: Wording.returnWithin(within), style: .body))
    }
    blocks += [
      .paragraph(text: Wording.ifNotNeeded(head.supervisePhone), style: .body),
      .keyValue(key: Wording.lawBasis, value: telling.basis ?? Wording.hallRule),
      .keyValue(key: Wording.toldAt, value: Wording.longMoment(head.printedAt, zone: head.zone)),
      .keyValue(key: Wording.handledBy, value: clerk),
      .keyValue(key: Wording.applicantSigns, value: Wording.signHere),
    ]
    return SlipDocument(
      kind: .correction, slip: head.slip, largeType: head.largeType, blocks: blocks + head.foot() + stub())
  }

  /// A box to tick for each line, with what to bring.
  static func items(_ lines: [Line]) -> [SlipBlock] {
    lines.enumerated().map { index, line in
      let basis = line.basis.map { [Wording.lineBasis($0)] } ?? []
      return .checkItem(
        number: index + 1, name: line.name, copies: [],
        details: [line.reasons.joined(separator: "；"), Wording.ask(line.ask)] + basis)
    }
  }

  private func stub() -> [SlipBlock] {
    [
      .cutLine(caption: Wording.stub), .paragraph(text: Wording.correctionTitle, style: .lead),
      .paragraph(text: Wording.caseNumber(head.number), style: .body), .paragraph(text: name, style: .body),
      .paragraph(text: Wording.lineNumbers(lines.map(\.name)), style: .body),
      .keyValue(key: Wording.applicantSigns, value: Wording.signHere),
    ]
  }
}
