import Hall
import Logging
import Ports
import PrinterLink

extension CUPSPrinter {
  /// Milliseconds for a job whose slip is confirmed to leave the queue.
  private static let leaving = 2_000

  /// Makes sure that the queue is empty. Our own job without a document, left by a lost answer or an earlier run,
  /// cannot print and is canceled; so is one whose claim is settled. Any other job must end first.
  func clear(
    of conditions: PrinterConditions, _ kind: QueueKind?, _ connection: CUPSConnection
  ) async throws {
    let deadline = Monotonic.now() + Self.leaving
    while true {
      var waits = false
      for job in try queue.jobs(all: false, connection) {
        switch job.isOurs ? try standing(of: job, kind) : .inTheWay {
        case .over: try queue.cancel(job.number, connection)
        case .leaving: waits = true
        case .inTheWay:
          throw PrinterFault(
            conditions: conditions.union(.serviceDown),
            detail: "\(configuration.queue): job \(job.number) is still in the queue")
        }
      }
      guard waits, Monotonic.now() < deadline, !Task.isCancelled else { return }
      try? await Task.sleep(for: .milliseconds(10))
    }
  }

  private enum LeftJob {
    case over
    /// Its slip is on paper, and its backend ends in a moment.
    case leaving
    case inTheWay
  }

  private func standing(of job: JobDescription, _ kind: QueueKind?) throws -> LeftJob {
    guard kind == .posBackend, let uuid = JobUUID(job.uuid) else { return job.isEmpty ? .over : .inTheWay }
    let claim = AttemptClaim(folder: configuration.claims, uuid: uuid, jobName: job.name)
    switch try claim.takeBack("left in the queue") {
    case .printed: return job.state == .processing ? .leaving : .over
    case .notSent, .unknown: return .over
    case nil: return .inTheWay
    }
  }
}

extension CUPSPrinter {
  /// The most forgotten attempts kept in memory; files beyond that are removed by age.
  private static let mostForgotten = 10_000
  /// Milliseconds between two sweeps.
  private static let sweepEvery = 60_000

  /// Claims are removed only when the scheduler cannot have the job any more. A killed scheduler may read a job from
  /// its spool again; it must still find its claim, or the slip would be sent twice.
  package func forget(_ jobUUIDs: [String]) {
    guard path == .posBackend else { return }
    for uuid in jobUUIDs.compactMap(JobUUID.init) where forgotten.count < Self.mostForgotten {
      forgotten.insert(uuid)
    }
    if let sweptAt, configuration.claimRestSeconds > 0, Monotonic.now() - sweptAt < Self.sweepEvery { return }
    sweptAt = Monotonic.now()
    do {
      try sweep()
    } catch {
      configuration.logger.warning("old claims could not be removed", metadata: ["error": "\(error)"])
    }
  }

  private func sweep() throws {
    let ages = try configuration.claims.ages()
    let old = ages.filter { uuid, seconds in
      seconds >= (forgotten.contains(uuid) ? configuration.claimRestSeconds : ClaimsFolder.forgottenSeconds)
    }
    forgotten.formIntersection(ages.keys)
    guard !old.isEmpty else { return }
    let waiting = Set(try queue.jobs(all: false, queue.connect()).compactMap { JobUUID($0.uuid) })
    let gone = Set(old.keys).subtracting(waiting)
    configuration.claims.remove(gone)
    forgotten.subtract(gone)
  }
}
