import Groundwork
import Hall

/// What the law makes of cases, computed independently of `Hall` and in another way.
///
/// Dates are counted day by day over plain sets, stages are words, and originals are numbers that go up and down.
struct CaseOracle {
  struct Matter {
    let item: CaseMonths.Matter
    let received: CivilDate
    var stage = "received"
    var lacking: Set<String>
    var tellBy: CivilDate
    var told: CivilDate?
    var isBroken = false
    var named: Set<String> = []
    var late: Set<String> = []
    var complete: CivilDate?
    var accepted: CivilDate?
    var owes: Set<String> = []
    var out: Set<CivilDate> = []
    /// The first day of a pause that lasts.
    var pausedSince: CivilDate?
    var more = 0
    var held = 0
    var ended: CivilDate?
  }

  let off: Set<CivilDate>
  let worked: Set<CivilDate>
  var matters: [PublicCode: Matter] = [:]

  init(off: Set<CivilDate>, worked: Set<CivilDate>) {
    self.off = off
    self.worked = worked
  }

  func isWorked(_ date: CivilDate) -> Bool {
    let (_, month, day) = date.parts
    if off.contains(date) || (month, day) == (1, 1) || month == 5 && day <= 2 || month == 10 && day <= 3 {
      return false
    }
    return worked.contains(date) || date.weekday != .saturday && date.weekday != .sunday
  }

  /// The day on which `count` days have passed that count.
  func day(_ count: Int, after start: CivilDate, out: Set<CivilDate> = [], onlyWorked: Bool) -> CivilDate {
    var passed = 0
    var date = start
    while passed < count {
      date = date.adding(days: 1)
      if !out.contains(date), !onlyWorked || isWorked(date) { passed += 1 }
    }
    return date
  }

  /// Until when it has to be decided; nil while it is paused.
  func due(_ matter: Matter) -> CivilDate? {
    guard let accepted = matter.accepted, matter.pausedSince == nil else { return nil }
    let item = matter.item
    let law = day(
      item.legal + (item.isLegalWorking ? matter.more : 0), after: accepted, out: matter.out,
      onlyWorked: item.isLegalWorking)
    let promise = day(item.promised + matter.more, after: accepted, out: matter.out, onlyWorked: true)
    return min(law, promise)
  }

  mutating func open(
    _ code: PublicCode, _ item: CaseMonths.Matter, on date: CivilDate, receivedOn: CivilDate, handed: Set<String>,
    originals: Int
  ) {
    matters[code] = Matter(
      item: item, received: receivedOn, lacking: Set(item.needed).subtracting(handed),
      tellBy: day(5, after: receivedOn, onlyWorked: true), held: originals)
  }

  /// What becomes of cases before a day is opened: a licence about which nobody was told counts as accepted from the day of receipt; else
  /// the hall's promise is broken, once.
  mutating func morning(of date: CivilDate) {
    for (code, matter) in matters where ["received", "correcting"].contains(matter.stage) {
      guard matter.tellBy < date, matter.accepted == nil, !matter.isBroken else { continue }
      if let told = matter.told, told <= matter.tellBy { continue }
      if matter.item.isDeemed {
        matters[code]?.stage = "accepted"
        matters[code]?.accepted = matter.received
        matters[code]?.owes = matter.lacking
      } else {
        matters[code]?.isBroken = true
      }
    }
    // Whoever ended is known for sixty days.
    matters = matters.filter { $0.value.ended.map { $0.adding(days: 60) >= date } ?? true }
  }

  /// Whether a step is right, and what it makes of the case.
  mutating func take(_ step: CaseMonths.Step, _ code: PublicCode, on today: CivilDate) -> Bool {
    guard var matter = matters[code] else { return false }
    guard judge(step, &matter, today) else { return false }
    matters[code] = matter
    return true
  }

