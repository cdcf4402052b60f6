import Glibc
import Groundwork
package import Hall

/// Days of a hall under a traffic model, through the shipped rules: what tickets were told, and how long they waited.
///
/// The seed is the only source of randomness and the agenda the only clock, so days can be repeated exactly.
package struct WaitDays {
  package private(set) var samples: [WaitSample] = []
  /// How each day ended.
  package private(set) var ends: [DayEnd] = []
  /// The state after the last day.
  package private(set) var state = HallState()

  private let model: TrafficModel
  private let stopping: Stopping
  private var refused = 0
  private var lastLeft = Timestamp(milliseconds: 0)
  private let rules: HallRules
  private var random: SeededRandom
  private var agenda = Agenda<Happening>()
  private var earlier: EarlierWaitRule
  private var pending: [PublicCode: Pending] = [:]
  private var away: Set<Int> = []
  private var day = 0
  private var now = Timestamp(milliseconds: 0)

  private enum Happening {
    case arrive
    case open(Int)
    case pause(Int, minutes: Double)
    case back(Int)
    case leave(Int, PublicCode)
    case afterLunch
    case weigh
  }

  private struct Pending {
    let minutes: Double
    let isInVain: Bool
    let finishes: Int
    let range: ClosedRange<Int>?
    let told: ClosedRange<Int>?
    let earlier: ClosedRange<Int>?
  }

  private static let usualMinutes = 8
  private static let morning = 540.0
  private static let noon = 720.0
  private static let afternoon = 840.0
  private static let closing = 1_050.0

  package init(_ model: TrafficModel, days: Int, seed: UInt64, stopping: Stopping = .fixed(minutes: 15)) {
    self.model = model
    self.stopping = stopping
    random = SeededRandom(seed: seed)
    var limits = QueueLimits()
    limits.usualServiceMinutes = Self.usualMinutes
    if case .byCapacity(let load) = stopping { limits.cutOff?.load = load } else { limits.cutOff = nil }
    rules = SyntheticHall.rules(
      lanesOfWindows: model.lanesOfWindows, limits: limits, cutOffMinutes: stopping.cutOffMinutes)
    earlier = EarlierWaitRule(usualMinutes: Self.usualMinutes)
    // Monday 2026-03-02, and then each working day.
    var date = CivilDate(daysSinceEpoch: 20_514)
    for number in 0..<days {
      while !rules.calendar.isWorkingDay(date) { date = date.adding(days: 1) }
      run(number, on: date)
      date = date.adding(days: 1)
    }
  }

  // MARK: A day

  private mutating func run(_ number: Int, on date: CivilDate) {
    day = number
    let start = rules.zone.moment(date, CivilTime(minuteOfDay: 0))
    func moment(_ minute: Double) -> Int64 { start.milliseconds + Int64(minute * 60_000) }
    now = Timestamp(milliseconds: moment(Self.morning - 10))
    ask(.day(.openDay(OpenDay(date: date))), by: .system)
    for window in rules.windows.map(\.number) {
      let isLast = window == rules.windows.count && rules.windows.count > 1
      agenda.put(.open(window), at: moment(Self.morning - 5 + (isLast ? model.lateWindow : 0)))
      for _ in 0..<model.breaks {
        let at = random.next() % 2 == 0 ? draw(Self.morning + 40...Self.noon - 30) : draw(Self.afternoon + 20...1_000)
        agenda.put(.pause(window, minutes: draw(model.breakMinutes)), at: moment(at))
      }
    }
    for minute in arrivals() { agenda.put(.arrive, at: moment(minute)) }
    if case .byCapacity = stopping {
      // The daemon looks every second.
      for second in stride(from: Self.closing * 60 - 91 * 60, to: Self.closing * 60, by: 5) {
        agenda.put(.weigh, at: moment(second / 60))
      }
    }
    (refused, lastLeft) = (0, Timestamp(milliseconds: moment(Self.closing)))
    if model.restsAtLunch { agenda.put(.afterLunch, at: moment(Self.afternoon)) }
    while let next = agenda.next() {
      now = Timestamp(milliseconds: max(now.milliseconds, next.at))
      happen(next.happening)
    }
    ends.append(DayEnd(overtime: Double(lastLeft.milliseconds - moment(Self.closing)) / 60_000, refused: refused))
    for window in rules.windows.map(\.number) { press(window, .close) }
    ask(.day(.closeDay(CloseDay(force: true))), by: .system)
    pending = [:]
    away = []
  }

  private mutating func arrivals() -> [Double] {
    let total = model.profile.reduce(0) { $0 + ($1.to - $1.from) * $1.weight }
    let expected = model.residents[day % model.residents.count]
    let group = Double(model.groups.lowerBound + model.groups.upperBound) / 2
    var minutes: [Double] = []
    for part in model.profile {
      let rate = expected / group * part.weight / total
      var minute = part.from - log(1 - uniform()) / rate
      while minute < part.to {
        for _ in 0..<Int.random(in: model.groups, using: &random) { minutes.append(minute + uniform()) }
        minute -= log(1 - uniform()) / rate
      }
    }
    return minutes
  }

  private mutating func happen(_ happening: Happening) {
    switch happening {
    case .arrive: arrive()
    case .open(let window): press(window, .open)
    case .back(let window):
      away.remove(window)
      press(window, .open)
    case .afterLunch: break
    case .weigh: ask(.queue(.weighLanes), by: .system)
    case .pause(let window, let minutes):
      // A clerk who serves somebody goes afterwards.
      guard state.windows[window]?.ticket == nil else { return agenda.put(happening, at: now.milliseconds + 30_000) }
      away.insert(window)
      press(window, .pause(PauseReason(.rest)))
      agenda.put(.back(window), at: now.milliseconds + Int64(minutes * 60_000))
    case .leave(let window, let code): leave(window, code)
    }
    callAll()
  }

  private mutating func arrive() {
    var share = uniform()
    let errand = model.errands.first { errand in
      share -= errand.share
      return share < 0
    }
    guard let errand = errand ?? model.errands.last, let lane = LaneLetter(errand.lane) else { return }
    let items = lane == SyntheticHall.collection ? ["CJ-001"] : []
    let serving = rules.windows.filter { $0.lanes.contains(lane) && state.windows[$0.number]?.duty == .open }
    let preferred = Set(serving.flatMap { $0.lanes.prefix { $0 != lane } })
    let told = earlier.minutes(
      lane, ahead: state.queue.waitingCount(lane),
      aside: preferred.reduce(0) { $0 + state.queue.waitingCount($1) }, windows: serving.count,
      idle: serving.count { state.windows[$0.number]?.ticket == nil })
    guard
      case .ticket(let code)? = ask(
        .queue(.takeTicket(TakeTicket(items: items, kiosk: "kiosk-1"))), by: .kiosk("kiosk-1")),
      let ticket = state.tickets[code]
    else {
      refused += 1
      return
    }
    let isInVain = uniform() < model.inVain
    pending[code] = Pending(
      minutes: isInVain ? 1.5 : service(errand), isInVain: isInVain,
      finishes: state.waits.forecasts[code]?.finishes ?? 0, range: state.waits.forecasts[code]?.minutes,
      told: ticket.waitAtIssue == WaitOutlook.noWait ? nil : ticket.waitAtIssue, earlier: told)
  }

  private mutating func service(_ errand: TrafficModel.Errand) -> Double {
    let spread = log(1 + errand.variation * errand.variation)
    // Box-Muller.
    let normal = sqrt(-2 * log(1 - uniform())) * cos(2 * .pi * uniform())
    let minutes = exp(log(errand.mean) - spread / 2 + spread.squareRoot() * normal)
    guard let slower = model.slower, day >= slower.from else { return minutes }
    return minutes * slower.by
  }

  private mutating func leave(_ window: Int, _ code: PublicCode) {
    guard let visit = pending[code], let ticket = state.tickets[code] else { return }
    if let since = ticket.atWindowSince, !visit.isInVain { earlier.finished(ticket.lane, took: now.since(since)) }
    press(window, visit.isInVain ? .miss : .finish)
    pending[code] = nil
    lastLeft = max(lastLeft, now)
    guard uniform() < model.away else { return }
    away.insert(window)
    // The window stays open: nobody has told the hall.
    agenda.put(.back(window), at: now.milliseconds + Int64(draw(model.awayMinutes) * 60_000))
  }

  /// Every free clerk calls, as long as somebody waits.
  private mutating func callAll() {
    let minute = Double(rules.zone.civil(now).time.minuteOfDay)
    if model.restsAtLunch, (Self.noon..<Self.afternoon).contains(minute) { return }
    for rule in rules.windows where !away.contains(rule.number) {
      guard state.windows[rule.number]?.duty == .open, state.windows[rule.number]?.ticket == nil,
        case .ticket(let code)? = press(rule.number, .call(nil)), let visit = pending[code],
        let ticket = state.tickets[code]
      else { continue }
      if visit.finishes > 0 {
        let waited = state.waits.hallTime(from: ticket.issuedAt, to: now)
        samples.append(
          WaitSample(
            day: day, finishes: visit.finishes, waited: Double(waited) / 60_000, range: visit.range, told: visit.told,
            earlier: visit.earlier))
      }
      let minutes = visit.minutes + (visit.isInVain ? 0 : draw(model.walk))
      agenda.put(.leave(rule.number, code), at: now.milliseconds + Int64(minutes * 60_000))
    }
  }

  // MARK: The hall

  @discardableResult
  private mutating func press(_ window: Int, _ verb: WindowCommand) -> Outcome? {
    ask(.window(window, verb), by: .staff(badge: "AJ00\(window)", role: .clerk))
  }

  @discardableResult
  private mutating func ask(_ command: Command, by actor: Principal) -> Outcome? {
    let envelope = Envelope(command, by: actor, at: now, entropy: random.next())
    guard let decision = try? decide(state, rules, envelope) else { return nil }
    for event in decision.events {
      state.evolve(RecordedEvent(sequence: state.sequence + 1, at: now, actor: actor, event: event, answer: nil))
    }
    return decision.outcome
  }

  private mutating func uniform() -> Double { Double.random(in: 0..<1, using: &random) }
  private mutating func draw(_ range: ClosedRange<Double>) -> Double { Double.random(in: range, using: &random) }
}
