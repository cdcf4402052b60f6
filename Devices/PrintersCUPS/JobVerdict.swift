import Hall

/// What a job's last state says about paper.
enum JobVerdict {
  /// The outcome of a job whose document the scheduler has taken.
  ///
  /// - Parameters:
  ///   - uninterrupted: the same scheduler was seen from the document to this state. One that was restarted in between
  ///     may have forgotten that a backend had begun.
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
