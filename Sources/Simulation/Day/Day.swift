import Groundwork
package import Hall
import Ports
import Registrar

/// One business day of a hall and the morning after, driven through the shipped commit loop, with faults of every kind.
///
/// The seed is the only source of randomness and the agenda the only clock, so a day can be repeated exactly. The
/// oracle predicts each answer when the command goes in; the audit checks durable events and the answers that callers
/// received.
package struct Day {
  package let setting: Setting
  package internal(set) var trace: [String] = []
  package internal(set) var findings: [String] = []
  package internal(set) var counts = Counts()

  /// Counts of what happened, so that a test can require that faults did occur.
  package struct Counts: Sendable {
    package var commands = 0
    package var events = 0
    package var issued = 0
    package var repeated = 0
    package var refused = 0
    package var faults = 0
    package var crashes = 0
    package var clockSteps = 0

    package init() {}
  }

  enum Happening {
    case arrive
    case ask(Request)
    case clerk(Int)
    case press(Int, WindowCommand)
    case written(process: Int)
    case probe(process: Int)
    case paper(SlipID, process: Int)
    case restart
    case diskEmptied
    case clockRight
    case roam
    case weigh
  }

  /// A request, repeated with the same key until an answer comes.
  struct Request {
    let command: Command
    let actor: Principal
    let key: IdempotencyKey?
    var digest: [UInt8]
    var tries = 0
  }

  struct Pending {
    let request: Request
    let prediction: Oracle.Prediction
    let entropy: UInt64
  }

  struct InFlight {
    let events: [RecordedEvent]
    let records: [[UInt8]]
    let oracle: Oracle
  }

  // The environment.
  var random: SeededRandom
  var agenda = Agenda<Happening>()
  /// Milliseconds of the monotonic clock.
  var now: Int64 = 0
  /// The civil time when `now` is 0, and the clock's error.
  var morning: Timestamp
  var clockError: Int64 = 0
  var disk = SimulatedDisk()
  var isDiskFull = false
  /// While false nothing fails any more.
  var isRough = true
  var isArriving = true

  // The process; nil while it is down.
  var loop: CommitLoop?
  var process = 0
  var inFlight: InFlight?
  var pending: [CommitLoop.Waiter: Pending] = [:]
  var nextWaiter = 0
  /// The fault that callers are answered with at present.
  var failing: JournalFault?
  /// The fault after which nothing has been written yet.
  var stalled: JournalFault?
  /// The newest command that made events, on both clocks, as this process has seen it.
  var anchor: (at: Timestamp, monotonic: Int64)?

  // The checkers.
  var oracle: Oracle
  var durableOracle: Oracle
  var audit = Audit()
  var slips: [SlipID: PublicCode] = [:]

  // The people.
  var arrivalsLeft: Int
  var openRequests = 0
  var nextKey = 0
  var missedCodes: [PublicCode] = []
  var oldRequests: [Request] = []
  /// Numbers that the agent at the kiosk still takes.
  var carrying = 0
  let rules: HallRules
  let pace: Int64

  package init(_ setting: Setting) {
    self.setting = setting
    random = SeededRandom(seed: setting.seed)
    var limits = QueueLimits()
    oracle = Oracle(officeHours: setting.hours == .office)
    durableOracle = oracle
    if setting.planted == .otherCheckInPlace { limits.reCheckInPlaces = 3 }
    if setting.planted == .moreOvertaking { limits.order = OrderRule(inARow: 10, overtakings: 50, patience: 1_200_000) }
    if setting.planted == .earlierLapse { limits.poolPauseMilliseconds = 0 }
    if setting.planted == .longerUndo { limits.undoMilliseconds = 60_000 }
    rules = SyntheticHall.rules(hours: setting.hours, limits: limits, reservations: Oracle.slotRule)
    // Monday 2026-11-23; a hall that is always open may begin in the evening and run past midnight.
    let minute = setting.hours == .office ? 9 * 60 : Int.random(in: 0..<1440, using: &random)
    morning = ZoneOffset.beijing.moment(CivilDate(daysSinceEpoch: 20_780), CivilTime(minuteOfDay: minute))
    arrivalsLeft = setting.tickets
    // Milliseconds between two presses of a clerk, so that the day's residents fit into eight hours.
    pace = max(1_000, 8 * 3_600_000 / Int64(max(1, setting.tickets * 2)))
  }

  /// The journal, decoded once more from its bytes.
  package func records() throws -> [RecordedEvent] {
    var copy = disk
    return try copy.open(afresh: true)
  }

  var civil: Timestamp { Timestamp(milliseconds: morning.milliseconds + now + clockError) }

  mutating func chance(_ rate: Int) -> Bool { random.oneIn(rate) }

  mutating func after(_ range: ClosedRange<Int64>, _ happening: Happening) {
    agenda.put(happening, at: now + Int64.random(in: range, using: &random))
  }

  mutating func note(_ line: @autoclosure () -> String) {
    if setting.traces { trace.append("\(now) ms  \(line())") }
  }

  mutating func find(_ finding: String) {
    if findings.count < 20 { findings.append("seed \(setting.seed), \(now) ms: \(finding)") }
    note("FOUND \(finding)")
  }

  /// Runs until `isDone`, or until the agenda is empty; false when that takes too long.
  mutating func run(until isDone: (Day) -> Bool, within milliseconds: Int64) -> Bool {
    let limit = now + milliseconds
    while findings.isEmpty {
      if isDone(self) { return true }
      guard let next = agenda.next() else { return isDone(self) }
      if next.at > limit {
        agenda.put(next.happening, at: next.at)
        return false
      }
      now = max(now, next.at)
      happen(next.happening)
    }
    return false
  }

  mutating func happen(_ happening: Happening) {
    if isRough, chance(setting.rates.clockStep) { stepClock() }
    switch happening {
    case .arrive: arrive()
    case .ask(let request): ask(request)
    case .clerk(let window): clerk(window)
    case .press(let window, let verb): press(window, verb, by: clerkActor(window))
    case .written(let process): if process == self.process { written() }
    case .probe(let process): if process == self.process { probe() }
    case .paper(let slip, let process): if process == self.process { paper(slip) }
    case .restart: start()
    case .diskEmptied: isDiskFull = false
    case .clockRight: clockError = 0
    case .roam: roam()
    case .weigh: weigh()
    }
  }
}
