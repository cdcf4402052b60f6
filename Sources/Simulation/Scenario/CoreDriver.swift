import Groundwork
import Hall
import Ports
import Registrar
import JournalCodec

/// Runs scenarios against the core through the shipped commit loop, with a journal in memory that a restart replays.
package struct CoreDriver: ScenarioDriver {
  private var loop: CommitLoop
  private var hall: ScenarioHall
  private var rules: HallRules
  private var records: [[UInt8]] = []
  private var now: Timestamp
  private var monotonic: Int64 = 0
  private var random = SeededRandom(seed: 2026)
  private var keys = 0
  private var badges: [Int: String] = [:]
  private var answers: [Int: CommitLoop.Answer] = [:]
  private var waiters = 0
  private var reserved: [PublicCode] = []
  private var opened: [PublicCode] = []
  /// Names in the clear: a hall has them sealed.
  private var names: [PublicCode: String] = [:]
  private var entrusted: [PublicCode] = []

  package init(_ hall: ScenarioHall) {
    self.hall = hall
    rules = ScenarioRules.rules(hall)
    loop = CommitLoop(state: HallState(), rules: rules)
    now = hall.clock
  }

  package mutating func perform(_ steps: [ScenarioStep], together: Bool) async throws -> [[ScenarioOutcome]] {
    guard together else { return try steps.map { try perform($0) } }
    let waiting = steps.map { step in command(step).map { submit($0.command, by: $0.actor, step) } }
    settle()
    return zip(steps, waiting).map { step, waiter in waiter.map { outcomes(step, answers[$0]) } ?? [] }
  }

  private mutating func perform(_ step: ScenarioStep) throws -> [ScenarioOutcome] {
    switch step.verb {
    case .clock(let moment): now = moment
    case .wait(let seconds):
      now = now.adding(seconds: seconds)
      monotonic += seconds * 1000
    case .reload(let order):
      hall.order = order
      rules = ScenarioRules.rules(hall)
      loop.rules = rules
    case .restart:
      var state = HallState()
      for (index, record) in records.enumerated() {
        state.evolve(try RecordCodec.decode(record, sequence: Int64(index + 1)))
      }
      loop = CommitLoop(state: state, rules: rules)
    case .paper(let number, let cameOut): paper(number, cameOut, step)
    case .showTicket(let number): return [view(ticket(number))]
    case .showSlip(let number): return slip(number).map { [$0] } ?? []
    case .showWindow(let number): return [view(window: number)]
    case .showLane(let letter): return [lane(letter)]
    case .showTransfers:
      return [.transfers(loop.durable.queue.openTransfers.compactMap { loop.durable.tickets[$0]?.number.description })]
    case .why(let first, let other): return [why(first, other)]
    case .showReservation(let name): return [reservation(name)]
    case .showToday: return today
    case .ofCase(let name, _, .show): return [ofCase(caseCode(name))]
    case .ofCase(let name, _, .later(.showPapers)): return papers(of: name)
    case .ofCase(let name, _, .later(.showAlarms)): return alarms(of: name)
    case .ofCase(let name, _, .later(.paper(let cameOut))): casePaper(caseCode(name), cameOut, step)
    case .ofCase(let name, _, .later(.showName)): return shownName(name)
    case .ofCase(let name, _, .later(.showOnScreen)): return onScreen(name)
    case .showKeys: return [.ofCase(CaseScenario.keys(loop.durable.cases.halfYears))]
    case .openCase(let opening) where (try? CaseScenario.applicant(opening)) == nil:
      return [.refused("bad_applicant")]
    case .publish(let change):
      hall.publish(change)
      rules = ScenarioRules.rules(hall)
      loop.rules = rules
    case .ofAgency(let name, _, .show): return [ofAgency(agencyCode(name))]
    default:
      guard let (command, actor) = command(step) else { return [.refused("unknown_ticket")] }
      let waiter = submit(command, by: actor, step)
      settle()
      if case .accepted(.reservation(let code)) = answers[waiter], !reserved.contains(code) { reserved.append(code) }
      if case .accepted(.openedCase(let code)) = answers[waiter], !opened.contains(code) {
        opened.append(code)
        if case .openCase(let opening) = step.verb { names[code] = opening.name }
      }
      if case .accepted(.agency(let code)) = answers[waiter], !entrusted.contains(code) { entrusted.append(code) }
      return outcomes(step, answers[waiter])
    }
    return []
  }

  // MARK: Commands

  private mutating func submit(_ command: Command, by actor: Principal, _ step: ScenarioStep) -> Int {
    waiters += 1
    keys += 1
    let key = IdempotencyKey(scope: "\(actor)", key: step.key ?? "auto-\(keys)")
    let envelope = Envelope(
      command, by: actor, at: now, entropy: random.next(), key: key, bodyDigest: Array("\(command)".utf8))
    carryOut(loop.submit(envelope, from: waiters, monotonic: monotonic))
    return waiters
  }

  private var writes: [[RecordedEvent]] = []

  private mutating func carryOut(_ actions: [CommitLoop.Action]) {
    for action in actions {
      switch action {
      case .append(let events, _): writes.append(events)
      case .answer(let waiter, let answer): answers[waiter] = answer
      case .takeTurn, .look, .probe, .stop, .report: break
      }
    }
  }

  private mutating func settle() {
    while let batch = writes.first {
      writes.removeFirst()
      records += batch.map { RecordCodec.encode($0) }
      carryOut(loop.appended(.success(.written)) { _, _ in })
    }
  }

  /// The command of a step and who gives it; nil when it names a number that was never given.
  private mutating func command(_ step: ScenarioStep) -> (command: Command, actor: Principal)? {
    let resident = Principal.kiosk("kiosk-1")
    let coordinator = Principal.staff(badge: "AJ100", role: .coordinator)
    switch step.verb {
    case .openDay(let confirmed):
      return (.day(.openDay(OpenDay(date: rules.zone.civil(now).date, confirmed: confirmed))), coordinator)
    case .closeDay(let force): return (.day(.closeDay(CloseDay(force: force))), coordinator)
    case .take(let items, let lane, let priority, let kiosk, let badge, let insist):
      let take = TakeTicket(
        items: items, lane: lane.flatMap { LaneLetter($0) }, priority: priority, kiosk: kiosk, insist: insist)
      return (.queue(.takeTicket(take)), badge.map { .staff(badge: $0, role: .clerk) } ?? .kiosk(kiosk ?? "kiosk-1"))
    case .takeAsAgent(let items, let badge):
      return (.queue(.takeTicket(TakeTicket(items: items, kiosk: "kiosk-1", card: .agent(badge: badge)))), resident)
    case .checkIn(let number): return code(number).map { (.queue(.checkIn($0)), resident) }
    case .abandon(let number): return code(number).map { (.queue(.abandonTicket($0)), resident) }
    case .priority(let number, let isGiven, let badge):
      return code(number).map {
        (.queue(.changePriority(ChangePriority(code: $0, priority: isGiven))), .staff(badge: badge, role: .clerk))
      }
    case .reprint(let number, let kiosk): return code(number).map { (.print(.reprint($0, kiosk: kiosk)), resident) }
    case .acknowledge(let number): return code(number).map { (.print(.acknowledge($0)), resident) }
    case .notice(let item, let kiosk): return (.notice(.issueNotice(IssueNotice(item: item, kiosk: kiosk))), resident)
    case .askForHelp(let kiosk): return (.help(.askForHelp(kiosk: kiosk)), .kiosk(kiosk))
    case .answerHelp(let kiosk, let badge):
      let ring = loop.durable.help.rings.first { $0.kiosk == kiosk }
      return (.help(.answerHelp(ring?.id ?? "")), .staff(badge: badge, role: .clerk))
    case .window(let number, let verb, let badge):
      if let badge, case .open = verb { badges[number] = badge }
      let who = badge ?? badges[number] ?? "AJ00\(number)"
      let role: StaffRole = who == "AJ100" ? .coordinator : .clerk
      return windowCommand(verb).map { (.window(number, $0), .staff(badge: who, role: role)) }
    case .pauseLane(let lane, let reason):
      return LaneLetter(lane).map { (.arrangement(.pauseLane($0, reason: reason)), coordinator) }
    case .resumeLane(let lane): return LaneLetter(lane).map { (.arrangement(.resumeLane($0)), coordinator) }
    case .addSession(let date, let from, let to):
      guard let from = CivilTime(from), let to = CivilTime(to) else { return nil }
      let session = OpeningHours.Session(from: from, to: to)
      return (.arrangement(.addSession(date.flatMap { CivilDate($0) }, session)), coordinator)
    case .weigh: return (.queue(.weighLanes), .system)
    case .lapse(let window): return (.queue(.lapseTransfers(window)), .system)
    case .reserve(let items, let lane, let date, let from, let badge):
      let make = MakeReservation(
        items: items, lane: lane.flatMap { LaneLetter($0) }, date: date, from: from,
        source: badge == nil ? .kiosk : .console, kiosk: badge == nil ? "kiosk-1" : nil)
      return (.reservation(.make(make)), badge.map { .staff(badge: $0, role: .clerk) } ?? resident)
    case .scanReservation(let name):
      return (.reservation(.checkIn(CheckInReservation(code: reservationCode(name), kiosk: "kiosk-1"))), resident)
    case .cancelReservation(let name): return (.reservation(.cancel(reservationCode(name))), resident)
    case .cancelDay(let date): return (.reservation(.cancelDay(date)), coordinator)
    case .lapseReservations: return (.reservation(.lapse), .system)
    case .openCase(let opening):
      return (.cases(.open(CaseScenario.command(opening, at: now))), Self.principal(opening.badge))
    case .ofCase(let name, let badge, let verb):
      return CaseScenario.command(verb, caseCode(name)).map { (.cases($0), Self.principal(badge)) }
    case .signIn(let badge):
      let signedIn = StaffSignedIn(
        badge: badge, role: badge == "AJ100" ? .coordinator : .clerk, workplace: .backOffice, how: .typed)
      return (.staff(.signIn(signedIn)), .system)
    case .entrust(let entrusting):
      return (.agency(.entrust(AgencyScenario.command(entrusting))), Self.principal(entrusting.badge))
    case .ofAgency(let name, let badge, let verb):
      return AgencyScenario.step(verb).map { (.agency(.step(agencyCode(name), $0)), Self.principal(badge)) }
    case .carry(let names, let badge):
      return (.agency(.carry(names.map(agencyCode), kiosk: nil)), Self.principal(badge))
    case .openCarried(let name, let opening):
      var open = CaseScenario.command(opening, at: now)
      open.agency = agencyCode(name)
      open.by = .agent
      return (.cases(.open(open)), Self.principal(opening.badge))
    case .clock, .wait, .restart, .reload, .paper, .showTicket, .showSlip, .showWindow, .showLane, .showTransfers, .why,
      .showReservation, .showToday, .showKeys, .publish:
      return nil
    }
  }

  private func windowCommand(_ verb: ScenarioStep.WindowVerb) -> WindowCommand? {
    switch verb {
    case .open: .open
    case .close: .close
    case .pause(let reason):
      .pause(PauseReason.Code(chinese: reason).map { PauseReason($0) } ?? PauseReason(.other, reason))
    case .call(nil): .call(nil)
    case .call(let number?): code(number).map { .call($0) }
    case .callPassingOver(let number, let reason): code(number).map { .callPassingOver($0, reason: reason) }
    case .recall: .recall
    case .serve: .serve
    case .finish: .finish
    case .finishAndCall: .finishAndCall
    case .miss: .miss
    case .suspend: .suspend
    case .resume(let number): code(number).map { .resume($0) }
    case .abandon: .abandon
    case .undo: .undo
    case .transfer(let to, let reason, let items, let insist):
      .transfer(TransferTicket(to: to, reason: TransferReason(reason), items: items, insist: insist))
    case .noteItems(let items): .noteItems(items)
    case .serveUnnumbered: .serveUnnumbered
    case .finishUnnumbered: .finishUnnumbered
    }
  }

  private mutating func paper(_ number: String, _ cameOut: Bool, _ step: ScenarioStep) {
    guard let id = ticket(number)?.slip, let slip = loop.durable.print.slips[id] else { return }
    print(slip, cameOut, step)
  }

  private mutating func print(_ slip: SlipInHand, _ cameOut: Bool, _ step: ScenarioStep) {
    let outcome: AttemptOutcome = cameOut ? .printed(.echo) : .unknown(reason: "没有回答")
    for command in [PrintCommand.start(slip.id, attempt: slip.attempt), .end(slip.id, attempt: slip.attempt, outcome)] {
      _ = submit(.print(command), by: .system, ScenarioStep(verb: step.verb, key: nil, line: step.line))
      settle()
    }
  }

  // MARK: Looking

  /// The newest ticket of a number.
  private func ticket(_ number: String) -> Ticket? {
    loop.durable.tickets.values.filter { $0.number.description == number }.max { $0.issuedSequence < $1.issuedSequence }
  }

  private func code(_ number: String) -> PublicCode? { ticket(number)?.code }

  private func outcomes(_ step: ScenarioStep, _ answer: CommitLoop.Answer?) -> [ScenarioOutcome] {
    switch answer {
    case .accepted(let outcome): return view(outcome)
    case .refused(let refusal): return [.refused(refusal.code)]
    case .keyReused: return [.refused("key_reused")]
    case .fault, .bug, .overloaded, .reconciling, .tooFast, nil: return [.refused("\(String(describing: answer))")]
    }
  }

  private func view(_ outcome: Outcome) -> [ScenarioOutcome] {
    let state = loop.durable
    switch outcome {
    case .ticket(let code): return [view(state.tickets[code])]
    case .finishedAndCalled(let finished, let called):
      return [view(state.tickets[finished]), called.map { view(state.tickets[$0]) } ?? .nobodyCalled]
    case .notice(let code): return [.notice(number: state.notices[code]?.number ?? "?")]
    case .window(let number): return [view(window: number)]
    case .day: return [.day(state.day.map { "\($0.date)" })]
    case .help(let id): return [.help(state: state.help.rings.contains { $0.id == id } ? "ringing" : "answered")]
    case .slip, .done, .handoverList: return []
    case .openedCase(let code): return [ofCase(code)]
    case .consult: return []
    case .agency(let code): return [ofAgency(code)]
    case .agencyBatch(let code): return loop.durable.agency.batches[code]?.cases.map(ofAgency) ?? []
    case .reservation(let code): return [reservation("约\((reserved.firstIndex(of: code) ?? -1) + 1)")]
    }
  }

  private func view(_ ticket: Ticket?) -> ScenarioOutcome {
    guard let ticket else { return .refused("unknown_ticket") }
    let queue = loop.durable.queue
    let ahead =
      ticket.pool.map { queue.pools[$0]?.position(of: ticket.code) ?? 0 }
      ?? queue.waiting[ticket.lane]?.ahead(of: ticket.code, loop.durable.orderRule) ?? 0
    return .ticket(
      number: ticket.number.description, state: ticket.state.rawValue, ahead: ahead,
      window: ticket.state.isAtWindow ? ticket.window : nil, priority: ticket.priority)
  }

  /// A code that belongs to nobody for a name that was never given.
  private func reservationCode(_ name: String) -> PublicCode {
    guard let number = decimal(name.dropFirst()), reserved.indices.contains(number - 1) else {
      return PublicCode(entropy: 1)
    }
    return reserved[number - 1]
  }

  private static func principal(_ badge: String) -> Principal {
    .staff(badge: badge, role: badge == "AJ100" ? .coordinator : badge.hasPrefix("DB") ? .agent : .clerk)
  }

  private func caseCode(_ name: String) -> PublicCode {
    guard let number = decimal(name.dropFirst()), opened.indices.contains(number - 1) else {
      return PublicCode(entropy: 1)
    }
    return opened[number - 1]
  }

  private func ofCase(_ code: PublicCode) -> ScenarioOutcome {
    guard let one = loop.durable.cases[code] else { return .refused("unknown_case") }
    return .ofCase(CaseScenario.words(one, "件\((opened.firstIndex(of: code) ?? -1) + 1)"))
  }

  private func shownName(_ name: String) -> [ScenarioOutcome] {
    guard let known = names[caseCode(name)] else { return [.refused("unknown_case")] }
    return [.ofCase(CaseScenario.name(name, Applicant(name: known).maskedName))]
  }

  private func onScreen(_ name: String) -> [ScenarioOutcome] {
    guard let one = loop.durable.cases[caseCode(name)] else { return [.refused("unknown_case")] }
    let item = rules.catalogue.item(one.opened.item)
    return [
      .ofCase(CaseScenario.onScreen(name, item: item?.name ?? "", isSensitive: item?.isSensitive ?? true))
    ]
  }

  private func papers(of name: String) -> [ScenarioOutcome] {
    guard let one = loop.durable.cases[caseCode(name)] else { return [.refused("unknown_case")] }
    let print = loop.durable.print
    return [
      .ofCase(
        CaseScenario.papers(
          name,
          one.numbers.map { number in
            (
              one.title(of: number), one.slip(of: number).flatMap { print.slips[$0]?.state.word },
              one.paper(number)?.isVoid ?? false, one.untold.contains { $0.number == number }
            )
          }))
    ]
  }

  private func alarms(of name: String) -> [ScenarioOutcome] {
    guard let one = loop.durable.cases[caseCode(name)] else { return [.refused("unknown_case")] }
    let today = loop.durable.day?.date ?? rules.zone.civil(now).date
    return [
      .ofCase(CaseScenario.alarms(name, one.alarms(on: today, by: rules.calendar).map(\.rawValue)))
    ]
  }

  private mutating func casePaper(_ code: PublicCode, _ cameOut: Bool, _ step: ScenarioStep) {
    guard let one = loop.durable.cases[code] else { return }
    let slips = one.numbers.compactMap { one.slip(of: $0).flatMap { loop.durable.print.slips[$0] } }
    guard let slip = slips.max(by: { $0.requestedSequence < $1.requestedSequence }) else { return }
    print(slip, cameOut, step)
  }

  private func agencyCode(_ name: String) -> PublicCode {
    guard let number = decimal(name.dropFirst()), entrusted.indices.contains(number - 1) else {
      return PublicCode(entropy: 1)
    }
    return entrusted[number - 1]
  }

  private func ofAgency(_ code: PublicCode) -> ScenarioOutcome {
    guard let one = loop.durable.agency[code] else { return .refused("unknown_agency") }
    return .ofAgency(AgencyScenario.words(one, "代\((entrusted.firstIndex(of: code) ?? -1) + 1)", rules))
  }

  private func reservation(_ name: String) -> ScenarioOutcome {
    guard let found = loop.durable.reservations[reservationCode(name)] else { return .refused("unknown_reservation") }
    let time = rules.zone.civil(found.from).time
    return .reservation(name, start: "\(found.date) \(time)", state: found.state.word)
  }

  private func view(window number: Int) -> ScenarioOutcome {
    let window = loop.durable.windows[number]
    let ticket = window?.ticket.flatMap { loop.durable.tickets[$0] }
    var reason: String?
    let state: String
    switch window?.duty {
    case .closed, nil: state = "closed"
    case .paused(let why): (state, reason) = ("paused", why.words)
    case .open: state = ticket?.state.rawValue ?? (window?.unnumberedSince == nil ? "idle" : "serving")
    }
    return .window(number, state: state, ticket: ticket?.number.description, reason: reason)
  }

  private func why(_ first: String, _ other: String) -> ScenarioOutcome {
    guard let first = ticket(first), let other = ticket(other) else { return .refused("unknown_ticket") }
    do { return .reason(try loop.durable.whyBefore(first, other).word) } catch { return .refused("\(error)") }
  }

  private var today: [ScenarioOutcome] {
    let (state, figures) = (loop.durable, loop.durable.figures)
    let terms = state.waits.terms ?? figures.date.flatMap { DayTerms($0, rules, arranged: state.hours(rules)) }
    var waits = HallWaits()
    waits.follow(figures, terms)
    let second = SortedSeconds(
      figures.secondWaits.map { Int((terms?.hallTime(from: $0.since, to: $0.at) ?? $0.at.since($0.since)) / 1000) })
    let total = figures.total
    let promise = terms?.promisedMinutes.map {
      ScenarioOutcome.promise(minutes: $0, kept: waits.seconds.count(atMost: $0 * 60), broken: state.waits.broken)
    }
    return [
      .tally(
        issued: total.issued, served: total.served, missed: total.missed, abandoned: total.abandoned,
        closed: total.closed),
      spread("等候", waits.seconds), spread("办理", figures.services), spread("再等", second),
    ] + [promise].compactMap { $0 }
  }

  private func spread(_ name: String, _ seconds: SortedSeconds) -> ScenarioOutcome {
    .spread(
      name, count: seconds.count, mean: seconds.mean.map { Int($0.rounded()) }, p50: seconds.percentile(50),
      p90: seconds.percentile(90), longest: seconds.longest)
  }

  private func slip(_ number: String) -> ScenarioOutcome? {
    ticket(number)?.slip.flatMap { loop.durable.print.slips[$0] }.map {
      .slip(number: number, state: $0.state.word, attempt: $0.attempt)
    }
  }

  private func lane(_ letter: String) -> ScenarioOutcome {
    let state = loop.durable
    let codes = LaneLetter(letter).flatMap { state.queue.waiting[$0]?.forecast(state.orderRule) } ?? []
    return .lane(letter, codes.compactMap { loop.durable.tickets[$0]?.number.description })
  }
}
