package import Groundwork
package import Ports
import Synchronization

/// The machine's clock with an adjustable civil time: for the demo's dock page and for tests.
///
/// The monotonic clock cannot be changed, as on a real machine.
package final class EmulatedClock: TimeSource {
  /// The range of the shift in seconds: a dead battery loses decades.
  package static let reach: ClosedRange<Int64> = -1_000_000_000...1_000_000_000

  private let machine: any TimeSource
  private let moved = Mutex<Int64>(0)

  package init(_ machine: any TimeSource) { self.machine = machine }

  /// Seconds by which the civil clock is ahead of the machine's.
  package var ahead: Int64 { moved.withLock { $0 } / 1000 }

  /// Sets the shift; false beyond `reach`.
  package func set(ahead seconds: Int64) -> Bool {
    guard Self.reach.contains(seconds) else { return false }
    moved.withLock { $0 = seconds * 1000 }
    return true
  }

  package func now() -> Timestamp {
    Timestamp(milliseconds: machine.now().milliseconds + moved.withLock { $0 })
  }

  package func monotonic() -> Int64 { machine.monotonic() }

  package func sleep(milliseconds: Int64) async throws { try await machine.sleep(milliseconds: milliseconds) }
}
