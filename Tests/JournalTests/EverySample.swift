import Groundwork
import Hall

/// One record of every kind, and of every form of its parts.
enum EverySample {
  static let code = PublicCode(entropy: 0x1234_5678_9ABC_DEF0)
  static let other = PublicCode(entropy: 0x0FED_CBA9_8765_4321)
  static let slip = SlipID("00ab34cd56ef7890")
  static let clerk = Principal.staff(badge: "AJ001", role: .clerk)

  static func answer(_ outcome: Outcome) -> IdempotencyRecord {
    IdempotencyRecord(
      key: IdempotencyKey(scope: "kiosk:kiosk-1 POST /v1/tickets", key: "3b9f1a52-3a41-4c5b-9d8e-0123456789ab"),
      bodyDigest: [UInt8](0..<32), outcome: outcome)
  }

  static let records: [RecordedEvent] = zip(1..., all).map { sequence, each in
    RecordedEvent(
      sequence: Int64(sequence), at: Sample.start.adding(seconds: Int64(sequence)), actor: each.0, event: each.1,
      answer: each.2.map(answer))
  }

  /// Shapes of version 2, with content that version 1 cannot express.
  static let secondVersion: [RecordedEvent] =
    requests
    + zip(3..., [opened, issued] + orders + pauses).map { sequence, event in
      RecordedEvent(
        sequence: sequence, at: Sample.start.adding(seconds: sequence), actor: .staff(badge: "AJ001", role: .clerk),
        event: event, answer: nil)
    }

  private static let opened = Event.day(
    .dayOpened(
      DayOpened(
        day: Sample.day, mode: .hybrid, catalogueVersion: "c0ffee",
        starts: [LaneStart(lane: Sample.laneA, first: 1)], confirmed: false,
        terms: DayTerms(
          sessions: [DayTerms.Stretch(from: Sample.start, to: Sample.start.adding(seconds: 10_800))],
          promisedMinutes: 15),
        order: OrderRule())))

  private static let issued = Event.queue(
    .ticketIssued(
      TicketIssued(
        code: code, number: TicketNumber(lane: Sample.laneA, ordinal: 1), day: Sample.day, items: ["RS-004"],
        priority: false, kiosk: "kiosk-1", catalogueVersion: "c0ffee", ahead: 0, wait: 0...20,
        forecast: WaitForecast(finishes: 1, expected: 480_000, minutes: 0...20))))

  private static let orders: [Event] = [
    .day(
      .dayOpened(
        DayOpened(
          day: Sample.day, mode: .hybrid, catalogueVersion: "c0ffee", starts: [], confirmed: false, order: OrderRule()))
    ),
    .day(
      .dayOpened(
        DayOpened(
          day: Sample.day, mode: .hybrid, catalogueVersion: "c0ffee", starts: [], confirmed: true, order: .byArrival))),
    .window(.ticketCalled(TicketCalled(code: code, window: 2, lanes: [Sample.laneA, Sample.lane("E")]))),
    .window(.ticketCalled(TicketCalled(code: code, window: 2, isByName: true, reason: "急件"))),
    .window(.ticketCalled(TicketCalled(code: code, window: 2, lanes: [Sample.laneA], isByName: true))),
  ]

  private static let pauses: [Event] = [
    .window(.windowPaused(WindowPaused(window: 2, reason: PauseReason(.meal)))),
    .window(.windowPaused(WindowPaused(window: 2, reason: PauseReason(.papers, "送民政办")))),
  ]

