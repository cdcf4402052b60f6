import Groundwork
import JournalCodec
import Testing

@testable import Hall

/// Goal: no part of the hall's state is forgotten by a snapshot, also one that is added later.
///
/// Method: a state in which every member has a value goes through the codec. The members of all of its types, as
/// reflection finds them, are compared with a list, so that a new member fails here until the codec has it.
@Suite struct StateCodecTests {
  @Test("a state in which every member has a value comes back equal, in the same bytes")
  func roundTrip() throws {
    let bytes = StateCodec.encode(FullState.state)
    let restored = try StateCodec.decode(bytes[...])
    #expect(restored == FullState.state)
    #expect(StateCodec.encode(restored) == bytes)
    #expect(try StateCodec.decode(StateCodec.encode(HallState())[...]) == HallState())
  }

  @Test("in parts it gives the same bytes, and no part has many megabytes")
  func parts() {
    var state = FullState.state
    for number in 0..<4000 {
      state.notices.old[PublicCode(entropy: UInt64(number))] = Notice(
        code: PublicCode(entropy: UInt64(number)), number: "GZ-500151105-20261123-\(number)", date: Samples.day,
        ordinal: number, item: "SB-001", situations: [String(repeating: "s", count: 1000)], catalogueVersion: "0",
        issuedAt: Samples.at, ticket: nil,
        kiosk: nil, slip: nil)
    }
    var parts: [[UInt8]] = []
    StateCodec.encode(state) { parts.append(Array($0)) }
    #expect(parts.count > 3 && parts.allSatisfy { $0.count < 2 << 20 })
    #expect(Array(parts.joined()) == StateCodec.encode(state))
  }

  @Test("a difference in any part of the state is a difference of its bytes")
  func differences() throws {
    let changes: [(inout HallState) -> Void] = [
      { $0.epoch += 1 }, { $0.isAccepted.toggle() }, { $0.days.open?.totals.notices += 1 }, { $0.days.overtaken = nil },
      { $0.days.closed = nil }, { $0.days.left = nil }, { $0.days.format = 3 }, { $0.days.closed?.kept?.slip = nil },
      { $0.queue.tickets[Samples.code]?.atWindowSince = nil }, { $0.queue.waiting[Samples.lanes[1].lane] = nil },
      { $0.queue.waiting[Samples.lanes[0].lane]?.move(Samples.other, toPriority: true) }, { $0.days.order.inARow = 9 },
      { $0.queue.tickets[Samples.other]?.overtaken = 7 }, { $0.queue.tickets[Samples.code]?.call = nil },
      { $0.queue.missed = [] },
      { $0.queue.paces = [:] }, { $0.windows.states[3] = nil }, { $0.windows.states[1]?.lastStep = nil },
      { $0.notices.old = [:] }, { $0.help.rings[0].isEscalated = false }, { $0.print.rolls["kiosk-1"]?.slips += 1 },
      { $0.catalogue.published = [] }, { $0.awareness = AwarenessState() },
      { $0.answers = IdempotencyTable($0.answers.stored, earlier: 3) }, { $0.figures.waits = [] },
      { $0.arrangements.paused = [:] }, { $0.arrangements.sessions = [:] }, { $0.arrangements.publicity = nil },
      { $0.figures.windows[3]?.since = nil }, { $0.figures.tickets[Samples.code]?.lastStep = nil },
      { $0.queue.pools = [:] }, { $0.queue.openTransfers = [] }, { $0.queue.tickets[Samples.code]?.transfer = nil },
      { $0.figures.secondWaits = [] },
      { $0.waits.terms = nil }, { $0.waits.forecasts = [:] }, { $0.waits.record = RangeRecord([true]) },
      { $0.waits.broken = 0 }, { $0.staff.present[0].since = Timestamp(milliseconds: 1) },
      { $0.emergencies.open[0].takenBy = nil },
      { $0.reservations.known[Samples.code]?.state = .lapsed },
      { $0.reservations.noShows = [:] }, { $0.reservations.broken = 9 },
      { $0.queue.tickets[Samples.code]?.reservation = nil },
      { $0.windows.states[1]?.unnumberedSince = nil },
      { $0.cases.known[CaseSamples.code]?.pauses = [] }, { $0.cases.known[CaseSamples.code]?.due = .atOnce },
      { $0.cases.known[CaseSamples.code]?.papers[0].kept = 0 }, { $0.cases.ordinals = [:] },
      { $0.cases.known[CaseSamples.code]?.applicant = CaseSamples.another[0] },
      { $0.cases.known[CaseSamples.code]?.visits = [] }, { $0.cases.known[CaseSamples.code]?.isPrepared = false },
      { $0.cases.months = [:] }, { $0.consults.tasks = [:] }, { $0.consults.months = [:] },
      { $0.queue.links[Samples.code]?.caseCode = nil }, { $0.queue.links[Samples.code]?.batch = nil },
      { $0.cases.lists = [:] }, { $0.cases.lists[Samples.other]?.slip = nil },
      { $0.cases.known[CaseSamples.code]?.given = [] }, { $0.cases.known[CaseSamples.code]?.fixes = [] },
      { $0.cases.known[CaseSamples.code]?.given[1].slip = nil }, { $0.cases.known[CaseSamples.code]?.collected = nil },
      { $0.cases.known[CaseSamples.code]?.by = .oneself }, { $0.cases.known[CaseSamples.code]?.deliveredOn = nil },
      { $0.agency.known[AgencySamples.code]?.originals[0].holder = .withTown }, { $0.agency.reports = [] },
      { $0.agency.batches = [:] }, { $0.agency.known[AgencySamples.code]?.answer = nil },
      { $0.figures.windows[3]?.unnumbered = 7 },
      { $0.leases.out.removeLast() }, { $0.leases.highest = [:] }, { $0.leases.adopted[Samples.code] = nil },
      { $0.leases.incidents = [] },
      { $0.staff.substitutes = [] },
      { $0.waits.restore(Samples.lanes[0].lane, WaitBucket.allCases.map { _ in WaitRatios([1]) }) },
    ]
    for (index, change) in changes.enumerated() {
      var changed = FullState.state
      change(&changed)
      #expect(StateCodec.encode(changed) != StateCodec.encode(FullState.state), "change \(index)")
      #expect(try StateCodec.decode(StateCodec.encode(changed)[...]) == changed, "change \(index)")
    }
  }

