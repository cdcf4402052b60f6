import Hall
import Logging
import Ports
import PrinterLink
import PrinterProtocols

/// Slips that go through `yichuang-pos`: the claims folder decides their outcome, whatever the scheduler reports.
extension CUPSPrinter {
  /// Milliseconds between two reads of the claims folder, which are cheap.
  private static let claimPoll = 20

  /// Nil when the job has no valid job-uuid.
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

  /// Waits for the outcome of a slip that was submitted to the scheduler.
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

  /// After the timeout (`patience`): an unclaimed attempt is taken back; a working backend gets the time that the
  /// scheduler gives it after a cancel.
  private func giveUp(_ watch: ClaimWatch) async throws(ClaimsFault) -> AttemptOutcome {
    if let outcome = try watch.claim.takeBack("the slip was not begun in time") { return end(outcome, watch) }
    watch.remove()
    let deadline = ContinuousClock.now.advanced(by: .milliseconds(configuration.settleMilliseconds))
    while ContinuousClock.now < deadline {
      if let outcome = try watch.claim.outcome() { return outcome }
      // Detached, so that it waits even when the caller is cancelled.
      await Task.detached { try? await Task.sleep(for: .milliseconds(Self.claimPoll)) }.value
    }
    return .unknown(reason: "the printer had not answered when the slip was given up")
  }

  /// A job whose slip is confirmed ends by itself, unless a restarted scheduler holds it.
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

/// The claims folder's record of one attempt, in the port's terms.
struct AttemptClaim {
  let folder: ClaimsFolder
  let uuid: JobUUID
  let jobName: String

  /// The outcome of the attempt; nil while it is open: unclaimed, or a backend works on it.
  func outcome() throws(ClaimsFault) -> AttemptOutcome? {
    Self.outcome(of: try folder.standing(of: uuid))
  }

  static func outcome(of standing: ClaimStanding) -> AttemptOutcome? {
    switch standing {
    case .free, .sending(isAlive: true): nil
    case .withdrawn: .notSent(reason: "the slip was withdrawn before anything was sent")
    case .sending(isAlive: false): .unknown(reason: "the backend ended without the printer's word")
    case .done(let method):
      switch method {
      case .echo: .printed(.echo)
      case .status: .printed(.statusAfterCut)
      case .ipp: .printed(.ippCompleted)
      case .none: .printed(.accepted)
      }
    }
  }

  /// Makes sure that nothing is ever sent, if the attempt is unclaimed; otherwise like `outcome`.
  func takeBack(_ reason: String) throws(ClaimsFault) -> AttemptOutcome? {
    guard try folder.withdraw(uuid, jobName: jobName) else { return try outcome() }
    return .notSent(reason: reason)
  }
}

/// Follows one job of the backend. The claims folder decides. The scheduler is polled only while the attempt is
/// unclaimed, because the job may then have ended without a backend.
struct ClaimWatch {
  let queue: CUPSQueue
  let prepared: PreparedAttempt
  let claim: AttemptClaim
  /// Milliseconds between two polls of the scheduler.
  let askEvery: Int
  /// Milliseconds without an answer of the scheduler after which an unclaimed slip is taken back.
  let silence: Int
  private var connection: CUPSConnection?
  private var askAt: Int
  private var silentSince: Int?

  init(queue: CUPSQueue, prepared: PreparedAttempt, claim: AttemptClaim, askEvery: Int, silence: Int) {
    self.queue = queue
    self.prepared = prepared
    self.claim = claim
    self.askEvery = askEvery
    self.silence = silence
    askAt = Monotonic.now() + askEvery
  }

  /// One poll; returns the outcome once it is known.
  mutating func look() throws(ClaimsFault) -> AttemptOutcome? {
    let standing = try claim.folder.standing(of: claim.uuid)
    guard standing == .free else { return AttemptClaim.outcome(of: standing) }
    guard Monotonic.now() >= askAt else { return nil }
    defer { askAt = Monotonic.now() + askEvery }
    guard let why = reasonToTakeBack() else { return nil }
    return try claim.takeBack(why)
  }

  /// Why no backend will start on the job, or may start too late.
  private mutating func reasonToTakeBack() -> String? {
    do throws(CUPSFailure) {
      let connection: CUPSConnection
      if let open = self.connection { connection = open } else { connection = try queue.connect() }
      self.connection = connection
      let job = try queue.job(prepared.jobNumber, connection)
      silentSince = nil
      guard job.uuid == prepared.jobUUID else { return "the scheduler has lost the job" }
      return job.state.isTerminal ? "the job ended before anything was sent" : nil
    } catch {
      connection = nil
      if error.isNotFound { return "the scheduler has lost the job" }
      let since = silentSince ?? Monotonic.now()
      silentSince = since
      return Monotonic.now() - since >= silence ? "the scheduler does not answer: \(error.detail)" : nil
    }
  }

  /// Cancels the job if it still exists: a held one would wait for somebody to release it.
  func remove(onlyHeld: Bool = false) {
    guard let connection = try? queue.connect(),
      let job = try? queue.job(prepared.jobNumber, connection), job.uuid == prepared.jobUUID, !job.state.isTerminal,
      !onlyHeld || job.state == .pendingHeld
    else { return }
    try? queue.cancel(prepared.jobNumber, connection)
  }
}
