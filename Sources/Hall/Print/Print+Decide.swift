import Groundwork

extension HallState {
  func decidePrint(_ print: PrintCommand, _ rules: HallRules, _ envelope: Envelope) throws(Refusal) -> Decision {
    switch print {
    case .start(let id, let attempt):
      let slip = try slip(id, attempt)
      guard slip.state == .queued || slip.isNotSent else { throw .staleAttempt }
      return Decision([.attemptStarted(AttemptStarted(slip: id, attempt: attempt))], .slip(id))
    case .prepared(let id, let attempt, let uuid):
      guard try slip(id, attempt).state == .printing(attempt: attempt) else { throw .staleAttempt }
      return Decision([.attemptPrepared(AttemptPrepared(slip: id, attempt: attempt, jobUUID: uuid))], .slip(id))
    case .end(let id, let attempt, let outcome, let millimetres):
      let slip = try slip(id, attempt)
      guard slip.state == .printing(attempt: attempt) else { throw .staleAttempt }
      var events = [Event.attemptEnded(AttemptEnded(slip: id, attempt: attempt, outcome: outcome))]
      if millimetres > 0, outcome.mayHaveUsedPaper {
        events.append(.paperUsed(PaperUsed(kiosk: slip.kiosk, millimetres: millimetres)))
      }
      return Decision(events, .slip(id))
    case .expire(let id):
      guard let slip = slips[id] else { throw .unknownSlip }
      guard slip.state == .queued || slip.isNotSent else { throw .staleAttempt }
      return Decision([.slipExpired(SlipExpired(slip: id))], .slip(id))
    case .reprint(let code, let kiosk): return try decideReprint(code, kiosk, rules, envelope)
    case .acknowledge(let code):
      guard tickets[code] != nil || notices[code] != nil else { throw .unknownTicket }
      guard let slip = slipOf(code) else { throw .unknownSlip }
      let outcome: Outcome = tickets[code] != nil ? .ticket(code) : .notice(code)
      if slip.acknowledged { return Decision([], outcome) }
      return Decision([.slipAcknowledged(SlipAcknowledged(slip: slip.id))], outcome)
    }
  }

  private func slip(_ id: SlipID, _ attempt: Int) throws(Refusal) -> SlipInHand {
    guard let slip = slips[id] else { throw .unknownSlip }
    guard slip.attempt == attempt else { throw .staleAttempt }
    return slip
  }

  private func slipOf(_ code: PublicCode) -> SlipInHand? {
    (tickets[code]?.slip ?? notices[code]?.slip).flatMap { slips[$0] }
  }

  /// 补打: another copy of the same slip with the same number; only when the copy before it is not on its way.
  private func decideReprint(
    _ code: PublicCode, _ kiosk: String?, _ rules: HallRules, _ envelope: Envelope
  ) throws(Refusal) -> Decision {
    guard tickets[code] != nil || notices[code] != nil else { throw .unknownTicket }
    let known = slipOf(code)
    guard let place = kiosk ?? known?.kiosk ?? tickets[code]?.kiosk ?? notices[code]?.kiosk else { throw .unknownSlip }
    guard let rule = rules.kiosk(place) else { throw .unknownKiosk(place) }
    guard tickets[code] != nil ? rule.printsTickets : rule.prints else { throw .noPrinter(place) }
    let outcome: Outcome = tickets[code] != nil ? .ticket(code) : .notice(code)
    guard let known else {
      let subject: SlipSubject = tickets[code] != nil ? .ticket(code) : .notice(code)
      return Decision(
        [
          .slipRequested(
            SlipRequested(slip: slipID(envelope.entropy), subject: subject, kiosk: place, attempt: 1))
        ], outcome)
    }
    switch known.state {
    case .queued, .printing: throw .slipOnItsWay
    case .printed, .notSent, .unknown, .expired: break
    }
    return Decision(
      [
        .slipRequested(
          SlipRequested(
            slip: known.id, subject: known.subject, kiosk: place, attempt: known.attempt + 1,
            largeType: known.largeType, language: known.language))
      ], outcome)
  }
}

extension SlipInHand {
  var isNotSent: Bool { if case .notSent = state { true } else { false } }
}
