package import Groundwork
import Ports
import Synchronization

/// A time source that a test moves: the civil and the steady clock together, or the civil one alone.
package final class ManualClock: TimeSource {
  /// How a sleep ends.
  package enum Sleep: Sendable {
    /// When the test has let as much time pass.
    case whenAdvanced
    /// At once, for what only has to get its turn.
    case atOnce
    /// When it is cancelled: nothing happens by itself, whatever the time is.
    case whenCancelled
  }

  private struct Sleeper {
    let until: Int64
    let continuation: CheckedContinuation<Void, any Error>
  }

  private struct State {
    var civil: Int64
    var steady: Int64 = 1_000_000
    var next = 0
    var sleepers: [Int: Sleeper] = [:]
    var cancelled: Set<Int> = []
  }

  /// 2026-11-23 09:00 in Beijing, a Monday.
  package static let nine = Timestamp(milliseconds: 1_795_395_600_000)

  private let sleep: Sleep
  private let state: Mutex<State>

  package init(_ civil: Timestamp = ManualClock.nine, sleeping sleep: Sleep = .whenAdvanced) {
    self.sleep = sleep
    state = Mutex(State(civil: civil.milliseconds))
  }

  package func now() -> Timestamp { Timestamp(milliseconds: state.withLock { $0.civil }) }
  package func monotonic() -> Int64 { state.withLock { $0.steady } }

  package func sleep(milliseconds: Int64) async throws {
    guard sleep != .atOnce else { return await Task.yield() }
    let id = state.withLock { state in
      state.next += 1
      return state.next
    }
    try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { continuation in
        let cancelled = state.withLock { state in
          if state.cancelled.remove(id) != nil { return true }
          let until = sleep == .whenCancelled ? Int64.max : state.steady + milliseconds
          state.sleepers[id] = Sleeper(until: until, continuation: continuation)
          return false
        }
        if cancelled { continuation.resume(throwing: CancellationError()) }
      }
    } onCancel: {
      let sleeper = state.withLock { state in
        let sleeper = state.sleepers.removeValue(forKey: id)
        if sleeper == nil { state.cancelled.insert(id) }
        return sleeper
      }
      sleeper?.continuation.resume(throwing: CancellationError())
    }
  }

  /// Time passes on both clocks.
  package func advance(_ milliseconds: Int64) {
    let woken = state.withLock { state in
      state.civil += milliseconds
      state.steady += milliseconds
      let due = state.sleepers.filter { $0.value.until <= state.steady }
      for id in due.keys { state.sleepers[id] = nil }
      return due.values.map(\.continuation)
    }
    for continuation in woken { continuation.resume() }
  }

  /// Somebody sets the civil clock.
  package func set(_ civil: Timestamp) { state.withLock { $0.civil = civil.milliseconds } }
}
