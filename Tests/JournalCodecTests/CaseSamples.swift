import Groundwork

@testable import Hall

/// One of each event of a case, with every form of its parts.
enum CaseSamples {
  static let code = Samples.code
  static let day = Samples.day
  static let awkward = Samples.awkward

  /// Nothing can open it.
  static let sealed: [SealedCaseText] = [SealedCaseText(half: HalfYear(day), bytes: Array(repeating: 0x5E, count: 64))]
    .compactMap(\.self)

  /// Of another applicant.
  static let another: [SealedCaseText] = [SealedCaseText(half: HalfYear(day), bytes: Array(repeating: 0x5F, count: 64))]
    .compactMap(\.self)

  static func number(_ kind: CaseNumber.Kind, _ ordinal: Int = 1) -> CaseNumber {
    CaseNumber(kind: kind, division: "500151105", date: day, ordinal: ordinal)
  }

  static let due: [CaseDue] = [
    .atOnce, .unlimited, .paused(left: 3, .naturalDay),
    .dated(
      DueDate(
        raw: day.adding(days: 40), target: day.adding(days: 38), collectFrom: day.adding(days: 42), missingYears: [2027]
      ),
      byLaw: true),
    .dated(DueDate(raw: day, target: day, collectFrom: day, missingYears: []), byLaw: false),
  ]

  static let tellBy = TellBy(date: day.adding(days: 7), alarm: day.adding(days: 4), provisional: true)

  static let events: [Event] = sealed.flatMap { sealed -> [Event] in
    let returned = [OriginalsMoved(material: awkward, count: 1)]
    let proposal = RefusalProposed(
      code: code, ground: .notCompetent, article: "行政许可法第三十二条", text: sealed, told: awkward)
    let opened: [CaseOpened] = [
      CaseOpened(
        code: code, number: number(.receipt), item: "NY-001", catalogueVersion: "0", answers: ["self"],
        ticket: Samples.other, applicant: sealed, holder: HolderPseudonym(digest: Array(0..<32)), by: .relative,
        receivedAt: Samples.at, receivedOn: day, isAtVillage: true, firstAsked: "AJ001", responsible: "AJ002",
        materials: [
          CaseMaterial(
            name: awkward, group: "照片", originals: 1, copies: 2, necessity: .deferrable, isShared: true),
          CaseMaterial(name: "户口簿", group: nil, originals: 0, copies: 0, necessity: .necessary, isShared: false),
        ],
        papers: [CasePaper(material: awkward, originals: 1, copies: 2, isSeen: true, isElectronic: true)],
        limits: CaseLimits(
          legal: TimeLimit(count: 20, unit: .workingDay, excludes: [awkward], wording: awkward),
          promised: TimeLimit(count: 0, unit: .immediate), isLicence: true),
        telling: CaseTelling(
          by: tellBy, count: 5, unit: .workingDay, basis: "行政许可法第三十二条", isDeemed: true,
          returnWithin: ItemCorrection.ReturnWithin(count: 10, unit: .naturalDay, basis: "《条例》第九条"))),
      CaseOpened(
        code: code, number: number(.receipt, 10_000), item: "MZ-001", catalogueVersion: "", answers: [], ticket: nil,
        applicant: sealed, holder: nil, by: .oneself, receivedAt: Samples.at, receivedOn: day, isAtVillage: true,
        firstAsked: "DB001", responsible: "DB001", materials: [], papers: [],
        limits: CaseLimits(legal: nil, promised: nil),
        telling: CaseTelling(by: tellBy, count: 5, unit: .workingDay, basis: nil, isDeemed: false)),
    ]
    let papers: [CaseEvent] = [
      .correctedOnSpot(CorrectedOnSpot(code: code, material: awkward, what: sealed)),
      .correctionIssued(
        CorrectionIssued(
          code: code, number: number(.correction), attempt: 2,
          lines: [
            CorrectionLine(material: awkward, reasons: [.missing, .other], text: sealed),
            CorrectionLine(
              material: nil, reasons: [.expired], text: sealed, basis: "《条例》第九条", second: "AJ002"),
          ],
          isElectronic: true, second: SecondNotice(reason: sealed, materials: [awkward]))),
      .correctionIssued(
        CorrectionIssued(
          code: code, number: number(.correction), attempt: 1,
          lines: [CorrectionLine(material: "户口簿", reasons: [.sharedFailed])], isElectronic: false, second: nil)),
      .correctionServed(
        CorrectionServed(code: code, way: .refusedToSign, on: day, witnesses: ["AJ001", awkward], isByHand: true)),
      .papersReturned(
        PapersReturned(code: code, papers: [CasePaper(material: "户口簿", copies: 1)], on: day, isComplete: true)),
      .acceptanceDeemed(
        AcceptanceDeemed(code: code, number: number(.acceptance), acceptedOn: day, article: awkward, due: due[3])),
      .correctionPromiseBroken(CorrectionPromiseBroken(code: code, tellBy: day)),
      .refusalProposed(proposal),
      .refusalProposed(RefusalProposed(code: code, ground: .other, article: awkward, text: sealed, told: nil)),
      .caseRefused(
        CaseRefused(
          code: code, number: number(.refusal), proposal: proposal, approver: "AJ100", title: awkward,
          returned: returned)),
    ]
    return opened.map { .cases(.caseOpened($0)) } + (papers + course(returned)).map { .cases($0) } + [
      .print(.slipRequested(SlipRequested(slip: Samples.slip, subject: .receipt(code), kiosk: "kiosk-1", attempt: 1))),
      .print(
        .slipRequested(SlipRequested(slip: Samples.slip, subject: .correction(code), kiosk: "kiosk-1", attempt: 1))),
    ]
  }

