import Groundwork
import JournalCodec

@testable import Hall

/// One of each event, with texts that JSON has to escape.
enum Samples {
  static let code = PublicCode(entropy: 7)
  static let other = PublicCode(entropy: .max)
  static let day = CivilDate(daysSinceEpoch: 20_780)
  static let at = Timestamp(milliseconds: 1_795_395_600_000)
  static let awkward = "引号\" 反斜\\ 斜/ 换\n行 制\t表 铃\u{7} 零\u{0} 删\u{7F} 分\u{2028} é 𠮷 👵🏻"

  static let lanes: [LaneStart] = ["A", "E"].compactMap { LaneLetter($0) }.map { LaneStart(lane: $0, first: 1) }
  static let number = TicketNumber("A042").map { [$0] } ?? []
  static let slip = SlipID("00ff00ff00ff00ff")

  static let events: [Event] =
    [
      .day(
        .dayOpened(DayOpened(day: day, mode: .undifferentiated, catalogueVersion: "0", starts: lanes, confirmed: false))
      ),
      .day(.dayOpened(DayOpened(day: day, mode: .hybrid, catalogueVersion: "", starts: [], confirmed: true))),
      .day(.dayClosed(DayClosed(day: day, closed: [code, other], totals: DayTotals()))),
      .queue(.holderNoted(HolderNoted(code: code, pseudonym: HolderPseudonym(digest: Array(0..<32)), byProxy: true))),
      .queue(.holderNoted(HolderNoted(code: code, pseudonym: nil, byProxy: true, agent: "DB01"))),
      .queue(.holderNoted(HolderNoted(code: code, pseudonym: nil, reason: awkward))),
      .queue(.ticketCheckedIn(TicketCheckedIn(code: code, place: 1))),
      .consult(
        .consultNoted(
          ConsultNoted(
            code: code, item: "RS-004", topic: nil, answer: .told, to: nil, firstAsked: awkward, on: day, due: nil))),
      .consult(
        .consultNoted(
          ConsultNoted(
            code: other, item: nil, topic: awkward, answer: .askedSuperior, to: awkward, firstAsked: "AJ001", on: day,
            due: day.adding(days: 2)))),
      .consult(.taskClosed(TaskClosed(code: other, result: awkward, on: day, isLate: true))),
      .consult(.taskReassigned(TaskReassigned(code: other, to: awkward, reason: awkward))),
      .window(.ticketCalled(TicketCalled(code: other, window: 99))),
      .window(.ticketRecalled(TicketAtWindow(code: code, window: 1))),
      .window(.serviceStarted(TicketAtWindow(code: code, window: 1))),
      .window(.ticketFinished(TicketAtWindow(code: code, window: 1))),
      .window(.ticketMissed(TicketAtWindow(code: code, window: 1))),
      .window(.ticketSuspended(TicketAtWindow(code: code, window: 1))),
      .window(.ticketResumed(TicketAtWindow(code: code, window: 1))),
      .queue(.ticketAbandoned(TicketAbandoned(code: code, window: nil))),
      .queue(.ticketAbandoned(TicketAbandoned(code: code, window: 2))),
      .window(.stepUndone(StepUndone(code: code, window: 1, restored: .serving))),
      .window(.windowOpened(WindowOpened(window: 1, badge: "AJ001"))),
      .window(.windowPaused(WindowPaused(window: 1, reason: PauseReason(.other, awkward)))),
      .window(.windowClosed(WindowClosed(window: 1))),
      .notice(
        .noticeIssued(
          Notice(
            code: code, number: "GZ-500151105-20261123-0001", date: CivilDate(daysSinceEpoch: 20_780), ordinal: 1,
            item: "MZ-001", situations: ["student"],
            catalogueVersion: "0",
            issuedAt: at, ticket: other, kiosk: "kiosk-1", slip: slip))),
      .notice(
        .noticeIssued(
          Notice(
            code: code, number: "GZ-500151105-20261123-0002", date: CivilDate(daysSinceEpoch: 20_780), ordinal: 2,
            item: "MZ-001", situations: [], catalogueVersion: "0",
            issuedAt: at,
            ticket: nil, kiosk: nil, slip: nil))),
      .awareness(.awarenessAnswered(AwarenessAnswered(question: "00ab34cd56ef7890", answer: 3))),
      .help(.helpRequested(HelpRequested(id: "x", kiosk: "kiosk-1"))),
      .help(.helpHeard(HelpHeard(id: awkward, badge: "AJ001"))), .help(.helpEscalated(HelpEscalated(id: awkward))),
      .help(.helpAnswered(HelpAnswered(id: "x", badge: "AJ001"))),
      .print(.slipRequested(SlipRequested(slip: slip, subject: .ticket(code), kiosk: "kiosk-1", attempt: 1))),
      .print(.slipRequested(SlipRequested(slip: slip, subject: .notice(code), kiosk: "kiosk-1", attempt: 2))),
      .print(
        .slipRequested(SlipRequested(slip: slip, subject: .notice(code), kiosk: "kiosk-1", attempt: 1, largeType: true))
      ),
      .print(
        .slipRequested(
          SlipRequested(slip: slip, subject: .ticket(code), kiosk: "kiosk-1", attempt: 1, language: .english))),
      .print(.attemptStarted(AttemptStarted(slip: slip, attempt: 1))),
      .print(.attemptPrepared(AttemptPrepared(slip: slip, attempt: 1, jobUUID: "urn:uuid:1/2"))),
      .print(.attemptEnded(AttemptEnded(slip: slip, attempt: 1, outcome: .printed(.statusAfterCut)))),
      .print(.attemptEnded(AttemptEnded(slip: slip, attempt: 1, outcome: .notSent(reason: awkward)))),
      .print(.attemptEnded(AttemptEnded(slip: slip, attempt: 1, outcome: .unknown(reason: "")))),
      .print(.paperUsed(PaperUsed(kiosk: "kiosk-1", millimetres: 1))),
      .print(.rollChanged(RollChanged(kiosk: awkward))),
      .catalogue(
        .cataloguePublished(CataloguePublished(version: "c0ffee", content: awkward, items: 28, cause: .reload))),
      .print(.slipExpired(SlipExpired(slip: slip))), .print(.slipAcknowledged(SlipAcknowledged(slip: slip))),
      .day(.journalAccepted(JournalAccepted(epoch: 7, floors: lanes, day: day))),
      .day(.journalAccepted(JournalAccepted(epoch: .max, floors: [], day: nil))),
      .day(.dayOvertaken(DayOvertaken(day: day, date: day.adding(days: 3), waiting: 2))),
      .day(.dayOvertaken(DayOvertaken(day: day, date: day.adding(days: 1), waiting: 0))),
    ]
    + number.flatMap { number -> [Event] in
      [
        .queue(
          .ticketIssued(
            TicketIssued(
              code: code, number: number, day: day, items: ["RS-004", "YB-001"], priority: true, kiosk: "kiosk-1",
              catalogueVersion: "0011223344556677", ahead: 3))),
        .queue(
          .ticketIssued(
            TicketIssued(
              code: code, number: number, day: day, items: [], priority: false, kiosk: nil, catalogueVersion: "",
              ahead: 0
            ))),
        .queue(
          .ticketIssued(
            TicketIssued(
              code: code, number: number, day: day, items: [], priority: false, kiosk: nil, catalogueVersion: "",
              ahead: 7,
              wait: 15...25))),
      ]
    }
    + [
      .notice(
        .noticeIssued(
          Notice(
            code: code, number: "GZ-500151105-20261123-0003", date: CivilDate(daysSinceEpoch: 20_780), ordinal: 3,
            item: "MZ-001", situations: [], catalogueVersion: "0",
            issuedAt: at, ticket: nil, kiosk: nil, slip: nil,
            marks: NoticeMarks(have: [awkward], missing: ["户口簿", ""])))),
      .day(.clockConfirmed(ClockConfirmed(after: Timestamp(milliseconds: 1)))),
      .day(.headNoted(HeadNoted(day: day, code: code, head: awkward))),
      .day(.recordsLeft(left)),
      .day(.formatRaised(FormatRaised(format: 2))),
      .print(.slipRequested(SlipRequested(slip: slip, subject: .closing(code), kiosk: "kiosk-1", attempt: 1))),
    ] + waits + orders + staff + stops + ways + arrangements + emergencies + reservations + unnumbered
    + CaseSamples.events + CaseLaterSamples.events + AgencySamples.samples + CaseListSamples.events
    + LeaseSamples.samples

