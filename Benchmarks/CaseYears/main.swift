import Glibc
import Groundwork
import Hall
import JournalSQLite
import Ports
import Seal
import Simulation

// Case files made with the product's own journal writer and snapshots. Two uses; each prints one line of JSON.
//
// CaseYears years FOLDER ENDED OPEN: writes a state folder with ENDED cases that ended (100 a day, received and collected on the
//   same day) and OPEN cases that are open, opened on the last day, which was yesterday.
// CaseYears recompute FOLDER OPEN: OPEN cases are open, and their dates are provisional because next year's holidays are not known.
//   The next day opens with the holidays known. Measures the decision, the write of its records, and a bare write of as many bytes.

let arguments = CommandLine.arguments
guard arguments.count >= 4, let last = Int(arguments[arguments.count - 1]), (1...20_000).contains(last) else {
  preconditionFailure("usage: CaseYears years FOLDER ENDED OPEN | CaseYears recompute FOLDER OPEN")
}

/// The events of one hall up to yesterday, and the state after them.
struct Past {
  private(set) var state = HallState()
  private(set) var events: [RecordedEvent] = []
  var rules: HallRules
  var at = Timestamp(milliseconds: 0)
  private var random = SeededRandom(seed: 1)
  private let applicant: SealedCaseText

  init(_ rules: HallRules) {
    self.rules = rules
    guard let applicant = SealedCaseText("2026H2:" + String(repeating: "5e", count: 1_028)) else {
      preconditionFailure("the sealed text has another form now")
    }
    self.applicant = applicant
  }

  @discardableResult
  mutating func ask(_ command: Command, by actor: Principal = .system) throws -> Outcome {
    at = at.adding(seconds: 1)
    let decision = try decide(
      state, rules, Envelope(command, by: actor, at: at, entropy: random.next(), key: nil, bodyDigest: []))
    for event in decision.events { record(event, by: actor) }
    return decision.outcome
  }

  private mutating func record(_ event: Event, by actor: Principal) {
    let recorded = RecordedEvent(sequence: state.sequence + 1, at: at, actor: actor, event: event, answer: nil)
    events.append(recorded)
    state.evolve(recorded)
  }

  mutating func forget() { events = [] }

  mutating func openDay(_ date: CivilDate) throws {
    at = ZoneOffset.beijing.moment(date, CivilTime(minuteOfDay: 510))
    try ask(.day(.openDay(OpenDay(date: date, confirmed: true))), by: Self.coordinator)
    try ask(.window(1, .open), by: Self.clerk)
    try ask(.window(4, .open), by: Self.office)
  }

  mutating func closeDay() throws {
    try ask(.day(.closeDay(CloseDay(force: true))), by: Self.coordinator)
  }

  /// An accepted case.
  mutating func open() throws -> PublicCode {
    var open = OpenCase(item: "MZ-001", applicant: applicant)
    open.papers = [CasePaper(material: "申请书", originals: 1), CasePaper(material: "身份证", isSeen: true)]
    guard case .openedCase(let code) = try ask(.cases(.open(open)), by: Self.clerk) else {
      preconditionFailure("no case was opened")
    }
    try ask(.cases(.step(code, .accept(isImmediate: false, owedBy: nil))), by: Self.clerk)
    return code
  }

  mutating func end(_ code: PublicCode) throws {
    try ask(.cases(.step(code, .decide(.granted, results: []))), by: Self.office)
    try ask(.cases(.step(code, .makeReady(location: "A-1"))), by: Self.office)
    try ask(
      .cases(.step(code, .collect(.oneself, shown: .card, isSigned: true, returnsOriginals: true))), by: Self.office)
  }

  static let clerk = Principal.staff(badge: "AJ001", role: .clerk)
  static let coordinator = Principal.staff(badge: "AJ100", role: .coordinator)
  static let office = Principal.staff(badge: "AJ004", role: .clerk)
}

func rules(years: Set<Int>) -> HallRules {
  var hall = ScenarioHall(clock: Timestamp(milliseconds: 0))
  hall.calendar = WorkCalendar(off: [:], worked: [], years: years)
  return ScenarioRules.rules(hall)
}

let folder = try StateFolder.claim(arguments[2])
let (journal, _) = try SQLiteJournal.open(stateFolder: folder, sealing: try HallSeal(keyFile: folder.keyFile))

if arguments[1] == "years", arguments.count == 5, let ended = Int(arguments[3]), ended >= 0 {
  let days = max(1, (ended + 99) / 100)
  let today = Int(time(nil)) / 86_400
  // Five days of seven, the last one yesterday.
  let dates = (0..<days).map { today - 1 - ($0 + $0 / 5 * 2) }.reversed()
  var past = Past(rules(years: Set(2020...2035)))
  var left = ended
  for date in dates {
    let before = past.state.sequence
    past.forget()
    try past.openDay(CivilDate(daysSinceEpoch: date))
    for _ in 0..<min(100, left) { try past.end(try past.open()) }
    left -= min(100, left)
    if date == dates.last { for _ in 0..<last { _ = try past.open() } }
    try past.closeDay()
    _ = try await journal.append(past.events, after: before)
  }
  try await journal.keepSnapshot(of: past.state)
  print(
    "{\"records\": \(past.state.sequence), \"cases\": \(ended + last), \"in_state\": \(past.state.cases.known.count)}")
} else if arguments[1] == "recompute", let december = CivilDate("2026-12-21") {
  var past = Past(rules(years: [2026]))
  try past.openDay(december)
  for _ in 0..<last { _ = try past.open() }
  try past.closeDay()
  _ = try await journal.append(past.events, after: 0)
  past.rules = rules(years: [2026, 2027])
  past.forget()
  past.at = ZoneOffset.beijing.moment(december.adding(days: 1), CivilTime(minuteOfDay: 510))
  let before = past.state.sequence
  let clock = ContinuousClock()
  let began = clock.now
  try past.ask(.day(.openDay(OpenDay(date: december.adding(days: 1), clockIsSynchronised: true))))
  let decided = clock.now
  _ = try await journal.append(past.events, after: before)
  let stored = clock.now
  let moved = past.events.count { if case .cases(.dueRecomputed) = $0.event { true } else { false } }
  print(
    "{\"moved\": \(moved), \"decide_ms\": \((decided - began) / .milliseconds(1)), "
      + "\"store_ms\": \((stored - decided) / .milliseconds(1))}")
} else {
  preconditionFailure("usage: CaseYears years FOLDER ENDED OPEN | CaseYears recompute FOLDER OPEN")
}
await journal.close()