  private static let staff: [(Principal, Event, Outcome?)] = [
    (
      .system, .staff(.staffSignedIn(StaffSignedIn(badge: "AJ001", role: .clerk, workplace: .window(2), how: .typed))),
      nil
    ),
    (
      .system, .staff(.staffSignedIn(StaffSignedIn(badge: "DB001", role: .agent, workplace: .village, how: .badge))),
      nil
    ),
    (.system, .staff(.staffSignedOut(StaffSignedOut(badge: "DB001", workplace: .village, how: .dayClose))), nil),
    (coordinator, .staff(.dutyPlanned(DutyPlanned(date: Sample.day, badge: "AJ001", window: 2, sessions: [1]))), .done),
    (
      coordinator,
      .staff(
        .attendanceNoted(
          AttendanceNoted(
            badge: "AJ002", date: Sample.day, session: 2, kind: .substitute, substituted: "AJ001", reason: "产假"))),
      .done
    ),
    (
      .staff(badge: "DC001", role: .supervisor),
      .staff(.inspectionNoted(InspectionNoted(badge: nil, window: 2, kind: .tidy, text: "台面杂物"))), .done
    ),
    (clerk, .window(.windowOpened(WindowOpened(window: 2, badge: "AJ001"))), .window(2)),
    (clerk, .window(.windowPaused(WindowPaused(window: 2, reason: PauseReason(.other, "送件")))), .window(2)),
    (clerk, .window(.windowWentOn(WindowWentOn(window: 2))), .window(2)),
  ]

  private static let emergencies: [(Principal, Event, Outcome?)] = {
    func raised(_ id: String, _ window: Int?) -> Event {
      .emergency(.emergencyRaised(EmergencyRaised(id: id, window: window, badge: "AJ001", at: Sample.start)))
    }
    return [
      (.system, raised("00ab34cd56ef7890", 2), .done), (.system, raised("00ab34cd56ef7891", nil), nil),
      (
        .system,
        .emergency(.emergencyTaken(EmergencyTaken(id: "00ab34cd56ef7890", badge: "AJ002", at: Sample.start))), nil
      ),
      (
        .system,
        .emergency(
          .emergencyEnded(
            EmergencyEnded(id: "00ab34cd56ef7891", badge: "AJ002", isFalse: true, at: Sample.start))), nil
      ),
    ]
  }()

  static let coordinator = Principal.staff(badge: "AJ100", role: .coordinator)

  private static let priorities: [(Principal, Event, Outcome?)] =
    [
      (
        .staff(badge: "AJ001", role: .clerk), .queue(.priorityChanged(PriorityChanged(code: code, priority: true))),
        .ticket(code)
      ),
      (
        .staff(badge: "AJ001", role: .clerk), .queue(.priorityChanged(PriorityChanged(code: code, priority: false))),
        nil
      ),
    ]
    + (PriorityReasonMark(String(repeating: "0f", count: 40)).map { mark in
      [
        (
          Principal.kiosk("kiosk-1"), Event.queue(.priorityReasonNoted(PriorityReasonNoted(code: code, mark: mark))),
          Outcome?.none
        )
      ]
    } ?? [])

  private static let requests: [RecordedEvent] = zip([false, true], [1, 2] as [Int64]).map { large, sequence in
    let request = SlipRequested(
      slip: slip, subject: .ticket(code), kiosk: "kiosk-1", attempt: Int(sequence), largeType: large, language: .english
    )
    return RecordedEvent(
      sequence: sequence, at: Sample.start.adding(seconds: sequence), actor: .kiosk("kiosk-1"),
      event: .print(.slipRequested(request)), answer: nil)
  }

  private static let all: [(Principal, Event, Outcome?)] =
    days + tickets + windows + slips + catalogues + screens + marks
    + clocks + rings + confirmations + closings + departures + promises + priorities
    + staff + stops + ways + arrangements + emergencies + reservations + unnumbered
    + withdrawals + cases + laterCases + consults + agency + lists + leases + formats

  /// Every machine of the hall reads a newer format.
  private static let formats: [(Principal, Event, Outcome?)] = [
    (.system, .day(.formatRaised(FormatRaised(format: 2))), .done)
  ]

  private static let stops: [(Principal, Event, Outcome?)] = [
    (
      .system,
      .queue(.laneStopped(LaneStopped(lane: Sample.laneA, load: LaneLoad(need: 9, capacity: 9_500)))), nil
    ),
    (.system, .queue(.laneWentOn(LaneWentOn(lane: Sample.laneA, load: LaneLoad(need: 3, capacity: 6_000)))), .done),
  ]

