import Ports
import Synchronization

extension TimeSource {
  /// Waits for `operation` at most `milliseconds`: then nil, and the operation's later result is dropped.
  func within<T: Sendable>(_ milliseconds: Int64, _ operation: @escaping @Sendable () async -> T) async -> T? {
    let first = FirstResult<T?>()
    // Unstructured on purpose: the timer ends with this wait, the operation by itself or with the process.
    let timer = Task {
      try? await sleep(milliseconds: milliseconds)
      first.give(nil)
    }
    Task { first.give(await operation()) }
    defer { timer.cancel() }
    return await first.value()
  }
}

/// The first value of several racing tasks.
///
/// A task group would wait for every child, even for one in a library call that cannot be cancelled. Here the slower task
/// runs on and its result is dropped.
final class FirstResult<Value: Sendable>: Sendable {
  private enum State {
    case open
    case waited(CheckedContinuation<Value, Never>)
    case given(Value)
    case taken
  }

  private let state = Mutex(State.open)

  /// Sets the value unless one was set before.
  func give(_ value: Value) {
    let waiter: CheckedContinuation<Value, Never>? = state.withLock { state in
      switch state {
      case .open:
        state = .given(value)
        return nil
      case .waited(let continuation):
        state = .taken
        return continuation
      case .given, .taken: return nil
      }
    }
    waiter?.resume(returning: value)
  }

  /// The first value.
  ///
  /// - Precondition: called once.
  func value() async -> Value {
    await withCheckedContinuation { continuation in
      let early: Value? = state.withLock { state in
        switch state {
        case .open:
          state = .waited(continuation)
          return nil
        case .given(let value):
          state = .taken
          return value
        case .waited, .taken: preconditionFailure("one task waits for the first value")
        }
      }
      if let early { continuation.resume(returning: early) }
    }
  }
}
