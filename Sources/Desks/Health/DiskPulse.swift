import Dispatch
import Ports
import Synchronization

/// Whether the disk answers while the hall writes nothing.
///
/// It is probed every second on a queue of its own, because a probe of a disk that does not answer never returns.
final class DiskPulse: Sendable {
  /// Blocks for as long as the disk does not answer.
  typealias Look = @Sendable () -> JournalFault?

  private struct State {
    /// When the look that is under way began, on the monotonic clock.
    var began: Int64?
    var ended: Int64?
    var found: JournalFault?
  }

  /// Milliseconds between two looks.
  static let pause: Int64 = 1_000
  /// Milliseconds after which a look counts as unanswered. Together with `pause` and the time between two calls of `fault`
  /// it is less than the five seconds within which `/readyz` reports it.
  static let patience: Int64 = 2_500

  private let look: Look
  private let queue = DispatchQueue(label: "yichuang.disk-pulse")
  private let state = Mutex(State())

  init(_ look: @escaping Look) { self.look = look }

  /// What is known of the disk now; begins the next look where it is due.
  ///
  /// - Parameter monotonic: reads the monotonic clock.
  func fault(_ monotonic: @escaping @Sendable () -> Int64) -> JournalFault? {
    let now = monotonic()
    let (isDue, fault) = state.withLock { state -> (Bool, JournalFault?) in
      if let began = state.began { return (false, now - began >= Self.patience ? .delayed : state.found) }
      let isDue = state.ended.map { now - $0 >= Self.pause } ?? true
      if isDue { state.began = now }
      return (isDue, state.found)
    }
    if isDue {
      queue.async { [self] in
        let found = look()
        let ended = monotonic()
        state.withLock { $0 = State(ended: ended, found: found) }
      }
    }
    return fault
  }
}
