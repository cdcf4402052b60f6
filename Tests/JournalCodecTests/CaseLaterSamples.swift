import Groundwork

@testable import Hall

/// One of each event beside the course of a case, with every form of its parts.
enum CaseLaterSamples {
  private static let (code, day, awkward) = (CaseSamples.code, CaseSamples.day, CaseSamples.awkward)

  static let events: [Event] = CaseSamples.sealed.flatMap { sealed -> [Event] in
    let number = CaseSamples.number
    let due = CaseSamples.due
    let events: [CaseEvent] = [
      .pauseAnnounced(
        PauseAnnounced(
          code: code, number: number(.pause, 3), stage: awkward, from: day, expectedDays: 7, due: due[2],
          reason: awkward)),
      .pauseAnnounced(
        PauseAnnounced(
          code: code, number: number(.pause, 4), stage: "公示", from: day, expectedDays: 7, due: due[2], reason: nil)),
      .extensionAnnounced(
        ExtensionAnnounced(
          code: code, number: number(.extending, 2), count: 1, unit: .month, head: awkward, reason: awkward,
          article: awkward, due: due[3])),
      .acceptanceUndone(AcceptanceUndone(code: code, number: number(.acceptance, 1))),
      .caseReassigned(CaseReassigned(code: code, from: "AJ001", to: awkward, reason: awkward)),
      .caseCorrected(
        CaseCorrected(
          code: code, field: .applicant, old: sealed.description, new: sealed.description,
          holder: HolderPseudonym(digest: Array(0..<32)), reason: sealed, second: awkward)),
      .caseCorrected(
        CaseCorrected(
          code: code, field: .copies, material: awkward, old: "1", new: "0", reason: sealed, second: "AJ002")),
      .overdueExplained(
        OverdueExplained(
          code: code, number: number(.overdue, 1), text: awkward, due: day, expected: day, tellsRemedy: true)),
      .overdueExplained(
        OverdueExplained(
          code: code, number: number(.overdue, 2), text: awkward, due: day, expected: nil, tellsRemedy: false)),
      .resultPlaced(ResultPlaced(code: code, location: awkward)),
      .furtherPapersAsked(
        FurtherPapersAsked(
          code: code, number: number(.further, 1),
          lines: [
            CorrectionLine(material: awkward, reasons: [.missing], text: sealed),
            CorrectionLine(material: nil, reasons: [.expired], text: sealed, basis: "《条例》第九条", second: "AJ002"),
          ])),
      .correctionDelivered(CorrectionDelivered(code: code, on: day)),
    ]
    return events.map { .cases($0) } + [
      .print(
        .slipRequested(
          SlipRequested(
            slip: Samples.slip, subject: .casePaper(code, number(.further, 1)), kiosk: "kiosk-1", attempt: 1)))
    ]
  }

  /// What `CaseSamples.state` lacks.
  static func complete(_ one: inout Case) {
    for event in events {
      guard case .cases(let event) = event, let number = event.number else { continue }
      var paper = GivenPaper(event: event, number: number, at: Samples.at, by: one.given.isEmpty ? nil : "AJ001")
      if !one.given.isEmpty { (paper.slip, paper.isVoid) = (Samples.slip, true) }
      one.given.append(paper)
    }
    for event in events {
      if case .cases(.caseCorrected(let e)) = event { one.fixes.append(e) }
    }
    one.by = .agent
    one.holder = HolderPseudonym(digest: Array(1...32))
    one.deliveredOn = day
    one.collected = ResultCollected(
      code: code, by: .agent, shown: .proxy, isSigned: true, returned: [OriginalsMoved(material: awkward, count: 1)])
  }
}
