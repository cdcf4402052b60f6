package import Hall
package import Ports
import PrinterProtocols

extension CUPSPrinter {
  package func commit(_ prepared: PreparedAttempt, _ image: SlipImage, patience: Int) async -> AttemptOutcome {
    underWay += 1
    idle.giveWay()
    defer {
      underWay -= 1
      idle.release()
    }
    let deadline = ContinuousClock.now.advanced(by: .milliseconds(patience))
    let kind: QueueKind
    switch handOver(image, to: prepared) {
    case .over(let outcome): return outcome
    case .sent(let queueKind): kind = queueKind
    }
    if kind == .posBackend { return await followClaim(prepared, until: deadline) }
    var watch = JobWatch(queue: queue, prepared: prepared, kind: kind)
    while true {
      if let outcome = watch.look() { return outcome }
      guard ContinuousClock.now < deadline, !Task.isCancelled else { break }
      // A cancelled caller is treated as a timeout: no slip must come out when its resident is no longer waited for.
      try? await Task.sleep(for: .milliseconds(configuration.pollMilliseconds))
    }
    return await giveUp(&watch)
  }

  private enum HandOver {
    case sent(QueueKind)
    case over(AttemptOutcome)
  }

  /// Sends the document. From the first byte that may have been taken, an error leaves the outcome open.
  private func handOver(_ image: SlipImage, to prepared: PreparedAttempt) -> HandOver {
    do {
      let connection = try queue.connect()
      let description = try describe(connection)
      let job = try queue.job(prepared.jobNumber, connection)
      guard let kind = description.kind, let document = CUPSDocument(image, for: kind, encoder: configuration.encoder)
      else {
        try? queue.cancel(prepared.jobNumber, connection)
        return .over(.notSent(reason: "the slip cannot be given to this queue"))
      }
      guard job.uuid == prepared.jobUUID, !job.state.isTerminal else {
        return .over(.notSent(reason: "the scheduler no longer knows the prepared job"))
      }
      if let media = document.media { try queue.setMedia(media, job: prepared.jobNumber, connection) }
      return send(document, to: prepared, kind: kind, connection)
    } catch {
      // Only requests were sent so far.
      withdraw(prepared)
      return .over(.notSent(reason: error.detail))
    }
  }

  private func send(
    _ document: CUPSDocument, to prepared: PreparedAttempt, kind: QueueKind, _ connection: CUPSConnection
  ) -> HandOver {
    do {
      try queue.send(document.bytes, format: document.format, job: prepared.jobNumber, connection)
      return .sent(kind)
    } catch {
      switch error {
      case .refused, .documentRefused:
        // The scheduler refused the document.
        withdraw(prepared)
        return .over(refused(document, error))
      case .noAnswer:
        // Where claims decide, they also decide about a transfer that broke at an unknown point.
        return kind == .posBackend ? .sent(kind) : .over(settleBrokenTransfer(prepared, error.detail))
      }
    }
  }

  /// The connection broke during the document: the job's state shows whether the scheduler has all of it.
  private func settleBrokenTransfer(_ prepared: PreparedAttempt, _ detail: String) -> AttemptOutcome {
    do {
      let connection = try queue.connect()
      let before = try queue.job(prepared.jobNumber, connection)
      guard before.uuid == prepared.jobUUID else { return .unknown(reason: detail) }
      if !before.state.isTerminal { try queue.cancel(prepared.jobNumber, connection) }
      guard before.isEmpty else { return .unknown(reason: detail) }
      return .notSent(reason: detail)
    } catch {
      return .unknown(reason: detail)
    }
  }

  /// After the timeout (`patience`): cancels the job, so that it does not print after its resident has left, and reads
  /// its outcome.
  func giveUp(_ watch: inout JobWatch) async -> AttemptOutcome {
    let deadline = ContinuousClock.now.advanced(by: .seconds(2))
    watch.cancel()
    while true {
      if let outcome = watch.look() { return outcome }
      guard ContinuousClock.now < deadline else { break }
      // Detached, so that it waits even when the caller is cancelled.
      await Task.detached { try? await Task.sleep(for: .milliseconds(100)) }.value
    }
    return .unknown(reason: "the job was not over in time and has been canceled")
  }
}
