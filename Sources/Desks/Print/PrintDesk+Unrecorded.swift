package import Groundwork
package import Hall
import Ports
import Registrar
package import Slips

/// A waiting request for a slip that belongs to no ticket or notice.
struct UnrecordedSlip: Sendable {
  let attempt: Attempt
  let document: @Sendable (SlipID, Timestamp, ZoneOffset) -> SlipDocument
  let answer: CheckedContinuation<AttemptOutcome, Never>
}

extension PrintDesk {
  /// Unrecorded slips that may wait for a printer at a time; further ones are not sent.
  static let waitingUnrecorded = 8

  /// Prints a test slip between two of the hall's slips.
  ///
  /// - Parameter name: opaque and unique, for the job's name.
  package func printTest(_ name: String) async -> AttemptOutcome {
    await printUnrecorded("test-\(name)") { [kiosk] slip, at, zone in
      TestSlip(slip: slip, location: kiosk, printedAt: at, zone: zone).document()
    }
  }

  /// Prints a slip between two of the hall's slips, once. Nothing is recorded, because it belongs to nothing in the journal:
  /// whoever asked is told the outcome, and asks again where it did not come out.
  ///
  /// - Parameters:
  ///   - name: opaque and unique, for the job's name.
  ///   - document: the slip, from its id, the time and the hall's time zone.
  package func printUnrecorded(
    _ name: String, _ document: @escaping @Sendable (SlipID, Timestamp, ZoneOffset) -> SlipDocument
  ) async -> AttemptOutcome {
    guard !isStopping else { return .notSent(reason: "the desk is closing") }
    guard unrecorded.count < Self.waitingUnrecorded else { return .notSent(reason: "the printer is behind") }
    return await withCheckedContinuation { continuation in
      ask(
        UnrecordedSlip(attempt: Attempt(slip: SlipID(name), number: 1), document: document, answer: continuation))
    }
  }

  func answer(_ slip: UnrecordedSlip) async { slip.answer.resume(returning: await outcome(of: slip)) }

  private func outcome(of slip: UnrecordedSlip) async -> AttemptOutcome {
    let attempt = slip.attempt
    let document = slip.document(attempt.slip, clock.now(), await registrar.rules.zone)
    guard let image = try? await drawing.draw(document, paperWidthDots: printer.paperWidthDots) else {
      return .notSent(reason: "the slip cannot be drawn")
    }
    let outcome: AttemptOutcome? = await shutdown.outlasting { [printer, patience] in
      switch await Self.prepare(attempt, printer) {
      case .success(let prepared): await printer.commit(prepared, image, patience: patience.outcome)
      case .failure(let fault): .notSent(reason: fault.detail)
      }
    }
    return outcome ?? .unknown(reason: "the desk closed before the printer answered")
  }
}
