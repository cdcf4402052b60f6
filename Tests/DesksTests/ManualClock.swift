import Groundwork
import Ports
import Synchronization

/// A clock that a test moves: the civil and the steady one together, or the civil one alone.
final class ManualClock: TimeSource {
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

  private let state: Mutex<State>

  init(_ civil: Timestamp) { state = Mutex(State(civil: civil.milliseconds)) }

  func now() -> Timestamp { Timestamp(milliseconds: state.withLock { $0.civil }) }
  func monotonic() -> Int64 { state.withLock { $0.steady } }

  func sleep(milliseconds: Int64) async throws {
    let id = state.withLock { state in
      state.next += 1
      return state.next
    }
    try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { continuation in
        let cancelled = state.withLock { state in
          if state.cancelled.remove(id) != nil { return true }
          state.sleepers[id] = Sleeper(until: state.steady + milliseconds, continuation: continuation)
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
  func advance(_ milliseconds: Int64) {
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
  func set(_ civil: Timestamp) { state.withLock { $0.civil = civil.milliseconds } }
}