  private static let waits: [Event] = {
    let span = DayTerms.Stretch(from: at, to: at.adding(seconds: 3600))
    func opened(_ terms: DayTerms) -> Event {
      .day(
        .dayOpened(
          DayOpened(
            day: day, mode: .hybrid, catalogueVersion: "0", starts: lanes, confirmed: false, terms: terms)))
    }
    func issued(_ wait: ClosedRange<Int>?, _ forecast: WaitForecast) -> [Event] {
      number.map { number in
        .queue(
          .ticketIssued(
            TicketIssued(
              code: code, number: number, day: day, items: [], priority: false, kiosk: nil, catalogueVersion: "",
              ahead: 7, wait: wait, forecast: forecast)))
      }
    }
    return [
      opened(DayTerms(sessions: [span, span], promisedMinutes: 15)),
      opened(DayTerms(sessions: [], promisedMinutes: nil)),
    ] + issued(0...20, WaitForecast(finishes: 1, expected: 480_000, minutes: 0...20))
      + issued(nil, WaitForecast(finishes: 99, expected: .max, minutes: nil)) + [
        .queue(
          .promiseBroken(PromiseBroken(kind: .wait, code: code, waited: 900_001, promisedMinutes: 15)))
      ]
  }()

  private static let orders: [Event] =
    [.queue(.priorityChanged(PriorityChanged(code: code, priority: true)))]
    + (PriorityReasonMark(String(repeating: "0f", count: 40)).map {
      [Event.queue(.priorityReasonNoted(PriorityReasonNoted(code: code, mark: $0)))]
    } ?? [])
    + [
      .day(
        .dayOpened(
          DayOpened(
            day: day, mode: .hybrid, catalogueVersion: "", starts: [], confirmed: true, order: OrderRule()))),
      .day(
        .dayOpened(
          DayOpened(
            day: day, mode: .hybrid, catalogueVersion: "", starts: [], confirmed: true,
            terms: DayTerms(sessions: [], promisedMinutes: 15), order: .byArrival))),
      .window(.ticketCalled(TicketCalled(code: other, window: 9, lanes: lanes.map(\.lane)))),
      .window(.ticketCalled(TicketCalled(code: other, window: 9, isByName: true, reason: awkward))),
    ]