  @Test("bytes that were cut off or changed are no state")
  func damaged() {
    let bytes = StateCodec.encode(FullState.state)
    for end in stride(from: 0, to: bytes.count, by: 97) {
      #expect(throws: RecordCodec.Fault.self) { try StateCodec.decode(bytes[..<end]) }
    }
  }

  /// Whoever changes a member: write and read it in JournalCodec/State, give it a value in `FullState`, raise
  /// `StateCodec.layout`, and then change this list.
  private static let members = [
    "BusinessDay: catalogueVersion date openedAt openedSequence totals",
    "DayOvertaken: date day waiting",
    "ClosedDay: closedAt closedSequence date firstCallAt kept lanes lastCallAt notices noticesPrinted openedAt",
    "ClosingHead: code slip text",
    "RecordsLeft: carried exports first from head keepDays last through",
    "LaneFigures: abandoned called issued lane missed open served",
    "ArrangementState: frequent paused publicity sessions",
    "Arranged<FrequentChosen>: at by what",
    "Arranged<LanePaused>: at by what",
    "Arranged<PublicityWritten>: at by what",
    "Arranged<SessionAdded>: at by what",
    "FrequentChosen: items",
    "CivilTime: minuteOfDay",
    "LanePaused: lane reason",
    "PublicityWritten: lines title",
    "Session: from to",
    "SessionAdded: date session terms",
    "DayFigures: closedAt date hours lanes openedAt secondWaits sentAround services tickets transfers waits windows",
    "FirstCall: at lane since",
    "HourTally: called issued served",
    "LaneTally: abandoned closed issued missed served",
    "LastStep: hour kind served servingSince",
    "SortedSeconds: sum values",
    "TicketTally: isCalled lane lastStep misses served servingSince since transfers waitsAgainSince",
    "WindowTally: served since unnumbered",
    "DayState: closed format last lastOpenedAt left open order overtaken",
    "DayTotals: abandoned closed finished issued notices",
    "HallState: agency answers arrangements awareness cases catalogue consults cutOff days emergencies epoch figures help isAccepted lastAt leases notices print queue "
      + "reservations sequence staff waits windows",
    "AwarenessState: counts",
    "CatalogueState: published",
    "CallNote: at basis isFromPool lane lanes sequence window",
    "Entry: code overtaken rank",
    "GivenPaper: at by event isVoid number slip",
    "HelpRing: askedAt heardBy id isEscalated kiosk",
    "HelpState: rings",
    "HolderPseudonym: description",
    "IdempotencyKey: key scope",
    "IdempotencyRecord: bodyDigest key outcome",
    "IdempotencyTable: indices kept oldest prepared today",
    "LaneOrder: entries head ranks",
    "LaneQueue: ordinary overtakings priority",
    "OrderRule: inARow overtakings patience",
    "OriginalsMoved: count material",
    "Rank: key sequence",
    "Notice: catalogueVersion code date issuedAt item kiosk marks number ordinal situations slip ticket",
    "NoticeMarks: have missing",
    "NoticeState: old ordinals recent",
    "OvertakenDay: at event",
    "PaperRoll: changedAt millimetres slips",
    "PrintState: open rolls slips",
    "PublishedCatalogue: actor at cause content items version",
    "QueueState: agents holders links missed openTransfers ordinals paces pools suspended tickets waiting",
    "RecentCall: at code number window",
    "Service: code milliseconds",
    "ServicePace: services",
    "SlipInHand: acknowledged attempt endedAt id jobUUID kiosk language largeType requestedAt requestedSequence state "
      + "subject",
    "Step: after at before code moved",
    "BeforeMove: calls items joinedSequence lane served servingAt stops transfer transfers",
    "TransferNote: at badge from reason sequence to",
    "Ticket: aheadAtIssue atWindowSince call calledAt calls catalogueVersion code day endedAt firstAsked firstCall firstCalledAt "
      + "issuedAt issuedBy issuedSequence items joinedSequence kiosk lane number overtaken pool priority rank reCheckIns reservation served servingAt since "
      + "slip state stops transfer transfers "
      + "waitAtIssue window",
    "Emergency: raised takenBy",
    "EmergencyRaised: at badge id window",
    "EmergencyState: open",
    "StaffPresence: badge since workplace",
    "AttendanceNoted: badge date kind reason session substituted",
    "StaffState: present substitutes",
    "WindowState: badge duty lastStep ticket unnumberedSince",
    "DayTerms: cutOff promisedMinutes sessions",
    "CutOffRule: earliestMinutes load overtimeMinutes",
    "CutOffState: stopped",
    "Reservation: code contact date from holder items kiosk lane madeAt phone slip source state to",
    "ReservationState: broken known noShows",
    "SealedContact: description",
    "TicketReservation: code from promisedMinutes timing",
    "RangeRecord: isTelling marks",
    "Stretch: from to",
    "WaitForecast: expected finishes minutes",
    "WaitRatios: ratios",
    "WaitSpread: from to",
    "WaitState: broken forecasts ratios record spreads spreadsOfAll terms",
    "Case: acceptedOn applicant by collected completeOn correctionSlip corrections decided deliveredOn department due "
      + "endedOn extended fixes given holder "
      + "isConfirmed isDeemed isPrepared isPromiseBroken location opened owed papers pauses proposal receiptSlip responsible served stage tellBy toldOn visits",
    "CaseCorrected: code field holder material new old reason second",
    "CaseDecided: code isFromPaper on outcome results",
    "CaseLimits: isLicence legal promised",
    "CaseMaterial: copies group isShared name necessity originals",
    "CaseNumber: date division kind ordinal",
    "CaseOpened: answers applicant by catalogueVersion code firstAsked holder isAtVillage item limits "
      + "materials number papers receivedAt receivedOn responsible telling ticket",
    "CasePaper: copies isElectronic isSeen material originals",
    "CaseResult: copies isElectronic name",
    "CaseTelling: basis by count isDeemed returnWithin unit",
    "CasesListed: cases code department number",
    "CasesState: known lists months ordinals",
    "CaseMonth: items",
    "CaseTally: avoidable causes corrected decided prepared preparedCorrected trips",
    "CorrectionCause: material reason",
    "CalendarMonth: month year",
    "ConsultNoted: answer code due firstAsked item on to topic",
    "ConsultState: months tasks",
    "ConsultTally: asked closed closedSameDay late tasks",
    "ConsultTask: noted responsible",
    "TicketLink: batch caseCode notice",
    "ClockPause: from stage to",
    "CorrectionIssued: attempt code isElectronic lines number second",
    "CorrectionLine: basis material reasons second text",
    "CorrectionServed: code isByHand on way witnesses",
    "HalfYear: half year",
    "OwedPaper: by material",
    "PaperAccount: cameLate copies givenBack isElectronic isSeen kept material originals",
    "ProposalMade: by what",
    "RefusalProposed: article code ground text told",
    "ResultCollected: by code isSigned returned shown",
    "ReturnWithin: basis count unit",
    "SealedCaseText: box half suite",
    "SecondNotice: materials reason",
    "TellBy: alarm date provisional",
    "TimeExtended: article code count due head number reason unit",
    "TimeLimit: count excludes unit wording",
    "WindowsState: recentCalls states",
    "AgencyBatch: agent cases code number on slip",
    "AgencyCase: agent answer askedOn batch carriedOn carriers deliveredOn end endSlip endedOn entrusted filedOn handedInOn "
      + "missing originals readyOn renewal renewalSlip slip stage takenOn townCase townNumber until",
    "AgencyCopies: count name",
    "AgencyCounts: asked declined delivered ended entrusted filed handedIn late satisfied taken",
    "AgencyEnded: by code on reason returned",
    "AgencyEntrusted: agent answers catalogueVersion code copies holder isFromStation item number on originals principal until",
    "AgencyOriginal: count mark name",
    "AgencyRenewed: code on reason until",
    "AgencyReported: counts month",
    "AgencyState: batches known ordinals reports",
    "HandoverList: issued slip",
    "HeldOriginal: holder original since",
    "Adopted: ended insteadOf",
    "AdoptionRefused: code day issuedAt kiosk number reason",
    "LeaseState: adopted highest incidents out",
    "NumbersLeased: day from holder kiosk lane machine through",
  ].sorted()

