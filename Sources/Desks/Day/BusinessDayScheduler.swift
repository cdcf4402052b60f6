import Groundwork
import Hall
package import Logging
package import Ports
package import Registrar
import ServiceLifecycle

/// Opens and closes the business day by the clock, as long as the clock is plausible.
///
/// It has no privileges: it submits commands to the registrar. Where the hall refuses (a date behind the journal, an
/// implausible gap) it raises `clock_step` on the health board and leaves the day to staff.
///
/// It handles one clock step by itself. A machine with a dead battery starts with an old date, and the network corrects
/// its clock a while later. A day that was already open at the start, and in which nobody was called since, is then
/// closed, so that nothing of the new day is recorded in it.
///
/// A machine without a working hardware clock and without network starts with a time that is late by as long as it was off.
/// No day is opened by such a time until staff confirm it, or somebody or the network sets the clock.
package actor BusinessDayScheduler: Service {
  private let registrar: Registrar
  private let health: HealthBoard
  private let clock: any TimeSource
  private let sync: TimeSynchronisation
  private let start: StartClock?
  private let logger: Logger
  /// Whether this machine's clock may open and close days.
  ///
  /// False where it is far from the hall's clock, or most machines doubt the hall's clock; nil while that is not known.
  private let mayJudge: @Sendable () -> Bool?
  private var witness: ClockStepDetector
  /// The state's day when the clock was last trusted. Staff who open or close a day have checked the date.
  private var trustedDay: CivilDate?
  /// When a clock step within the open day was noticed.
  private var steppedAt: Int64?
  private var lastRefusal: String?
  /// The day that was open at the first look, and the newest moment of the journal then.
  private var found: (day: CivilDate?, at: Timestamp)?
  private var calendarFault: FaultCode?
  /// Milliseconds for which a step within the day is shown.
  static let showStep: Int64 = 600_000
  /// Milliseconds for which `day_overtaken` is shown.
  static let showOvertaken: Int64 = 3_600_000

  package init(
    registrar: Registrar, health: HealthBoard, clock: any TimeSource, sync: TimeSynchronisation = .none,
    start: StartClock? = nil, mayJudge: @escaping @Sendable () -> Bool? = { true }, logger: Logger
  ) {
    self.mayJudge = mayJudge
    self.sync = sync
    self.start = start
    self.registrar = registrar
    self.health = health
    self.clock = clock
    self.logger = logger
    witness = ClockStepDetector(civil: clock.now(), monotonic: clock.monotonic())
  }

  package func run() async throws {
    await cancelWhenGracefulShutdown {
      while !Task.isCancelled {
        await self.look()
        try? await self.clock.sleep(milliseconds: 1_000)
      }
    }
  }

  /// Looks at the clock, every second, because the civil clock may step at any time.
  package func look() async {
    guard let mayJudge = mayJudge() else { return }
    guard mayJudge else {
      return await doubt("the clocks of this machine, of most machines or of the journal's server are a minute apart")
    }
    let now = clock.now()
    let monotonic = clock.monotonic()
    let plan = await registrar.read { state, rules in DayPlan(state, rules) }
    let found = self.found ?? (plan.day, plan.lastAt)
    self.found = found
    await tellOvertaken(plan)
    if plan.day == nil || plan.day != trustedDay {
      witness.trust(civil: now, monotonic: monotonic)
      trustedDay = plan.day
    }
    let step = witness.step(civil: now, monotonic: monotonic)
    let stepped = step != 0
    let isBehind = plan.lastAt.since(now) > ClockStepDetector.tolerance
    if stepped, plan.isToday(now), !isBehind {
      // Both clocks give the same day: the step is shown for a while and then the new time is trusted.
      let since = steppedAt ?? monotonic
      steppedAt = since
      guard monotonic - since >= Self.showStep else { return await doubt("the clock was set") }
      witness.trust(civil: now, monotonic: monotonic)
    } else if step > 0, !isBehind, plan.day == found.day,
      let date = plan.date(overtaking: found.at, at: now, isSynchronised: sync.isCurrent(at: now))
    {
      // `force`, because whoever was at a window when the machine was switched off has gone.
      return await ask(
        .day(.closeDay(CloseDay(force: true, overtakenBy: date))),
        "the clock was put right: the day that was left open is closed")
    } else if stepped || isBehind && plan.day != nil {
      // A later date is trusted where the network keeps the clock, as after a start. The open day then ends at its time.
      let since = steppedAt ?? monotonic
      steppedAt = stepped ? since : nil
      guard step > 0, !isBehind, sync.isCurrent(at: now), monotonic - since >= Self.showStep else {
        return await doubt("the clock was moved while the day is open")
      }
      witness.trust(civil: now, monotonic: monotonic)
    }
    steppedAt = nil
    if isGuess(plan, now, monotonic) {
      return await doubt("the machine has no working clock of its own (battery), and no network set its time")
    }
    await tellCalendar(plan.calendarFault(at: now), plan, now)
    switch plan.step(at: now) {
    case .nothing:
      guard !isBehind else { return await doubt("the clock is behind the journal") }
      await believe()
      await lapseReservations(plan, now)
      await weighLanes()
    case .open(let date):
      let open = OpenDay(date: date, clockIsSynchronised: sync.isCurrent(at: now))
      await ask(.day(.openDay(open)), "the business day \(date) is open")
    case .close(let force): await ask(.day(.closeDay(CloseDay(force: force))), "the business day is closed")
    }
  }

  /// Whether nothing has confirmed the time since the machine was started. While a day is open, true for `showStep` at
  /// most.
  private func isGuess(_ plan: DayPlan, _ now: Timestamp, _ monotonic: Int64) -> Bool {
    guard let start, start.hardware != .right, !sync.wasEver, !start.wasSet(now: now, monotonic: monotonic) else {
      return false
    }
    if plan.day != nil, monotonic - start.uptime >= Self.showStep { return false }
    // The clock opens no day while the time is a guess. A day opened since was opened by staff, who checked the date.
    return plan.lastOpenedAt.map { $0 < start.civil } ?? true
  }

  private func ask(_ command: Command, _ done: String) async {
    do {
      try await registrar.submit(command, by: .system) { _, _ in }
      // The day is now based on this reading of the clock; later steps are measured from it.
      trustedDay = await registrar.state.day?.date
      await believe()
      logger.notice("\(done)")
    } catch {
      guard case .refused(let refusal) = error else { return }
      switch refusal {
      case .day(.dateBehindJournal), .day(.dateImplausible):
        await doubt("the hall does not believe the date: \(refusal.code)")
      default: note(refusal.code)
      }
    }
  }

  /// Stops the lanes whose windows cannot serve more people until closing time, and lets others go on.
  ///
  /// A fault of the journal is reported elsewhere, and the next look tries again.
  private func weighLanes() async {
    let moment = await registrar.moment()
    let isDue = await registrar.read { state, rules in !state.laneChanges(rules, at: moment).isEmpty }
    guard isDue else { return }
    try? await registrar.submit(.queue(.weighLanes), by: .system) { _, _ in }
  }

  /// Lets reservations lapse whose people have not come, while the clock is trusted.
  private func lapseReservations(_ plan: DayPlan, _ now: Timestamp) async {
    guard plan.hasLapsing(now) else { return }
    _ = try? await registrar.submit(.reservation(.lapse), by: .system) { _, _ in }
  }

  private func tellOvertaken(_ plan: DayPlan) async {
    let isFresh: Bool
    if let overtaken = plan.overtaken {
      isFresh = await registrar.moment().since(overtaken.at) < Self.showOvertaken
    } else {
      isFresh = false
    }
    if isFresh { await health.raise(.dayOvertaken) } else { await health.clear(.dayOvertaken) }
  }

  /// Raises the fault for what the calendar lacks, while the clock is trusted: a wrong year would raise a wrong fault.
  private func tellCalendar(_ fault: FaultCode?, _ plan: DayPlan, _ now: Timestamp) async {
    guard fault != calendarFault else { return }
    calendarFault = fault
    for code in [FaultCode.calendarEnds, .calendarEnded] {
      if code == fault { await health.raise(code) } else { await health.clear(code) }
    }
    let reach = plan.calendar.reach(on: plan.zone.civil(now).date)
    if fault != nil, let words = reach.words, let chinese = reach.chinese { logger.warning("\(words)（\(chinese)）") }
  }

  private func doubt(_ why: String) async {
    note(why)
    await health.raise(.clockStep)
  }

  private func believe() async {
    lastRefusal = nil
    await health.clear(.clockStep)
  }

  /// Logs a reason once, although it is found again every second.
  private func note(_ why: String) {
    guard lastRefusal != why else { return }
    lastRefusal = why
    logger.warning("the business day waits", metadata: ["why": "\(why)"])
  }
}
