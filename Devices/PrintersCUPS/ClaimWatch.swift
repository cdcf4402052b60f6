import Hall
import PrinterLink
import Ports

/// Follows one job whose slip the backend prints. The claims folder decides; the scheduler is asked only while nobody
/// has claimed the attempt, because then the job may have ended without anybody having begun.
struct ClaimWatch {
  let queue: CUPSQueue
  let prepared: PreparedAttempt
  let claim: AttemptClaim
  /// Milliseconds between two questions to the scheduler.
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

  /// One look; gives the outcome once it is known.
  mutating func look() throws(ClaimsFault) -> AttemptOutcome? {
    let standing = try claim.folder.standing(of: claim.uuid)
    guard standing == .free else { return AttemptClaim.outcome(of: standing) }
    guard Monotonic.now() >= askAt else { return nil }
    defer { askAt = Monotonic.now() + askEvery }
    guard let why = reasonToTakeBack() else { return nil }
    return try claim.takeBack(why)
  }

  /// Why no backend will come for the job, or may come too late.
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

  /// Takes the job out of the queue, if it is still there: a held one would wait there for somebody to release it.
  func remove(onlyHeld: Bool = false) {
    guard let connection = try? queue.connect(),
      let job = try? queue.job(prepared.jobNumber, connection), job.uuid == prepared.jobUUID, !job.state.isTerminal,
      !onlyHeld || job.state == .pendingHeld
    else { return }
    try? queue.cancel(prepared.jobNumber, connection)
  }
}
