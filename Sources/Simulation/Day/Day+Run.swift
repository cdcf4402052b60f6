import Groundwork
import Hall
import Registrar
import JournalCodec

extension Day {
  /// Runs a whole day and the morning after; the result has the findings, none if the hall is sound.
  package static func run(_ setting: Setting) -> Day {
    var day = Day(setting)
    day.live()
    return day
  }

  private mutating func live() {
    start()
    guard openDay() else { return find("the day could not be opened") }
    for window in 1...4 { after(0...2_000, .clerk(window)) }
    agenda.put(.arrive, at: now)
    agenda.put(.roam, at: now + 1)
    agenda.put(.weigh, at: now + 2)
    _ = run(until: { !$0.isArriving }, within: 60 * 3_600_000)
    guard findings.isEmpty else { return }
    if isArriving { return find("residents could not all come") }
    heal()
    // Half of the days go on until nobody waits; the others are closed while people wait.
    if chance(2) {
      guard run(until: { $0.isQuiet }, within: patience) else { return find("no progress: people still wait") }
    } else {
      guard run(until: { $0.openRequests == 0 && $0.loop?.isIdle == true }, within: patience) else {
        return find("no progress: requests without an answer")
      }
    }
    guard closeDay() else { return find("the day could not be closed") }
    nextMorning()
    finish()
  }

  /// How long progress may take once nothing fails any more; shorter with a planted mistake.
  private var patience: Int64 { (setting.planted == nil ? 100 : 10) * 3_600_000 }

  /// From here on nothing fails any more, so progress has to be made.
  private mutating func heal() {
    isRough = false
    isDiskFull = false
    clockError = 0
    note("everything is well again")
  }

  /// Nobody waits, nobody is at a window, everybody has an answer.
  private var isQuiet: Bool {
    openRequests == 0 && loop?.isIdle == true && oracle.line.isEmpty
      && !oracle.visitors.contains { [.called, .serving, .suspended].contains($0.stand) }
  }

  /// Opens the day as the timer does; a doubtful date is confirmed by the coordinator.
  private mutating func openDay() -> Bool {
    let right = CivilDate(daysSinceEpoch: 20_780).adding(days: trueDays)
    for _ in 0..<50 where oracle.today == nil || durableOracle.today == nil {
      let shown = ZoneOffset.beijing.civil(civil).date
      sendInternal(.day(.openDay(OpenDay(date: shown))))
      settle()
      if oracle.today == nil {
        send(.day(.openDay(OpenDay(date: right, confirmed: true))), by: Day.coordinator, scope: "AJ100 day", digest: 9)
        settle()
      }
    }
    return durableOracle.today != nil
  }

  private var trueDays: Int {
    ZoneOffset.beijing.civil(Timestamp(milliseconds: morning.milliseconds + now)).date.daysSinceEpoch - 20_780
  }

  private mutating func settle() {
    _ = run(until: { $0.openRequests == 0 && $0.loop?.isIdle == true }, within: 3_600_000)
  }

  private mutating func closeDay() -> Bool {
    for force in [false, true] where durableOracle.today != nil {
      send(.day(.closeDay(CloseDay(force: force))), by: Day.coordinator, scope: "AJ100 day", digest: 10)
      settle()
    }
    return durableOracle.today == nil
  }

  /// The next business day: numbers begin again, yesterday's keys are still valid, and whoever was being served is
  /// served to the end.
  private mutating func nextMorning() {
    let yesterday = oracle.lastDay
    // A wrong clock in the morning makes the timer's date doubtful.
    now += 86_400_000
    if chance(3) { clockError = -72 * 3_600_000 }
    guard openDay() else { return find("the next day could not be opened") }
    clockError = 0
    // A first day that was opened under a date in the future goes on, and so does its numbering.
    let isNewDay = oracle.lastDay != yesterday
    let before = audit.issued
    for request in oldRequests.prefix(5) {
      var again = request
      again.tries = 5
      openRequests += 1
      agenda.put(.ask(again), at: now)
    }
    settle()
    if audit.issued != before { find("a late retry took a new number") }
    for _ in 0..<5 { takeTicket() }
    settle()
    if isNewDay, let first = oracle.visitors.first(where: { $0.day == oracle.today && $0.lane == 65 }),
      first.ordinal != 1
    {
      find("the next day begins with \(first.number)")
    }
    guard run(until: { $0.isQuiet }, within: patience), closeDay() else {
      return find("no progress on the next day")
    }
  }

  /// Replays the journal once more from its first byte and compares the state, and every ticket that anybody was told
  /// of.
  private mutating func finish() {
    counts.issued = audit.issued
    audit.reconcile()
    for finding in audit.findings.prefix(5) { find(finding) }
    guard findings.isEmpty, let live = loop?.durable else { return }
    var replayed = HallState()
    do {
      for recorded in try disk.open(afresh: true) {
        for violation in replayed.violations(before: recorded.event, at: recorded.at) { find("replay: \(violation)") }
        replayed.evolve(recorded)
      }
    } catch { return find("the journal cannot be read: \(error)") }
    if replayed != live { find("replaying the journal does not give the state") }
    for difference in durableOracle.differences(from: live).prefix(3) { find("at the end: \(difference)") }
  }
}