  private static func course(_ returned: [OriginalsMoved]) -> [CaseEvent] {
    due.map { .dueRecomputed(DueRecomputed(code: code, due: $0, tellBy: tellBy)) } + [
      .caseAccepted(
        CaseAccepted(
          code: code, number: number(.acceptance), acceptedOn: day, due: due[4],
          owed: [OwedPaper(material: awkward, by: day), OwedPaper(material: "户口簿", by: nil)], isImmediate: true)),
      .caseRedirected(
        CaseRedirected(code: code, organ: awkward, address: awkward, phone: "12345", returned: returned)),
      .caseWithdrawn(CaseWithdrawn(code: code, returned: [])),
      .caseForwarded(
        CaseForwarded(
          code: code, number: number(.forward), department: awkward, materials: ["户口簿"], kept: returned)),
      .forwardConfirmed(ForwardConfirmed(code: code, receiver: "BM001", differs: [awkward], isFromPaper: false)),
      .forwardConfirmed(ForwardConfirmed(code: code, receiver: nil, differs: [], isFromPaper: true)),
      .clockPaused(
        ClockPaused(
          code: code, number: number(.pause), stage: "公示", from: day, expectedDays: 7, due: due[2], reason: awkward)),
      .clockPaused(
        ClockPaused(
          code: code, number: number(.pause), stage: "公示", from: day, expectedDays: 7, due: due[2], reason: nil)),
      .clockResumed(ClockResumed(code: code, to: day, due: due[3])),
      .timeExtended(
        TimeExtended(
          code: code, number: number(.extending), count: 10, unit: .workingDay, head: awkward, reason: awkward,
          article: awkward, due: due[3])),
      .caseDecided(
        CaseDecided(
          code: code, outcome: .denied, on: day, results: [CaseResult(name: awkward, copies: 1, isElectronic: true)],
          isFromPaper: true)),
      .resultReady(ResultReady(code: code, number: number(.result), location: awkward)),
      .resultCollected(
        ResultCollected(code: code, by: .agent, shown: .proxy, isSigned: true, returned: returned)),
      .resultSent(ResultSent(code: code, way: .post, reference: awkward, returned: [])),
      .resultSent(ResultSent(code: code, way: .electronic, reference: nil, returned: returned)),
    ]
  }

  /// Two cases in which every member has a value.
  static let state: CasesState = {
    var state = CasesState()
    for event in events {
      guard case .cases(let event) = event else { continue }
      if case .caseOpened(let opened) = event, state.known.isEmpty { state.known[code] = Case(opened) }
      guard var one = state.known[code] else { continue }
      switch event {
      case .correctionIssued(let e): one.corrections.append(e)
      case .correctionServed(let e): one.served = e
      case .timeExtended(let e): one.extended = e
      case .refusalProposed(let e) where e.told != nil: one.proposal = Case.ProposalMade(what: e, by: "AJ001")
      case .caseDecided(let e): one.decided = e
      case .caseAccepted(let e): one.owed = e.owed
      default: break
      }
      state.known[code] = one
    }
    if var one = state.known[code] {
      var paper = PaperAccount(material: awkward)
      (paper.originals, paper.copies, paper.givenBack, paper.kept) = (3, 2, 1, 1)
      (paper.isSeen, paper.isElectronic, paper.cameLate) = (true, true, true)
      one.papers = [paper]
      one.stage = .ready
      one.responsible = "AJ009"
      (one.toldOn, one.completeOn, one.acceptedOn, one.endedOn) = (day, day, day, day.adding(days: 9))
      one.tellBy = TellBy(date: day, alarm: day, provisional: false)
      (one.isPromiseBroken, one.isDeemed, one.isConfirmed) = (true, true, true)
      one.due = due[3]
      one.pauses = [
        ClockPause(stage: "公示", from: day, to: day.adding(days: 7)), ClockPause(stage: awkward, from: day, to: nil),
      ]
      (one.department, one.location) = (awkward, "A-03")
      (one.receiptSlip, one.correctionSlip) = (Samples.slip, Samples.slip)
      (one.visits, one.isPrepared) = ([day, day.adding(days: 3)], true)
      CaseLaterSamples.complete(&one)
      state.known[code] = one
    }
    state.ordinals = [day: [.receipt: 7, .correction: 2]]
    var tally = CaseTally()
    (tally.decided, tally.corrected, tally.trips, tally.avoidable) = (9, 4, 12, 3)
    (tally.prepared, tally.preparedCorrected) = (5, 1)
    tally.causes = [
      CorrectionCause(material: awkward, reason: .missing): 3, CorrectionCause(material: nil, reason: .other): 1,
    ]
    var month = CaseMonth()
    month.items = ["NY-001": tally, awkward: CaseTally()]
    state.months = [CalendarMonth(day): month]
    state.lists = [CaseListSamples.list.issued.code: CaseListSamples.list]
    return state
  }()
}
