import Groundwork
import Hall
import Logging
import Ports
import Registrar
import Slips

extension PrintDesk {
  /// What became of one try.
  private enum Try {
    case outcome(AttemptOutcome, mayTryAgain: Bool)
    /// Nothing can be said in this run: the daemon goes down, or the journal takes nothing.
    case leftOpen
  }

  /// Brings one slip to its end.
  ///
  /// A try of which nothing was sent is repeated while there is time; nothing else ever is.
  ///
  /// - Returns: false when the hall cannot be told anything now, so that going on makes no sense.
  func bring(_ slip: SlipInHand) async -> Bool {
    defer { deadlines.forget(slip) }
    guard hasTime(slip) else { return await expire(slip) != .unheard }
    let picture = Task { await draw(slip) }
    for number in 1...max(1, patience.tries) {
      let start = await record(.start(slip.id, attempt: slip.attempt))
      guard start == .written else { return start == .overtaken }
      guard case .outcome(let outcome, let mayTryAgain) = await attempt(slip, picture) else { return false }
      let end = await record(.end(slip.id, attempt: slip.attempt, outcome))
      guard end == .written else { return end == .overtaken }
      logger.info(
        "a slip came to an end",
        metadata: ["slip": "\(slip.id)", "attempt": "\(slip.attempt)", "outcome": "\(outcome.words)"])
      guard mayTryAgain, number < patience.tries, await canTryAgain(slip) else { return true }
    }
    return true
  }

  /// Asks what became of an attempt that an earlier run left open, and writes it down. Nothing is printed.
  func reconcile(_ slip: SlipInHand, _ attempt: Int) async {
    let known = Attempt(slip: slip.id, number: attempt)
    let uuid = slip.jobUUID
    guard let outcome = await farewell.outlasting({ [printer] in await printer.reconcile(known, jobUUID: uuid) })
    else { return }
    logger.notice(
      "an attempt of an earlier run was looked up", metadata: ["slip": "\(slip.id)", "outcome": "\(outcome.words)"])
    _ = await record(.end(slip.id, attempt: attempt, outcome))
  }

  func expire(_ slip: SlipInHand) async -> Note { await record(.expire(slip.id)) }

  private func attempt(_ slip: SlipInHand, _ picture: Task<SlipImage?, Never>) async -> Try {
    // What the printer said a moment ago spares the hall a job that would sit in a printer without paper.
    guard conditions.canPrint else {
      return .outcome(.notSent(reason: conditions.codes.joined(separator: " ")), mayTryAgain: true)
    }
    guard let image = await picture.value else {
      return .outcome(.notSent(reason: "the slip cannot be drawn"), mayTryAgain: false)
    }
    let attempt = Attempt(slip: slip.id, number: slip.attempt)
    let prepared: PreparedAttempt
    switch await farewell.outlasting({ [printer] in await Self.prepare(attempt, printer) }) {
    case .success(let value): prepared = value
    case .failure(let fault):
      await show(fault.conditions)
      logger.warning("a slip could not be prepared", metadata: ["slip": "\(slip.id)", "detail": "\(fault.detail)"])
      let codes = fault.conditions.codes
      return .outcome(
        .notSent(reason: codes.isEmpty ? fault.detail : codes.joined(separator: " ")), mayTryAgain: true)
    case nil: return .leftOpen
    }
    guard await record(.prepared(slip.id, attempt: slip.attempt, jobUUID: prepared.jobUUID)) == .written else {
      _ = await farewell.outlasting { [printer] in await printer.withdraw(prepared) }
      return .leftOpen
    }
    guard hasTime(slip) else {
      _ = await farewell.outlasting { [printer] in await printer.withdraw(prepared) }
      return .outcome(.notSent(reason: "expired"), mayTryAgain: false)
    }
    let outcome = await farewell.outlasting { [printer, patience] in
      await printer.commit(prepared, image, patience: patience.outcome)
    }
    guard let outcome else { return .leftOpen }
    if case .notSent = outcome { return .outcome(outcome, mayTryAgain: true) }
    return .outcome(outcome, mayTryAgain: false)
  }

  static func prepare(
    _ attempt: Attempt, _ printer: any PrinterPort
  ) async -> Result<PreparedAttempt, PrinterFault> {
    do { return .success(try await printer.prepare(attempt)) } catch { return .failure(error) }
  }

  private func draw(_ slip: SlipInHand) async -> SlipImage? {
    let document = await registrar.read { [writer] state, rules in writer.document(for: slip, state, rules) }
    guard let document else {
      logger.error("what a slip is about is not known any more", metadata: ["slip": "\(slip.id)"])
      return nil
    }
    do {
      return try await drawing.draw(document, paperWidthDots: printer.paperWidthDots)
    } catch {
      logger.error("a slip cannot be drawn", metadata: ["slip": "\(slip.id)", "fault": "\(error)"])
      return nil
    }
  }

  private func hasTime(_ slip: SlipInHand) -> Bool { deadlines.left(slip, monotonic: clock.monotonic()) > 0 }

  /// Waits for a moment at which another try makes sense; false when the slip's time is over before.
  private func canTryAgain(_ slip: SlipInHand) async -> Bool {
    repeat {
      try? await clock.sleep(milliseconds: patience.retryAfter)
      guard !isStopping, !Task.isCancelled, hasTime(slip) else { return false }
    } while !conditions.canPrint
    return true
  }

  /// What came of telling the hall something.
  enum Note: Equatable {
    case written
    /// Something else happened to the slip before: a person asked for another copy, or its time was over.
    case overtaken
    /// The hall takes nothing now.
    case unheard
  }

  /// Tells the hall, again and again while the journal refuses writes.
  private func record(_ command: PrintCommand) async -> Note {
    while true {
      do {
        try await registrar.submit(.print(command), by: .system) { _, _ in }
        return .written
      } catch {
        switch error {
        case .fault, .overloaded:
          guard !isStopping, !Task.isCancelled else { return .unheard }
          try? await clock.sleep(milliseconds: patience.recordAfter)
        case .refused(.staleAttempt), .refused(.unknownSlip): return .overtaken
        case .refused, .keyReused, .bug, .stopping: return .unheard
        }
      }
    }
  }
}

extension AttemptOutcome {
  /// For log lines.
  var words: String {
    switch self {
    case .notSent(let reason): "not sent (\(reason))"
    case .printed(let evidence): "printed (E\(evidence.rawValue))"
    case .unknown(let reason): "unknown (\(reason))"
    }
  }
}
