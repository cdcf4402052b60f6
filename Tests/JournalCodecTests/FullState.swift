import Groundwork
import JournalCodec

@testable import Hall

/// A state in which every member has a value, which no hall has at one time.
enum FullState {
  private static let code = Samples.code
  private static let other = Samples.other
  private static let at = Samples.at
  private static let slip = Samples.slip

  static let state: HallState = {
    var state = HallState(sequence: 77, lastAt: at)
    state.epoch = 3
    state.isAccepted = false
    state.days = days
    state.queue = queue
    state.windows.states = [
      1: window, 2: paused(PauseReason(.other, Samples.awkward)), 3: WindowState(), 4: paused(PauseReason(.meal)),
      5: paused(PauseReason(.papers, Samples.awkward)), 6: paused(PauseReason(.other)),
    ]
    state.windows.recentCalls = [RecentCall(code: code, number: number, window: 1, at: at)]
    state.notices.recent = [code: notice(code)]
    state.notices.old = [other: notice(other)]
    state.notices.ordinals = [Samples.day: 7]
    state.help.rings = [
      HelpRing(id: "x", kiosk: "kiosk-1", askedAt: at, heardBy: Samples.awkward, isEscalated: true)
    ]
    state.print = print
    state.catalogue.published = [
      PublishedCatalogue(version: "0a", content: "ff", items: 9, cause: .reload, at: at, actor: clerk)
    ]
    state.awareness = AwarenessState(counts: ["00ab": [0: 4, 3: 1]])
    state.answers = IdempotencyTable(
      outcomes.map {
        IdempotencyRecord(key: IdempotencyKey(scope: Samples.awkward, key: "k"), bodyDigest: [1, 255], outcome: $0)
      }, earlier: 2)
    state.answers.prepare()
    state.figures = figures
    state.waits = waits
    state.emergencies.open = [
      Emergency(raised: EmergencyRaised(id: "x", window: 3, badge: "AJ001", at: at), takenBy: "AJ002"),
      Emergency(raised: EmergencyRaised(id: Samples.awkward, window: nil, badge: "DB001", at: at)),
    ]
    state.staff.present = [
      StaffPresence(badge: "AJ001", workplace: .window(3), since: at),
      StaffPresence(badge: Samples.awkward, workplace: .backOffice, since: at),
      StaffPresence(badge: "DB001", workplace: .village, since: at),
    ]
    state.staff.substitutes = [
      AttendanceNoted(
        badge: "AJ002", date: Samples.day, session: 2, kind: .substitute, substituted: "AJ001", reason: Samples.awkward)
    ]
    state.cutOff.stopped = [laneA: at]
    state.arrangements = arrangements
    state.reservations = reservations
    state.cases = CaseSamples.state
    state.consults = consults
    state.queue.links = [
      code: TicketLink(notice: other, caseCode: code, batch: other), other: TicketLink(notice: code),
    ]
    state.agency = AgencySamples.state
    state.leases = LeaseSamples.state
    return state
  }()

  private static let clerk = Principal.staff(badge: "AJ001", role: .clerk)
  private static let laneA = Samples.lanes[0].lane
  private static let number = TicketNumber(lane: laneA, ordinal: 42)
  private static let outcomes: [Outcome] = [
    .ticket(code), .finishedAndCalled(finished: code, called: other), .finishedAndCalled(finished: code, called: nil),
    .notice(code), .window(3), .day, .help("x"), .slip(slip), .done,
    .reservation(code), .openedCase(code), .consult(other), .agency(code), .agencyBatch(other), .handoverList(other),
  ]

  private static let consults: ConsultState = {
    var consults = ConsultState()
    let noted = ConsultNoted(
      code: code, item: "RS-004", topic: Samples.awkward, answer: .passedOn, to: "AJ009", firstAsked: "AJ001",
      on: Samples.day, due: Samples.day.adding(days: 1))
    consults.tasks = [code: ConsultTask(noted, responsible: "AJ002")]
    var tally = ConsultTally()
    (tally.asked, tally.tasks, tally.closed, tally.closedSameDay, tally.late) = (5, 4, 3, 2, 1)
    consults.months = [CalendarMonth(Samples.day): ["AJ001": tally, Samples.awkward: ConsultTally()]]
    return consults
  }()

  private static let arrangements: ArrangementState = {
    func made<What: Hashable & Sendable>(_ what: What) -> ArrangementState.Arranged<What> {
      .init(what, by: clerk, at: at)
    }
    var arrangements = ArrangementState()
    arrangements.paused = [laneA: made(LanePaused(lane: laneA, reason: Samples.awkward))]
    arrangements.sessions = [
      Samples.day: made(SessionAdded(date: Samples.day, session: Samples.evening, terms: waits.terms))
    ]
    arrangements.frequent = made(FrequentChosen(items: ["RS-004"]))
    arrangements.publicity = made(PublicityWritten(title: "防溺水", lines: [Samples.awkward]))
    return arrangements
  }()

