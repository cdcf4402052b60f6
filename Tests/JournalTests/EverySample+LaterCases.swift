import Groundwork
import Hall

/// Records beside the course of a case: what was announced, taken back, put right, explained and asked for.
extension EverySample {
  static let laterCases: [(Principal, Event, Outcome?)] =
    sealed.map { sealed in
      let code = PublicCode(entropy: 7)
      let holder = HolderPseudonym(digest: Array(1...32))
      let events: [CaseEvent] = [
        opened(code, 6, sealed),
        .caseAccepted(
          CaseAccepted(
            code: code, number: number(.acceptance, 3), acceptedOn: Sample.day, due: due, owed: [], isImmediate: false)),
        .acceptanceUndone(AcceptanceUndone(code: code, number: number(.acceptance, 3))),
        .caseAccepted(
          CaseAccepted(
            code: code, number: number(.acceptance, 4), acceptedOn: Sample.day, due: due, owed: [], isImmediate: false)),
        .furtherPapersAsked(
          FurtherPapersAsked(
            code: code, number: number(.further),
            lines: [CorrectionLine(material: "户口簿", reasons: [.expired], text: sealed)])),
        .pauseAnnounced(
          PauseAnnounced(
            code: code, number: number(.pause, 2), stage: "公示", from: Sample.day, expectedDays: 7,
            due: .paused(left: 15, .workingDay), reason: "补录")),
        .extensionAnnounced(
          ExtensionAnnounced(
            code: code, number: number(.extending, 2), count: 10, unit: .workingDay, head: "局长", reason: "情况复杂",
            article: "行政许可法第四十二条", due: due)),
        .timeExtended(
          TimeExtended(
            code: code, number: number(.extending, 2), count: 10, unit: .workingDay, head: "局长", reason: "情况复杂",
            article: "行政许可法第四十二条", due: due)),
        .overdueExplained(
          OverdueExplained(
            code: code, number: number(.overdue), text: "等上级批复", due: Sample.day,
            expected: Sample.day.adding(days: 3), tellsRemedy: true)),
        .overdueExplained(
          OverdueExplained(
            code: code, number: number(.overdue, 2), text: "等上级批复", due: Sample.day, expected: nil,
            tellsRemedy: false)),
        .caseReassigned(CaseReassigned(code: code, from: "AJ001", to: "AJ002", reason: "顶岗")),
        .caseCorrected(
          CaseCorrected(
            code: code, field: .applicant, old: sealed.description, new: sealed.description, holder: holder,
            reason: sealed, second: "AJ002")),
        .caseCorrected(
          CaseCorrected(
            code: code, field: .originals, material: "申请书", old: "1", new: "2", reason: sealed, second: "AJ002")),
        .resultReady(ResultReady(code: code, number: number(.result, 2), location: "A-03-12")),
        .resultPlaced(ResultPlaced(code: code, location: "B-01-01")),
        .correctionDelivered(CorrectionDelivered(code: code, on: Sample.day)),
      ]
      let slip = Event.print(
        .slipRequested(
          SlipRequested(
            slip: SlipID("00000000000000cc"), subject: .casePaper(code, number(.acceptance, 4)), kiosk: "kiosk-1",
            attempt: 1)))
      return events.map { (clerk, .cases($0), .openedCase($0.code)) } + [(clerk, slip, nil)]
    } ?? []
}
