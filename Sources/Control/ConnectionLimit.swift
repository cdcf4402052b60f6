import Synchronization

/// A counting semaphore for connections that refuses instead of waiting.
final class ConnectionLimit: Sendable {
  private let free: Mutex<Int>

  init(_ count: Int) { free = Mutex(count) }

  /// False when all are in use.
  func take() -> Bool {
    free.withLock { free in
      guard free > 0 else { return false }
      free -= 1
      return true
    }
  }

  func give() { free.withLock { $0 += 1 } }
}
