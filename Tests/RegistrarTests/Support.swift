import Synchronization
import Groundwork
import Hall
import Logging
import Ports
import Registrar
import Testing
import TestKit

/// A small hall: one comprehensive lane, two windows, two kiosks without a printer, no items.
func smallRules(limits: QueueLimits = QueueLimits()) -> HallRules {
  .test(
    lanes: "A", windows: ["A", "A"], printing: [], catalogue: Catalogue(version: "0", asOf: "2026-11-22", items: []),
    limits: limits)
}

let nine = ManualClock.nine
let today = CivilDate(daysSinceEpoch: 20_780)
let clerk = Principal.staff(badge: "AJ001", role: .clerk)

func key(_ text: String) -> IdempotencyKey { IdempotencyKey(scope: "kiosk-1 tickets", key: text) }

/// A journal whose writes are completed by the test's hand, one by one.
actor HandJournal: JournalPort {
  private(set) var records: [RecordedEvent] = []
  private var writes: [(events: [RecordedEvent], done: CheckedContinuation<Result<Void, JournalFault>, Never>)] = []
  private var probes: [CheckedContinuation<Result<JournalRoom, JournalFault>, Never>] = []
  private var watchers: [(count: Int, isProbe: Bool, go: CheckedContinuation<Void, Never>)] = []
  private(set) var appendCount = 0
  private(set) var probeCount = 0

  func append(_ events: [RecordedEvent], after sequence: Int64) async throws(JournalFault) -> Appending {
    #expect(sequence == Int64(records.count))
    #expect(writes.isEmpty, "one write at a time")
    let result = await withCheckedContinuation { continuation in
      writes.append((events, continuation))
      appendCount += 1
      wake()
    }
    try result.get()
    return .written
  }

  func probe() async throws(JournalFault) -> JournalRoom {
    let result = await withCheckedContinuation { continuation in
      probes.append(continuation)
      probeCount += 1
      wake()
    }
    return try result.get()
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

  func completeProbe(_ result: Result<JournalRoom, JournalFault> = .success(.ample)) {
    probes.removeFirst().resume(returning: result)
  }
}

/// A state whose day is open and whose window 1 is open.
func openState() throws -> HallState {
  var loop = CommitLoop(state: HallState(), rules: smallRules())
  let commands: [(Command, Principal)] = [
    (.day(.openDay(OpenDay(date: today))), .system), (.window(1, .open), clerk),
  ]
  for (command, actor) in commands {
    _ = loop.submit(Envelope(command, by: actor, at: nine, entropy: 1), from: 0)
    _ = loop.appended(.success(.written)) { _, _ in }
  }
  return loop.durable
}
