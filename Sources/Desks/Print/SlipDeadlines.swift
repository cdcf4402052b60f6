import Groundwork
import Hall
import Synchronization

/// Until when each slip may be started, in monotonic time.
///
/// A civil clock that is set back must not give a slip more time, because its resident leaves anyway. A slip of an
/// earlier run has only the journal's times; where the civil clock is behind those, it counts as expired.
final class SlipDeadlines: Sendable {
  private struct Copy: Hashable {
    let slip: SlipID
    let attempt: Int
  }

  private let deadlines = Mutex<[Copy: Int64]>([:])

  /// Notes a slip that was requested in this run, at `monotonic`.
  func note(_ request: SlipRequested, at monotonic: Int64) {
    set(request.slip, request.attempt, monotonic + request.subject.kind.expiryMilliseconds)
  }

  /// Notes a slip that was requested before this run.
  ///
  /// - Parameters:
  ///   - civil: the civil clock's time.
  ///   - moment: the moment that an event would carry now (`Registrar.moment()`).
  func note(_ slip: SlipInHand, civil: Timestamp, moment: Timestamp, monotonic: Int64) {
    let age = moment.since(slip.requestedAt)
    let left = civil < moment ? 0 : max(0, slip.kind.expiryMilliseconds - age)
    set(slip.id, slip.attempt, monotonic + left)
  }

  /// Milliseconds left; 0 or less when the slip must not be started any more.
  func left(_ slip: SlipInHand, monotonic: Int64) -> Int64 {
    (deadlines.withLock { $0[Copy(slip: slip.id, attempt: slip.attempt)] } ?? monotonic) - monotonic
  }

  /// Drops the slip's present attempt, which has ended.
  func forget(_ slip: SlipInHand) {
    deadlines.withLock { $0[Copy(slip: slip.id, attempt: slip.attempt)] = nil }
  }

  private func set(_ slip: SlipID, _ attempt: Int, _ deadline: Int64) {
    deadlines.withLock { $0[Copy(slip: slip, attempt: attempt)] = deadline }
  }
}
