import Hall
import Logging
import PrinterLink
import Ports

extension CUPSPrinter {
  /// Attempts that are remembered for forgetting; what is beyond goes by its age.
  private static let mostForgotten = 10_000
  /// Milliseconds between two sweeps.
  private static let sweepEvery = 60_000

  /// The claims go when the scheduler cannot have the job any more, not before: a job that a killed scheduler reads
  /// from its spool again must still find its claim, or its slip would be sent a second time.
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