  private func judge(_ step: CaseMonths.Step, _ matter: inout Matter, _ today: CivilDate) -> Bool {
    let runs = matter.stage == "accepted" || matter.stage == "forwarded"
    switch step {
    case .tell(let names, let hasReason):
      guard matter.stage == "received" else { return false }
      if !matter.named.isEmpty {
        let forgotten = names.filter { !matter.named.contains($0) && !matter.late.contains($0) }
        if !forgotten.isEmpty, matter.item.isDeemed && today > matter.tellBy || !hasReason { return false }
      }
      matter.stage = "correcting"
      matter.named.formUnion(names)
      matter.complete = nil
    case .serve:
      guard matter.stage == "correcting" else { return false }
      matter.told = matter.told ?? today
    case .bring(let names, let originals, let isComplete):
      guard matter.stage == "correcting" || runs else { return false }
      matter.late.formUnion(names.filter { matter.lacking.contains($0) })
      matter.lacking.subtract(names)
      matter.owes.subtract(names)
      matter.held += originals
      guard matter.stage == "correcting", isComplete else { return true }
      matter.stage = "received"
      matter.complete = today
    case .accept:
      guard matter.stage == "received", matter.lacking.isEmpty else { return false }
      matter.stage = "accepted"
      matter.accepted = matter.complete ?? today
      matter.owes = Set(matter.item.mayFollow)
    case .pause:
      guard runs, matter.pausedSince == nil, matter.item.isPausable else { return false }
      matter.pausedSince = today
    case .resume:
      guard runs, let since = matter.pausedSince else { return false }
      var date = since.adding(days: 1)
      while date <= today {
        matter.out.insert(date)
        date = date.adding(days: 1)
      }
      matter.pausedSince = nil
    case .extend(let count):
      guard runs, matter.more == 0 else { return false }
      matter.more = count
    case .forward:
      guard matter.stage == "accepted", matter.pausedSince == nil else { return false }
      matter.stage = "forwarded"
    case .decide:
      guard runs, matter.pausedSince == nil, matter.owes.isEmpty else { return false }
      matter.stage = "decided"
    case .ready:
      guard matter.stage == "decided" else { return false }
      matter.stage = "ready"
    case .collect(let returns):
      guard matter.stage == "ready", matter.held == 0 || returns else { return false }
      end(&matter, "collected", today)
    case .withdraw(let returns):
      guard runs || ["received", "correcting"].contains(matter.stage), matter.held == 0 || returns else { return false }
      end(&matter, "withdrawn", today)
    }
    return true
  }

  private func end(_ matter: inout Matter, _ stage: String, _ today: CivilDate) {
    matter.stage = stage
    matter.held = 0
    matter.ended = today
  }

  /// Where a state differs from it.
  func differences(from state: HallState) -> [String] {
    var found: [String] = []
    if Set(state.cases.known.keys) != Set(matters.keys) {
      found.append("the hall knows \(state.cases.known.count) cases, there are \(matters.count)")
    }
    for (code, matter) in matters {
      guard let one = state.cases[code] else { continue }
      func same<Value: Equatable>(_ name: String, _ hall: Value, _ right: Value) {
        if hall != right { found.append("\(one.opened.number) \(matter.stage): \(name) is \(hall), not \(right)") }
      }
      same("stage", one.stage.rawValue, matter.stage)
      same("held", one.held.reduce(0) { $0 + $1.count }, matter.held)
      same("tell by", one.tellBy.date, matter.tellBy)
      same("told", one.toldOn, matter.told)
      same("accepted", one.acceptedOn, matter.accepted)
      same("promise broken", one.isPromiseBroken, matter.isBroken)
      same("paused", one.isPaused, matter.pausedSince != nil && ["accepted", "forwarded"].contains(matter.stage))
      same("end", one.endedOn, matter.ended)
      if ["accepted", "forwarded"].contains(matter.stage), matter.pausedSince == nil {
        same("due", one.due.date?.raw, due(matter))
      }
    }
    return found
  }
}