  private static let staff: [Event] = [
    .window(.windowPaused(WindowPaused(window: 1, reason: PauseReason(.meal)))),
    .window(.windowPaused(WindowPaused(window: 1, reason: PauseReason(.papers, awkward)))),
    .window(.windowPaused(WindowPaused(window: 1, reason: PauseReason(.other)))),
    .window(.windowWentOn(WindowWentOn(window: 99))),
    .staff(.staffSignedIn(StaffSignedIn(badge: "AJ001", role: .clerk, workplace: .window(3), how: .typed))),
    .staff(.staffSignedIn(StaffSignedIn(badge: awkward, role: .auditor, workplace: .backOffice, how: .badge))),
    .staff(.staffSignedOut(StaffSignedOut(badge: "AJ001", workplace: .window(3), how: .own))),
    .staff(.staffSignedOut(StaffSignedOut(badge: awkward, workplace: .village, how: .dayClose))),
    .staff(.dutyPlanned(DutyPlanned(date: day, badge: "AJ001", window: 2, sessions: [1, 2]))),
    .staff(.dutyPlanned(DutyPlanned(date: day, badge: awkward, window: nil, sessions: []))),
    .staff(.dutyPlanWithdrawn(DutyPlanWithdrawn(date: day, badge: awkward))),
    .staff(
      .attendanceNoted(
        AttendanceNoted(
          badge: "AJ001", date: day, session: 1, kind: .substitute, substituted: "AJ002", reason: awkward))),
    .staff(.attendanceNoted(AttendanceNoted(badge: awkward, date: day, session: nil, kind: .leave))),
    .staff(.inspectionNoted(InspectionNoted(badge: "AJ001", window: nil, kind: .noBadge, text: awkward))),
    .staff(.inspectionNoted(InspectionNoted(badge: nil, window: 3, kind: .tidy, text: "x"))),
  ]

