import Groundwork

extension HallState {
  mutating func evolve(_ event: PrintEvent, _ at: Timestamp) {
    switch event {
    case .slipRequested(let e):
      print.request(
        SlipInHand(
          id: e.slip, subject: e.subject, kiosk: e.kiosk, state: .queued, attempt: e.attempt, requestedAt: at,
          requestedSequence: sequence + 1, largeType: e.largeType, language: e.language))
      attach(e.slip, to: e.subject)
    // A try starts: another try of the same attempt gets another job name in the printing system.
    case .attemptStarted(let e):
      print.change(e.slip) { slip in
        slip.state = .printing(attempt: e.attempt)
        slip.jobUUID = nil
        slip.endedAt = nil
      }
    case .attemptPrepared(let e): print.change(e.slip) { $0.jobUUID = e.jobUUID }
    case .attemptEnded(let e):
      print.change(e.slip) { slip in
        slip.endedAt = at
        slip.state = SlipState(attempt: e.attempt, e.outcome)
      }
    case .paperUsed(let e):
      print.rolls[e.kiosk, default: PaperRoll()].slips += 1
      print.rolls[e.kiosk, default: PaperRoll()].millimetres += e.millimetres
    case .rollChanged(let e): print.rolls[e.kiosk] = PaperRoll(changedAt: at)
    case .slipExpired(let e): print.change(e.slip) { $0.state = .expired }
    case .slipAcknowledged(let e): print.change(e.slip) { $0.acknowledged = true }
    }
  }
}

extension SlipState {
  fileprivate init(attempt: Int, _ outcome: AttemptOutcome) {
    switch outcome {
    case .printed(let evidence): self = .printed(attempt: attempt, evidence)
    case .notSent(let reason): self = .notSent(attempt: attempt, reason: reason)
    case .unknown(let reason): self = .unknown(attempt: attempt, reason: reason)
    }
  }
}
