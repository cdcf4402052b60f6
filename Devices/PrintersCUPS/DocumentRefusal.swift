import CCUPS
import Hall
import Logging
import PrinterLink
import Ports

/// A document that the scheduler did not take, kept until it takes one of the same size again.
///
/// The scheduler tells of a full spool only by refusing documents; nothing in the attributes of queue or printer shows it.
struct DocumentRefusal {
  let conditions: PrinterConditions
  /// Bytes of the document, and its format: what is tried again.
  let size: Int
  let format: String
  /// When it was tried last, by `Monotonic`.
  var triedAt: Int

  init(_ document: CUPSDocument, _ failure: CUPSFailure) {
    conditions = if case .documentRefused = failure { .spoolFull } else { .serviceDown }
    size = document.bytes.count
    format = document.format
    triedAt = Monotonic.now()
  }
}

extension CUPSPrinter {
  /// Milliseconds between two looks whether the scheduler takes documents again.
  private static let tryAgainAfter = 2_000

  /// Nothing was sent, and until the scheduler takes documents again nothing can be.
  func refused(_ document: CUPSDocument, _ failure: CUPSFailure) -> AttemptOutcome {
    let refusal = DocumentRefusal(document, failure)
    self.refusal = refusal
    configuration.logger.error("the scheduler does not take documents", metadata: ["error": "\(failure.detail)"])
    return .notSent(reason: refusal.conditions.codes.joined(separator: " "))
  }

  /// What stands in the way of documents; asks again now and then with a job that is held and cannot print.
  func lookAtRefusal(_ connection: CUPSConnection) throws(CUPSFailure) -> PrinterConditions {
    guard let refusal else { return [] }
    guard underWay == 0, Monotonic.now() - refusal.triedAt >= Self.tryAgainAfter else { return refusal.conditions }
    self.refusal?.triedAt = Monotonic.now()
    let job = try queue.create("slip:probe", held: true, connection)
    defer { try? queue.cancel(job, connection) }
    do throws(CUPSFailure) {
      let document = [UInt8](repeating: 0, count: refusal.size)
      try queue.send(document, format: refusal.format, job: job, connection)
    } catch {
      // The scheduler has closed the connection with its refusal; the job must not stay.
      if let fresh = try? queue.connect() { try? queue.cancel(job, fresh) }
      return refusal.conditions
    }
    self.refusal = nil
    return []
  }
}
