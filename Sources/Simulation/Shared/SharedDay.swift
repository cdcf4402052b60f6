import Groundwork
import Hall
import Ports
import Registrar

/// A hall with several machines: their shipped commit loops on one simulated journal, with delays, lost messages, cuts,
/// late writes, dead processes and a server that starts again.
///
/// The oracle of one machine is asked about every command in the order of the journal, and about every refusal for some
/// moment between question and answer. So the check is linearizability: the machines answer as one machine would.
package struct SharedDay {
  package let setting: SharedSetting
  package internal(set) var trace: [String] = []
  package internal(set) var findings: [String] = []
  package internal(set) var counts = Counts()

  /// Counts of what happened, so that a test can require that it did.
  package struct Counts: Sendable {
    package var events = 0
    package var issued = 0
    package var overtaken = 0
    package var turns = 0
    package var looks = 0
    package var cutOff = 0
    package var lateWrites = 0
    package var crashes = 0
    package var restarts = 0
    /// Times that the server was lost with its disk.
    package var rescues = 0
    /// Records that were lost with it.
    package var rolledBack = 0
    package var refused = 0
    package var repeated = 0
    /// Commands of each machine that are in the journal.
    package var written: [Int] = []

    package init() {}
  }

  enum Happening {
    case ask(Request)
    case reaches(SharedServer.Statement)
    case committed(SharedServer.Statement, life: Int)
    case replies(SharedServer.Statement, SharedServer.Reply)
    case lost(machine: Int, operation: Int)
    case expires(SharedServer.Statement)
    case probe(machine: Int, connection: Int)
    case news(machine: Int, sequence: Int)
    case tick(machine: Int)
    case rise(machine: Int)
    case harm
    case rescue
  }

  /// A request of somebody, repeated with the same key until an answer comes, perhaps at another machine.
  struct Request {
    let command: Command
    let actor: Principal
    let key: IdempotencyKey
    var machine: Int
    var tries = 0
    /// What is asked next once it is answered.
    var then: Then = .nothing
  }

  enum Then { case nothing, clerk(Int), resident }

  struct Asked {
    let request: Request
    let envelope: Envelope
    /// Records of the journal, and the machine's time, when it was asked.
    let head: Int
    let at: Timestamp
  }

  struct Machine {
    var loop: CommitLoop?
    /// Raised with every connection; what belongs to an earlier one is ignored.
    var connection = 0
    var session = 0
    /// The operation that the loop waits for.
    var operation: Int?
    var began: Int64 = 0
    /// Until then nothing comes from it, or nothing goes to it.
    var cutUntil: Int64 = 0
    var cutsReplies = false
    var cutsRequests = false
    var cutOffSince: Int64?
    var skew: Int64 = 0
    var delay: ClosedRange<Int64> = 1...4
    var asked: [CommitLoop.Waiter: Asked] = [:]
    /// The newest record that its own copy has.
    var known = 0
  }

  var random: SeededRandom
  var agenda = Agenda<Happening>()
  /// Milliseconds.
  var now: Int64 = 0
  let morning: Timestamp
  var server: SharedServer
  var machines: [Machine]
  var nextOperation = 0
  var nextWaiter = 0
  var nextKey = 0
  var isRough: Bool
  /// The server is lost with its disk as soon as a machine has told its people something.
  var isRescueDue = false
  var openRequests = 0
  var arrivalsLeft: Int
  /// The envelopes that were sent under each key, at any machine.
  var envelopes: [IdempotencyKey: [Envelope]] = [:]
  var answered: Set<IdempotencyKey> = []
  let rules: HallRules

  var oracle = Oracle(officeHours: false)
  /// What was known after a command of the journal.
  struct Past {
    let oracle: Oracle
    let audit: Audit
    let answered: Set<IdempotencyKey>
  }

  /// By the sequence of the command's last event.
  var history: [Int: Past] = [:]
  /// Every number that a resident was told, and for which ticket; also of records that were lost.
  var told: [TicketNumber: PublicCode] = [:]
  var group: [RecordedEvent] = []
  var audit = Audit()
  var missedCodes: [PublicCode] = []

  package init(_ setting: SharedSetting) {
    self.setting = setting
    random = SeededRandom(seed: setting.seed)
    rules = SyntheticHall.rules(hours: .always, limits: QueueLimits(), reservations: Oracle.slotRule)
    morning = ZoneOffset.beijing.moment(CivilDate(daysSinceEpoch: 20_780), CivilTime(minuteOfDay: 9 * 60))
    server = SharedServer(machines: setting.machines, planted: setting.planted)
    machines = Array(repeating: Machine(), count: setting.machines)
    isRough = !setting.isStorm
    arrivalsLeft = setting.tickets
    counts.written = Array(repeating: 0, count: setting.machines)
    history[0] = Past(oracle: oracle, audit: audit, answered: [])
    for index in machines.indices {
      // The clocks of the machines differ by up to ten minutes.
      machines[index].skew = setting.isStorm ? 0 : Int64.random(in: -600_000...600_000, using: &random)
      if setting.isStorm, index == 0 { machines[index].delay = 8...9 }
    }
  }

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

  func clock(of machine: Int) -> Timestamp {
    Timestamp(milliseconds: morning.milliseconds + now + machines[machine].skew)
  }

  /// Runs a whole day.
  package static func run(_ setting: SharedSetting) -> SharedDay {
    var day = SharedDay(setting)
    day.live()
    return day
  }

  private mutating func live() {
    for machine in machines.indices {
      rise(machine)
      agenda.put(.tick(machine: machine), at: now + Int64(machine) * 13)
    }
    send(.day(.openDay(OpenDay(date: CivilDate(daysSinceEpoch: 20_780)))), by: .system, .nothing)
    guard run(until: { $0.openRequests == 0 }, within: 600_000) else { return find("the day was not opened") }
    for window in 1...4 { send(.window(window, .open), by: Self.clerk(window), .clerk(window)) }
    for index in 0..<(setting.isStorm ? 4 : 1) * setting.machines {
      arrive(at: setting.isStorm ? index % setting.machines : nil)
    }
    if isRough { after(200...2_000, .harm) }
    if isRough, chance(3) { after(500...5_000, .rescue) }
    guard run(until: { $0.arrivalsLeft == 0 }, within: 24 * 3_600_000) else {
      return find("residents could not all come")
    }
    isRough = false
    for machine in machines.indices { machines[machine].cutUntil = 0 }
    guard run(until: { $0.isQuiet }, within: 3_600_000) else { return find("no progress once nothing fails any more") }
    finish()
  }

  private var isQuiet: Bool {
    openRequests == 0 && machines.allSatisfy { $0.loop?.isIdle == true && $0.known == server.records.count }
  }

  private mutating func run(until isDone: (SharedDay) -> Bool, within milliseconds: Int64) -> Bool {
    let limit = now + milliseconds
    while findings.isEmpty {
      if isDone(self) { return true }
      guard let next = agenda.next(), next.at <= limit else { return false }
      now = max(now, next.at)
      happen(next.happening)
    }
    return false
  }

  private mutating func happen(_ happening: Happening) {
    switch happening {
    case .ask(let request): ask(request)
    case .reaches(let operation): reaches(operation)
    case .committed(let operation, let life): committed(operation, life)
    case .replies(let operation, let reply): replied(operation, reply)
    case .lost(let machine, let operation): lost(machine, operation)
    case .expires(let operation):
      server.expire(operation)
      goOn()
    case .probe(let machine, let connection): if machines[machine].connection == connection { probe(machine) }
    case .news(let machine, let sequence): hear(machine, .grew(to: Int64(sequence)))
    case .tick(let machine): tick(machine)
    case .rise(let machine): rise(machine)
    case .harm: harm()
    case .rescue: isRescueDue = isRough
    }
  }

  /// All machines have the same state, that of the journal and of the oracle.
  private mutating func finish() {
    counts.issued = audit.issued
    audit.reconcile()
    for finding in audit.findings.prefix(5) { find(finding) }
    var replayed = HallState()
    for record in server.records {
      for violation in replayed.violations(before: record.event, at: record.at) { find("replay: \(violation)") }
      replayed.evolve(record)
    }
    for violation in replayed.violations() { find("replay: \(violation)") }
    for difference in oracle.differences(from: replayed).prefix(3) { find("at the end: \(difference)") }
    for (index, machine) in machines.enumerated() where machine.loop?.durable != replayed {
      find("machine \(index) has another state than the journal")
    }
  }
}
