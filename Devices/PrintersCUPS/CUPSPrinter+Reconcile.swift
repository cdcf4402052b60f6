package import Hall
package import Ports
import PrinterProtocols

extension CUPSPrinter {
  package func reconcile(_ attempt: Attempt, jobUUID: String?) async -> AttemptOutcome {
    if let claim = jobUUID.flatMap({ claim(attempt, $0) }), await isSettledByClaims(claim) {
      return await reconcile(claim)
    }
    do {
      let connection = try queue.connect()
      let description = try describe(connection)
      let found = try queue.jobs(all: true, connection).filter { job in
        jobUUID.map { $0 == job.uuid } ?? (job.name == attempt.jobName)
      }
      guard let jobUUID else {
        // The hall writes the job-uuid down before it commits: without one, no byte was sent.
        for job in found where !job.state.isTerminal { try queue.cancel(job.number, connection) }
        return .notSent(reason: "the attempt was never committed")
      }
      guard let job = found.first else { return .unknown(reason: "the scheduler has lost the job") }
      if job.isEmpty {
        try queue.cancel(job.number, connection)
        return .notSent(reason: "the scheduler never had the document")
      }
      return await settle(job, PreparedAttempt(attempt: attempt, jobUUID: jobUUID, jobNumber: job.number), description)
    } catch {
      return .unknown(reason: error.detail)
    }
  }

  /// A job with its document, found after a restart of ours: it may be printing just now.
  private func settle(
    _ job: JobDescription, _ prepared: PreparedAttempt, _ description: QueueDescription
  ) async -> AttemptOutcome {
    guard let kind = description.kind else { return .unknown(reason: "the queue has changed") }
    // Nobody watched the scheduler meanwhile, so "canceled before it began" is not to be believed.
    var watch = JobWatch(queue: queue, prepared: prepared, kind: kind, isUninterrupted: false)
    if job.state == .processing || job.state == .processingStopped {
      let deadline = ContinuousClock.now.advanced(by: .milliseconds(configuration.reconcileMilliseconds))
      while ContinuousClock.now < deadline, !Task.isCancelled {
        if let outcome = watch.look() { return outcome }
        try? await Task.sleep(for: .milliseconds(configuration.pollMilliseconds))
      }
    } else if let outcome = watch.look() {
      return outcome
    }
    return await giveUp(&watch)
  }
}
