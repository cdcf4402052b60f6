package import Hall
import Ports
import Registrar
import Slips

/// A waiting request for a test slip.
struct TestRequest: Sendable {
  let attempt: Attempt
  let answer: CheckedContinuation<AttemptOutcome, Never>
}

extension PrintDesk {
  /// Prints a test slip between two of the hall's slips. Nothing is recorded, because it belongs to no ticket.
  ///
  /// - Parameter name: opaque and unique, for the job's name.
  package func printTest(_ name: String) async -> AttemptOutcome {
    guard !isStopping else { return .notSent(reason: "the desk is closing") }
    return await withCheckedContinuation { continuation in
      ask(TestRequest(attempt: Attempt(slip: SlipID("test-\(name)"), number: 1), answer: continuation))
    }
  }

  func answer(_ test: TestRequest) async { test.answer.resume(returning: await outcome(of: test.attempt)) }

  private func outcome(of attempt: Attempt) async -> AttemptOutcome {
    let zone = await registrar.rules.zone
    let document = TestSlip(slip: attempt.slip, location: kiosk, printedAt: clock.now(), zone: zone).document()
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
