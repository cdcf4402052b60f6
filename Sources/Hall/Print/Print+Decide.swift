import Groundwork

extension HallState {
  func decide(_ command: PrintCommand, _ rules: HallRules, _ envelope: Envelope) throws(Refusal) -> Decision {
    switch command {
    case .start(let id, let attempt):
      let slip = try slip(id, attempt)
      guard slip.state == .queued || slip.isNotSent else { throw .print(.staleAttempt) }
      return Decision([.print(.attemptStarted(AttemptStarted(slip: id, attempt: attempt)))], .slip(id))
    case .prepared(let id, let attempt, let uuid):
      guard try slip(id, attempt).state == .printing(attempt: attempt) else { throw .print(.staleAttempt) }
      return Decision([.print(.attemptPrepared(AttemptPrepared(slip: id, attempt: attempt, jobUUID: uuid)))], .slip(id))
    case .end(let id, let attempt, let outcome, let millimetres):
      let slip = try slip(id, attempt)
      guard slip.state == .printing(attempt: attempt) else { throw .print(.staleAttempt) }
      var events = [Event.print(.attemptEnded(AttemptEnded(slip: id, attempt: attempt, outcome: outcome)))]
      if millimetres > 0, outcome.mayHaveUsedPaper {
        events.append(.print(.paperUsed(PaperUsed(kiosk: slip.kiosk, millimetres: millimetres))))
      }
      // 已发送 alone is no evidence of paper.
      if case .printed(let evidence) = outcome, evidence > .accepted {
        events += CaseDesk(state: self, rules: rules, envelope: envelope).printed(slip.subject)
      }
      return Decision(events, .slip(id))
    case .expire(let id):
      guard let slip = print.slips[id] else { throw .print(.unknownSlip) }
      guard slip.state == .queued || slip.isNotSent else { throw .print(.staleAttempt) }
      return Decision([.print(.slipExpired(SlipExpired(slip: id)))], .slip(id))
    case .reprint(let code, let kiosk): return try decideReprint(code, kiosk, rules, envelope)
    case .acknowledge(let code):
      guard let subject = slipSubject(code) else { throw .queue(.unknownTicket) }
      guard let slip = slip(of: subject) else { throw .print(.unknownSlip) }
      if slip.acknowledged { return Decision([], subject.outcome) }
      return Decision([.print(.slipAcknowledged(SlipAcknowledged(slip: slip.id)))], subject.outcome)
    case .changeRoll(let kiosk): return try decideChangeRoll(kiosk, rules, envelope)
    }
  }

  private func slip(_ id: SlipID, _ attempt: Int) throws(Refusal) -> SlipInHand {
    guard let slip = print.slips[id] else { throw .print(.unknownSlip) }
    guard slip.attempt == attempt else { throw .print(.staleAttempt) }
    return slip
  }

  /// 补打: another copy of the same slip with the same number; only when the previous copy is not in progress.
  private func decideReprint(
    _ code: PublicCode, _ kiosk: String?, _ rules: HallRules, _ envelope: Envelope
  ) throws(Refusal) -> Decision {
    guard let subject = slipSubject(code) else { throw .queue(.unknownTicket) }
    let known = slip(of: subject)
    guard let id = kiosk ?? known?.kiosk ?? self.kiosk(of: subject) ?? rules.usualKiosk(of: subject) else {
      throw .print(.unknownSlip)
    }
    guard let rule = rules.kiosk(id) else { throw .request(.unknownKiosk(id)) }
    guard subject.kind.isPrinted(at: rule) else { throw .print(.noPrinter(id)) }
    switch known?.state {
    case .queued, .printing: throw .print(.slipOnItsWay)
    case .printed, .notSent, .unknown, .expired, nil: break
    }
    let copy = known.map { known in
      SlipRequested(
        slip: known.id, subject: subject, kiosk: id, attempt: known.attempt + 1, largeType: known.largeType,
        language: known.language)
    }
    guard let request = copy ?? firstSlip(subject, at: rule, envelope.entropy, largeType: false) else {
      throw .print(.noPrinter(id))
    }
    return Decision([.print(.slipRequested(request))], subject.outcome)
  }

  /// Staff changed the roll, or the print desk saw that paper is in again.
  private func decideChangeRoll(
    _ kiosk: String, _ rules: HallRules, _ envelope: Envelope
  ) throws(Refusal) -> Decision {
    guard let rule = rules.kiosk(kiosk) else { throw .request(.unknownKiosk(kiosk)) }
    guard rule.prints else { throw .print(.noPrinter(kiosk)) }
    switch envelope.actor {
    case .staff, .system, .operator: break
    case .kiosk: throw .request(.staffOnly)
    }
    return Decision([.print(.rollChanged(RollChanged(kiosk: kiosk)))], .done)
  }
}