  private static let figures: DayFigures = {
    var figures = DayFigures()
    figures.date = Samples.day
    figures.openedAt = at
    figures.closedAt = at.adding(seconds: 9)
    var lane = LaneTally()
    (lane.issued, lane.served, lane.missed, lane.abandoned, lane.closed) = (9, 4, 3, 2, 1)
    figures.lanes[laneA] = lane
    var hour = HourTally()
    (hour.issued, hour.called, hour.served) = (7, 6, 5)
    figures.hours[9] = hour
    figures.waits = [FirstCall(lane: laneA, since: at, at: at.adding(seconds: 8))]
    figures.services = SortedSeconds([300, 60])
    var window = WindowTally()
    (window.since, window.served, window.unnumbered) = (at, 4, 3)
    figures.windows = [1: WindowTally(), 3: window]
    (figures.transfers, figures.sentAround) = (3, 1)
    figures.secondWaits = [FirstCall(lane: laneA, since: at, at: at.adding(seconds: 7))]
    var ticket = TicketTally(lane: laneA, since: at)
    (ticket.isCalled, ticket.servingSince, ticket.served, ticket.misses) = (true, at, 4_000, 2)
    (ticket.transfers, ticket.waitsAgainSince) = (1, at)
    ticket.lastStep = TicketTally.LastStep(kind: .finished, hour: 9, servingSince: at, served: 3_000)
    figures.tickets = [code: ticket, other: TicketTally(lane: laneA, since: at)]
    return figures
  }()

  private static let days: DayState = {
    var days = DayState()
    var totals = DayTotals()
    (totals.issued, totals.finished, totals.abandoned, totals.closed, totals.notices) = (1, 2, 3, 4, 5)
    days.open = BusinessDay(
      date: Samples.day, openedAt: at, catalogueVersion: "0a", openedSequence: 12, totals: totals)
    days.last = Samples.day
    days.lastOpenedAt = at
    days.order = OrderRule(inARow: 3, overtakings: 5, patience: 60_000)
    days.overtaken = OvertakenDay(event: DayOvertaken(day: Samples.day, date: Samples.day, waiting: 3), at: at)
    days.left = Samples.left
    days.format = 2
    var lane = LaneFigures(lane: laneA)
    (lane.issued, lane.called, lane.served, lane.missed, lane.abandoned, lane.open) = (21, 20, 6, 5, 4, 6)
    days.closed = ClosedDay(
      date: Samples.day, openedAt: at, closedAt: at, closedSequence: 70, lanes: [lane], firstCallAt: at,
      lastCallAt: at, notices: 8, noticesPrinted: 7,
      kept: ClosingHead(code: code, text: Samples.awkward, slip: slip))
    return days
  }()

  private static let note = TransferNote(
    sequence: 55, at: at, from: 1, badge: "AJ001", to: .window(3), reason: .words(Samples.awkward))

  private static let queue: QueueState = {
    var queue = QueueState()
    queue.tickets = [code: ticket(code, 5, wait: 3...9), other: ticket(other, 6, wait: nil)]
    queue.tickets[other]?.rank = Rank(key: 11, sequence: 6)
    queue.tickets[other]?.call = CallNote(
      sequence: 60, at: at, window: 2, lanes: [laneA], basis: .byName(badge: "AJ001", reason: Samples.awkward),
      lane: laneA, isFromPool: true)
    var entries = [code, other].compactMap { code in
      queue.tickets[code].map { LaneOrder.Entry(code: code, rank: $0.rank, overtaken: 3) }
    }
    let last = entries.removeLast()
    queue.waiting = [
      laneA: LaneQueue(ordinary: LaneOrder([last]), priority: LaneOrder(entries), overtakings: 2),
      Samples.lanes[1].lane: LaneQueue(),
    ]
    queue.missed = [code]
    queue.suspended = [other]
    queue.ordinals = [Samples.day: [laneA: 43]]
    queue.holders = HolderPseudonym(digest: Array(0..<32)).map { [$0: [code, other]] } ?? [:]
    queue.agents = ["DB01": [code]]
    queue.pools = [3: LaneOrder([LaneOrder.Entry(code: code, rank: Rank(joinedBy: 5), overtaken: 2)])]
    queue.openTransfers = [code, other]
    queue.paces = [laneA: ServicePace([ServicePace.Service(code: code, milliseconds: 30_000)])]
    return queue
  }()

