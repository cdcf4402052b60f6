import Hall
import Ports

/// Follows one job whose document was sent, over as many connections as it takes.
struct JobWatch {
  let queue: CUPSQueue
  let prepared: PreparedAttempt
  let kind: QueueKind
  /// False once the scheduler did not answer: it may have been another one since.
  private(set) var isUninterrupted: Bool
  private var connection: CUPSConnection?

  init(queue: CUPSQueue, prepared: PreparedAttempt, kind: QueueKind, isUninterrupted: Bool = true) {
    self.queue = queue
    self.prepared = prepared
    self.kind = kind
    self.isUninterrupted = isUninterrupted
  }

  /// One look at the job; gives the outcome once it is over, or lost.
  mutating func look() -> AttemptOutcome? {
    do {
      let connection = try connection ?? queue.connect()
      self.connection = connection
      let job = try queue.job(prepared.jobNumber, connection)
      guard job.uuid == prepared.jobUUID else { return .unknown(reason: "the scheduler has lost the job") }
      return JobVerdict.outcome(of: job, on: kind, uninterrupted: isUninterrupted)
    } catch {
      guard (error as? CUPSFailure)?.isNotFound != true else {
        return .unknown(reason: "the scheduler has lost the job")
      }
      lose()
      return nil
    }
  }

  /// Cancels the job, if it is still the one.
  mutating func cancel() {
    do {
      let connection = try connection ?? queue.connect()
      self.connection = connection
      let job = try queue.job(prepared.jobNumber, connection)
      guard job.uuid == prepared.jobUUID, !job.state.isTerminal else { return }
      try queue.cancel(prepared.jobNumber, connection)
    } catch {
      lose()
    }
  }

  private mutating func lose() {
    connection = nil
    isUninterrupted = false
  }
}
