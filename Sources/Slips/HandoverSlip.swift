import Groundwork
package import Hall

/// The content of 物料流转单: it goes with the papers to the department and back, signed both ways.
package struct HandoverSlip: Hashable, Sendable {
  package let head: CaseHead
  /// In full; its file has the number.
  package let name: String
  package let department: String
  package let papers: [PaperAccount]
  /// Originals that the department keeps for good.
  package let kept: [OriginalsMoved]
  package let due: CaseDue
  package let clerk: String

  package init(
    head: CaseHead, name: String, department: String, papers: [PaperAccount], kept: [OriginalsMoved], due: CaseDue,
    clerk: String
  ) {
    self.head = head
    self.name = name
    self.department = department
    self.papers = papers
    self.kept = kept
    self.due = due
    self.clerk = clerk
  }

  package func document() -> SlipDocument {
    var blocks = head.head(CaseNumber.Kind.forward.chinese)
    blocks += [
      .paragraph(text: Wording.handOver(department), style: .lead), .paragraph(text: name, style: .lead),
    ]
    if let by = Wording.decideBy(due) { blocks.append(.paragraph(text: by, style: .lead)) }
    blocks += papers.enumerated().map { index, paper in
      let kept = kept.first { $0.material == paper.material }.map { [Wording.keptForGood($0.count)] } ?? []
      return .checkItem(
        number: index + 1, name: paper.material, copies: Wording.counts(paper), details: [Wording.handOverTicks] + kept)
    }
    if papers.isEmpty { blocks.append(.paragraph(text: Wording.noPapersTaken, style: .body)) }
    blocks += [
      .section(title: Wording.theWayThere, advice: nil), .keyValue(key: Wording.handler, value: clerk),
      .keyValue(key: Wording.giver, value: Wording.signAndTime),
      .keyValue(key: Wording.taker, value: Wording.signAndTime),
      .section(title: Wording.theWayBack, advice: nil),
      .keyValue(key: Wording.resultCopies, value: Wording.copiesBlank),
      .keyValue(key: Wording.bringer, value: Wording.signAndTime),
      .keyValue(key: Wording.collectionClerk, value: Wording.signAndTime),
    ]
    return SlipDocument(
      kind: .casePaper, slip: head.slip, largeType: head.largeType, blocks: blocks + head.foot(isSealed: false))
  }
}

/// The content of 取件单: what was collected, by whom, and which originals went back.
package struct CollectionSlip: Hashable, Sendable {
  package let head: CaseHead
  package let name: String
  package let outcome: CaseOutcome
  package let results: [CaseResult]
  /// Nil before somebody has collected the result: the fields are then left to be filled in by hand.
  package let collected: ResultCollected?
  /// The name of a relative or an agent.
  package let bearer: String?
  /// The originals that go back, or went back.
  package let originals: [OriginalsMoved]
  package let remedyOrgan: String?

  package init(
    head: CaseHead, name: String, outcome: CaseOutcome, results: [CaseResult], collected: ResultCollected?,
    bearer: String?, originals: [OriginalsMoved], remedyOrgan: String?
  ) {
    self.head = head
    self.name = name
    self.outcome = outcome
    self.results = results
    self.collected = collected
    self.bearer = bearer
    self.originals = originals
    self.remedyOrgan = remedyOrgan
  }

  package func document() -> SlipDocument {
    var blocks = head.head(CaseNumber.Kind.result.chinese)
    blocks += [
      .paragraph(text: Wording.addressed(name), style: .lead),
      .paragraph(text: Wording.collects(head.itemName), style: .lead),
    ]
    if outcome != .other { blocks.append(.keyValue(key: Wording.outcome, value: outcome.chinese)) }
    blocks += results.enumerated().map { index, result in
      .checkItem(
        number: index + 1, name: result.name, copies: Wording.copies(result.copies),
        details: result.isElectronic ? [Wording.electronicResult] : [], mark: collected == nil ? nil : .have)
    }
    if results.isEmpty { blocks.append(.paragraph(text: Wording.noDocuments, style: .body)) }
    let back = originals.map { "\($0.material) \($0.count) 份" }.joined(separator: "、")
    if !back.isEmpty { blocks.append(.keyValue(key: Wording.originalsBack, value: back)) }
    blocks += [
      .rule,
      .keyValue(
        key: Wording.collector,
        value: collected.map { Wording.collector($0.by, name, bearer) } ?? Wording.signHere),
      .keyValue(key: Wording.shownThere, value: collected.map { Wording.proof($0.shown) } ?? Wording.signHere),
      .keyValue(key: Wording.collectorSigns, value: Wording.signHere),
      .keyValue(key: Wording.time, value: Wording.signHere),
    ]
    // Somebody whose application is refused has to be told where to apply for reconsideration (行政复议法 第二十条).
    if outcome == .denied { blocks.append(.paragraph(text: Wording.remedy(remedyOrgan), style: .body)) }
    return SlipDocument(
      kind: .casePaper, slip: head.slip, largeType: head.largeType, blocks: blocks + head.foot(isSealed: false))
  }
}

/// The content of 补充材料通知: papers that are asked for during the examination. The time limit goes on meanwhile.
package struct FurtherSlip: Hashable, Sendable {
  package let head: CaseHead
  package let name: String
  package let lines: [CorrectionSlip.Line]
  package let windows: [Int]
  package let due: CaseDue
  package let clerk: String

  package init(
    head: CaseHead, name: String, lines: [CorrectionSlip.Line], windows: [Int], due: CaseDue, clerk: String
  ) {
    self.head = head
    self.name = name
    self.lines = lines
    self.windows = windows
    self.due = due
    self.clerk = clerk
  }

  package func document() -> SlipDocument {
    var blocks: [SlipBlock] = [.paragraph(text: Wording.further(head.itemName, lines.count), style: .lead)]
    blocks += CorrectionSlip.items(lines)
    blocks += [
      .rule,
      .paragraph(text: Wording.furtherTo(Wording.windowsOrDesk(windows, "收件窗口")), style: .lead),
      .paragraph(text: Wording.furtherDoesNotStop + Wording.decidedBy(due) + "。", style: .body),
      .paragraph(text: Wording.ifNotNeeded(head.supervisePhone), style: .body),
      .keyValue(key: Wording.handledBy, value: clerk),
      .keyValue(key: Wording.applicantSigns, value: Wording.signHere),
    ]
    return head.letter(CaseNumber.Kind.further.chinese + Wording.furtherSubtitle, to: name, blocks)
  }
}