  private static let promises: [(Principal, Event, Outcome?)] = [
    (
      clerk, .queue(.promiseBroken(PromiseBroken(kind: .wait, code: code, waited: 960_000, promisedMinutes: 15))),
      .ticket(code)
    )
  ]

  private static let arrangements: [(Principal, Event, Outcome?)] = {
    let chief = Principal.staff(badge: "AJ100", role: .coordinator)
    let evening = OpeningHours.Session(
      from: CivilTime(minuteOfDay: 17 * 60 + 30), to: CivilTime(minuteOfDay: 19 * 60))
    let events: [ArrangementEvent] = [
      .lanePaused(LanePaused(lane: Sample.laneA, reason: "系统检修")), .laneResumed(LaneResumed(lane: Sample.laneA)),
      .sessionAdded(SessionAdded(date: Sample.day, session: evening)),
      .frequentChosen(FrequentChosen(items: ["RS-004", "YB-001"])),
      .publicityWritten(PublicityWritten(title: "城乡居民医保缴费", lines: ["12月31日截止", ""])),
      .sessionCancelled(SessionCancelled(date: Sample.day)), .frequentChosen(FrequentChosen(items: [])),
    ]
    return events.map { (chief, .arrangement($0), .done) }
  }()

  private static let days: [(Principal, Event, Outcome?)] = {
    var totals = DayTotals()
    totals.issued = 42
    totals.finished = 38
    totals.abandoned = 1
    totals.closed = 3
    totals.notices = 17
    let starts = [LaneStart(lane: Sample.laneA, first: 1), LaneStart(lane: Sample.lane("E"), first: 500)]
    return [
      (
        .system,
        .day(
          .dayOpened(
            DayOpened(
              day: Sample.day, mode: .hybrid, catalogueVersion: "c0ffee", starts: starts, confirmed: false))), nil
      ),
      (
        .staff(badge: "AJ100", role: .coordinator),
        .day(.dayClosed(DayClosed(day: Sample.day, closed: [code, other], totals: totals))), .day
      ),
      (.operator, .day(.journalAccepted(JournalAccepted(epoch: 2, floors: starts, day: Sample.day))), .done),
      (.operator, .day(.journalAccepted(JournalAccepted(epoch: 3, floors: [], day: nil))), nil),
    ]
  }()

  /// The events of a help ring between its request and its answer.
  private static let rings: [(Principal, Event, Outcome?)] = [
    (clerk, .help(.helpHeard(HelpHeard(id: "h1", badge: "AJ001"))), .help("h1")),
    (.system, .help(.helpEscalated(HelpEscalated(id: "h1"))), nil),
  ]

  private static let catalogues: [(Principal, Event, Outcome?)] = [
    (
      .system,
      .catalogue(
        .cataloguePublished(
          CataloguePublished(
            version: "c0ffee0123456789", content: String(repeating: "0123456789abcdef", count: 4), items: 28,
            cause: .start))),
      nil
    ),
    (
      .operator,
      .catalogue(
        .cataloguePublished(
          CataloguePublished(
            version: "decaf00123456789", content: String(repeating: "fedcba9876543210", count: 4), items: 29,
            cause: .reload)
        )), nil
    ),
  ]

  private static let screens: [(Principal, Event, Outcome?)] = [
    (
      .kiosk("kiosk-1"), .awareness(.awarenessAnswered(AwarenessAnswered(question: "00ab34cd56ef7890", answer: 1))),
      .done
    ),
    (
      .kiosk("kiosk-1"), .queue(.holderNoted(HolderNoted(code: other, pseudonym: nil, byProxy: true, agent: "DB01"))),
      nil
    ),
  ]

