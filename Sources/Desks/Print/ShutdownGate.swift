import Synchronization

/// Lets a desk leave a library call that does not come back while the daemon goes down.
///
/// Nobody can interrupt a printer. A desk that waits through here is let go when the time is over; what its call was
/// about stays open in the journal and the next run looks it up.
final class ShutdownGate: Sendable {
  private struct State {
    var isOver = false
    var next = 0
    var waits: [Int: @Sendable () -> Void] = [:]
  }

  private let state = Mutex(State())

  /// Waits for `operation`, or for the end of the farewell: then nil, and the operation runs on unheard.
  func outlasting<T: Sendable>(_ operation: @escaping @Sendable () async -> T) async -> T? {
    let first = FirstResult<T?>()
    let place: Int? = state.withLock { state in
      guard !state.isOver else { return nil }
      state.next += 1
      state.waits[state.next] = { first.give(nil) }
      return state.next
    }
    guard let place else { return nil }
    // Owned by this wait: it ends by itself or with the process.
    Task { first.give(await operation()) }
    let value = await first.value()
    state.withLock { $0.waits[place] = nil }
    return value
  }

  /// Lets everybody go who still waits, now and later.
  func end() {
    let waits = state.withLock { state in
      state.isOver = true
      defer { state.waits = [:] }
      return state.waits.values
    }
    for letGo in waits { letGo() }
  }
}