  @Test("the members of the state are those that the codec writes")
  func everyMember() {
    var found = Members()
    found.visit(FullState.state, "state")
    #expect(found.types.map { "\($0.key): \($0.value.sorted().joined(separator: " "))" }.sorted() == Self.members)
    // Both count what was dropped, which no snapshot needs.
    #expect(
      found.empty == ["IdempotencyTable.oldest", "LaneOrder.head"],
      "a member without a value shows nothing about the codec")
  }
}

/// What reflection finds in a value: the members of its structures, and which of them never have a value.
private struct Members {
  private(set) var types: [String: Set<String>] = [:]
  private var isFilled: [String: Bool] = [:]

  var empty: [String] { isFilled.filter { !$0.value }.keys.sorted() }

  /// Values that are one thing to the codec.
  private static let atoms = ["CivilDate", "Timestamp", "PublicCode", "TicketNumber", "LaneLetter", "SlipID", "String"]

  mutating func visit(_ value: Any, _ name: String) {
    let mirror = Mirror(reflecting: value)
    let type = "\(mirror.subjectType)"
    if Self.atoms.contains(type) { return note(name, true) }
    switch mirror.displayStyle {
    case .optional, .collection, .dictionary, .set:
      note(name, !mirror.children.isEmpty)
      for child in mirror.children { visit(child.value, "\(name) ") }
    case .tuple: for child in mirror.children { visit(child.value, "\(name) ") }
    case .struct where !mirror.children.isEmpty && !type.hasPrefix("ClosedRange"):
      types[type, default: []].formUnion(mirror.children.compactMap(\.label))
      for child in mirror.children { visit(child.value, "\(type).\(child.label ?? "")") }
    default: note(name, !["0", "false"].contains("\(value)") || name.hasSuffix(".isAccepted"))
    }
  }

  private mutating func note(_ name: String, _ hasValue: Bool) {
    guard name.contains("."), !name.hasSuffix(" ") else { return }
    isFilled[name] = isFilled[name] == true || hasValue
  }
}