  private static let stops: [Event] = [
    .day(
      .dayOpened(
        DayOpened(
          day: day, mode: .hybrid, catalogueVersion: "", starts: [], confirmed: true,
          terms: DayTerms(
            sessions: [DayTerms.Stretch(from: at, to: at.adding(seconds: 60))], promisedMinutes: nil,
            cutOff: CutOffRule(load: 1_000, earliestMinutes: 15, overtimeMinutes: 240)), order: .byArrival))),
    .queue(.laneStopped(LaneStopped(lane: lanes[0].lane, load: LaneLoad(need: 12, capacity: 0)))),
    .queue(.laneWentOn(LaneWentOn(lane: lanes[0].lane, load: LaneLoad(need: 1, capacity: 4_321)))),
    .queue(.laneWentOn(LaneWentOn(lane: lanes[0].lane, load: nil))),
  ]

  private static let ways: [Event] = [
    .window(
      .ticketTransferred(
        TicketTransferred(code: code, from: 1, lane: lanes[0].lane, reason: .code(.needsDepartment)))),
    .window(
      .ticketTransferred(
        TicketTransferred(
          code: code, from: 1, lane: lanes[0].lane, window: 9, reason: .words(awkward), items: ["RS-004", "YB-001"],
          stops: lanes.map(\.lane)))),
    .window(.ticketMovedOn(TicketMovedOn(code: code, window: 2, lane: lanes[1].lane, stops: [lanes[0].lane]))),
    .window(.itemsServed(ItemsServed(code: code, window: 2, items: ["RS-004", awkward]))),
    .queue(.itineraryPlanned(ItineraryPlanned(code: code, stops: lanes.map(\.lane)))),
    .queue(.transferLapsed(TransferLapsed(code: code, window: 3))),
    .queue(.ticketPlaced(TicketPlaced(code: code, place: 2))),
    .queue(.ticketLinked(TicketLinked(code: code, link: TicketLink(notice: other)))),
    .queue(.ticketLinked(TicketLinked(code: code, link: TicketLink(notice: code, caseCode: other)))),
  ]

  private static let arrangements: [Event] = [
    .arrangement(.lanePaused(LanePaused(lane: lanes[0].lane, reason: awkward))),
    .arrangement(.laneResumed(LaneResumed(lane: lanes[0].lane))),
    .arrangement(.sessionAdded(SessionAdded(date: day, session: evening))),
    .arrangement(
      .sessionAdded(
        SessionAdded(
          date: day, session: evening,
          terms: DayTerms(
            sessions: [DayTerms.Stretch(from: at, to: at.adding(seconds: 60))], promisedMinutes: nil,
            cutOff: CutOffRule())
        ))),
    .arrangement(.sessionCancelled(SessionCancelled(date: day))),
    .arrangement(
      .sessionCancelled(SessionCancelled(date: day, terms: DayTerms(sessions: [], promisedMinutes: 15)))),
    .arrangement(.frequentChosen(FrequentChosen(items: ["RS-004", awkward]))),
    .arrangement(.frequentChosen(FrequentChosen(items: []))),
    .arrangement(.publicityWritten(PublicityWritten(title: awkward, lines: ["", awkward]))),
  ]

  static let evening = OpeningHours.Session(
    from: CivilTime(minuteOfDay: 1050), to: CivilTime(minuteOfDay: 1440))

  private static let emergencies: [Event] = [
    .emergency(.emergencyRaised(EmergencyRaised(id: awkward, window: 3, badge: "AJ001", at: at))),
    .emergency(.emergencyRaised(EmergencyRaised(id: "x", window: nil, badge: awkward, at: at))),
    .emergency(.emergencyTaken(EmergencyTaken(id: "x", badge: awkward, at: at))),
    .emergency(.emergencyEnded(EmergencyEnded(id: "x", badge: awkward, isFalse: true, at: at))),
    .emergency(.emergencyEnded(EmergencyEnded(id: "x", badge: nil, isFalse: false, at: at))),
  ]

