import Groundwork
import Wire

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
      .dayOpened(DayOpened(day: day, mode: .undifferentiated, catalogueVersion: "0", starts: lanes, confirmed: false)),
      .dayOpened(DayOpened(day: day, mode: .hybrid, catalogueVersion: "", starts: [], confirmed: true)),
      .dayClosed(DayClosed(day: day, closed: [code, other], totals: DayTotals())),
      .holderNoted(HolderNoted(code: code, mark: HolderPseudonym(digest: Array(0..<32)), byProxy: true)),
      .holderNoted(HolderNoted(code: code, mark: nil, byProxy: true, agent: "DB01")),
      .holderNoted(HolderNoted(code: code, mark: nil, reason: awkward)),
      .ticketCheckedIn(TicketCheckedIn(code: code, place: 1)), .ticketCalled(TicketCalled(code: other, window: 99)),
      .ticketRecalled(TicketAtWindow(code: code, window: 1)), .serviceStarted(TicketAtWindow(code: code, window: 1)),
      .ticketFinished(TicketAtWindow(code: code, window: 1)), .ticketMissed(TicketAtWindow(code: code, window: 1)),
      .ticketSuspended(TicketAtWindow(code: code, window: 1)), .ticketResumed(TicketAtWindow(code: code, window: 1)),
      .ticketAbandoned(TicketAbandoned(code: code, window: nil)),
      .ticketAbandoned(TicketAbandoned(code: code, window: 2)),
      .stepUndone(StepUndone(code: code, window: 1, restored: .serving)),
      .windowOpened(WindowOpened(window: 1, badge: "AJ001")), .windowPaused(WindowPaused(window: 1, reason: awkward)),
      .windowClosed(WindowClosed(window: 1)),
      .noticeIssued(
        Notice(
          code: code, number: "GZ-500151105-20261123-0001", item: "MZ-001", situations: ["student"],
          catalogueVersion: "0",
          issuedAt: at, ticket: other, kiosk: "kiosk-1", slip: slip)),
      .noticeIssued(
        Notice(
          code: code, number: "GZ-500151105-20261123-0002", item: "MZ-001", situations: [], catalogueVersion: "0",
          issuedAt: at,
          ticket: nil, kiosk: nil, slip: nil)),
      .awarenessAnswered(AwarenessAnswered(question: "00ab34cd56ef7890", answer: 3)),
      .helpRequested(HelpRequested(id: "x", kiosk: "kiosk-1")),
      .helpHeard(HelpHeard(id: awkward, badge: "AJ001")), .helpEscalated(HelpEscalated(id: awkward)),
      .helpAnswered(HelpAnswered(id: "x", badge: "AJ001")),
      .slipRequested(SlipRequested(slip: slip, subject: .ticket(code), kiosk: "kiosk-1", attempt: 1)),
      .slipRequested(SlipRequested(slip: slip, subject: .notice(code), kiosk: "kiosk-1", attempt: 2)),
      .slipRequested(SlipRequested(slip: slip, subject: .notice(code), kiosk: "kiosk-1", attempt: 1, largeType: true)),
      .slipRequested(
        SlipRequested(slip: slip, subject: .ticket(code), kiosk: "kiosk-1", attempt: 1, language: .english)),
      .attemptStarted(AttemptStarted(slip: slip, attempt: 1)),
      .attemptPrepared(AttemptPrepared(slip: slip, attempt: 1, jobUUID: "urn:uuid:1/2")),
      .attemptEnded(AttemptEnded(slip: slip, attempt: 1, outcome: .printed(.statusAfterCut))),
      .attemptEnded(AttemptEnded(slip: slip, attempt: 1, outcome: .notSent(reason: awkward))),
      .attemptEnded(AttemptEnded(slip: slip, attempt: 1, outcome: .unknown(reason: ""))),
      .paperUsed(PaperUsed(kiosk: "kiosk-1", millimetres: 1)), .rollChanged(RollChanged(kiosk: awkward)),
      .cataloguePublished(CataloguePublished(version: "c0ffee", content: awkward, items: 28, cause: .reload)),
      .slipExpired(SlipExpired(slip: slip)), .slipAcknowledged(SlipAcknowledged(slip: slip)),
      .journalAccepted(JournalAccepted(epoch: 7, floors: lanes, day: day)),
      .journalAccepted(JournalAccepted(epoch: .max, floors: [], day: nil)),
      .dayOvertaken(DayOvertaken(day: day, date: day.adding(days: 3), waiting: 2)),
      .dayOvertaken(DayOvertaken(day: day, date: day.adding(days: 1), waiting: 0)),
    ]
    + number.flatMap { number -> [Event] in
      [
        .ticketIssued(
          TicketIssued(
            code: code, number: number, day: day, items: ["RS-004", "YB-001"], priority: true, kiosk: "kiosk-1",
            catalogueVersion: "0011223344556677", ahead: 3)),
        .ticketIssued(
          TicketIssued(
            code: code, number: number, day: day, items: [], priority: false, kiosk: nil, catalogueVersion: "", ahead: 0
          )),
        .ticketIssued(
          TicketIssued(
            code: code, number: number, day: day, items: [], priority: false, kiosk: nil, catalogueVersion: "",
            ahead: 7,
            wait: 15...25)),
      ]
    }
    + [
      .noticeIssued(
        Notice(
          code: code, number: "GZ-500151105-20261123-0003", item: "MZ-001", situations: [], catalogueVersion: "0",
          issuedAt: at, ticket: nil, kiosk: nil, slip: nil,
          marks: NoticeMarks(have: [awkward], missing: ["户口簿", ""])))
    ]

  static let actors: [Principal] = [
    .kiosk("kiosk-1"), .staff(badge: "AJ001", role: .clerk), .staff(badge: awkward, role: .coordinator), .system,
    .operator,
  ]

  static let outcomes: [Outcome] = [
    .ticket(code), .finishedAndCalled(finished: code, called: other), .finishedAndCalled(finished: code, called: nil),
    .notice(code), .window(3), .day, .help("x"), .slip(slip), .done,
  ]

  /// Every event without an answer, and every event with one; actors and outcomes in turn.
  static let records: [RecordedEvent] = events.enumerated().flatMap { index, event in
    let answer = IdempotencyRecord(
      key: IdempotencyKey(scope: "kiosk-1 /v1/tickets", key: index % 5 == 1 ? awkward : "k\"\\é号"),
      bodyDigest: [0, 127, 255],
      outcome: event.shape == .ticketIssued ? .ticket(code) : outcomes[index % outcomes.count])
    let actor = event.shape == .ticketIssued ? actors[0] : actors[index % actors.count]
    return [nil, answer].map {
      RecordedEvent(sequence: Int64(index + 1), at: at, actor: actor, event: event, answer: $0)
    }
  }

  static func isOfSecondVersion(_ event: Event) -> Bool {
    if case .slipRequested(let request) = event { request.language != .chinese } else { false }
  }
}
