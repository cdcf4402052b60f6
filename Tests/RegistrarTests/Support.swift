import Synchronization
import Groundwork
import Hall
import Logging
import Ports
import Registrar
import Testing

/// A small hall: one comprehensive lane, two windows, one kiosk without a printer.
func smallRules(limits: QueueLimits = QueueLimits()) throws -> HallRules {
  let division = Division(code: "500151105", name: "安居镇", kind: .town, pilot: true)
  let lane = Lane(letter: try #require(LaneLetter("A")), name: "综合", comprehensive: true)
  return HallRules(
    identity: try HallIdentity(division: division, level: .town), address: "", hoursText: "", consultPhone: "",
    supervisePhone: "", mode: .undifferentiated, lanes: [lane],
    windows: [1, 2].map { WindowRule(number: $0, name: "\($0)号窗口", lanes: [lane.letter]) },
    calendar: WorkCalendar(off: [:], worked: [], years: [2026]), hours: .always,
    catalogue: Catalogue(version: "0", asOf: "2026-11-22", items: []),
    kiosks: [KioskRule(id: "kiosk-1", prints: false), KioskRule(id: "kiosk-2", prints: false)], limits: limits)
}

/// 2026-11-23 09:00 in Beijing.
let nine = Timestamp(milliseconds: 1_795_395_600_000)
let today = CivilDate(daysSinceEpoch: 20_780)
let clerk = Principal.staff(badge: "AJ001", role: .clerk)

func key(_ text: String) -> IdempotencyKey { IdempotencyKey(scope: "kiosk-1 tickets", key: text) }

/// A journal whose writes are completed by the test's hand, one by one.
actor HandJournal: JournalPort {
  private(set) var records: [RecordedEvent] = []
  private var writes: [(events: [RecordedEvent], done: CheckedContinuation<Result<Void, JournalFault>, Never>)] = []
  private var probes: [CheckedContinuation<Result<Void, JournalFault>, Never>] = []
  private var watchers: [(count: Int, isProbe: Bool, go: CheckedContinuation<Void, Never>)] = []
  private(set) var appendCount = 0
  private(set) var probeCount = 0

  func append(_ events: [RecordedEvent], after sequence: Int64) async throws(JournalFault) {
    #expect(sequence == Int64(records.count))
    #expect(writes.isEmpty, "one write at a time")
    let result = await withCheckedContinuation { continuation in
      writes.append((events, continuation))
      appendCount += 1
      wake()
    }
    try result.get()
  }

  func probe() async throws(JournalFault) {
    let result = await withCheckedContinuation { continuation in
      probes.append(continuation)
      probeCount += 1
      wake()
    }
    try result.get()
  }

  private func wake() {
    watchers.removeAll { watcher in
      guard (watcher.isProbe ? probeCount : appendCount) >= watcher.count else { return false }
      watcher.go.resume()
      return true
    }
  }

  /// Waits until the `count`-th append has arrived, and gives the events of the one that waits.
  @discardableResult
  func appended(_ count: Int) async -> [RecordedEvent] {
    if appendCount < count { await withCheckedContinuation { watchers.append((count, false, $0)) } }
    return writes.first?.events ?? []
  }

  func probed(_ count: Int) async {
    if probeCount < count { await withCheckedContinuation { watchers.append((count, true, $0)) } }
  }

  func complete(_ result: Result<Void, JournalFault> = .success(())) {
    let write = writes.removeFirst()
    if case .success = result { records += write.events }
    write.done.resume(returning: result)
  }

  func events(after sequence: Int64) async throws(JournalFault) -> [RecordedEvent] {
    Array(records.dropFirst(Int(sequence)))
  }

  func completeProbe(_ result: Result<Void, JournalFault> = .success(())) {
    probes.removeFirst().resume(returning: result)
  }
}

/// A journal that takes everything at once.
actor QuickJournal: JournalPort {
  private(set) var records: [RecordedEvent] = []
  func append(_ events: [RecordedEvent], after sequence: Int64) async throws(JournalFault) {
    if sequence != Int64(records.count) { throw .conflict(expected: sequence, found: Int64(records.count)) }
    records += events
  }
  func events(after sequence: Int64) async throws(JournalFault) -> [RecordedEvent] {
    Array(records.dropFirst(Int(sequence)))
  }
  func probe() async throws(JournalFault) {}
}

/// A clock that stands still until the test moves it; its sleeps end at once.
struct StillClock: TimeSource {
  func now() -> Timestamp { nine }
  func monotonic() -> Int64 { 0 }
  func sleep(milliseconds: Int64) async throws { await Task.yield() }
}

/// The same bits in every run.
final class CountingEntropy: Entropy {
  private let random: Mutex<SeededRandom>
  init(seed: UInt64 = 5) { random = Mutex(SeededRandom(seed: seed)) }
  func bits() -> UInt64 { random.withLock { $0.next() } }
}

let quiet = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }

/// A state whose day is open and whose window 1 is open.
func openState() throws -> HallState {
  var loop = CommitLoop(state: HallState(), rules: try smallRules())
  let commands: [(Command, Principal)] = [
    (.day(.openDay(OpenDay(date: today))), .system), (.window(1, .open), clerk),
  ]
  for (command, actor) in commands {
    _ = loop.submit(Envelope(command, by: actor, at: nine, entropy: 1), from: 0)
    _ = loop.appended(.success(())) { _, _ in }
  }
  return loop.durable
}