  private static let tickets: [(Principal, Event, Outcome?)] = {
    let atWindow = TicketAtWindow(code: code, window: 2)
    let number = TicketNumber(lane: Sample.laneA, ordinal: 1042)
    func issued(items: [String], priority: Bool, kiosk: String?) -> Event {
      .queue(
        .ticketIssued(
          TicketIssued(
            code: code, number: number, day: Sample.day, items: items, priority: priority, kiosk: kiosk,
            catalogueVersion: "c0ffee", ahead: 7)))
    }
    return [
      (.kiosk("kiosk-1"), issued(items: ["RS-004", "YB-001"], priority: false, kiosk: "kiosk-1"), .ticket(code)),
      (.staff(badge: "AJ005", role: .agent), issued(items: [], priority: true, kiosk: nil), nil),
      (clerk, .queue(.ticketCheckedIn(TicketCheckedIn(code: code, place: 1))), .ticket(code)),
      (clerk, .window(.ticketCalled(TicketCalled(code: code, window: 2))), .ticket(code)),
      (clerk, .window(.ticketRecalled(atWindow)), nil),
      (clerk, .window(.serviceStarted(atWindow)), nil),
      (clerk, .window(.ticketFinished(atWindow)), .finishedAndCalled(finished: code, called: other)),
      (clerk, .window(.ticketFinished(atWindow)), .finishedAndCalled(finished: code, called: nil)),
      (clerk, .window(.ticketMissed(atWindow)), nil),
      (clerk, .window(.ticketSuspended(atWindow)), nil),
      (clerk, .window(.ticketResumed(atWindow)), nil),
      (clerk, .queue(.ticketAbandoned(TicketAbandoned(code: code, window: 2))), nil),
      (.kiosk("kiosk-1"), .queue(.ticketAbandoned(TicketAbandoned(code: code, window: nil))), nil),
      (clerk, .window(.stepUndone(StepUndone(code: code, window: 2, restored: .serving))), nil),
    ]
  }()

  private static let windows: [(Principal, Event, Outcome?)] = [
    (clerk, .window(.windowOpened(WindowOpened(window: 2, badge: "AJ001"))), .window(2)),
    (clerk, .window(.windowPaused(WindowPaused(window: 2, reason: PauseReason(.other, "打印机\"缺纸\"")))), .window(2)),
    (clerk, .window(.windowClosed(WindowClosed(window: 2))), .window(2)),
    (.kiosk("kiosk-1"), .help(.helpRequested(HelpRequested(id: "h1", kiosk: "kiosk-1"))), .help("h1")),
    (
      .staff(badge: "DC001", role: .supervisor), .help(.helpAnswered(HelpAnswered(id: "h1", badge: "DC001"))),
      .help("h1")
    ),
  ]

