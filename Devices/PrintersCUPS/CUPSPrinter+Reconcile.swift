package import Hall
package import Ports
import PrinterLink
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
        // The hall records the job-uuid before it commits: without one, no byte was sent.
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

  /// A job with its document, found after a restart of the daemon: it may be printing.
  private func settle(
    _ job: JobDescription, _ prepared: PreparedAttempt, _ description: QueueDescription
  ) async -> AttemptOutcome {
    guard let kind = description.kind else { return .unknown(reason: "the queue has changed") }
    // Nobody watched the scheduler meanwhile, so "canceled before it began" proves nothing.
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

/// An attempt of an earlier run on a queue of `yichuang-pos`. The claims folder has its outcome, even when the
/// scheduler was killed and lost the job; a backend that outlived its scheduler still holds the lock on its claim.
extension CUPSPrinter {
  /// Whether the claims folder decides about an attempt: there is a claim, or the queue is one of the backend's.
  ///
  /// While the scheduler is still starting it is waited for; without a claims folder there is nothing to wait for.
  func isSettledByClaims(_ claim: AttemptClaim) async -> Bool {
    guard claimsObstacle() == nil else { return path == .posBackend }
    if let standing = try? configuration.claims.standing(of: claim.uuid), standing != .free { return true }
    let deadline = Monotonic.now() + configuration.reconcileMilliseconds
    while true {
      if let description = try? describe(queue.connect()) { return description.kind == .posBackend }
      guard Monotonic.now() < deadline, !Task.isCancelled else { return path == .posBackend }
      try? await Task.sleep(for: .milliseconds(configuration.pollMilliseconds))
    }
  }

  /// An unclaimed attempt is taken back; a working backend is waited for.
  func reconcile(_ claim: AttemptClaim) async -> AttemptOutcome {
    let deadline = Monotonic.now() + configuration.reconcileMilliseconds
    do {
      var outcome = try claim.takeBack("nothing had been sent when the hall started again")
      while outcome == nil, Monotonic.now() < deadline, !Task.isCancelled {
        try? await Task.sleep(for: .milliseconds(min(configuration.pollMilliseconds, 50)))
        outcome = try claim.outcome()
      }
      removeJob(of: claim)
      return outcome ?? .unknown(reason: "the printer had not answered when the hall started again")
    } catch {
      return .unknown(reason: "the claims folder cannot be read: \(error)")
    }
  }

  /// No old job stays in the queue, where somebody might release it. One whose slip is confirmed ends by itself, unless
  /// the scheduler was killed and still holds it.
  private func removeJob(of claim: AttemptClaim) {
    guard let connection = try? queue.connect(), let jobs = try? queue.jobs(all: false, connection) else { return }
    for job in jobs where JobUUID(job.uuid) == claim.uuid { try? queue.cancel(job.number, connection) }
  }
}
