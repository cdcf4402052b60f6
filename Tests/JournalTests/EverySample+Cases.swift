import Groundwork
import Hall

/// Records of cases: one that is told what is missing, accepted, paused, decided and collected, and the other ways that one
/// can take.
extension EverySample {
  static let sealed = SealedCaseText("2026H2:" + String(repeating: "5e", count: 1_028))

  static func number(_ kind: CaseNumber.Kind, _ ordinal: Int = 1) -> CaseNumber {
    CaseNumber(kind: kind, division: "500151105", date: Sample.day, ordinal: ordinal)
  }

  private static let tellBy = TellBy(
    date: Sample.day.adding(days: 7), alarm: Sample.day.adding(days: 4), provisional: false)
  static let due = CaseDue.dated(
    DueDate(
      raw: Sample.day.adding(days: 40), target: Sample.day.adding(days: 38), collectFrom: Sample.day.adding(days: 42),
      missingYears: [2027]), byLaw: true)

  static func opened(_ code: PublicCode, _ ordinal: Int, _ sealed: SealedCaseText) -> CaseEvent {
    .caseOpened(
      CaseOpened(
        code: code, number: number(.receipt, ordinal), item: "NY-001", catalogueVersion: "c0ffee", answers: ["self"],
        ticket: ordinal == 1 ? EverySample.code : nil, applicant: sealed,
        holder: ordinal == 1 ? HolderPseudonym(digest: Array(0..<32)) : nil, by: .relative, receivedAt: Sample.start,
        receivedOn: Sample.day, isAtVillage: ordinal > 1, firstAsked: "AJ001", responsible: "AJ001",
        materials: [
          CaseMaterial(name: "申请书", group: nil, originals: 1, copies: 0, necessity: .necessary, isShared: false),
          CaseMaterial(name: "户口簿", group: "身份", originals: 1, copies: 1, necessity: .deferrable, isShared: true),
        ],
        papers: [CasePaper(material: "申请书", originals: 1, isSeen: true)],
        limits: CaseLimits(
          legal: TimeLimit(count: 20, unit: .workingDay, excludes: ["公示"], wording: "二十个工作日"),
          promised: ordinal == 1 ? TimeLimit(count: 1, unit: .month) : nil, isLicence: ordinal == 1),
        telling: CaseTelling(
          by: tellBy, count: 5, unit: .workingDay, basis: ordinal == 1 ? "行政许可法第三十二条" : nil,
          isDeemed: ordinal == 1,
          returnWithin: ordinal == 1
            ? ItemCorrection.ReturnWithin(count: 10, unit: .workingDay, basis: "《条例》第九条") : nil)))
  }

  static let cases: [(Principal, Event, Outcome?)] =
    sealed.map { sealed in
      let held = [OriginalsMoved(material: "申请书", count: 1)]
      let others = (3...6).map { PublicCode(entropy: $0) }
      let proposal = RefusalProposed(
        code: others[0], ground: .notCompetent, article: "行政许可法第三十二条", text: sealed, told: "区规划局")
      let events: [CaseEvent] = [
        opened(code, 1, sealed), opened(others[0], 2, sealed), opened(others[1], 3, sealed),
        opened(others[2], 4, sealed),
        opened(others[3], 5, sealed),
        .correctedOnSpot(CorrectedOnSpot(code: code, material: "申请书", what: sealed)),
        .correctionIssued(
          CorrectionIssued(
            code: code, number: number(.correction), attempt: 1,
            lines: [
              CorrectionLine(material: "户口簿", reasons: [.missing, .other], text: sealed),
              CorrectionLine(material: nil, reasons: [.expired], text: sealed, basis: "《条例》第九条", second: "AJ002"),
            ],
            isElectronic: false, second: SecondNotice(reason: sealed, materials: ["户口簿"]))),
        .correctionServed(
          CorrectionServed(
            code: code, way: .refusedToSign, on: Sample.day, witnesses: ["AJ001", "AJ002"], isByHand: true)),
        .papersReturned(
          PapersReturned(
            code: code, papers: [CasePaper(material: "户口簿", originals: 1, copies: 1, isElectronic: true)],
            on: Sample.day, isComplete: true)),
        .caseAccepted(
          CaseAccepted(
            code: code, number: number(.acceptance), acceptedOn: Sample.day, due: due,
            owed: [OwedPaper(material: "照片", by: Sample.day), OwedPaper(material: "证明", by: nil)], isImmediate: false)),
        .dueRecomputed(DueRecomputed(code: code, due: due, tellBy: tellBy)),
        .caseForwarded(
          CaseForwarded(
            code: code, number: number(.forward), department: "区农业农村委", materials: ["户口簿"],
            kept: [OriginalsMoved(material: "户口簿", count: 1)])),
        .forwardConfirmed(ForwardConfirmed(code: code, receiver: nil, differs: ["户口簿"], isFromPaper: true)),
        .clockPaused(
          ClockPaused(
            code: code, number: number(.pause), stage: "公示", from: Sample.day, expectedDays: 7,
            due: .paused(left: 15, .workingDay), reason: "补录")),
        .clockResumed(ClockResumed(code: code, to: Sample.day.adding(days: 7), due: due)),
        .timeExtended(
          TimeExtended(
            code: code, number: number(.extending), count: 10, unit: .workingDay, head: "局长", reason: "情况复杂",
            article: "行政许可法第四十二条", due: due)),
        .correctionPromiseBroken(CorrectionPromiseBroken(code: others[0], tellBy: tellBy.date)),
        .refusalProposed(proposal),
        .caseRefused(
          CaseRefused(
            code: others[0], number: number(.refusal), proposal: proposal, approver: "AJ100", title: "分管领导",
            returned: held)),
        .caseRedirected(
          CaseRedirected(code: others[1], organ: "区规划局", address: "一号", phone: "12345", returned: held)),
        .caseWithdrawn(CaseWithdrawn(code: others[2], returned: held)),
        .acceptanceDeemed(
          AcceptanceDeemed(
            code: others[3], number: number(.acceptance, 2), acceptedOn: Sample.day, article: "行政许可法第三十二条",
            due: .unlimited)),
        .caseDecided(
          CaseDecided(
            code: others[3], outcome: .granted, on: Sample.day,
            results: [CaseResult(name: "许可证", copies: 1, isElectronic: true)], isFromPaper: true)),
        .resultReady(ResultReady(code: others[3], number: number(.result), location: "A-03-12")),
        .resultSent(ResultSent(code: others[3], way: .post, reference: "EMS 1", returned: held)),
        .resultCollected(
          ResultCollected(
            code: code, by: .relative, shown: .proxy, isSigned: true,
            returned: [OriginalsMoved(material: "申请书", count: 1)])),
      ]
      let slips: [(Principal, Event, Outcome?)] = [SlipSubject.receipt(code), .correction(code)].map { subject in
        (clerk, .print(.slipRequested(SlipRequested(slip: slip, subject: subject, kiosk: "kiosk-1", attempt: 1))), nil)
      }
      return events.map { (clerk, .cases($0), .openedCase($0.code)) } + slips
    } ?? []
}
