import Synchronization

/// Lets a desk abandon a blocked library call at shutdown.
///
/// A call into a printer cannot be cancelled. A desk that waits through here is released when the time is over. The
/// attempt stays open in the journal, and the next run reconciles it.
final class ShutdownGate: Sendable {
  private struct State {
    var isOver = false
    var next = 0
    var waits: [Int: @Sendable () -> Void] = [:]
  }

  private let state = Mutex(State())

  /// Waits for `operation`, or for the end of the shutdown time: then nil, and the operation's later result is dropped.
  func outlasting<T: Sendable>(_ operation: @escaping @Sendable () async -> T) async -> T? {
    let first = FirstResult<T?>()
    let wait: Int? = state.withLock { state in
      guard !state.isOver else { return nil }
      state.next += 1
      state.waits[state.next] = { first.give(nil) }
      return state.next
    }
    guard let wait else { return nil }
    // Unstructured on purpose: it ends by itself or with the process.
    Task { first.give(await operation()) }
    let value = await first.value()
    state.withLock { $0.waits[wait] = nil }
    return value
  }

  /// Releases everybody who waits, now and later.
  func end() {
    let waits = state.withLock { state in
      state.isOver = true
      defer { state.waits = [:] }
      return state.waits.values
    }
    for letGo in waits { letGo() }
  }
}
