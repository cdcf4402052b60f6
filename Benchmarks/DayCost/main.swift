import Glibc
import Groundwork
import Hall
import Ports
import Registrar
import Simulation
import Views

// The processor time of a ticket on a short day and on a long one: taken at a kiosk with a slip, called, served and finished,
// through the commit loop and the feeds' frames, without disk and network. Argument: the longest day's tickets. Prints one line of
// JSON with microseconds of processor time a ticket. All tickets of a day are taken before the first is called, so the whole day
// waits in the lane. Then 叫号 alone is measured, in an empty hall and with as many tickets waiting in six lanes.

guard CommandLine.arguments.count == 2, let most = Int(CommandLine.arguments[1]), (100...9_000).contains(most) else {
  preconditionFailure("usage: DayCost TICKETS, 100 to 9000")
}

let rules = SyntheticHall.rules()
let start = Timestamp(milliseconds: 1_795_396_357_000)
let clerk = Principal.staff(badge: "AJ001", role: .clerk)

func processorMicroseconds() -> Double {
  var time = timespec()
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
  return Double(time.tv_sec) * 1e6 + Double(time.tv_nsec) / 1e3
}

/// A day of the hall in memory.
struct Day {
  private var loop: CommitLoop
  private let rules: HallRules
  private var random = SeededRandom(seed: 1)
  private var keys = 0
  private(set) var frameBytes = 0

  init(_ rules: HallRules) {
    self.rules = rules
    loop = CommitLoop(state: HallState(), rules: rules)
  }

  /// Submits a command and makes what it appends durable, as the registrar does.
  @discardableResult
  mutating func submit(_ command: Command, by actor: Principal) -> Outcome? {
    keys += 1
    let key = IdempotencyKey(scope: "bench", key: "\(keys)")
    let envelope = Envelope(command, by: actor, at: start, entropy: random.next(), key: key, bodyDigest: [1])
    var bytes = 0
    var outcome: Outcome?
    for case .append in loop.submit(envelope, from: 0) {
      let rules = rules
      let done = loop.appended(.success(.written)) { recorded, state in
        let frames = EventFrames(recorded, HallViews(state, rules), now: start)
        bytes += (frames.staff?.count ?? 0) + (frames.board?.count ?? 0)
      }
      for case .answer(_, .accepted(let accepted)) in done { outcome = accepted }
    }
    frameBytes += bytes
    return outcome
  }

  mutating func run(tickets: Int) {
    submit(.day(.openDay(OpenDay(date: CivilDate(daysSinceEpoch: 20_780)))), by: .system)
    submit(.window(1, .open), by: clerk)
    for _ in 0..<tickets {
      submit(.queue(.takeTicket(TakeTicket(kiosk: "kiosk-1"))), by: .kiosk("kiosk-1"))
      if let slip = loop.durable.print.openSlips.first {
        submit(.print(.start(slip.id, attempt: 1)), by: .system)
        submit(.print(.end(slip.id, attempt: 1, .printed(.echo), millimetres: 60)), by: .system)
      }
    }
    submit(.window(1, .call(nil)), by: clerk)
    for _ in 0..<tickets {
      submit(.window(1, .serve), by: clerk)
      submit(.window(1, .finishAndCall), by: clerk)
    }
  }
}

/// Microseconds of a ticket over as many days as make `most` tickets.
func cost(tickets: Int) -> Double {
  var bytes = 0
  let before = processorMicroseconds()
  for _ in 0..<(most / tickets) {
    var day = Day(rules)
    day.run(tickets: tickets)
    bytes += day.frameBytes
  }
  let took = processorMicroseconds() - before
  precondition(bytes > 0, "nothing was told")
  return took / Double(most / tickets * tickets)
}

/// The synthetic hall with six lanes, all of which window 1 serves.
let sixLanes: HallRules = {
  let lanes = ["A", "B", "C", "D", "E", "F"].compactMap { LaneLetter($0) }.map {
    Lane(letter: $0, name: "\($0)", comprehensive: $0.description == "A")
  }
  return HallRules(
    identity: rules.identity, address: "", hoursText: "", consultPhone: "", supervisePhone: "",
    mode: rules.mode, lanes: lanes, windows: [WindowRule(number: 1, name: "", lanes: lanes.map(\.letter))],
    calendar: rules.calendar, hours: rules.hours, catalogue: rules.catalogue, kiosks: rules.kiosks)
}()

/// Microseconds of a press of 叫号 with so many waiting in six lanes, every third with priority.
func callCost(waiting: Int) -> Double {
  var day = Day(sixLanes)
  day.submit(.day(.openDay(OpenDay(date: CivilDate(daysSinceEpoch: 20_780)))), by: .system)
  day.submit(.window(1, .open), by: clerk)
  let lanes = sixLanes.lanes.map(\.letter)
  func take(_ index: Int) {
    let take = TakeTicket(lane: lanes[index % lanes.count], priority: index / lanes.count % 3 == 0)
    day.submit(.queue(.takeTicket(take)), by: .kiosk("kiosk-1"))
  }
  for index in 0..<waiting { take(index) }
  var took = 0.0
  let calls = 600
  for index in 0..<calls {
    take(waiting + index)
    let before = processorMicroseconds()
    day.submit(.window(1, .call(nil)), by: clerk)
    took += processorMicroseconds() - before
    day.submit(.window(1, .finish), by: clerk)
  }
  return took / Double(calls)
}

_ = cost(tickets: 90)
let short = cost(tickets: 90)
let long = cost(tickets: most)
_ = callCost(waiting: 0)
let empty = callCost(waiting: 0)
let full = callCost(waiting: most)
print(
  "{\"short_us\": \(short), \"long_us\": \(long), \"ratio\": \(long / short), "
    + "\"call_empty_us\": \(empty), \"call_full_us\": \(full), \"call_ratio\": \(full / empty)}")
