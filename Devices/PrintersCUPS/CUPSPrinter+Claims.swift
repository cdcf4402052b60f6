import Hall
import Logging
import PrinterLink
import Ports
import PrinterProtocols

/// Slips that go through `yichuang-pos`: their truth is in the claims folder, whatever the scheduler says.
extension CUPSPrinter {
  /// Milliseconds between two looks into the claims folder, which cost nothing.
  private static let claimPoll = 20

  /// Nil when the job has no job-uuid that could name a claim.
  func claim(_ attempt: Attempt, _ jobUUID: String) -> AttemptClaim? {
    JobUUID(jobUUID).map { AttemptClaim(folder: configuration.claims, uuid: $0, jobName: attempt.jobName) }
  }

  /// Why slips cannot go through the backend now; nil when they can.
  func claimsObstacle() -> String? {
    do {
      return try configuration.claims.usable() ? nil : "the claims folder cannot be used: \(configuration.claims.path)"
    } catch {
      return "\(error)"
    }
  }

  /// Waits for the outcome of a slip that the scheduler was given.
  func followClaim(_ prepared: PreparedAttempt, until deadline: ContinuousClock.Instant) async -> AttemptOutcome {
    guard var watch = claimWatch(prepared) else { return .unknown(reason: "the job has no job-uuid") }
    do {
      while ContinuousClock.now < deadline, !Task.isCancelled {
        if let outcome = try watch.look() { return end(outcome, watch) }
        try? await Task.sleep(for: .milliseconds(Self.claimPoll))
      }
      return try await giveUp(watch)
    } catch {
      watch.remove()
      return .unknown(reason: "the claims folder cannot be read: \(error)")
    }
  }

  /// Nobody waits any more: what is not claimed is taken back, and a backend at work is given the time that the
  /// scheduler gives it after a cancel.
  private func giveUp(_ watch: ClaimWatch) async throws(ClaimsFault) -> AttemptOutcome {
    if let outcome = try watch.claim.takeBack("the slip was not begun in time") { return end(outcome, watch) }
    watch.remove()
    let deadline = ContinuousClock.now.advanced(by: .milliseconds(configuration.settleMilliseconds))
    while ContinuousClock.now < deadline {
      if let outcome = try watch.claim.outcome() { return outcome }
      // Unstructured, so that it waits also when the caller is cancelled.
      await Task.detached { try? await Task.sleep(for: .milliseconds(Self.claimPoll)) }.value
    }
    return .unknown(reason: "the printer had not answered when the slip was given up")
  }

  /// A job whose slip is confirmed ends by itself at once, unless a scheduler that was started again holds it.
  private func end(_ outcome: AttemptOutcome, _ watch: ClaimWatch) -> AttemptOutcome {
    if case .printed = outcome { watch.remove(onlyHeld: true) } else { watch.remove() }
    return outcome
  }

  private func claimWatch(_ prepared: PreparedAttempt) -> ClaimWatch? {
    claim(prepared.attempt, prepared.jobUUID).map {
      ClaimWatch(
        queue: queue, prepared: prepared, claim: $0, askEvery: configuration.pollMilliseconds,
        silence: configuration.silenceMilliseconds)
    }
  }
}
