import PrinterProtocols

/// After the last byte: waits for the printer's confirmation, also while paper runs out and is put in.
extension SlipDelivery {
  struct Confirmation {
    /// The timeout of the outcome.
    let giveUpAt: Int
    /// When to query the printer next; nil for one that is not queried.
    var askAt: Int?
    /// When it counts as stalled; nil once that is reported, and for a printer that is not queried.
    var stallAt: Int?
    var isNoisy: Bool

    var deadline: Int { min(giveUpAt, askAt ?? giveUpAt, stallAt ?? giveUpAt) }
  }

  mutating func confirm(isNoisy: Bool, at now: Int) -> [Action] {
    let method = plan.address.completion
    phase = .confirming(
      Confirmation(
        giveUpAt: now + plan.address.confirmMilliseconds, askAt: reportsChanges ? now + Self.askEvery : nil,
        stallAt: reportsChanges ? now + Self.stallTime : nil, isNoisy: isNoisy))
    return method == .none ? [.endOutput] : []
  }

  mutating func handle(_ event: Event, at now: Int, in confirmation: Confirmation) -> [Action] {
    switch event {
    case .received(let bytes): return listen(to: answers.take(bytes), at: now, confirmation)
    case .ended, .flushed:
      if plan.address.completion == .none { return succeed(.none) }
      guard event == .ended else { return [] }
      return finish(.unknown(reason: "the printer closed the connection before its answer"))
    case .broken(let text): return finish(.unknown(reason: "the connection broke before the answer (\(text))"))
    case .tick: return tick(at: now, confirmation)
    case .begun, .connected, .unreachable, .wrote, .claimed, .terminated: return []
    }
  }

  private mutating func succeed(_ method: CompletionMethod) -> [Action] {
    let silence: [Action] = reportsChanges ? [.send(Self.reportNothing)] : []
    return [.done(method)] + silence + finish(.printed(method))
  }

  private mutating func tick(at now: Int, _ confirmation: Confirmation) -> [Action] {
    guard now < confirmation.giveUpAt else {
      return finish(.unknown(reason: "the printer did not answer in time"))
    }
    var next = confirmation
    var actions: [Action] = []
    if let stallAt = confirmation.stallAt, now >= stallAt {
      next.stallAt = nil
      actions = reportStall()
    }
    if let askAt = confirmation.askAt, now >= askAt {
      // Always the same question, so that no answer is mistaken for the answer to another.
      next.askAt = now + Self.questionLife
      answers.asked(.offlineCause)
      actions.append(.send(RealTimeQuestion.offlineCause.bytes))
    }
    phase = .confirming(next)
    return actions
  }

  private mutating func listen(
    to heard: [PrinterAnswer], at now: Int, _ confirmation: Confirmation
  ) -> [Action] {
    var next = confirmation
    for answer in heard {
      switch (answer, plan.address.completion) {
      // An echo with another process id belongs to an earlier job.
      case (.echo(plan.processID), .echo): return pass(on: heard) + succeed(.echo)
      case (.transmitted(let byte), .status) where Self.isPaperStatus(byte) && !next.isNoisy:
        // Some printers answer even at the end of the paper, when the slip may be in two pieces.
        return byte & 0x0C == 0
          ? succeed(.status)
          : finish(.unknown(reason: "the printer answered that its paper had ended"))
      case (.realTime, _):
        next.askAt = next.askAt.map { _ in now + Self.askEvery }
        next.stallAt = next.askAt.map { _ in now + Self.stallTime }
      default: next.isNoisy = next.isNoisy || answer.isNoise
      }
    }
    phase = .confirming(next)
    return pass(on: heard)
  }

  /// The four answers to `GS r 1`: pairs of equal bits for near end and end.
  private static func isPaperStatus(_ byte: UInt8) -> Bool { [0x00, 0x03, 0x0C, 0x0F].contains(byte) }
}