  static let contact = SealedContact(String(repeating: "0f", count: SealedContact.bytes.lowerBound))
  static let pseudonym = HolderPseudonym(digest: Array(0..<32))

  static func reservation(_ code: PublicCode, isWhole: Bool) -> Reservation {
    Reservation(
      code: code, date: day, from: at, to: at.adding(seconds: 1800), lane: lanes[0].lane,
      items: isWhole ? ["RS-004", awkward] : [], source: isWhole ? .file : .kiosk, kiosk: isWhole ? awkward : nil,
      contact: isWhole ? contact : nil, phone: isWhole ? pseudonym : nil, holder: isWhole ? pseudonym : nil,
      madeAt: Timestamp(milliseconds: 0))
  }

  private static let reservations: [Event] =
    [true, false].map { .reservation(.reservationMade(reservation(code, isWhole: $0))) }
    + [.cancelled, .cancelledByHall].map {
      .reservation(.reservationChanged(ReservationChanged(code: code, change: $0)))
    }
    + ReservationTiming.allCases.map {
      .reservation(
        .reservationCheckedIn(
          ReservationCheckedIn(code: code, ticket: other, timing: $0, promisedMinutes: $0 == .late ? nil : 10)))
    } + [
      .reservation(.reservationLapsed(ReservationLapsed(code: code))),
      .queue(.promiseBroken(PromiseBroken(kind: .reservation, code: code, waited: 700_000, promisedMinutes: 10))),
      .print(.slipRequested(SlipRequested(slip: slip, subject: .reservation(code), kiosk: "kiosk-1", attempt: 1))),
    ]

  private static let unnumbered: [Event] = [
    .window(.unnumberedServiceStarted(UnnumberedService(window: 3))),
    .window(.unnumberedServiceFinished(UnnumberedService(window: 3))),
  ]

  static let left = RecordsLeft(
    first: 1, last: 9, from: day, through: day.adding(days: 1), keepDays: 190, head: "9-20261124", carried: "00ff",
    exports: [awkward, "b"])

  static let actors: [Principal] = [
    .kiosk("kiosk-1"), .staff(badge: "AJ001", role: .clerk), .staff(badge: awkward, role: .coordinator), .system,
    .operator,
  ]

  static let outcomes: [Outcome] = [
    .ticket(code), .finishedAndCalled(finished: code, called: other), .finishedAndCalled(finished: code, called: nil),
    .notice(code), .window(3), .day, .help("x"), .slip(slip), .done, .reservation(code),
  ]

  /// Every event without an answer, and every event with one; actors and outcomes in turn.
  static let records: [RecordedEvent] = events.enumerated().flatMap { index, event in
    let answer = IdempotencyRecord(
      key: IdempotencyKey(scope: "kiosk-1 /v1/tickets", key: index % 5 == 1 ? awkward : "k\"\\é号"),
      bodyDigest: [0, 127, 255],
      outcome: event.name == "ticketIssued" ? .ticket(code) : outcomes[index % outcomes.count])
    let actor = event.name == "ticketIssued" ? actors[0] : actors[index % actors.count]
    return [nil, answer].map {
      RecordedEvent(sequence: Int64(index + 1), at: at, actor: actor, event: event, answer: $0)
    }
  }

  /// The version that an event's record has to have.
  static func version(of event: Event) -> Int {
    switch event {
    case .print(.slipRequested(let request)): request.language != .chinese ? 2 : 1
    case .queue(.ticketIssued(let issued)): issued.forecast != nil ? 2 : 1
    case .queue(.ticketLinked(let linked)): linked.link.batch != nil ? 2 : 1
    case .day(.dayOpened(let opened)): opened.casesKept != nil ? 3 : opened.terms != nil || opened.order != nil ? 2 : 1
    case .window(.ticketCalled(let called)): !called.lanes.isEmpty || called.isByName ? 2 : 1
    case .window(.windowPaused(let paused)): paused.reason.code != .other || paused.reason.text == nil ? 2 : 1
    case .cases(.papersReturned(let returned)): returned.number != nil ? 2 : 1
    default: 1
    }
  }
}
