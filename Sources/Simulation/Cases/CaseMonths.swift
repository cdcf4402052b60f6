package import Groundwork
package import Hall
import JournalCodec

/// Months of cases in a hall, from one seed: days of rest and days worked in exchange, weeks without power, clocks that are off,
/// restarts from the records and from a snapshot. An oracle of its own says what each case must be.
package struct CaseMonths {
  /// An item as the oracle sees it.
  package struct Matter: Sendable {
    let code: String
    let needed: [String]
    /// What may follow after acceptance (容缺后补), and has to be there before the decision.
    let mayFollow: [String]
    let legal: Int
    let isLegalWorking: Bool
    let promised: Int
    let isDeemed: Bool
    /// 公示 or 听证: a stage for which its limits stop.
    let stage: String?

    var isPausable: Bool { stage != nil }
  }

  /// A step that somebody takes, right or not.
  enum Step {
    case tell([String], hasReason: Bool)
    case serve
    case bring([String], originals: Int, isComplete: Bool)
    case accept, pause, resume, forward, decide, ready
    case extend(Int)
    case collect(returns: Bool)
    case withdraw(returns: Bool)
  }

  /// A mistake that the oracle has to find.
  package enum Planted: String, Sendable, CaseIterable {
    /// Acceptance is deemed from the day on which it is noted.
    case deemedLate
    /// A pause of one day too many is left out.
    case pauseTooLong
    /// An original is forgotten.
    case originalLost
  }

  package struct Counts: Sendable {
    package var days = 0
    package var daysWithoutPower = 0
    package var opened = 0
    package var steps = 0
    package var refused = 0
    package var deemed = 0
    package var broken = 0
    package var pauses = 0
    package var ended = 0
    package var restarts = 0
    package var clocksOff = 0

    package init() {}
  }

  package private(set) var findings: [String] = []
  package private(set) var counts = Counts()

  private var random: SeededRandom
  private let planted: Planted?
  private var state = HallState()
  private var records: [[UInt8]] = []
  private let rules: HallRules
  private var oracle: CaseOracle
  private var today: CivilDate
  private var now = Timestamp(milliseconds: 0)

  private static let matters = [
    Matter(
      code: "NY-001", needed: ["申请书", "身份证", "户口簿"], mayFollow: ["邻里意见"], legal: 20, isLegalWorking: true, promised: 10,
      isDeemed: true, stage: "听证"),
    Matter(
      code: "MZ-001", needed: ["申请书", "身份证"], mayFollow: [], legal: 30, isLegalWorking: false, promised: 20,
      isDeemed: false, stage: "公示"),
  ]

  private static let clerk = Principal.staff(badge: "AJ001", role: .clerk)
  private static let coordinator = Principal.staff(badge: "AJ100", role: .coordinator)

  private init(seed: UInt64, calendar: WorkCalendar, from date: CivilDate, planted: Planted?) {
    random = SeededRandom(seed: seed)
    self.planted = planted
    var hall = ScenarioHall(clock: ZoneOffset.beijing.moment(date, CivilTime(minuteOfDay: 540)))
    hall.officeHours = false
    rules = ScenarioRules.rules(hall).with(calendar)
    oracle = CaseOracle(off: Set(calendar.off.keys), worked: calendar.worked)
    today = date
  }

  /// Runs `days` days.
  ///
  /// - Parameter calendar: of all years that are touched.
  package static func run(
    seed: UInt64, days: Int, from date: CivilDate, _ calendar: WorkCalendar, planted: Planted? = nil
  ) -> CaseMonths {
    var months = CaseMonths(seed: seed, calendar: calendar, from: date, planted: planted)
    months.live(days)
    return months
  }

  private mutating func live(_ days: Int) {
    var dark = 0
    for _ in 0..<days where findings.isEmpty {
      counts.days += 1
      if dark == 0, chance(40) { dark = 1 + pick(9) }
      if dark > 0 {
        dark -= 1
        counts.daysWithoutPower += 1
      } else if oracle.isWorked(today) || chance(10) {
        workday()
      }
      today = today.adding(days: 1)
    }
  }

  private mutating func workday() {
    now = moment(510)
    if chance(30) { clockOff() }
    oracle.morning(of: today)
    ask(.day(.openDay(OpenDay(date: today, confirmed: true))), by: Self.coordinator, expecting: true)
    if state.windows[1]?.duty != .open { ask(.window(1, .open), by: Self.clerk, expecting: true) }
    for _ in 0..<pick(8) where findings.isEmpty {
      now = now.adding(seconds: Int64(60 + pick(1_800)))
      if chance(12) { restart() }
      if oracle.matters.count < 4 || chance(4) { open() } else { step() }
    }
    ask(.day(.closeDay(CloseDay(force: true))), by: Self.coordinator, expecting: true)
  }

  /// The clock shows another month: the day does not open by itself, and no case changes.
  private mutating func clockOff() {
    counts.clocksOff += 1
    guard let last = state.days.last else { return }
    let before = state.cases
    let far = last.adding(days: 45)
    let away = ZoneOffset.beijing.moment(far, CivilTime(minuteOfDay: 510))
    let envelope = Envelope(.day(.openDay(OpenDay(date: far))), by: .system, at: away, entropy: random.next())
    let isRefused = (try? Hall.decide(state, rules, envelope)) == nil
    if !isRefused || state.cases != before { find("a day forty-five days ahead was opened by itself") }
  }

  private mutating func open() {
    let matter = Self.matters[pick(Self.matters.count)]
    let handed = matter.needed.filter { _ in !chance(3) }
    var papers: [CasePaper] = []
    var originals = 0
    for name in handed {
      let isKept = chance(2)
      papers.append(CasePaper(material: name, originals: isKept ? 1 : 0, isSeen: !isKept))
      if isKept { originals += 1 }
    }
    var open = OpenCase(item: matter.code, applicant: Self.sealed)
    open.papers = papers
    // A village told later what it took; only what the station may take for the town.
    let isVillage = !matter.isDeemed && chance(5)
    let received = isVillage ? today.adding(days: -pick(4)) : today
    if isVillage { open.receivedOn = received }
    let actor: Principal = isVillage ? .staff(badge: "DB001", role: .agent) : Self.clerk
    guard case .openedCase(let code)? = ask(.cases(.open(open)), by: actor, expecting: true) else { return }
    counts.opened += 1
    oracle.open(code, matter, on: today, receivedOn: received, handed: Set(handed), originals: originals)
    compare()
  }

  private mutating func step() {
    let codes = oracle.matters.filter { $0.value.ended == nil }.keys.sorted { $0.bits < $1.bits }
    guard !codes.isEmpty else { return }
    let code = codes[pick(codes.count)]
    guard let chosen = oracle.matters[code] else { return }
    let step = likely(chosen)
    var right = oracle
    let isRight = right.take(step, code, on: today)
    guard let command = command(step, chosen) else { return }
    let actor = isCoordinators(step) ? Self.coordinator : Self.clerk
    ask(.cases(.step(code, command)), by: actor, expecting: isRight)
    if isRight { oracle = right }
    counts.steps += 1
    if case .pause = step, isRight { counts.pauses += 1 }
    if oracle.matters[code]?.ended != nil { counts.ended += 1 }
    compare()
  }

  /// Mostly what comes next, sometimes anything.
  private mutating func likely(_ matter: CaseOracle.Matter) -> Step {
    let lacking = Array(matter.lacking).sorted()
    if !chance(5) {
      switch matter.stage {
      case "received": return lacking.isEmpty ? .accept : .tell(lacking, hasReason: true)
      case "correcting":
        if matter.told == nil, chance(2) { return .serve }
        return .bring(matter.item.needed, originals: pick(2), isComplete: true)
      case "accepted", "forwarded":
        if !matter.owes.isEmpty { return .bring(Array(matter.owes).sorted(), originals: 0, isComplete: true) }
        if matter.pausedSince != nil { return .resume }
        return chance(3) ? .pause : chance(4) ? .extend(1 + pick(10)) : chance(2) ? .forward : .decide
      case "decided": return .ready
      default: return .collect(returns: true)
      }
    }
    switch pick(12) {
    case 0: return .tell([matter.item.needed[pick(matter.item.needed.count)]], hasReason: chance(2))
    case 1: return .serve
    case 2: return .bring([matter.item.needed[0]], originals: 1, isComplete: chance(2))
    case 3: return .accept
    case 4: return .pause
    case 5: return .resume
    case 6: return .forward
    case 7: return .decide
    case 8: return .ready
    case 9: return .extend(5)
    case 10: return .collect(returns: chance(2))
    default: return .withdraw(returns: chance(2))
    }
  }

  private func isCoordinators(_ step: Step) -> Bool {
    switch step {
    case .pause, .resume, .extend, .decide, .ready, .collect: true
    default: false
    }
  }

  private static let sealed: SealedCaseText = {
    guard let sealed = SealedCaseText("2026H2:" + String(repeating: "5e", count: 64)) else {
      preconditionFailure("it has the length of a box")
    }
    return sealed
  }()

  private func command(_ step: Step, _ matter: CaseOracle.Matter) -> CaseStep? {
    switch step {
    case .tell(let names, let hasReason):
      var issue = IssueCorrection(
        lines: names.map { name in
          CorrectionLine(material: name, reasons: [matter.lacking.contains(name) ? .missing : .illegible])
        })
      issue.secondReason = hasReason ? Self.sealed : nil
      return .issueCorrection(issue)
    case .serve: return .serve(.signed, witnesses: [], byHand: true)
    case .bring(let names, let originals, let isComplete):
      let papers = names.enumerated().map {
        CasePaper(material: $1, originals: $0 == 0 ? originals : 0, isSeen: true)
      }
      return .takePapers(papers, isComplete: isComplete)
    case .accept: return .accept(isImmediate: false, owedBy: nil)
    case .pause: return .pause(PauseCase(stage: matter.item.stage ?? "公示", expectedDays: 7, isTold: true))
    case .resume: return .resume(to: nil)
    case .extend(let count):
      return .extend(count: count, .workingDay, head: "局长", reason: "情况复杂", article: "行政许可法第四十二条", isTold: true)
    case .forward: return .forward(department: "区农业农村委", materials: [], kept: [])
    case .decide: return .decide(.granted, results: [])
    case .ready: return .makeReady(location: "A-01")
    case .collect(let returns):
      return .collect(.oneself, shown: .card, isSigned: true, returnsOriginals: returns)
    case .withdraw(let returns): return .withdraw(returnsOriginals: returns)
    }
  }

  // MARK: The hall

  @discardableResult
  private mutating func ask(_ command: Command, by actor: Principal, expecting isRight: Bool) -> Outcome? {
    let at = max(now, state.lastAt)
    let envelope = Envelope(command, by: actor, at: at, entropy: random.next())
    do throws(Refusal) {
      let decision = try Hall.decide(state, rules, envelope)
      if !isRight { find("\(today): \(command) was done") }
      for event in decision.events {
        findings += state.violations(before: event, at: at)
        let event = planted.map { mistaken(event, $0) } ?? event
        let recorded = RecordedEvent(
          sequence: state.sequence + 1, at: at, actor: actor, event: event, answer: nil)
        records.append(RecordCodec.encode(recorded))
        state.evolve(recorded)
        count(event)
      }
      if planted == nil { findings += state.violations(touchedBy: decision.events) }
      return decision.outcome
    } catch {
      counts.refused += 1
      if isRight { find("\(today): \(command) was refused: \(error.code)") }
      return nil
    }
  }

  private mutating func count(_ event: Event) {
    switch event {
    case .cases(.acceptanceDeemed): counts.deemed += 1
    case .cases(.correctionPromiseBroken): counts.broken += 1
    default: break
    }
  }

  private func mistaken(_ event: Event, _ planted: Planted) -> Event {
    switch (planted, event) {
    case (.deemedLate, .cases(.acceptanceDeemed(let e))):
      .cases(
        .acceptanceDeemed(
          AcceptanceDeemed(code: e.code, number: e.number, acceptedOn: today, article: e.article, due: e.due)))
    case (.pauseTooLong, .cases(.clockResumed(let e))):
      if let one = state.cases[e.code], let accepted = one.acceptedOn, let open = one.pauses.last,
        let due = try? one.limits.due(
          from: accepted,
          one.pauses.dropLast() + [ClockPause(stage: open.stage, from: open.from, to: e.to.adding(days: 1))],
          by: rules.calendar)
      {
        .cases(.clockResumed(ClockResumed(code: e.code, to: e.to.adding(days: 1), due: due)))
      } else {
        event
      }
    case (.originalLost, .cases(.papersReturned(let e))):
      .cases(
        .papersReturned(
          PapersReturned(
            code: e.code, papers: e.papers.map { CasePaper(material: $0.material, isSeen: true) }, on: e.on,
            isComplete: e.isComplete)))
    default: event
    }
  }

  /// The daemon dies: the state is made again, from its records or from a snapshot.
  private mutating func restart() {
    counts.restarts += 1
    if chance(2) {
      do throws(RecordCodec.Fault) {
        let read = try StateCodec.decode(StateCodec.encode(state)[...])
        if read != state { find("\(today): a snapshot gives another state") }
        state = read
      } catch { find("\(today): a snapshot is not read: \(error)") }
      return
    }
    var replayed = HallState()
    for (index, record) in records.enumerated() {
      do throws(RecordCodec.Fault) {
        replayed.evolve(try RecordCodec.decode(record, sequence: Int64(index + 1)))
      } catch { return find("\(today): record \(index + 1) is not read: \(error)") }
    }
    if replayed != state { find("\(today): replaying gives another state") }
    state = replayed
  }

  private mutating func compare() {
    for difference in oracle.differences(from: state) { find("\(today): \(difference)") }
  }

  private mutating func find(_ text: String) { findings.append(text) }
  private mutating func chance(_ of: Int) -> Bool { random.next() % UInt64(of) == 0 }
  private mutating func pick(_ of: Int) -> Int { Int(random.next() % UInt64(of)) }
  private func moment(_ minute: Int) -> Timestamp { ZoneOffset.beijing.moment(today, CivilTime(minuteOfDay: minute)) }
}

extension HallRules {
  /// The same hall with another calendar.
  fileprivate func with(_ calendar: WorkCalendar) -> HallRules {
    var rules = HallRules(
      identity: identity, address: address, hoursText: hoursText, consultPhone: consultPhone,
      supervisePhone: supervisePhone, mode: mode, lanes: lanes, windows: windows, calendar: calendar, hours: hours,
      catalogue: catalogue, kiosks: kiosks, limits: limits)
    rules.cases = cases
    return rules
  }
}