  private static let slips: [(Principal, Event, Outcome?)] = {
    func notice(_ situations: [String], ticket: PublicCode?, kiosk: String?, slip: SlipID?) -> Event {
      .notice(
        .noticeIssued(
          Notice(
            code: other, number: "GZ-500151105-20261123-0042", date: CivilDate(daysSinceEpoch: 20_780), ordinal: 42,
            item: "RS-004", situations: situations,
            catalogueVersion: "c0ffee", issuedAt: Sample.start, ticket: ticket, kiosk: kiosk, slip: slip)))
    }
    func ended(_ outcome: AttemptOutcome) -> Event {
      .print(.attemptEnded(AttemptEnded(slip: slip, attempt: 1, outcome: outcome)))
    }
    return [
      (.kiosk("kiosk-1"), notice(["first", "lost"], ticket: code, kiosk: "kiosk-1", slip: slip), .notice(other)),
      (clerk, notice([], ticket: nil, kiosk: nil, slip: nil), nil),
      (
        .kiosk("kiosk-1"),
        .print(.slipRequested(SlipRequested(slip: slip, subject: .ticket(code), kiosk: "kiosk-1", attempt: 2))),
        .slip(slip)
      ),
      (
        .kiosk("kiosk-1"),
        .print(.slipRequested(SlipRequested(slip: slip, subject: .notice(other), kiosk: "kiosk-1", attempt: 1))), nil
      ),
      (.system, .print(.attemptStarted(AttemptStarted(slip: slip, attempt: 1))), nil),
      (
        .system,
        .print(
          .attemptPrepared(
            AttemptPrepared(slip: slip, attempt: 1, jobUUID: "urn:uuid:7d9c2c4e-0000-4000-8000-000000000001"))), nil
      ),
      (.system, ended(.printed(.echo)), nil),
      (.system, ended(.notSent(reason: "offline")), nil),
      (.system, ended(.unknown(reason: "timed out: no answer")), nil),
      (.system, .print(.slipExpired(SlipExpired(slip: slip))), nil),
      (.kiosk("kiosk-1"), .print(.slipAcknowledged(SlipAcknowledged(slip: slip))), nil),
      (.system, .print(.paperUsed(PaperUsed(kiosk: "kiosk-1", millimetres: 92))), nil),
      (clerk, .print(.rollChanged(RollChanged(kiosk: "kiosk-1"))), .done),
      (
        .kiosk("kiosk-1"),
        .queue(.holderNoted(HolderNoted(code: code, pseudonym: HolderPseudonym(digest: Array(0..<32)), byProxy: true))),
        .ticket(code)
      ),
      (clerk, .queue(.holderNoted(HolderNoted(code: code, pseudonym: nil, reason: "陪同两位老人"))), nil),
    ]
  }()

  /// The event of a day after a clock correction.
  private static let clocks: [(Principal, Event, Outcome?)] = [
    (
      .system, .day(.dayOvertaken(DayOvertaken(day: Sample.day, date: Sample.day.adding(days: 3), waiting: 2))), nil
    )
  ]

  /// The event of a coordinator who confirmed a clock that had been ahead.
  private static let confirmations: [(Principal, Event, Outcome?)] = [
    (.staff(badge: "AJ100", role: .coordinator), .day(.clockConfirmed(ClockConfirmed(after: Sample.start))), .day)
  ]

  /// The event of days that leave.
  private static let departures: [(Principal, Event, Outcome?)] = [
    (
      .system,
      .day(
        .recordsLeft(
          RecordsLeft(
            first: 1, last: 2, from: Sample.day, through: Sample.day, keepDays: 1096,
            head: "2-20261123-9K2F-ABCD-EFGH-JKMN-PQRS-TVWX", carried: String(repeating: "0f", count: 32),
            exports: ["2026-11-23-1-2.jsonl"]))), nil
    )
  ]

  /// The head of a closed day, and its closing slip.
  private static let closings: [(Principal, Event, Outcome?)] = [
    (
      .system,
      .day(
        .headNoted(
          HeadNoted(day: Sample.day, code: code, head: "482113-20261123-9K2F-ABCD-EFGH-JKMN-PQRS-TVWX"))), nil
    ),
    (
      .system,
      .print(
        .slipRequested(
          SlipRequested(slip: SlipID("11ff11ff11ff11ff"), subject: .closing(code), kiosk: "kiosk-1", attempt: 1))),
      .done
    ),
  ]

  /// A notice with a resident's marks on its list.
  private static let marks: [(Principal, Event, Outcome?)] = {
    func notice(_ marks: NoticeMarks) -> Event {
      .notice(
        .noticeIssued(
          Notice(
            code: other, number: "GZ-500151105-20261123-0043", date: CivilDate(daysSinceEpoch: 20_780), ordinal: 43,
            item: "RS-004", situations: ["first"],
            catalogueVersion: "c0ffee", issuedAt: Sample.start, ticket: nil, kiosk: "kiosk-1", slip: slip, marks: marks)
        ))
    }
    return [
      (.kiosk("kiosk-1"), notice(NoticeMarks(have: ["居民身份证"], missing: ["户口簿", "“照片”"])), .notice(other)),
      (.kiosk("kiosk-1"), notice(NoticeMarks(missing: ["户口簿"])), .notice(other)),
    ]
  }()
}
