import Hall
import Ports

/// A job as the scheduler reports it.
struct JobDescription: Hashable {
  /// The IPP `job-state` numbers (RFC 8011 §5.3.7).
  enum State: Int {
    case pending = 3
    case pendingHeld, processing, processingStopped, canceled, aborted, completed

    var isTerminal: Bool { rawValue >= State.canceled.rawValue }
  }

  /// Reused by cupsd after a crash, so not an identity.
  let number: Int
  let uuid: String
  let name: String
  let state: State
  /// `job-incoming` while the scheduler still waits for the document.
  let isIncoming: Bool
  let documents: Int
  /// False while no backend was started for it.
  let hasBegun: Bool

  static let attributes = [
    "job-id", "job-uuid", "job-name", "job-state", "job-state-reasons", "number-of-documents", "time-at-processing",
  ]

  init?(_ job: IPPAnswer.Group) {
    // job-name may be withheld from those who do not own the job.
    guard let number = job.integer("job-id"), let state = job.integer("job-state").flatMap(State.init) else {
      return nil
    }
    self.number = number
    self.state = state
    uuid = job.text("job-uuid") ?? ""
    name = job.text("job-name") ?? ""
    isIncoming = job.texts("job-state-reasons").contains("job-incoming")
    documents = job.integer("number-of-documents") ?? 0
    hasBegun = job.integer("time-at-processing") != nil
  }
}

/// Derives the outcome from a job's final state.
enum JobVerdict {
  /// The outcome of a job whose document the scheduler has taken.
  ///
  /// - Parameters:
  ///   - uninterrupted: the same scheduler was observed from the document to this state. A restarted one may have lost
  ///     that a backend had started.
  /// - Returns: nil while the job is not over.
  static func outcome(of job: JobDescription, on kind: QueueKind, uninterrupted: Bool) -> AttemptOutcome? {
    switch job.state {
    case .pending, .pendingHeld, .processing, .processingStopped: nil
    case .completed: .printed(kind.isToldByPrinter ? .ippCompleted : .accepted)
    case .canceled where uninterrupted && !job.hasBegun: .notSent(reason: "the job was canceled before it began")
    case .canceled: .unknown(reason: "the job was canceled after it had begun")
    case .aborted: .unknown(reason: "the job was aborted after its document was sent")
    }
  }
}

/// Polls one job whose document was sent, over as many connections as needed.
struct JobWatch {
  let queue: CUPSQueue
  let prepared: PreparedAttempt
  let kind: QueueKind
  /// False once the scheduler did not answer: it may have been restarted.
  private(set) var isUninterrupted: Bool
  private var connection: CUPSConnection?

  init(queue: CUPSQueue, prepared: PreparedAttempt, kind: QueueKind, isUninterrupted: Bool = true) {
    self.queue = queue
    self.prepared = prepared
    self.kind = kind
    self.isUninterrupted = isUninterrupted
  }

  /// One poll of the job; returns the outcome once it is over, or lost.
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

  /// Cancels the job, if it is still the same one.
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
