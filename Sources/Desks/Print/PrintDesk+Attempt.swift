import Groundwork
import Hall
import Logging
import Ports
import PrinterProtocols
import Registrar
import Slips

extension PrintDesk {
  /// The result of one try.
  private enum Try {
    /// The try has ended.
    ///
    /// `name` is the printing system's job name, where there is one; `millimetres` is the paper that was or may have
    /// been used.
    case outcome(AttemptOutcome, mayTryAgain: Bool, name: String? = nil, millimetres: Int = 0)
    /// No outcome in this run: the daemon shuts down, or the journal takes no writes.
    case leftOpen
  }

  /// Prints one slip and records its outcome.
  ///
  /// Only a try that sent nothing is repeated, while there is time.
  ///
  /// - Returns: false when nothing can be recorded now, so that the desk should stop printing.
  func bring(_ slip: SlipInHand) async -> Bool {
    defer { deadlines.forget(slip) }
    guard hasTime(slip) else { return await expire(slip) != .unheard }
    let picture = Task { await draw(slip) }
    for number in 1...max(1, patience.tries) {
      let start = await record(.print(.start(slip.id, attempt: slip.attempt)))
      guard start == .written else { return start == .overtaken }
      guard case .outcome(let outcome, let mayTryAgain, let name, let used) = await attempt(slip, picture) else {
        return false
      }
      let end = await record(.print(.end(slip.id, attempt: slip.attempt, outcome, millimetres: used)))
      guard end != .unheard else { return false }
      if let name { await forget([name]) }
      guard end == .written else { return true }
      await note(outcome)
      logger.info(
        "a slip came to an end",
        metadata: ["slip": "\(slip.id)", "attempt": "\(slip.attempt)", "outcome": "\(outcome.words)"])
      guard mayTryAgain, number < patience.tries, await canTryAgain(slip) else { return true }
    }
    return true
  }

  /// Finds out the outcome of an attempt that an earlier run left open, and records it. Nothing is printed.
  func reconcile(_ slip: SlipInHand, _ attempt: Int) async {
    let known = Attempt(slip: slip.id, number: attempt)
    let uuid = slip.jobUUID
    let heard = await shutdown.outlasting { [printer, clock, patience] in
      await clock.within(patience.reconcile) { await printer.reconcile(known, jobUUID: uuid) }
    }
    guard let heard else { return }
    let outcome = heard ?? .unknown(reason: "the printing system did not answer in time")
    logger.notice(
      "an attempt of an earlier run was looked up", metadata: ["slip": "\(slip.id)", "outcome": "\(outcome.words)"])
    // Drawn again only to measure its length.
    var used = 0
    if outcome.mayHaveUsedPaper, let image = await draw(slip) { used = millimetres(image) }
    _ = await record(.print(.end(slip.id, attempt: attempt, outcome, millimetres: used)))
  }

  func expire(_ slip: SlipInHand) async -> Note { await record(.print(.expire(slip.id))) }

  private func attempt(_ slip: SlipInHand, _ picture: Task<SlipImage?, Never>) async -> Try {
    // The printer's last report is checked, so that no job waits in a printer without paper.
    guard conditions.canPrint else {
      return .outcome(.notSent(reason: conditions.codes.joined(separator: " ")), mayTryAgain: true)
    }
    guard let image = await picture.value else {
      return .outcome(.notSent(reason: "the slip cannot be drawn"), mayTryAgain: false)
    }
    let attempt = Attempt(slip: slip.id, number: slip.attempt)
    let prepared: PreparedAttempt
    switch await shutdown.outlasting({ [printer] in await Self.prepare(attempt, printer) }) {
    case .success(let value): prepared = value
    case .failure(let fault):
      await show(fault.conditions)
      logger.warning("a slip could not be prepared", metadata: ["slip": "\(slip.id)", "detail": "\(fault.detail)"])
      let codes = fault.conditions.codes
      return .outcome(
        .notSent(reason: codes.isEmpty ? fault.detail : codes.joined(separator: " ")), mayTryAgain: true)
    case nil: return .leftOpen
    }
    guard await record(.print(.prepared(slip.id, attempt: slip.attempt, jobUUID: prepared.jobUUID))) == .written else {
      _ = await shutdown.outlasting { [printer] in await printer.withdraw(prepared) }
      return .leftOpen
    }
    guard hasTime(slip) else {
      _ = await shutdown.outlasting { [printer] in await printer.withdraw(prepared) }
      return .outcome(.notSent(reason: "expired"), mayTryAgain: false, name: prepared.jobUUID)
    }
    let outcome = await shutdown.outlasting { [printer, patience] in
      await printer.commit(prepared, image, patience: image.sheets == nil ? patience.outcome : patience.sheetOutcome)
    }
    guard let outcome else { return .leftOpen }
    // Shows why nothing was sent without waiting for the next periodic probe.
    if case .notSent = outcome, let now = await shutdown.outlasting({ [printer] in await printer.probe() }) {
      await show(now)
    }
    let used = outcome.mayHaveUsedPaper ? millimetres(image) : 0
    return .outcome(
      outcome, mayTryAgain: !outcome.mayHaveUsedPaper, name: prepared.jobUUID, millimetres: used)
  }

  /// The paper of a slip including the feed before the cut, rounded up.
  ///
  /// 0 on sheets, which the printer counts itself.
  private func millimetres(_ image: SlipImage) -> Int {
    guard image.sheets == nil else { return 0 }
    let dots = image.heightDots + (model?.feedDots ?? ESCPOSEncoder.defaultFeedDots)
    let dpi = model?.dpi ?? 203
    return (dots * 254 + dpi * 10 - 1) / (dpi * 10)
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

  /// Waits until another try makes sense; false when the slip expires first.
  private func canTryAgain(_ slip: SlipInHand) async -> Bool {
    repeat {
      try? await clock.sleep(milliseconds: patience.retryAfter)
      guard !isStopping, !Task.isCancelled, hasTime(slip) else { return false }
    } while !conditions.canPrint
    return true
  }

  /// The result of recording something.
  enum Note: Equatable {
    case written
    /// The slip changed before: a person asked for another copy, or it expired.
    case overtaken
    /// Nothing can be recorded now.
    case unheard
  }

  /// Submits a command, and repeats it while the journal refuses writes.
  func record(_ command: Command) async -> Note {
    while true {
      do {
        try await registrar.submit(command, by: .system) { _, _ in }
        return .written
      } catch {
        switch error {
        // A journal that staff have not accepted takes outcomes after the acceptance.
        case .fault, .overloaded, .refused(.day(.journalNotAccepted)):
          guard !isStopping, !Task.isCancelled else { return .unheard }
          // The journal may refuse writes for hours. Slips of numbers that are given meanwhile do not wait for that.
          await answerUnrecorded()
          try? await clock.sleep(milliseconds: patience.recordAfter)
        case .refused(.print(.staleAttempt)), .refused(.print(.unknownSlip)): return .overtaken
        case .refused, .keyReused, .bug, .reconciling, .tooFast, .stopping: return .unheard
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

extension SlipState {
  /// The outcome of the last attempt; nil while there is none.
  var outcome: AttemptOutcome? {
    switch self {
    case .printed(_, let evidence): .printed(evidence)
    case .notSent(_, let reason): .notSent(reason: reason)
    case .unknown(_, let reason): .unknown(reason: reason)
    case .queued, .printing, .expired: nil
    }
  }
}