  private static func ticket(_ code: PublicCode, _ sequence: Int64, wait: ClosedRange<Int>?) -> Ticket {
    var ticket = Ticket(
      code: code, number: number, day: Samples.day, items: ["RS-004"], priority: true, kiosk: "kiosk-1",
      catalogueVersion: "0a", issuedAt: at, issuedBy: clerk, aheadAtIssue: 4, waitAtIssue: wait,
      issuedSequence: sequence)
    ticket.state = .missed
    ticket.window = 2
    ticket.calls = 3
    ticket.reCheckIns = 1
    ticket.firstCalledAt = at
    ticket.calledAt = at.adding(seconds: 1)
    ticket.servingAt = at.adding(seconds: 2)
    ticket.atWindowSince = at.adding(seconds: 3)
    ticket.endedAt = at.adding(seconds: 4)
    ticket.firstAsked = "AJ001"
    ticket.slip = slip
    ticket.reservation = TicketReservation(code: other, from: at, timing: .onTime, promisedMinutes: 10)
    ticket.since = at.adding(seconds: 5)
    ticket.joinedSequence = 33
    ticket.overtaken = 2
    ticket.call = CallNote(
      sequence: 60, at: at, window: 2, lanes: [laneA], basis: .overtaking(2), lane: laneA, isFromPool: true)
    ticket.firstCall = CallNote(
      sequence: 50, at: at, window: 1, lanes: [], basis: .inTurn, lane: laneA, isFromPool: false)
    ticket.lane = Samples.lanes[1].lane
    ticket.pool = 3
    ticket.stops = [laneA]
    ticket.transfers = 2
    ticket.transfer = note
    ticket.served = ["YB-001"]
    return ticket
  }

  private static let reservations: ReservationState = {
    var reservations = ReservationState()
    for (reserved, state) in [(code, Reservation.State.arrived(other)), (other, .cancelledByHall)] {
      var reservation = Samples.reservation(reserved, isWhole: true)
      reservation.madeAt = at
      reservation.state = state
      reservation.slip = slip
      reservations.known[reserved] = reservation
    }
    reservations.noShows = Samples.pseudonym.map { [$0: [Samples.day]] } ?? [:]
    reservations.broken = 2
    return reservations
  }()

  private static let waits: WaitState = {
    var waits = WaitState()
    waits.terms = DayTerms(
      sessions: [DayTerms.Stretch(from: at, to: at.adding(seconds: 60))], promisedMinutes: 15,
      cutOff: CutOffRule(load: 900, earliestMinutes: 60, overtimeMinutes: 30))
    waits.forecasts = [
      code: WaitForecast(finishes: 3, expected: 60_000, minutes: 0...5),
      other: WaitForecast(finishes: 9, expected: 90_000_000, minutes: nil),
    ]
    waits.restore(
      laneA, WaitBucket.allCases.map { WaitRatios(Array(1...WaitRatios.fewest + $0.rawValue)) })
    waits.record = RangeRecord([true, false, true])
    waits.broken = 4
    return waits
  }()

  private static let window: WindowState = {
    var window = WindowState()
    window.duty = .open
    window.badge = "AJ001"
    window.ticket = code
    window.unnumberedSince = at
    window.lastStep = WindowState.Step(
      code: code, before: .serving, after: .finished, at: at,
      moved: BeforeMove(
        lane: laneA, items: ["RS-004"], stops: [laneA], calls: 2, servingAt: at, joinedSequence: 9, transfers: 1,
        transfer: note, served: ["YB-001"]))
    return window
  }()

  private static func paused(_ reason: PauseReason) -> WindowState {
    var window = WindowState()
    window.duty = .paused(reason)
    return window
  }

  private static func notice(_ code: PublicCode) -> Notice {
    Notice(
      code: code, number: "GZ-500151105-20261123-0007", date: CivilDate(daysSinceEpoch: 20_780), ordinal: 7,
      item: "MZ-001", situations: ["student"], catalogueVersion: "0a", issuedAt: at, ticket: other, kiosk: "kiosk-1",
      slip: slip, marks: NoticeMarks(have: ["户口簿"], missing: [Samples.awkward]))
  }

  private static let print: PrintState = {
    let states: [SlipState] = [
      .queued, .printing(attempt: 2), .printed(attempt: 1, .echo), .notSent(attempt: 1, reason: Samples.awkward),
      .unknown(attempt: 1, reason: "a:b"), .expired,
    ]
    var slips: [SlipID: SlipInHand] = [:]
    for (index, state) in states.enumerated() {
      var slip = SlipInHand(
        id: SlipID("0\(index)"), subject: index % 2 == 0 ? .ticket(code) : .notice(other), kiosk: "kiosk-1",
        state: state, attempt: 2, requestedAt: at, requestedSequence: Int64(index), largeType: true, language: .english)
      slip.jobUUID = "urn:uuid:1"
      slip.endedAt = at
      slip.acknowledged = true
      slips[slip.id] = slip
    }
    return PrintState(
      slips: slips, open: [SlipID("01"), SlipID("00")],
      rolls: ["kiosk-1": PaperRoll(slips: 3, millimetres: 270, changedAt: at)])
  }()
}
